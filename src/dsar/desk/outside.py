"""Reading a file from outside that must fit in memory: a picture, a scan, something to attach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.desk.errors import EmptyFileError, MissingFileError, UnreadableFileError
from dsar.desk.evidence import shown
from dsar.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


class BigFileError(InputError):
    """A file larger than what it is meant to be."""

    sentence = "“{name}” has more than {most} MB, which is too much for {what}: give a smaller file."


def bounded(path: Path, most: int, *, what: str) -> bytes:
    """The bytes of a file of at most `most` bytes; `what` is what it is needed for, in words.

    Raises:
        MissingFileError, UnreadableFileError, EmptyFileError: it is not there, closed, or has no bytes.
        BigFileError: it is larger.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError as error:
        raise MissingFileError(name=shown(path.name)) from error
    except OSError as error:
        raise UnreadableFileError(name=shown(path.name), why=error.strerror or "an input error") from error
    if not data:
        raise EmptyFileError(name=shown(path.name))
    if len(data) > most:
        raise BigFileError(name=shown(path.name), most=most // 1_000_000, what=what)
    return data
