"""Signed mandates filed from a folder: each under the id in its name, and what cannot be filed surely is refused."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from dsar.desk import campaign_table, mandates
from dsar.desk.dates import written_day
from dsar.desk.errors import MissingFileError, UnreadableFileError
from dsar.desk.evidence import shown, sniffed
from dsar.desk.mandate_filing import filed, refuse_ended
from dsar.desk.mandate_register import MANDATE
from dsar.desk.recording import not_in_future
from dsar.errors import DsarError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from dsar.core.parties import Mandate
    from dsar.desk.office import Desk

_ID = re.compile(r"(?<![0-9A-Z])M-[0-9A-Z]{5}(?![0-9A-Z])")
_SCANS = frozenset({"image/png", "image/jpeg", "image/tiff"})
_TOGETHER = 50
LARGEST = 100 * 1024 * 1024
"""Bytes of a signed mandate that is filed with others: it is read whole, to see that it can be."""


class NoIdInNameError(InputError):
    """Whose mandate a file is, is not said."""

    sentence = "“{name}” has no id of a mandate in its name, like M-7K2PQ: rename it, or file it by its id."


class SeveralIdsError(InputError):
    """A file cannot be two mandates."""

    sentence = "“{name}” names {ids}: a file is one mandate."


class TwoDaysError(InputError):
    """A table that says two days of one signature."""

    sentence = "The table says two days for the mandate {id}, {first} and {second}: see which is right."


@dataclass(slots=True)
class Filed:
    """What became of the files of a folder: `filed` and `known` are (file, mandate), `refused` (file, reason).

    `warnings` are sentences, each with the mandates that it is about.
    """

    filed: list[tuple[str, str]] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    warnings: dict[str, list[str]] = field(default_factory=dict)


def days_of(path: Path) -> dict[str, date]:
    """The day on which each mandate was signed, by its id, from a table of both.

    Raises:
        InputError, UsageError: it cannot be read surely, see `campaign_table.table`.
        BadDateError, NoSuchDayError, FarDateError: a cell says no day that is sure.
        TwoDaysError: one mandate, two days.
    """
    found: dict[str, date] = {}
    for row in campaign_table.table(path, {}, ("mandate", "date"), headed=campaign_table.SIGNED_ON).rows:
        name, day = row.cells["mandate"].upper(), written_day(row.cells["date"])
        if found.setdefault(name, day) != day:
            raise TwoDaysError(id=name, first=found[name], second=day)
    return found


def file_signed(
    desk: Desk,
    folder: Path,
    on: date | None,
    progress: Callable[[int], None] = lambda _files: None,
    *,
    days: Mapping[str, date] | None = None,
) -> Filed:
    """File the signed mandates of a folder, each under the id in its name; what cannot be filed surely is refused.

    Run twice, nothing is doubled. Files of other folders below it are not looked at. `days` are those of single
    mandates, by id; `on` is that of all others (None: they are refused).

    Raises:
        MissingFileError, UnreadableFileError: no folder, or one that cannot be read.
        FutureDateError: the day has not come yet.
    """
    for day in {*(days or {}).values(), *([on] if on is not None else [])}:
        not_in_future(day, desk.today)
    done = Filed()
    paths = _files(folder)
    sums = {path: _sum(path) for path in paths}
    twice = {one for one, count in Counter(sums.values()).items() if one and count > 1}
    owners = _owners(desk)
    for start in range(0, len(paths), _TOGETHER):
        with desk.vault.transaction():
            for path in paths[start : start + _TOGETHER]:
                _file(desk, path, (days or {}, on), done, _Bytes(sums[path], sums[path] in twice, owners))
        progress(min(start + _TOGETHER, len(paths)))
    return done


@dataclass(frozen=True, slots=True)
class _Bytes:
    """What is known of a file's bytes: their hash, whether another file has them, whose they are in the register."""

    sha256: str
    twice: bool
    owners: dict[str, str]


def _file(desk: Desk, path: Path, days: tuple[Mapping[str, date], date | None], done: Filed, known: _Bytes) -> None:
    name = shown(path.name)
    try:
        mandate = _mandate(desk, path.name)
        on = days[0].get(mandate.id, days[1])
        if on is None:
            done.refused.append((name, f"the table says no day for {mandate.id}: add it, or say --on for all others"))
            return
        refuse_ended(mandate, on, desk.today)
        held = mandate.document
        if held is not None and held.sha256 == known.sha256:
            done.known.append((name, mandate.id))
            return
        if why := _why_not(mandate, known) or _unreadable(path):
            done.refused.append((name, why))
            return
        warnings = filed(desk, mandate, path, on)
    except DsarError as error:
        done.refused.append((name, str(error)))
        return
    known.owners[known.sha256] = mandate.id
    done.filed.append((name, mandate.id))
    for one in warnings:
        done.warnings.setdefault(one, []).append(mandate.id)


def _mandate(desk: Desk, name: str) -> Mandate:
    """The mandate that a file's name means.

    Raises:
        NoIdInNameError, SeveralIdsError: it names none, or several.
        NoSuchMandateError: none is registered under that id.
    """
    found = sorted(set(_ID.findall(name.upper())))
    if not found:
        raise NoIdInNameError(name=shown(name))
    if len(found) > 1:
        raise SeveralIdsError(name=shown(name), ids=" and ".join(found))
    return mandates.get(desk, found[0])


def _why_not(mandate: Mandate, known: _Bytes) -> str:
    if known.twice:
        return "another file of the folder has the same bytes: each person signs their own"
    owner = known.owners.get(known.sha256, "")
    if owner and owner != mandate.id:
        return f"the same bytes are filed as {owner} already: each person signs their own"
    if mandate.document is not None:
        return f"another document is filed: to replace it, `dsar mandate signed {mandate.id} FILE --on DATE --correct`"
    return ""


def _unreadable(path: Path) -> str:
    """Why nobody could read a signature in it; empty for a PDF with pages, or a picture."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    try:
        if path.is_symlink():
            return "it is a link to a file of another place"
        if path.stat().st_size > LARGEST:
            return f"it has more than {LARGEST // 1024**2} MB, as no scan of a mandate has"
        data = path.read_bytes()
        if not data:
            return "the file is empty"
        media = sniffed(data[:4096], path.name)
        if media in _SCANS:
            return ""
        if media != "application/pdf":
            return "it is neither a PDF nor a picture"
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return "" if len(pdf.pages) else "the PDF has no pages"
    except pikepdf.PasswordError:
        return "the PDF is encrypted"
    except (pikepdf.PdfError, ValueError):
        return "the PDF cannot be read"
    except OSError as error:
        return f"the file cannot be read ({error.strerror or 'an input error'})"


def _owners(desk: Desk) -> dict[str, str]:
    """Which mandate each filed document belongs to."""
    bodies = desk.vault.records(MANDATE).items()
    return {document["sha256"]: name for name, body in bodies if isinstance(document := body["document"], dict)}


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MissingFileError(name=shown(str(folder)))
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise UnreadableFileError(name=shown(str(folder)), why=error.strerror or "an input error") from error


def _sum(path: Path) -> str:
    """The hash of a file; empty for one that has no bytes, or cannot be read."""
    try:
        with path.open("rb") as stream:
            hasher = sha256()
            while chunk := stream.read(1024 * 1024):
                hasher.update(chunk)
            return hasher.hexdigest() if stream.tell() else ""
    except OSError:
        return ""
