"""Errors a user can meet: one class is one sentence and one exit code.

A module that can fail declares its own subclasses beside the code that raises them. The sentence says what is wrong
and what to do next; it is printed once, on stderr, by the boundary in `dsar.cli`. Values are filled in by
`str.format`, which never re-reads what it inserts, so a hostile name stays a name.
"""

from __future__ import annotations

from typing import ClassVar


class DsarError(Exception):
    """The root of all expected failures: never raised itself."""

    code: ClassVar[int] = 1
    sentence: ClassVar[str] = ""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.sentence.format(**values))


class UsageError(DsarError):
    """The command was called wrongly."""

    code = 2


class NotFoundError(DsarError):
    """What was named does not exist."""

    code = 3


class StateError(DsarError):
    """Not possible as things stand; the sentence says which command is."""

    code = 4


class InputError(DsarError):
    """A file or a value from outside cannot be used; nothing was written."""

    code = 5


class LockedError(DsarError):
    """The vault is locked, or the key does not fit."""

    code = 6


class ConflictError(DsarError):
    """Somebody else wrote in the meantime."""

    code = 7


class NetworkError(DsarError):
    """The network, or a server on it, does not do what it should."""

    code = 8


class MissingProgramError(DsarError):
    """A needed external program or extra is not installed."""

    code = 9
