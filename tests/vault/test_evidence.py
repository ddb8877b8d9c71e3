from __future__ import annotations

import hashlib
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsar.errors import InputError, NotFoundError
from dsar.vault.evidence import CHUNK

from .facts import NOW, REF, WORKER, opened, received

if TYPE_CHECKING:
    from .room import Room


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_bytes_come_back_as_they_were(room: Room, size: int) -> None:
    data = bytes(n % 251 for n in range(1000)) * (size // 1000 + 1)
    data = data[:size]
    piece = room.vault.put_evidence(BytesIO(data), name="../answer\n.zip", media="application/zip")
    assert (piece.sha256, piece.size) == (hashlib.sha256(data).hexdigest(), size)
    assert (piece.name, piece.media) == ("../answer\n.zip", "application/zip")
    assert room.vault.evidence_bytes(piece.sha256) == data
    assert all(len(chunk) <= CHUNK for chunk in room.vault.evidence(piece.sha256))
    assert room.vault.verify(complete=True) == ()


def test_the_same_bytes_are_stored_once(room: Room) -> None:
    one = room.vault.put_evidence(BytesIO(b"x" * CHUNK * 2), name="a", media="m")
    two = room.vault.put_evidence(BytesIO(b"x" * CHUNK * 2), name="b", media="n")
    empty = [room.vault.put_evidence(BytesIO(b""), name=name, media="m") for name in "ab"]
    assert (one.sha256, one.name, two.name, empty[0].sha256) == (two.sha256, "a", "b", empty[1].sha256)
    with room.raw() as connection:
        assert connection.execute("SELECT COUNT(*), SUM(LENGTH(data)) FROM chunk").fetchall() == [(2, CHUNK * 2)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(st.binary(max_size=50), max_size=6))
def test_many_pieces_do_not_mix(room: Room, pieces: list[bytes]) -> None:
    kept = [room.vault.put_evidence(BytesIO(data), name="n", media="m") for data in pieces]
    assert [room.vault.evidence_bytes(piece.sha256) for piece in kept] == pieces


def test_unknown_bytes_are_not_found_at_once(room: Room) -> None:
    with pytest.raises(NotFoundError):
        room.vault.evidence("0" * 64)


def test_a_stream_that_breaks_leaves_nothing(room: Room) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > CHUNK:
                raise OSError("the cable")
            return super().read(size)

    with pytest.raises(OSError, match="the cable"):
        room.vault.put_evidence(Broken(b"y" * CHUNK * 3), name="n", media="m")
    with room.raw() as connection:
        assert connection.execute("SELECT COUNT(*) FROM chunk").fetchall() == [(0,)]


def test_altered_bytes_are_noticed_when_they_are_read(room: Room) -> None:
    piece = room.vault.put_evidence(BytesIO(b"the answer"), name="n", media="m")
    room.vault.append(REF, [opened(), received(piece)], expect=0, now=NOW, by=WORKER)
    room.tamper("chunk_no_update", "UPDATE chunk SET data = CAST('the ANSWER' AS BLOB)")
    with pytest.raises(InputError, match=piece.sha256):
        room.vault.evidence_bytes(piece.sha256)


CHILD = """
import hashlib, io, resource, sys
from pathlib import Path
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault

class Stream(io.RawIOBase):
    left = 64
    def read(self, size=-1):
        self.left -= 1
        return bytes([self.left]) * size if self.left >= 0 else b""

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

with Vault.open(Path(sys.argv[1]), KeyFileSlot(Path(sys.argv[2]))) as vault:
    vault.put_evidence(io.BytesIO(b"small"), name="n", media="m")
    before = peak()
    piece = vault.put_evidence(Stream(), name="answer.zip", media="application/zip")
    hasher = hashlib.sha256()
    for chunk in vault.evidence(piece.sha256):
        hasher.update(chunk)
    assert vault.verify(complete=True) == ()
    print(piece.size, hasher.hexdigest() == piece.sha256, peak() - before)
"""


def test_memory_stays_flat_for_sixty_four_megabytes(room: Room) -> None:
    command = [sys.executable, "-c", CHILD, str(room.path), str(room.source.path)]
    size, same, grown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert (int(size), same) == (64 * 1024 * 1024, "True")
    assert int(grown) < 24, f"{grown} MiB more than before"
