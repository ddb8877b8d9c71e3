"""What the linter finds in the directory and in the packs."""

from __future__ import annotations

from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from dsar.lawbook import load
from dsar.lawbook.files import shipped

if TYPE_CHECKING:
    from pathlib import Path

RECORD = """id = "kite"
name = "Kite SAS"
emails = ["privacy@kite.example"]
source = "kite.example, privacy notice, 2026-02-01"
checked = true
{more}
[address]
lines = ["5 rue Neuve", "69001 Lyon"]
country = "FR"
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copytree(shipped(), tmp_path / "law")


def found(book: Path, more: str) -> list[str]:
    (book / "controllers" / "kite.toml").write_text(RECORD.format(more=more), encoding="utf-8")
    load.law.cache_clear()
    return [problem for problem in load.check(book) if "kite" in problem]


def test_every_new_key_may_stand_in_a_record_made_by_hand(book: Path) -> None:
    more = """
website = "https://kite.example"
domains = ["kite-maps.example"]
phone = "+33 4 00 00 00 00"
fax = "+33 4 00 00 00 01"
runs = ["Kite Maps"]
serves = ["FR", "BE"]
preferred = "fax"
identity_data = ["email", "customer-number"]
required_identity = ["email"]
identity_notes = ["The number stands on the back of the card."]
id_document = false
templates = ["access:access-tracking"]
notes = ["Answers in French only."]
licence = "CC0-1.0"
retrieved_on = 2026-02-01
"""
    assert found(book, more) == []
    assert load.controllers(book)["kite"].preferred == "fax"


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('website = "kite.example"', "website: must begin with https:// or http://"),
        ('domains = ["https://kite.example"]', "domains: 'https://kite.example' is no domain such as kite.example"),
        ('preferred = "portal"', "preferred: is portal, and the record has no such address"),
        ('preferred = "pigeon"', "preferred: must be one of email, post, fax, portal, or empty, not 'pigeon'"),
        ('serves = ["France"]', "serves: 'France' is no country"),
        ('languages = ["FR"]', "languages: 'FR' is no language such as fr"),
        ('identity_data = ["Photo"]', "identity_data: 'Photo' must be lower-case words with hyphens"),
        ('required_identity = ["photo"]', "required_identity: 'photo' is not in identity_data"),
        ('successor = "meta"', "successor: stands without obsolete, which says why"),
        ('obsolete = "company-merged"\nsuccessor = "nobody"', "successor: 'nobody' is not in law/controllers"),
        ('retrieved_on = "2026-02-01"', "retrieved_on: must be a date, not '2026-02-01'"),
        ('id_document = "no"', "id_document: must be true or false, not 'no'"),
    ],
)
def test_a_value_that_cannot_stand_is_named(book: Path, more: str, problem: str) -> None:
    assert found(book, more) == [f"law/controllers/kite.toml: {problem}"]


@pytest.mark.parametrize(
    ("pack", "problem"),
    [
        ('id = "new"\ntitle = "New"\ncontrollers = []', "pack[{n}].controllers: is empty"),
        ('id = "n"\ntitle = "N"\ncontrollers = ["y"]', "pack[{n}].controllers: 'y' is not in law/controllers"),
        ('id = "new"\ntitle = "New"\ncontrollers = ["x", "x"]', "pack[{n}].controllers: 'x' is there twice"),
        ('id = "New"\ntitle = "New"\ncontrollers = ["x"]', "pack[{n}].id: 'New' must be lower-case words with hyphens"),
        ('id = "credit-de"\ntitle = "New"\ncontrollers = ["x"]', "pack[{n}].id: 'credit-de' is there twice"),
        ('id = "new"\ncontrollers = ["x"]', "pack[{n}].title: is missing"),
    ],
)  # fmt: skip
def test_a_pack_that_cannot_be_used_is_named(book: Path, pack: str, problem: str) -> None:
    file, count = book / "packs.toml", len(load.packs())
    file.write_text(file.read_text(encoding="utf-8") + f"\n[[pack]]\n{pack}\n", encoding="utf-8")
    assert [one for one in load.check(book) if "packs" in one] == [f"law/packs.toml: {problem.format(n=count)}"]


def test_the_packs_that_come_with_dsar_name_the_right_sectors() -> None:
    directory, packs = load.controllers(), load.packs()
    for name, sector in (("face-search", "face-search"), ("credit-de", "credit"), ("platforms", "platform")):
        assert {directory[one].sector for one in packs[name].controllers} == {sector}
    assert "pimeyes" in packs["face-search"].controllers
