"""Five hundred letters to PDF in one process: the time of each, beside its floor, and whether memory stays flat."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typst

from benchmarks.timing import Measured
from dsar.paper.letter_pdf import render_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.letter import Letter

LETTERS = 500
WARM = 50
LETTER_SECONDS = 0.060
MOST_GROWTH = 32.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The most memory that the process ever held, in megabytes, after the first letters and after all of them."""

    warm: float
    end: float

    @property
    def kept(self) -> bool:
        """Whether it grew by no more than a few letters may take."""
        return self.end - self.warm <= MOST_GROWTH

    def row(self) -> str:
        """As a line below the table."""
        said = f"memory after {WARM} letters {self.warm:.0f} MB, after {LETTERS} {self.end:.0f} MB"
        return f"{said}, {self.end / self.warm:.2f} x; limit + {MOST_GROWTH:.0f} MB{'' if self.kept else '  exceeded'}"


def many_letters(letter: Letter, folder: Path) -> tuple[Measured, Memory]:
    """The mean of fifty letters in a row, the best of ten; each unlike the others, and turn by turn with its floor.

    The machine does other things too: the mean of all would measure those.
    """
    plain = folder / "smallest.typ"
    taken = [0.0] * (LETTERS // WARM)
    floor, warm = [0.0] * len(taken), 0.0
    for number in range(LETTERS):
        other = replace(letter, subject=f"{letter.subject} ({number})", body=f"{number}. {letter.body}")
        plain.write_text(f"Letter {number}", encoding="utf-8")
        start = time.perf_counter()
        typst.compile(str(plain), format="pdf", ignore_system_fonts=True)
        between = time.perf_counter()
        render_pdf(other)
        taken[number // WARM] += time.perf_counter() - between
        floor[number // WARM] += between - start
        warm = _peak() if number == WARM else warm
    measured = Measured(
        name=f"{LETTERS} letters, the mean",
        seconds=min(taken) / WARM,
        floor_name="the smallest typst document",
        floor=min(floor) / WARM,
        limit_seconds=LETTER_SECONDS,
    )
    return measured, Memory(warm=warm, end=_peak())


def _peak() -> float:
    """Megabytes; one where the system does not say, so that the ratio stays one."""
    if sys.platform == "win32":
        return 1.0
    import resource  # noqa: PLC0415 - not on Windows

    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
