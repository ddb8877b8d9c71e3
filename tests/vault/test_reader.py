from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from dsar.errors import NotFoundError
from dsar.vault.evidence import CHUNK

if TYPE_CHECKING:
    from .room import Room


def test_any_place_of_it_can_be_read(room: Room) -> None:
    moments = random.Random(3)  # noqa: S311 - places of a test, no secret
    data = moments.randbytes(2 * CHUNK + 12_345)
    piece = room.vault.put_evidence(io.BytesIO(data), name="a", media="m")
    plain = io.BytesIO(data)
    with room.vault.evidence_file(piece.sha256) as stored:
        assert stored.read() == data
        for _ in range(200):
            place, size = moments.randrange(len(data) + 10), moments.choice([0, 1, 100, 70_000, CHUNK + 1])
            assert stored.seek(place) == plain.seek(place)
            assert stored.read(size) == plain.read(size)
        assert stored.seek(-5, io.SEEK_END) == len(data) - 5
        assert stored.read() == data[-5:]
        with pytest.raises(ValueError, match="-1"):
            stored.seek(-1)


def test_an_archive_is_opened_where_it_lies(room: Room) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "hello" * 500_000)
    piece = room.vault.put_evidence(io.BytesIO(made.getvalue()), name="a.zip", media="application/zip")
    with room.vault.evidence_file(piece.sha256) as stored, zipfile.ZipFile(stored) as archive:
        assert archive.read("a.txt") == b"hello" * 500_000


def test_an_empty_file_is_empty_and_an_unknown_one_is_not_found(room: Room) -> None:
    piece = room.vault.put_evidence(io.BytesIO(b""), name="a", media="m")
    with room.vault.evidence_file(piece.sha256) as stored:
        assert stored.read() == b""
    with pytest.raises(NotFoundError):
        room.vault.evidence_file("0" * 64)
