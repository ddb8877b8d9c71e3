"""Finding words among 100,000 messages, and the complete check of a vault beside reading and hashing its evidence.

`python -m benchmarks.vault FOLDER` stores a file of 2 GB, checks it, and says how much memory that took.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import random
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from benchmarks.timing import Measured, minima
from dsar.vault.connection import Database
from dsar.vault.evidence import CHUNK
from dsar.vault.keys import KeyFileSlot
from dsar.vault.search import Passage
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

MESSAGES = 100_000
FIND_SECONDS = 0.100
VERIFY_RATIO = 1.3
LIMIT_MEGABYTES = 150.0
NOW = "2026-03-05T09:00:00+01:00"
_WORDS = 150
_VOCABULARY = 30_000
_MEGABYTES = 64

_SYLLABLES = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v") for b in "aeiou"]


class Bytes(io.RawIOBase):
    """A file of many chunks, each unlike the others, that is nowhere."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._left, self._number = size, 0

    def read(self, count: int = -1) -> bytes:
        """The next bytes."""
        count = min(count, self._left)
        self._left, self._number = self._left - count, self._number + 1
        return (self._number.to_bytes(8, "big") * (count // 8 + 1))[:count]


def measures(folder: Path) -> list[Measured]:
    """Search and check, each beside its floor."""
    return [*_find(folder), verified(folder, _MEGABYTES)[0]]


def _find(folder: Path) -> Iterator[Measured]:
    rng = random.Random(5)  # noqa: S311 - no secret
    words = ["".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 5))) for _ in range(_VOCABULARY)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
    vault, _ = Vault.create(folder / "find.dsar", KeyFileSlot(folder / "find.key"), now=NOW)
    with vault:
        for start in range(0, MESSAGES, 1000):
            with vault.transaction():
                vault.index.put(
                    _message(n, rng.choices(words, cum_weights=weights, k=_WORDS)) for n in range(start, start + 1000)
                )
        for name, text in (
            ("a rare word", words[9_000]),
            ("three usual words", f"{words[300]} {words[700]} {words[1100]}"),
            ("a word of every message", "datenschutz"),
            ("the beginning of many words", "kat"),
        ):
            floor, taken = minima([partial(_count, vault), partial(vault.index.search, text)])
            yield Measured(
                name=f"find {name}",
                seconds=taken,
                floor_name="one row of the index",
                floor=floor,
                limit_seconds=FIND_SECONDS,
            )


def _message(n: int, words: list[str]) -> Passage:
    title, body = " ".join(words[:5]), " ".join([*words, "datenschutz"])
    return Passage(
        kind="messages", ref=f"2026-{n // 10:05}", n=n % 10 + 1, on="2026-03-05", sha256="", title=title, body=body
    )


def _count(vault: Vault) -> None:
    assert vault.index.current


def verified(folder: Path, megabytes: int) -> tuple[Measured, float, float]:
    """The complete check of a vault with one large file; the seconds of storing it, and of reading it back."""
    path, source = folder / "large.dsar", KeyFileSlot(folder / "large.key")
    vault, _ = Vault.create(path, source, now=NOW)
    with vault:
        start = time.perf_counter()
        piece = vault.put_evidence(
            cast("BinaryIO", Bytes(megabytes * 1024**2)), name="answer.zip", media="application/zip"
        )
        stored = time.perf_counter() - start
        start = time.perf_counter()
        assert sum(map(len, vault.evidence(piece.sha256))) == megabytes * 1024**2
        back = time.perf_counter() - start
        bare = Database(path, bytes.fromhex(source.path.read_text().strip()))
        floor, taken = minima([partial(_hash_all, bare), partial(vault.verify, complete=True)], rounds=3)
        bare.close()
    for left in folder.glob("large.*"):
        left.unlink()
    measured = Measured(
        name=f"complete check of {megabytes} MB",
        seconds=taken,
        floor_name="every chunk read and hashed",
        floor=floor,
        limit_ratio=VERIFY_RATIO,
    )
    return measured, stored, back


def _hash_all(bare: Database) -> None:
    for blob, chunks in bare.execute("SELECT blob, chunks FROM evidence"):
        hasher = hashlib.sha256()
        for n in range(1, chunks + 1):
            ((data,),) = bare.execute("SELECT data FROM chunk WHERE blob = ? AND n = ?", blob, n)
            assert len(data) <= CHUNK
            hasher.update(data)


def main(arguments: list[str]) -> int:
    """Store and check 2 GB in the folder that is named; the exit code."""
    import resource  # noqa: PLC0415 - not on Windows

    if len(arguments) != 1:
        sys.stderr.write("usage: python -m benchmarks.vault FOLDER\n")
        return 2
    found, stored, back = verified(Path(arguments[0]), 2048)
    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(
        f"2 GB stored in {stored:.1f} s, read back in {back:.1f} s; {found.name} {found.ratio:.2f} x {found.floor_name}"
    )
    print(f"memory {memory:.0f} MB; limit {LIMIT_MEGABYTES:.0f} MB")
    return 0 if found.kept and memory <= LIMIT_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
