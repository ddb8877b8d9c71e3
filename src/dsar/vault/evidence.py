"""Evidence: bytes by SHA-256, in chunks, never modified. Memory stays flat for an answer of several GB."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from dsar.core.parties import Evidence
from dsar.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.vault.connection import Database

CHUNK = 1024 * 1024
"""Bytes a chunk."""


class NoEvidenceError(NotFoundError):
    """No bytes of that hash."""

    sentence = "There is no file with the hash {sha256} in the vault: run `dsar vault verify`."


class ChangedEvidenceError(InputError):
    """The stored bytes are not those of their hash."""

    sentence = "The file with the hash {sha256} was altered in the vault: restore a backup with `dsar vault restore`."


def put(db: Database, stream: BinaryIO, *, name: str, media: str) -> Evidence:
    """Store what is left of a stream, hashing on the way; the same bytes are stored once. All or nothing.

    The writer's lock is held until the stream ends.
    """
    hasher, size, chunks = hashlib.sha256(), 0, 0
    with db.transaction():
        last = db.one("SELECT MAX(blob) FROM chunk")
        blob = (last[0] or 0) + 1 if last else 1
        while data := stream.read(CHUNK):
            hasher.update(data)
            size, chunks = size + len(data), chunks + 1
            db.execute("INSERT INTO chunk (blob, n, data) VALUES (?, ?, ?)", blob, chunks, data)
        sha256 = hasher.hexdigest()
        if db.one("SELECT 1 FROM evidence WHERE sha256 = ?", sha256):
            drop_chunks(db, blob, chunks)
        else:
            # An empty file has no chunk, and its number must not be given again.
            number = blob if chunks else -1
            sql = "INSERT INTO evidence (sha256, blob, size, chunks) VALUES (?, ?, ?, ?)"
            db.execute(sql, sha256, number, size, chunks)
    return Evidence(sha256=sha256, size=size, name=name, media=media)


def read(db: Database, sha256: str) -> Iterator[bytes]:
    """The bytes, chunk by chunk; NoEvidenceError at once, ChangedEvidenceError at the end if they do not fit."""
    found = db.one("SELECT blob, chunks FROM evidence WHERE sha256 = ?", sha256)
    if found is None:
        raise NoEvidenceError(sha256=sha256)
    blob, chunks = found
    return _chunks(db, sha256, blob, chunks)


def head(db: Database, sha256: str, size: int) -> bytes:
    """The first `size` bytes (at most `CHUNK`); NoEvidenceError if there is nothing of that hash."""
    found = db.one("SELECT blob FROM evidence WHERE sha256 = ?", sha256)
    if found is None:
        raise NoEvidenceError(sha256=sha256)
    row = db.one("SELECT SUBSTR(data, 1, ?) FROM chunk WHERE blob = ? AND n = 1", size, found[0])
    return bytes(row[0]) if row else b""


def _chunks(db: Database, sha256: str, blob: int, chunks: int) -> Iterator[bytes]:
    hasher = hashlib.sha256()
    for n in range(1, chunks + 1):
        row = db.one("SELECT data FROM chunk WHERE blob = ? AND n = ?", blob, n)
        data: bytes = row[0] if row else b""
        hasher.update(data)
        yield data
    if hasher.hexdigest() != sha256:
        raise ChangedEvidenceError(sha256=sha256)


def drop_chunks(db: Database, blob: int, chunks: int) -> None:
    """Delete the chunks of bytes that nothing names any more, one by one: one statement would keep all in memory."""
    for n in range(1, chunks + 1):
        db.execute("DELETE FROM chunk WHERE blob = ? AND n = ?", blob, n)
