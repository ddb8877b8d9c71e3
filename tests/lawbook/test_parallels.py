"""The law book's parallels: their file, its linter, and what the other laws are said not to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dsar.lawbook import load
from dsar.lawbook.gaps import gaps

from .test_broken_files import change

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('regime = "eudpr"', 'regime = "gdpr"', "regime: is the law in which the law book is written"),
        ('"eudpr:63.1"', '"eudpr 63.1"', "'eudpr 63.1' is no citation key"),
        ('"eudpr:63.1"', '"narnia:63.1"', "'narnia:63.1' names an act that law/acts.toml does not have"),
        ('"gdpr:16" = "eudpr:18"', '"gdpr:15" = "eudpr:18"', "'gdpr:15' has a parallel already, in 'eudpr-access'"),
        ("valid_until = 2026-02-04", "valid_until = 2026-02-05", "'gdpr:12.3' has a parallel already"),
        ("valid_from = 2026-06-19", "valid_from = 2026-06-19\nvalid_until = 2026-06-18", "is before valid_from"),
    ],
)
def test_a_wrong_parallel_is_named_with_its_place(book: Path, old: str, new: str, message: str) -> None:
    change(book, "parallels.toml", old, new)
    found = [one for one in load.check(book) if one.startswith("law/parallels.toml: parallel[")]
    assert any(message in one for one in found), found


def test_a_regime_that_there_is_not_is_refused(book: Path) -> None:
    change(book, "parallels.toml", 'regime = "eudpr"', 'regime = "narnia"')
    assert any("regime: must be one of gdpr, eudpr" in one for one in load.check(book))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("demands.toml", 'breach = "not-rectified"', 'breach = "not-mended"', "'not-mended' is not in law/bre"),
        (
            "demands.toml",
            'unless = ["objection-grounds"]',
            'unless = ["grounds"]',
            "'grounds' is not in law/dem",
        ),
        ("breaches.toml", 'meanings = ["fee"]', 'meanings = ["bill"]', "meanings: 'bill' is no kind of message"),
        (
            "breaches.toml",
            'meanings = ["fee"]\nusual = ["fee"]\n',
            "",
            "meanings: is empty, and nothing but a judgment",
        ),
        ("breaches.toml", 'usual = ["portal"]', 'usual = ["fee"]', "usual: 'fee' is not among the meanings"),
        (
            "breaches.toml",
            'meanings = ["portal"]\nusual = ["portal"]',
            'meanings = ["fee"]\nusual = ["fee"]',
            "usual: 'fee' is usually 'fee'",
        ),
        (
            "authorities/es-aepd.toml",
            'decision = "es',
            'decision = "pt',
            "'pt-lopdgdd-64' is not in law",
        ),
    ],
)
def test_a_reference_to_what_is_not_there_is_a_fault(book: Path, file: str, old: str, new: str, message: str) -> None:
    change(book, file, old, new)
    assert any(message in one for one in load.check(book)), load.check(book)


def test_the_version_of_the_law_changes_with_a_parallel(book: Path) -> None:
    before = load.law(book).version
    change(book, "parallels.toml", '"eudpr:63.1"', '"eudpr:63.2"')
    load.law.cache_clear()
    assert load.law(book).version != before


def test_what_the_other_laws_do_not_have_is_listed() -> None:
    """No direct marketing in the regulation on the institutions; no complaint with a decision in Switzerland."""
    found = {gap.regime: gap for gap in gaps(load.law())}
    assert set(found) == {"eudpr", "uk-gdpr", "ch-fadp", "led-fr", "led-de"}
    assert {"marketing-stop", "marketing-profiling"} <= set(found["eudpr"].demands)
    assert "complaint" in found["ch-fadp"].demands
    assert "no-representative" in found["uk-gdpr"].breaches
    assert {"copy", "automated-decisions"} <= set(found["led-de"].demands)
    assert "no-answer" not in found["led-fr"].breaches


def test_only_what_was_read_is_said_to_be_checked() -> None:
    """Of Regulation 2018/1725 only Art. 14(5), 63(1) and 63(3) were read; the rest of it is marked."""
    checked = {
        key for one in load.parallels().values() if one.checked and one.regime == "eudpr" for key in one.provisions
    }
    assert {key for key in checked if key.startswith("gdpr:")} == {"gdpr:12.5", "gdpr:77", "gdpr:77.1", "gdpr:78.2"}
