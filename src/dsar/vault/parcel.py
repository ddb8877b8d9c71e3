"""A folder or a ZIP that carries a vault's content: written whole or not at all, and read as hostile.

`SHA256SUMS` names the hash of every other file, in the form that `sha256sum -c` checks.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import secrets
import shutil
import zipfile
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol

from dsar.core.zips import BROKEN
from dsar.errors import InputError, NotFoundError
from dsar.vault import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SUMS = "SHA256SUMS"
MOST_TABLE_BYTES = 4 * 1024**3
"""Of one file of lines; files of evidence have the sizes that their list says."""
_LINE = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
# No path of ours has other characters; this one has no parent, no drive and no root either
_SAFE = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,180}")
# A ZIP has no dates of its own choosing: the same content is the same file
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class NoParcelError(NotFoundError):
    """Nothing to read."""

    sentence = "There is no export at {path}: give the folder or the ZIP that `dsar vault export` wrote."


class BadParcelError(InputError):
    """Something that no dsar wrote, or that was changed since."""

    sentence = "The export {path} cannot be used, and nothing was taken over: {why}."


class Sink(Protocol):
    """Where the files of an export go."""

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one file, whole."""


class _Counted:
    """A sink that remembers the hash of everything that went through it."""

    def __init__(self, put: _Put) -> None:
        self._put, self._sums = put, dict[str, str]()

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        hasher = hashlib.sha256()
        with self._put(name) as stream:
            for chunk in chunks:
                hasher.update(chunk)
                stream.write(chunk)
        self._sums[name] = hasher.hexdigest()

    def sums(self) -> bytes:
        return "".join(f"{said}  {name}\n" for name, said in sorted(self._sums.items())).encode("ascii")


class _Put(Protocol):
    def __call__(self, name: str) -> contextlib.AbstractContextManager[IO[bytes]]: ...


@contextlib.contextmanager
def writing(dest: Path) -> Iterator[Sink]:
    """A place to write an export into: a ZIP if the name ends so, else a new folder; private, and whole or not there.

    OccupiedError if something is there.
    """
    if dest.exists():
        raise files.OccupiedError(path=dest)
    if not dest.absolute().parent.is_dir():
        from dsar.vault.backup import NoFolderError  # noqa: PLC0415 - loads the facts

        raise NoFolderError(path=dest.absolute().parent)
    zipped = dest.suffix.lower() == ".zip"
    with _into_zip(dest) if zipped else _into_folder(dest) as put:
        sink = _Counted(put)
        yield sink
        with put(SUMS) as stream:
            stream.write(sink.sums())


@contextlib.contextmanager
def _into_folder(dest: Path) -> Iterator[_Put]:
    temporary = dest.with_name(f".{dest.name}.{secrets.token_hex(4)}.new")
    temporary.mkdir(mode=0o700)

    def put(name: str) -> IO[bytes]:
        path = temporary / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        files.create_private(path)
        return path.open("r+b")

    try:
        yield put
        temporary.rename(dest)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextlib.contextmanager
def _into_zip(dest: Path) -> Iterator[_Put]:
    with files.temporary_beside(dest) as temporary:
        files.create_private(temporary)
        with zipfile.ZipFile(temporary, "w") as archive:

            def put(name: str) -> IO[bytes]:
                info = zipfile.ZipInfo(name, _LONG_AGO)
                # what came as evidence is packed already as a rule; lines pack well
                info.compress_type = zipfile.ZIP_STORED if name.startswith("files/") else zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                return archive.open(info, "w", force_zip64=True)

            yield put
        files.place(temporary, dest)


class Source:
    """An export that is read: only files that it names itself, by names that cannot lead out of it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile | None) -> None:
        self.path, self._archive = path, archive
        self._sums = dict(self._read_sums())

    def bad(self, why: str) -> BadParcelError:
        """The error that says what is wrong with this export."""
        return BadParcelError(path=self.path, why=why)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one file, none if it is not there; BadParcelError at the end if it is not as it was written."""
        if name not in self._sums:
            return
        hasher, read = hashlib.sha256(), 0
        with self.open(name) as stream:
            while line := stream.readline(_LINE):
                read += len(line)
                if not line.endswith(b"\n") or read > MOST_TABLE_BYTES:
                    raise self.bad(f"{name} has a line that does not end, or too many")
                hasher.update(line)
                yield line
        if hasher.hexdigest() != self._sums[name]:
            raise self.bad(f"{name} was changed since it was exported")

    def open(self, name: str) -> BinaryIO:
        """One file that the export names, to be read once."""
        if name not in self._sums:
            raise self.bad(f"it does not list the file {_shown(name)}")
        return self._open(name)

    def _open(self, name: str) -> BinaryIO:
        try:
            if self._archive is not None:
                return _Unpacked(self._archive.open(name))
            path = self.path / name
            if path.is_symlink() or path.parent.is_symlink():
                raise self.bad(f"{_shown(name)} is a link")
            return path.open("rb")
        except BROKEN as error:
            raise self.bad(f"the file {_shown(name)} is missing or cannot be read") from error

    def _read_sums(self) -> Iterator[tuple[str, str]]:
        with self._open(SUMS) as stream:
            for line in stream.read(_LINE).splitlines():
                said, _, name = line.decode("ascii", "replace").partition("  ")
                if not re.fullmatch(r"[0-9a-f]{64}", said) or not _SAFE.fullmatch(name):
                    raise self.bad(f"{SUMS} has a line that dsar does not write")
                yield name, said


class _Unpacked(io.BufferedReader):
    """A member of a ZIP; what is broken in it is an error of the file, as anywhere else."""

    def __init__(self, member: IO[bytes]) -> None:
        super().__init__(_Raw(member), _CHUNK)


class _Raw(io.RawIOBase):
    def __init__(self, member: IO[bytes]) -> None:
        super().__init__()
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed names a private alias
        try:
            data = self._member.read(len(buffer))
        except BROKEN as error:
            raise OSError(0, "the ZIP is damaged") from error
        buffer[: len(data)] = data
        return len(data)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Source]:
    """An export, opened; NoParcelError if there is none, BadParcelError if it is something else."""
    if not path.exists():
        raise NoParcelError(path=path)
    if path.is_dir():
        yield Source(path, None)
        return
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise BadParcelError(path=path, why="it is neither a folder nor a ZIP that can be read") from error
    with archive:
        yield Source(path, archive)


def readable_name(sha256: str, name: str) -> str:
    """The path of a file of evidence: its hash, and of its own name what no system takes for anything else."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[-80:].strip("-.") or "file"
    return f"files/{sha256}-{plain}"


def _shown(name: str) -> str:
    return name if _SAFE.fullmatch(name) else "of an odd name"
