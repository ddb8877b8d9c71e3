"""Taking in a large mailbox: the time beside that of reading it with Python's `mailbox`, and the memory it takes.

Each side runs in a process of its own, because the most memory that a process ever held does not go down again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.timing import Measured

LIMIT_RATIO = 2.5
LIMIT_MEGABYTES = 200.0
COUNT = 10_000
SIZE = 100_000
_LINE = b"The quick brown fox jumps over the lazy dog, and %06d goes on to the end of it.\n"

_FLOOR = """
import mailbox, sys, time
from email.parser import BytesHeaderParser
start = time.perf_counter()
box, parser, seen = mailbox.mbox(sys.argv[1]), BytesHeaderParser(), 0
for key in box.keys():
    seen += len(parser.parsebytes(box.get_bytes(key)).keys())
print(time.perf_counter() - start)
"""
_TAKE = """
import resource, sys, time
from datetime import date
from pathlib import Path
from dsar.desk.mailing import take_in
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault
folder, now = Path(sys.argv[2]), "2026-03-05T09:00:00+01:00"
vault, _ = Vault.create(folder / "mail.dsar", KeyFileSlot(folder / "mail.key"), now=now)
with vault:
    desk = Desk(vault=vault, today=date(2026, 3, 5), now=now, by="benchmark", letters=roots())
    start = time.perf_counter()
    intake = take_in(desk, [Path(sys.argv[1])])
    taken = time.perf_counter() - start
assert intake.new == int(sys.argv[3]), intake
unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
"""


def large_mailbox(folder: Path, *, scale: float = 1.0) -> tuple[Measured, float]:
    """The time and the megabytes of taking in `scale` times 10,000 messages of 100 kB, all of them once."""
    box, count = folder / "large.mbox", int(COUNT * scale)
    _write(box, count)
    floor = min(float(_run(_FLOOR, box)) for _ in range(2))
    seconds, memory = map(float, _run(_TAKE, box, folder, count).split())
    for left in (box, *folder.glob("mail.*")):
        left.unlink()
    measured = Measured(
        name=f"mbox of {count} messages",
        seconds=seconds,
        floor_name="mailbox and its headers",
        floor=floor,
        limit_ratio=LIMIT_RATIO,
    )
    return measured, memory


def _write(box: Path, count: int) -> None:
    lines = SIZE // len(_LINE % 0)
    with box.open("wb") as stream:
        for number in range(count):
            stream.write(b"From a@b.example Mon Jan  5 10:00:00 2026\n")
            stream.write(b"From: Ann %d <ann%d@company.example>\nTo: zoe@person.example\n" % (number, number))
            stream.write(b"Subject: Message %d\nDate: Mon, 05 Jan 2026 10:00:00 +0000\n" % number)
            stream.write(b"Message-ID: <%d@company.example>\n\n" % number)
            stream.write(b"".join(_LINE % (number + line) for line in range(lines)) + b"\n")


def _run(script: str, *arguments: object) -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":  # the whole gigabyte: python -m benchmarks.mail FOLDER
    found, megabytes = large_mailbox(Path(sys.argv[1]))
    sys.stdout.write(
        f"{found.name}: {found.seconds:.1f} s, {found.ratio:.2f} x {found.floor_name} ({found.floor:.1f} s), "
        f"{megabytes:.0f} MB\n"
    )
