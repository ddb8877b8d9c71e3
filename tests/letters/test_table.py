from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.letters.table import coverage, table

from .briefs import LETTERS, REPO

if TYPE_CHECKING:
    from pathlib import Path


def test_the_table_in_the_documentation_is_that_of_the_letters() -> None:
    """Write it anew: `dsar letters table`, below the marker in docs/letters.md."""
    page = (REPO / "docs" / "letters.md").read_text(encoding="utf-8")
    assert page.partition("<!-- dsar letters table -->\n\n")[2] == table((LETTERS,))


def test_a_letter_is_there_missing_or_not_meant_for_a_language(folder: Path) -> None:
    reminder = folder / "en" / "reminder.md.j2"
    (folder / "xx").mkdir()
    (folder / "xx" / "_lang.toml").write_text("", encoding="utf-8")
    reminder.write_text(reminder.read_text(encoding="utf-8").replace('["en"]', '["en", "xx"]'), encoding="utf-8")
    found = coverage((folder,))
    assert (found["reminder"], found["notice"]["xx"]) == ({"en": "Reminder", "xx": "missing"}, "")
    assert "| `reminder` | ✓ | missing |" in table((folder,))
    assert "| `notice` | ✓ | – |" in table((folder,))
