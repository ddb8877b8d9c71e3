"""A letter under another law: which it is written for, what it cites there, and what the linter finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dsar.core.under import Under
from dsar.lawbook.load import law
from dsar.letters.check import check
from dsar.letters.errors import LetterFileError, NoParallelError
from dsar.letters.fill import fill
from dsar.letters.find import template
from dsar.letters.front import read
from dsar.letters.voice import Voice

from .briefs import LETTERS, brief

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.letters.words import Words

TODAY = date(2026, 7, 1)


def _change(folder: Path, kind: str, old: str, new: str) -> Path:
    path = folder / "en" / f"{kind}.md.j2"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def _faults(folder: Path, kind: str) -> list[str]:
    return [one.text for one in check((folder,), law()) if one.where == "regimes" and one.file == f"en/{kind}.md.j2"]


def test_a_letter_that_names_no_law_is_written_for_the_gdpr_alone() -> None:
    assert read(LETTERS / "en" / "notice.md.j2").regimes == ("gdpr",)
    assert read(LETTERS / "en" / "reminder.md.j2").regimes == ("gdpr", "eudpr", "uk-gdpr")


def test_a_law_that_there_is_not_is_refused(folder: Path) -> None:
    path = _change(folder, "reminder", 'regimes = ["gdpr", ', 'regimes = ["narnia", ')
    with pytest.raises(LetterFileError, match=r"en/reminder\.md\.j2: regimes: each must be one of gdpr, eudpr"):
        read(path)


def test_what_a_letter_cites_must_exist_in_every_law_it_is_written_for(folder: Path) -> None:
    """Art. 14(4) of Regulation 2018/1725 exists; the guidelines of the Board are no provision of it."""
    assert _faults(folder, "reminder") == []
    _change(folder, "identity-reply", 'fits = ["identity-demand"]', 'fits = ["identity-demand"]\nregimes = ["eudpr"]')
    assert "“edpb-01-2022:63” has no parallel under eudpr" in _faults(folder, "identity-reply")
    assert "“gdpr:12.6” has no parallel under eudpr" not in _faults(folder, "identity-reply")


def test_a_decision_on_the_gdpr_is_not_cited_under_another_law(folder: Path) -> None:
    _change(folder, "notice", "asserts =", 'regimes = ["gdpr", "uk-gdpr"]\nasserts =')
    assert _faults(folder, "notice") == ["decisions on the GDPR are not cited under uk-gdpr"]


@pytest.mark.parametrize(
    ("regime", "received", "printed"),
    [
        ("gdpr", date(2026, 3, 2), "Article 12(3) GDPR"),
        ("eudpr", date(2026, 3, 2), "Article 14(3) of Regulation (EU) 2018/1725"),
        ("uk-gdpr", date(2026, 3, 2), "Article 12A(1) UK GDPR"),
        ("uk-gdpr", date(2026, 1, 5), "Article 12(3) UK GDPR"),
        ("led-de", date(2026, 3, 2), "section 59(2) of the German Federal Data Protection Act"),
    ],
)
def test_a_citation_is_that_of_the_law_of_the_case(words: Words, regime: str, received: date, printed: str) -> None:
    under = Under(law=law(), regime=regime, on=TODAY, received=received)
    assert Voice(words, law(), under).cite("gdpr:12.3") == printed


def test_a_provision_without_a_parallel_is_never_printed_under_its_old_number(words: Words) -> None:
    under = Under(law=law(), regime="ch-fadp", on=TODAY)
    with pytest.raises(NoParallelError, match=r"gdpr:77.*ch-fadp"):
        Voice(words, law(), under).cite("gdpr:77")


def test_a_whole_letter_speaks_the_law_of_its_case(words: Words) -> None:
    told = replace(brief("reminder", words), regime="uk-gdpr")
    letter = fill(template((LETTERS,), "reminder", "en"), told, law(), words, received=date(2026, 3, 2))
    assert "UK GDPR" in letter.body
    assert " GDPR" not in letter.body.replace("UK GDPR", "")


def test_an_incomplete_answer_is_supported_by_no_decision_on_the_gdpr(words: Words) -> None:
    """The very letter under the GDPR names the Court's decisions."""
    told = brief("incomplete", words)
    kind = template((LETTERS,), "incomplete", "en")
    assert "Court of Justice" in fill(kind, told, law(), words).body
    assert "Court of Justice" not in fill(kind, replace(told, regime="uk-gdpr"), law(), words).body
