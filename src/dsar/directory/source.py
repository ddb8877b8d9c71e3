"""Reading the public directory from its ZIP or a checkout. Both are hostile: sizes are bounded, nothing is unpacked."""

from __future__ import annotations

import json
import stat
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dsar.core.zips import BROKEN
from dsar.directory.errors import NoArchiveError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS = ("companies", "obsolete-records", "company-packs")
# theirs has 3,251 files of 2.3 MB; the largest has 12 kB
_MOST_FILES = 200_000
_FILE_BYTES = 512 * 1024
_ALL_BYTES = 512 * 1024 * 1024
ARCHIVE_BYTES = 64 * 1024 * 1024
_DEPTH = 3
_YEAR_ZERO = 1980  # of ZIP: what an archive without dates gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of the source: its folder, its name without `.json`, and what it holds, or why it cannot be read."""

    folder: str
    name: str
    content: Any = None
    problem: str = ""

    @property
    def place(self) -> str:
        """As a problem names it."""
        return f"{self.folder}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything that was found. `dated` is the day of the state that the archive holds, where it says so."""

    pieces: tuple[Piece, ...]
    dated: date | None
    licence: str


def read(path: Path) -> Source:
    """Read a ZIP or a folder.

    Raises:
        NoArchiveError: it is neither, is broken, encrypted or built to harm, or holds no companies.
        TooLargeError: it holds more than any directory does.
    """
    try:
        found = _folder(path) if path.is_dir() else _archive(path)
    except BROKEN as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else "it is no sound ZIP"
        raise NoArchiveError(path=path, why=why) from error
    if not any(piece.folder == FOLDERS[0] for piece in found.pieces):
        raise NoArchiveError(path=path, why="it has no folder called companies")
    return found


def _archive(path: Path) -> Source:
    if path.stat().st_size > ARCHIVE_BYTES:
        raise TooLargeError(what=path, limit=ARCHIVE_BYTES)
    pieces, licence, left = [], "", _ALL_BYTES
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > _MOST_FILES:
            raise NoArchiveError(path=path, why=f"it has more than {_MOST_FILES} files")
        for member in members:
            parts = _parts(path, member)
            if _is_licence(parts):
                licence = _bytes(archive, member, path).decode("utf-8", "replace")
            elif (where := _where(parts)) is not None and not member.is_dir():
                data = _bytes(archive, member, path)
                left -= len(data)
                if left < 0:
                    raise TooLargeError(what=path, limit=_ALL_BYTES)
                pieces.append(_piece(*where, data))
    return Source(pieces=tuple(pieces), dated=_dated(members), licence=_named(licence))


def _parts(path: Path, member: zipfile.ZipInfo) -> tuple[str, ...]:
    """The path of a member, piece by piece; one that leads out of the archive is nobody's mistake."""
    name = member.filename
    parts = tuple(part for part in name.split("/") if part)
    if name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts:
        raise NoArchiveError(path=path, why="a name in it leads out of it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise NoArchiveError(path=path, why="a file in it is a link")
    return parts


def _bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> bytes:
    """The content of a member. The size that it declares is not believed: one byte too many is enough."""
    with archive.open(member) as stream:
        data = stream.read(_FILE_BYTES + 1)
    if len(data) > _FILE_BYTES:
        raise TooLargeError(what=f"{path}: {member.filename}", limit=_FILE_BYTES)
    return data


def _dated(members: list[zipfile.ZipInfo]) -> date | None:
    """GitHub gives every file of an archive the time of the commit; other archives say nothing of the whole."""
    times = {member.date_time[:3] for member in members}
    try:
        day = date(*min(times))
    except ValueError:
        return None
    return day if len(times) == 1 and day.year > _YEAR_ZERO else None


def _folder(path: Path) -> Source:
    pieces, licence, left = [], "", _ALL_BYTES
    for file in _files(path):
        if file.stat().st_size > _FILE_BYTES:
            raise TooLargeError(what=file, limit=_FILE_BYTES)
        data = file.read_bytes()
        left -= len(data)
        if left < 0:
            raise TooLargeError(what=path, limit=_ALL_BYTES)
        if file.parent == path:
            licence = data.decode("utf-8", "replace")
        else:
            pieces.append(_piece(file.parent.name, file.name, data))
    return Source(pieces=tuple(pieces), dated=None, licence=_named(licence))


def _files(path: Path) -> Iterator[Path]:
    """The files of a checkout that are read; links are not followed."""
    if (path / "LICENSE").is_file() and not (path / "LICENSE").is_symlink():
        yield path / "LICENSE"
    for name in FOLDERS:
        folder = path / name
        if folder.is_dir() and not folder.is_symlink():
            yield from sorted(file for file in folder.iterdir() if file.is_file() and not file.is_symlink())


def _is_licence(parts: tuple[str, ...]) -> bool:
    return parts[-1:] == ("LICENSE",) and len(parts) < _DEPTH


def _where(parts: tuple[str, ...]) -> tuple[str, str] | None:
    """The folder and the name of a file that is read: `data-master/companies/x.json`, or without the first folder."""
    known = 1 < len(parts) <= _DEPTH and parts[-2] in FOLDERS
    return (parts[-2], parts[-1]) if known else None


def _piece(folder: str, name: str, data: bytes) -> Piece:
    bare = name.removesuffix(".json")
    try:
        content = json.loads(data.decode("utf-8"), parse_constant=_refuse)
        if b"\\u" in data:  # half a letter, which JSON can spell, and no text or database can hold
            json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return Piece(folder=folder, name=bare, problem="is no JSON")
    return Piece(folder=folder, name=bare, content=content)


def _refuse(_: str) -> None:
    raise ValueError  # NaN and Infinity are Python's, not JSON's


def _named(licence: str) -> str:
    """The licence that the source comes under, as far as its own file says so."""
    return "CC0-1.0" if "CC0 1.0 Universal" in licence else ""
