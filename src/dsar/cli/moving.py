"""How far a long run is: one line that is written over, for a person who waits, and nothing for a script."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from dsar.cli.options import Options


def moving(options: Options, total: int, what: str) -> Callable[[int], None]:
    """What to call with the number of things that are done; the line goes when all are."""
    quiet = options.json or sys.stderr is None or not sys.stderr.isatty()

    def show(done: int) -> None:
        if quiet:
            return
        # \033[K: to the end of the line, so that nothing longer shines through
        text = f"\r{done:,} of {total:,} {what}\033[K" if done < total else "\r\033[K"
        typer.echo(text, nl=False, err=True)

    return show
