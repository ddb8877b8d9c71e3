"""What the commands of a campaign share: its arguments, the directory, and how a person stops a long run."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar import clock
from dsar.cli import out
from dsar.cli.session import today
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dsar.cli.options import Options
    from dsar.core.campaign import Seat
    from dsar.desk.campaign_post import Pace
    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk

Id = Annotated[str, typer.Argument(help="The campaign.")]
LAST_WAVE = 9999
Wave = Annotated[int | None, typer.Option(help="Only this wave.", min=1, max=LAST_WAVE)]
Limit = Annotated[int | None, typer.Option(help="At most so many letters in this run.", min=1)]
Rate = Annotated[str, typer.Option(help="With --send: so many letters at most, as 30/min or 200/h.")]

_SLICE = 0.2
_PER_MINUTE = {"min": 1.0, "h": 1 / 60}


class RateError(UsageError):
    """A rate that is none."""

    sentence = "“{text}” is no rate: write for example 30/min or 200/h."


@contextmanager
def looking_up(options: Options, desk: Desk) -> Iterator[Directory]:
    """The directory, open for the command."""
    from dsar.desk.directory import directory  # noqa: PLC0415 - only where controllers are looked up

    with directory(desk.vault, options.directory_path) as where:
        yield where


def columns(said: list[str] | None) -> dict[str, str]:
    """COLUMN=FIELD, several times, as the heading of each field; BadMapError if one is not of that form."""
    from dsar.desk.columns import pairs  # noqa: PLC0415 - only where a table comes in

    return {field: head for head, field in pairs(said or (), "--map", "COLUMN=FIELD").items()}


def meanings(said: list[str] | None) -> dict[str, str]:
    """WORD=MEANING, several times, as a table; PairError if one is not of that form."""
    from dsar.cli.request import pair  # noqa: PLC0415 - one function

    return dict(pair(text, "zugestellt=delivered") for text in said or ())


def pace(text: str, stop: Callable[[], bool]) -> Pace:
    """The pace that was said; a person who stops does not wait for its end.

    Raises:
        RateError: it is none.
    """
    from dsar.desk.campaign_post import Pace  # noqa: PLC0415 - loaded with the vault

    number, _, unit = text.partition("/")
    if not (number.isascii() and number.isdigit()) or int(number) == 0 or (unit or "min") not in _PER_MINUTE:
        raise RateError(text=text)

    def wait(seconds: float) -> None:
        end = time.monotonic() + seconds
        while not stop() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE))

    return Pace(per_minute=int(number) * _PER_MINUTE[unit or "min"], clock=time.monotonic, wait=wait)


def fresh(options: Options) -> Callable[[Desk], Desk]:
    """What gives a desk the present instant, and the day unless one was said: a run may last past midnight."""
    return lambda desk: replace(desk, now=clock.now(), today=today(options))


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks to stop after the present letter; pressed again, it ends at once."""
    asked: list[bool] = []

    def ask(_signal: int, _frame: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)
        out.tell("Stopping after the present letter; Ctrl-C again ends at once, and doubles nothing either.")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress(options: Options, what: str) -> Iterator[Callable[[Seat | None, int, int], None]]:
    """A bar on the terminal of a person; nobody else is shown one."""
    if options.json or not out.can_ask():
        yield lambda _seat, _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415 - only for a person at a terminal
    from rich.progress import Progress  # noqa: PLC0415 - as above

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task: Any = bar.add_task(what, total=None)
        yield lambda _seat, done, of: bar.update(task, completed=done, total=of)
