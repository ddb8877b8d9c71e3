"""Checking a dossier with nothing but its ZIP: is every file there, unchanged, and no other?"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.zips import BROKEN
from dsar.errors import InputError
from dsar.paper.dossier.manifest import MANIFEST, SCHEMA, SUMS, TOKEN
from dsar.paper.dossier.members import misnamed
from dsar.paper.dossier.seams import seams
from dsar.paper.glyphs import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
# A manifest of a thousand exhibits has half a megabyte: more is not read.
_LONGEST_LISTING = 64 << 20
# A dossier is not packed. Somebody may pack it anew, and then a half or a third of it is left, never a hundredth.
_MOST_PACKED = 100
_ALWAYS_READ = 256 << 20


class NotADossierError(InputError):
    """The file is no ZIP, or one that no dossier was packed into."""

    sentence = "{path} is not a dossier ({reason}); give the .zip file that dsar dossier wrote."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a check found: `files` were looked at; `problems` are sentences in English, none if `ok`.

    `token` is the name of the timestamp that lies in the archive, or empty. It is named and not judged: whom to trust
    is for the reader to say. `kind` is `dossier`, or which copy it says that it is, then `copy_of` the SHA-256 of the
    manifest of its dossier: whoever has both can compare them.
    """

    ok: bool
    files: int
    problems: tuple[str, ...]
    token: str = ""
    kind: str = ""
    copy_of: str = ""


def verify(zip_path: Path) -> Verification:
    """Compare every file in the ZIP with `SHA256SUMS` and with the manifest.

    Finds what was changed, removed, added or doubled since the ZIP was made, and bytes before, between and after its
    files. It cannot find a dossier that was made anew as a whole: that needs the hash of the ZIP by another way, or a
    timestamp.

    Raises:
        NotADossierError: the file cannot be read as a ZIP, or has neither manifest nor sums.
        FileNotFoundError: there is no such file.
    """
    try:
        with zip_path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            found = (*_problems(archive, zip_path), *seams(archive, stream))
            problems = tuple(str(printable(problem)) for problem in found)
            token = TOKEN if TOKEN in archive.namelist() else ""
            kind, copy_of = _said(archive)
            return Verification(
                ok=not problems,
                files=len(archive.infolist()),
                problems=problems,
                token=token,
                kind=kind,
                copy_of=copy_of,
            )
    except (zipfile.BadZipFile, struct.error) as error:
        raise NotADossierError(path=zip_path.name, reason="it is no ZIP file") from error


def _problems(archive: zipfile.ZipFile, path: Path) -> Iterator[str]:
    infos = archive.infolist()
    names = {info.filename for info in infos}
    if not {MANIFEST, SUMS} & names:
        raise NotADossierError(path=path.name, reason=f"there is no {MANIFEST} in it")
    if len(names) != len(infos):
        yield "a file name stands in the archive twice"
    yield from misnamed(infos)
    unpacked, size = sum(info.file_size for info in infos), path.stat().st_size
    if unpacked > max(_ALWAYS_READ, _MOST_PACKED * size):
        yield f"its files unpack to {unpacked} bytes, {unpacked // size} times what the archive has: none was read"
        return
    found = {info.filename: _hash(archive, info) for info in infos}
    yield from (f"{name}: cannot be read, its bytes are damaged" for name, hash_ in found.items() if hash_ is None)
    yield from _compare(SUMS, _sums(archive, found), found, but={SUMS})
    yield from _compare(MANIFEST, _manifest(archive, found), found, but={SUMS, MANIFEST, TOKEN})


def _said(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Which kind of dossier the manifest says that it is, and of what it is a copy; empty where it cannot be read."""
    try:
        if archive.getinfo(MANIFEST).file_size > _LONGEST_LISTING:
            return "", ""
        content = json.loads(archive.read(MANIFEST))
        said = [content.get(key, "") for key in ("kind", "copy_of")]
    except BROKEN:  # of the ZIP; what is no JSON is a ValueError too
        return "", ""
    except AttributeError:  # JSON, and no object
        return "", ""
    kind, copy_of = (str(printable(one)) if isinstance(one, str) else "" for one in said)
    return kind, copy_of


def _compare(
    listing: str, listed: dict[str, str] | None, found: dict[str, str | None], *, but: set[str]
) -> Iterator[str]:
    if listed is None:
        yield f"{listing}: missing, or not readable as what it should be"
        return
    for name, hash_ in listed.items():
        if name not in found:
            yield f"{name}: missing, although {listing} names it"
        elif found[name] is not None and found[name] != hash_:
            yield f"{name}: changed, its hash is not the one in {listing}"
    yield from (f"{name}: not named in {listing}" for name in found if name not in listed and name not in but)


def _hash(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str | None:
    """The SHA-256 of a file; None if it cannot be read (damaged, encrypted, packed in an unknown way)."""
    digest = hashlib.sha256()
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except BROKEN:
        return None
    return digest.hexdigest()


def _read(archive: zipfile.ZipFile, found: dict[str, str | None], name: str) -> bytes | None:
    if found.get(name) is None or archive.getinfo(name).file_size > _LONGEST_LISTING:
        return None
    return archive.read(name)


def _sums(archive: zipfile.ZipFile, found: dict[str, str | None]) -> dict[str, str] | None:
    data = _read(archive, found, SUMS)
    if data is None:
        return None
    lines = [line.partition("  ") for line in data.decode("utf-8", errors="replace").splitlines()]
    return {name: hash_ for hash_, _, name in lines}


def _manifest(archive: zipfile.ZipFile, found: dict[str, str | None]) -> dict[str, str] | None:
    data = _read(archive, found, MANIFEST)
    try:
        content = json.loads(data or b"")
        if content["schema"] != SCHEMA:
            return None
        listed = {str(entry["path"]): str(entry["sha256"]) for entry in content["files"]}
        # What the manifest says of the exhibits must be true of the files, or its list of files is a fig leaf.
        originals = {str(exhibit["original"]): str(exhibit["sha256"]) for exhibit in content["exhibits"]}
        # one that stays in the vault has no place here
        listed |= {path: sha256 for path, sha256 in originals.items() if path}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return listed
