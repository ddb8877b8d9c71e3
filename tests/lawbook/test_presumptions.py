"""The rules under which a delivery is presumed: few, sourced, and in every language's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dsar.lawbook import load
from dsar.letters.find import languages, roots
from dsar.letters.words import Words

from .test_broken_files import change

if TYPE_CHECKING:
    from pathlib import Path


def test_a_mail_that_reached_their_server_counts_from_the_day_of_sending() -> None:
    """EDPB Guidelines 01/2022 para. 159: received when it reaches one of the controller's channels."""
    rule = load.presumptions()["reached-their-server"]
    assert (rule.channels, rule.after, rule.days, rule.country) == (("email",), "sending", 0, "")
    assert rule.cite == "edpb-01-2022:159"
    assert rule.custom  # the day is a policy: no source says that it is the day of sending


def test_a_letter_in_france_is_dated_by_its_receipt() -> None:
    """CPC art. 668: postal notification is dated, for the recipient, by receipt; nothing computes that day."""
    rule = load.presumptions()["fr-cpc-668"]
    assert (rule.channels, rule.after, rule.country) == (("post", "registered"), "receipt", "FR")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_rule_has_its_words_and_no_others(lang: str) -> None:
    assert lang in languages(roots())
    said = {key for key in Words(lang, roots()).section("steps") if key.startswith("presumption.")}
    frames = {f"presumption.cited{end}" for end in ("", "-custom", "-unchecked")}
    assert said - frames == {f"presumption.{name}" for name in load.presumptions()}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_rule_can_be_cited(lang: str) -> None:
    words = Words(lang, roots())
    assert all(words.cite(rule.cite) for rule in load.presumptions().values())


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('["email"]', "[]", "law/presumptions.toml: presumption[0].channels: is empty"),
        ('["email"]', '["pigeon"]', "law/presumptions.toml: presumption[0].channels: must be one of email, post"),
        ('"sending"\n', '"reading"\n', "law/presumptions.toml: presumption[0].after: must be one of sending, receipt"),
        ("days = 0", "days = -1", "law/presumptions.toml: presumption[0].days: must not be negative"),
        ('"edpb-01-2022:159"', '"edpb:159"', "law/presumptions.toml: presumption[0].cite: 'edpb:159' names an act"),
        ('"edpb-01-2022:159"', '""', "law/presumptions.toml: presumption[0].cite: '' is no citation key"),
        ('"FR"', '"France"', "law/presumptions.toml: presumption[1].country: 'France' is no country"),
        (
            '"fr-cpc-668"',
            '"reached-their-server"',
            "law/presumptions.toml: presumption[1].id: 'reached-their-server' is",
        ),
        ("custom = true", "costum = true", "law/presumptions.toml: presumption[0]: unknown key costum"),
        ('source = "Code', 'source = "" # "', "law/presumptions.toml: presumption[1].source: is missing"),
        ('name = "A letter', 'name = "" # "', "law/presumptions.toml: presumption[1].name: is missing"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(book: Path, old: str, new: str, problem: str) -> None:
    change(book, "presumptions.toml", old, new)
    assert [line for line in load.check(book) if line.startswith(problem)], load.check(book)


def test_the_version_of_the_law_changes_with_a_rule(book: Path) -> None:
    change(book, "presumptions.toml", "days = 0", "days = 1")
    assert load.law(book).version != load.law().version
