"""What somebody wishes of a dossier, and the programs of this machine that help to show what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dsar.core.dossier import Row, Section, Table
from dsar.core.exhibits import changes
from dsar.desk.outside import bounded
from dsar.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dsar.core.dossier import Exhibit, Kind, Redaction
    from dsar.core.exhibits import Piece
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*([kMG]?)B?", re.IGNORECASE)
_UNITS: Final = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
# Less would not hold the front of a dossier.
_LEAST: Final = 500_000
_MOST_TOKEN: Final = 1_000_000


class SizeError(UsageError):
    """A size that is none, or too small for any dossier."""

    sentence = "“{text}” is no size for a part of a dossier: write one such as 5MB, of 500 kB at least."


class OtherTokenError(InputError):
    """A timestamp over something else."""

    sentence = (
        "The timestamp “{name}” is not one of this dossier's manifest ({why}): build the dossier, `dsar timestamp` its "
        "manifest, then build it again with --token and the same --as-of."
    )


class NumbersError(UsageError):
    """The pages of the front have no such numbers."""

    sentence = "--front-matter takes roman (pages i, ii …, exhibits from 1), not “{text}”; without it pages run from 1."


class CopyKindError(UsageError):
    """There is no such copy of a dossier."""

    sentence = "There is no copy “{text}”: --copy takes controller, or share."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a dossier is to be bound.

    `max_part`: bytes of a part, 0 for one document; `redactions`: what must not be seen; `with_returned`: show the
    personal data that the controller sent; `shows`: only these of its files, by number ("7.1"); `token`: an RFC 3161
    token over the manifest; `ocr`: let a program read scans, where one is installed; `roman`: the front has numerals
    of its own.
    """

    max_part: int = 0
    redactions: tuple[Redaction, ...] = ()
    with_returned: bool = False
    shows: tuple[str, ...] = ()
    token: Path | None = None
    ocr: bool = True
    roman: bool = False


def size(text: str) -> int:
    """A size as it is written on the command line: `5MB`, `800 kB`.

    Raises:
        SizeError: it is none, or too small.
    """
    found = _SIZE.fullmatch(text.strip())
    value = int(float(found[1]) * _UNITS[found[2].lower()]) if found is not None else 0
    if value < _LEAST:
        raise SizeError(text=text)
    return value


def roman(text: str) -> bool:
    """Whether the front has pages of its own numerals; `text` is what was asked for.

    Raises:
        NumbersError: it is neither `roman` nor empty.
    """
    if text not in {"", "roman"}:
        raise NumbersError(text=text)
    return bool(text)


def copies(names: Sequence[str]) -> tuple[Kind, ...]:
    """Which copies are asked for.

    Raises:
        CopyKindError: there is no such copy.
    """
    found: list[Kind] = []
    for name in dict.fromkeys(names):
        match name:
            case "controller" | "share":
                found.append(name)
            case _:
                raise CopyKindError(text=name)
    return tuple(found)


def stamp(token: Path | None) -> Callable[[bytes], bytes | None]:
    """What the binder asks for a timestamp of its manifest: the one in the file, if it is of these very bytes.

    Raises, when it is asked:
        OtherTokenError: it is of other bytes, or none.
        NoStampsError: the library that reads timestamps is not installed.
    """

    def given(manifest: bytes) -> bytes | None:
        if token is None:
            return None
        from hashlib import sha256  # noqa: PLC0415 - only with a timestamp

        from dsar.vault import tsa  # noqa: PLC0415 - as above

        data = bounded(token, _MOST_TOKEN, what="a timestamp")
        _, problems = tsa.check(data, sha256(manifest).hexdigest())
        if problems:
            raise OtherTokenError(name=token.name, why="; ".join(problems))
        return data

    return given


def changed(
    words: Words, desk: Desk, file: File, found: Sequence[Piece], exhibits: Sequence[Exhibit]
) -> Section | None:
    """The new dated list: what was added to the exhibits, and what is withdrawn, since they were handed in last."""
    made = changes(file.entries, found, desk.today)
    if made is None:
        return None
    by_number = {exhibit.number: exhibit for exhibit in exhibits}
    rows = []
    for one in made.changes:
        exhibit = by_number.get(one.number)
        what = words.say("dossier", "changes.added" if exhibit is not None else "changes.withdrawn")
        cells = (str(one.number), exhibit.title if exhibit is not None else "–", what)
        rows.append(Row(cells=cells, exhibits=(one.number,) if exhibit is not None else ()))
    heads = (
        words.say("dossier", "head.number"),
        words.say("dossier", "changes.since", date=words.day(made.since)),
        words.say("dossier", "head.change"),
    )
    title = words.say("dossier", "section.changes")
    return Section(id="changes", title=title, blocks=(Table(heads=heads, widths=(0.8, 6.0, 2.0), rows=tuple(rows)),))
