"""`dsar timeline`: the case as a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dsar.cli import out
from dsar.cli.files import write_file
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.session import at_desk


def timeline(
    ctx: typer.Context,
    ref: Ref = None,
    lang: Annotated[str, typer.Option(help="Language (default: the case's).")] = "",
    to: Annotated[Path | None, typer.Option("--out", help="The file (default: REF-timeline.html).")] = None,
) -> None:
    """Write the case as one HTML page: its events and time limits on an axis. Nothing is loaded from a network."""
    from dsar.desk.timeline import timeline as page  # noqa: PLC0415 - loaded with the vault
    from dsar.paper.timeline_html import render_timeline  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = page(desk, ref, lang=lang)
    path = to or Path(f"{found.ref}-timeline.html")
    write_file(path, render_timeline(found))
    if options.json:
        out.emit({"html": str(path), "events": len(found.moments)})
        return
    out.say(f"Written: {path}", "", f"Next: open it in a browser, or `dsar dossier {found.ref}`")
