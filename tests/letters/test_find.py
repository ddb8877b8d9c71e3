from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dsar.letters import find, place
from dsar.letters.errors import NoLanguageError, NoLetterError, NoLettersError

from .briefs import LETTERS

if TYPE_CHECKING:
    from pathlib import Path


def test_a_checkout_reads_its_own_letters() -> None:
    assert find.roots() == (LETTERS,)


def test_a_wheel_carries_its_letters_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "dsar"
    (package / "_letters" / "en").mkdir(parents=True)
    assert place._shipped(package / "letters" / "find.py") == package / "_letters"  # noqa: SLF001 - stands for a wheel


def test_a_checkout_wins_over_a_stale_copy_beside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "src" / "dsar"
    (package / "_letters").mkdir(parents=True)
    (tmp_path / "letters").mkdir()
    assert place._shipped(package / "letters" / "find.py") == tmp_path / "letters"  # noqa: SLF001 - as above


def test_lost_letters_are_said_to_be_lost(tmp_path: Path) -> None:
    with pytest.raises(NoLettersError, match="install dsar again"):
        place._shipped(tmp_path / "dsar" / "letters" / "find.py")  # noqa: SLF001 - as above


def test_the_users_folder_comes_first_if_it_exists(tmp_path: Path) -> None:
    assert find.roots(tmp_path) == (tmp_path, LETTERS)
    assert find.roots(tmp_path / "absent", tmp_path) == (tmp_path, LETTERS)


def test_the_users_letter_hides_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    own = (LETTERS / "en" / "reminder.md.j2").read_text(encoding="utf-8").replace('"Reminder"', '"Nudge"')
    (tmp_path / "en" / "reminder.md.j2").write_text(own, encoding="utf-8")
    roots = find.roots(tmp_path)
    assert find.template(roots, "reminder", "en").title == "Nudge"
    assert find.template(roots, "notice", "en").title == "Letter of formal notice"
    assert [one.title for one in find.catalogue(roots) if (one.kind, one.lang) == ("reminder", "en")] == ["Nudge"]


def test_a_letter_that_a_language_lacks_names_the_languages_that_have_it(folder: Path) -> None:
    (folder / "xx").mkdir()
    (folder / "xx" / "_lang.toml").write_text("", encoding="utf-8")
    with pytest.raises(NoLetterError, match="it exists in: en") as caught:
        find.template((folder,), "notice", "xx")
    assert caught.value.code == 3


def test_an_unknown_language_names_those_that_exist() -> None:
    with pytest.raises(NoLanguageError, match="there are: " + ", ".join(find.languages((LETTERS,)))):
        find.template((LETTERS,), "notice", "tlh")


@pytest.mark.parametrize("kind", ["../en/access", "_parts/term", "", "access.md.j2", "*"])
def test_a_kind_is_never_a_path_or_a_pattern(kind: str) -> None:
    with pytest.raises(NoLetterError):
        find.template((LETTERS,), kind, "en")
