"""What a line of a postal table says of a letter: as what it is recorded, or that it says nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dsar.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.events import Basis
    from dsar.desk.campaign_table import Row

STATUSES: Final[Mapping[str, Basis]] = {
    "delivered": "proved",
    "stated": "stated",
    "refused": "refused",
    "unclaimed": "unclaimed",
    "returned": "returned",
}
"""What the post may say of a letter, and as what it is recorded."""

IGNORED: Final = "ignore"
"""What is said of a status whose lines say nothing yet: the letter is on its way, or lies at the post office."""


class RowError(InputError):
    """A line of a table that says nothing that can be recorded."""

    sentence = "{what}"


class UnknownMeaningError(UsageError):
    """A word of the post was given a meaning that there is none of."""

    sentence = "--status {word}={meaning} means nothing: a status is one of {known}."


def checked(words: Mapping[str, str]) -> dict[str, str]:
    """The words of a table and what they were said to mean, whatever their case.

    Raises:
        UnknownMeaningError: one of the meanings is none.
    """
    known = (*STATUSES, IGNORED)
    for word, meaning in words.items():
        if meaning not in known:
            raise UnknownMeaningError(word=word, meaning=meaning, known=", ".join(known))
    return {word.casefold(): meaning for word, meaning in words.items()}


def ignored(row: Row, words: Mapping[str, str]) -> bool:
    """Whether a line is to be left out."""
    said = row.cells.get("status", "").casefold()
    return words.get(said, said) == IGNORED


def basis(row: Row, words: Mapping[str, str]) -> Basis:
    """What the post says; a table without that column says that all of them were delivered.

    Raises:
        RowError: no status, or one that nobody said the meaning of. It is never guessed, nor is an arrival suggested:
            a letter on its way that is recorded as arrived would start a clock.
    """
    said = row.cells.get("status", "delivered").casefold()
    if not said:
        raise RowError(what="no status is said: was the letter delivered?")
    found = STATUSES.get(words.get(said, said))
    if found is None:
        raise RowError(
            what=f"the status “{said}” is not known: say --status {said}={IGNORED} if the letter is still on its way, "
            "else what the post means by it (--help lists the meanings)"
        )
    return found
