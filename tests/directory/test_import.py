"""Importing the public directory: every field finds its place, and what is wrong harms nothing else."""

from __future__ import annotations

import json
import struct
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.parties import Address
from dsar.directory import store
from dsar.directory.datenanfragen import company as mapped
from dsar.directory.errors import NoArchiveError, NotADirectoryFileError, NothingImportedError, TooLargeError
from dsar.directory.harvest import harvest
from dsar.directory.shelf import opened

from .made import DAY, archive, company, gone, shelved

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = company(
    "kite",
    address="c/o Kite Group\n5 rue Neuve\n69001 Lyon\nFrankreich",
    relevant_countries=["fr", "be"],
    categories=["commerce", "ads"],
    runs=["Kite Maps", "Kite Pay"],
    phone="+33 4 00 00 00 00",
    fax="+33 4 00 00 00 01",
    email="privacy@kite.example",
    webform="https://kite.example/form",
    web="http://www.kite.example",
    pgp_fingerprint="AAAA BBBB CCCC DDDD EEEE  FFFF 0000 1111 2222 3333",
    pgp_url="https://kite.example/key.asc",
    required_elements=[
        {"desc": "Nom", "type": "name"},
        {"desc": "Email", "type": "name"},
        {"desc": "Kundennummer", "type": "input", "optional": True},
        {"desc": "Balance of the account", "type": "input", "optional": True},
        {"desc": "National insurance number", "type": "input", "optional": True},
    ],
    request_language="fr",
    custom_access_template="access-tracking",
    needs_id_document=True,
    suggested_transport_medium="letter",
    comments=["Two lines\nof comment"],
    facet_group="school",
    nsfw=True,
    quality="scraped",
)


def test_every_field_finds_its_place() -> None:
    found = mapped(WHOLE, DAY)
    assert found.address == Address(lines=("c/o Kite Group", "5 rue Neuve", "69001 Lyon"), country="FR")
    assert (found.id, found.name, found.emails) == ("kite", "Kite SAS", ("privacy@kite.example",))
    assert (found.form, found.website) == ("https://kite.example/form", "http://www.kite.example")
    assert (found.phone, found.fax) == ("+33 4 00 00 00 00", "+33 4 00 00 00 01")
    assert (found.runs, found.serves, found.languages) == (("Kite Maps", "Kite Pay"), ("FR", "BE"), ("fr",))
    assert (found.sector, found.preferred, found.id_document) == ("data-broker", "post", True)
    assert found.identity_data == ("name", "email", "customer-number", "other", "cookie-id", "advertising-id")
    assert found.required_identity == ("name", "email")
    assert found.identity_notes == ("Balance of the account (optional)", "National insurance number (optional)")
    assert found.templates == ("access:access-tracking",)
    assert found.notes[0] == "Two lines\nof comment"
    assert any("cookie" in note for note in found.notes)
    assert any("identity document" in habit for habit in found.habits)
    assert (found.checked, found.licence, found.retrieved_on) == (False, "CC0-1.0", DAY)
    assert "scraped" in found.source
    assert "https://kite.example/privacy" in found.source


@pytest.mark.parametrize(
    ("quality", "checked"), [("tested", True), ("verified", True), ("imported", False), ("scraped", False)]
)
def test_only_what_a_person_has_read_counts_as_checked(quality: str, *, checked: bool) -> None:
    assert mapped(company(quality=quality), DAY).checked is checked


@pytest.mark.parametrize(
    ("categories", "template", "sector"),
    [
        (["credit agency", "ads"], None, "credit"),
        (["ads", "social media"], None, "platform"),
        (["public body"], None, "public"),
        (["public body"], "access-bundespolizei", "police"),
        (["addresses"], None, "data-broker"),
        (["travel"], None, "general"),
    ],
)
def test_the_sector_follows_from_the_categories(categories: list[str], template: str | None, sector: str) -> None:
    assert mapped(company(categories=categories, custom_access_template=template), DAY).sector == sector


def test_a_country_that_nobody_knows_stays_in_the_address() -> None:
    found = mapped(company(address="1 Main Street\nPort Kite\nAtlantis"), DAY)
    assert found.address == Address(lines=("1 Main Street", "Port Kite", "Atlantis"), country="")


def test_no_page_is_shown_that_is_no_web_page() -> None:
    found = mapped(company(web="javascript:alert(1)", webform="httsp://kite.example"), DAY)
    assert (found.website, found.form) == ("", "")


def test_nothing_of_a_record_is_lost(tmp_path: Path) -> None:
    odd = company("new-key", name="Später", invented_later={"deep": [1, None]})
    with opened(shelved(tmp_path, [WHOLE, odd], [gone("old", "kite")])) as shelf:
        assert shelf is not None
        assert {record["slug"]: record for held in shelf.records() if (record := held.original)} == {
            "kite": WHOLE,
            "new-key": odd,
            "old": gone("old", "kite"),
        }


def test_licence_and_day_come_from_the_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "data.zip", [company()], packs={"de": [_pack("ads", "kite")]})
    found = harvest(path, DAY)
    # every file has the time of the commit, the first of February 2026
    assert (found.retrieved_on, found.licence) == (date(2026, 2, 1), "CC0-1.0")
    assert [(pack.id, pack.companies) for pack in found.packs] == [("ads-de", ("kite",))]
    # an archive from the future counts as of today
    assert harvest(path, date(2026, 1, 1)).retrieved_on == date(2026, 1, 1)


def _pack(slug: str, *companies: str) -> dict[str, object]:
    return {"slug": slug, "type": "add-all", "companies": list(companies)}


def test_a_checkout_is_read_as_the_archive_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(archive(tmp_path / "data.zip", [WHOLE], [gone("old", "kite")])) as made:
        made.extractall(tmp_path / "unpacked")
    root = tmp_path / "unpacked" / "data-master"
    # one file of theirs has no ending
    (root / "companies" / "kite.json").rename(root / "companies" / "kite")
    (root / "companies" / "link.json").symlink_to(tmp_path / "elsewhere.json")
    found = harvest(root, DAY)
    assert (found.companies, [one["slug"] for one in found.obsolete]) == ((WHOLE,), ["old"])
    assert (found.retrieved_on, found.licence, found.problems) == (DAY, "CC0-1.0", ())


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (company("bad", name=None), "name is missing"),
        (company("bad", name=""), "name must be a text on one line"),
        (company("bad", name="two\nlines"), "name must be a text on one line"),
        (company("bad", name="esc\x1b[2Jape"), "name must be a text on one line"),
        (company("bad", name=["a"]), "name must be"),
        (company("Bad Slug"), "slug must be lower-case"),
        (company("bad", email="no address"), "email must be an e-mail address"),
        (company("bad", email="a@b.example\nBcc: c@d.example"), "email must be an e-mail address"),
        (company("bad", email="a\x1b[31m@b.example"), "email must be an e-mail address"),
        (company("bad", email="a\u202e@b.example"), "email must be an e-mail address"),
        (company("bad", quality="excellent"), "quality must be one of"),
        (company("bad", sources=[]), "sources must be a list"),
        (company("bad", relevant_countries=["Germany"]), "relevant-countries must be a list"),
        (company("bad", needs_id_document="no"), "needs-id-document must be true or false"),
        (company("bad", required_elements=[{"desc": "x"}]), "required-elements must be a list"),
        (company("bad", runs="Kite Maps"), "runs must be a list"),
        (company("bad", name="x" * 5000), "name must be"),
    ],
)
def test_a_record_that_breaks_the_schema_is_named_and_the_others_are_taken(
    tmp_path: Path, record: dict[str, object], problem: str
) -> None:
    raw = {"companies/bad.json": json.dumps(record).encode()}
    found = harvest(archive(tmp_path / "data.zip", [company()], raw=raw), DAY)
    assert [one["slug"] for one in found.companies] == ["kite"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith("companies/bad: ")
    assert problem in found.problems[0]


# in a key that the schema does not have: what is unknown is kept, and cannot be
HALF = json.dumps(company("bad", new="\ud800")).encode()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"slug": NaN}', b'{"n": 1' + b"0" * 9999 + b"}", HALF],
    ids=["empty", "cut", "list", "null", "no-utf-8", "deep", "nan", "long-number", "half-a-letter"],
)
def test_a_file_that_is_no_record_is_named_and_the_others_are_taken(tmp_path: Path, data: bytes) -> None:
    found = harvest(archive(tmp_path / "data.zip", [company()], raw={"companies/bad.json": data}), DAY)
    assert len(found.companies) == 1
    assert [problem.partition(":")[0] for problem in found.problems] == ["companies/bad"]


def test_of_two_records_with_one_slug_the_first_is_taken(tmp_path: Path) -> None:
    twice = {"companies/zz.json": json.dumps(company("kite", name="Second SAS")).encode()}
    found = harvest(archive(tmp_path / "data.zip", [company()], [gone("kite")], raw=twice), DAY)
    assert [one["name"] for one in found.companies] == ["Kite SAS"]
    assert [problem.partition(":")[0] for problem in found.problems] == ["obsolete-records/kite", "companies/zz"]


def test_redirects_and_packs_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    packs = {"all": [_pack("ads", "kite", "gone"), {"slug": "no"}]}
    found = harvest(archive(tmp_path / "data.zip", [company()], [gone("old", "nobody")], packs), DAY)
    assert any("redirects to nobody" in remark for remark in found.remarks)
    assert any("not there: gone" in remark for remark in found.remarks)
    assert found.problems == ("company-packs/all: type is missing; companies is missing",)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_bytes(b"<html>Not found</html>")
    cut = archive(tmp_path / "cut.zip", [company()])
    cut.write_bytes(cut.read_bytes()[:-40])
    empty = archive(tmp_path / "empty.zip")
    for path in (text, cut, empty, tmp_path, tmp_path / "missing.zip"):
        with pytest.raises(NoArchiveError):
            harvest(path, DAY)


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_whose_bytes_were_changed_is_refused(tmp_path: Path, how: int) -> None:
    path = tmp_path / "data.zip"
    with zipfile.ZipFile(path, "w", how) as made:
        made.writestr("companies/kite.json", json.dumps(company(comments=["long enough to be packed " * 20])))
    data = bytearray(path.read_bytes())
    at = data.index(b"companies/kite.json") + 40
    data[at : at + 20] = bytes(20)
    path.write_bytes(data)
    with pytest.raises(NoArchiveError):
        harvest(path, DAY)


@pytest.mark.parametrize(
    "name", ["../companies/evil.json", "/etc/companies/evil.json", "data-master\\companies\\..\\evil.json"]
)
def test_a_name_that_leads_out_of_the_archive_refuses_all_of_it(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "data.zip", [company()], raw={name: b"{}"})
    with pytest.raises(NoArchiveError, match="leads out of it"):
        harvest(path, DAY)


def test_a_link_in_an_archive_refuses_all_of_it(tmp_path: Path) -> None:
    path = archive(tmp_path / "data.zip", [company()])
    with zipfile.ZipFile(path, "a") as made:
        link = zipfile.ZipInfo("data-master/companies/link.json")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    with pytest.raises(NoArchiveError, match="is a link"):
        harvest(path, DAY)


def test_a_file_that_unpacks_to_far_more_than_a_record_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", [company()], raw={"companies/bomb.json": b" " * 50_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(TooLargeError):
        harvest(path, DAY)
    # the size that it declares is not believed
    data = path.read_bytes()
    lying = data.replace(struct.pack("<L", 50_000_000), struct.pack("<L", 10))
    assert lying != data
    path.write_bytes(lying)
    with pytest.raises((TooLargeError, NoArchiveError)):
        harvest(path, DAY)


def test_an_archive_of_nothing_but_broken_records_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "data.zip", [company(name=None)])
    with pytest.raises(NothingImportedError, match="name is missing"):
        harvest(path, DAY)


def test_an_import_that_breaks_half_way_leaves_the_old_directory_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelved(tmp_path, [company()])
    before = path.read_bytes()

    def breaks(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_grams", breaks)
    with pytest.raises(OSError, match="No space"):
        shelved(tmp_path, [company("other")])
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.name not in {"directory.sqlite", "data.zip"}] == []


def test_a_file_that_is_no_directory_is_said_and_not_searched(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    path.write_bytes(b"something else")
    with pytest.raises(NotADirectoryFileError), opened(path):
        pass
    shelved(tmp_path, [company()])
    data = bytearray(path.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")  # the user version of SQLite
    path.write_bytes(data)
    with pytest.raises(NotADirectoryFileError, match="another version"), opened(path):
        pass
