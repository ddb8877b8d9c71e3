"""The audit list: who did what when."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from dsar.cli import out
from dsar.cli.agenda import MOST, PAGE, typed
from dsar.cli.options import Options
from dsar.cli.session import at_desk


def audit(
    ctx: typer.Context,
    ref: Annotated[str, typer.Option("--case", metavar="REF", help="Of this case.")] = "",
    campaign: Annotated[str, typer.Option(metavar="ID", help="Of the cases of this campaign.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Written down by this case worker.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="Written down on this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Written down on this day or earlier.")] = "",
    kind: Annotated[
        str, typer.Option(help="Of this kind, as the column “what” has it: an unknown one lists all.")
    ] = "",
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a table for a spreadsheet program.")] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, max=MOST, help="So many on a page (50).")] = None,
    page: Annotated[int | None, typer.Option(metavar="K", min=1, max=MOST, help="The K-th page.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of it, not in pages.")] = False,
) -> None:
    """Who did what when, the latest first. What letters and messages say is not in it."""
    from dsar.desk import audit as desk_audit  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.agenda import given  # noqa: PLC0415 - as above
    from dsar.vault.history import ERASED  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    whole = every or (limit is None and page is None and (options.json or csv is not None))
    size = None if whole else limit or PAGE
    offset = ((page or 1) - 1) * size if size is not None else 0
    with at_desk(options) as desk:
        which = desk_audit.wanted(
            desk, ref=ref, campaign=campaign, by=by, kind=kind.strip().replace(" ", "-"), since=since, until=until
        )
        lines = desk_audit.lines(desk, which, offset=offset, limit=None if size is None else size + 1)
        if csv is not None:
            _file(options, csv, desk_audit.table(islice(lines, size)))
            return
        if options.json:
            out.emit_each(map(desk_audit.row, islice(lines, size)))
            return
        shown = list(lines)
    more = size is not None and len(shown) > size
    rows = [(one.at, one.by or "-", one.ref, one.n or "", one.kind.replace("-", " "), one.on) for one in shown[:size]]
    if not rows:
        out.say("Nothing is so.", "", "Next: dsar audit")
        return
    out.table(("recorded at", "by", "case", "entry", "what", "day"), rows)
    if more:
        said = {"case": ref, "campaign": campaign, "by": by, "since": since, "until": until, "kind": kind}
        again = " ".join(["dsar audit", *typed(given({**said, "limit": limit}))])
        out.say("", f"More: {again} --page {(page or 1) + 1}, or --all")
    if any(one.kind == ERASED for one in shown[:size]):
        out.say("", "Of an erased case only the instant is kept, by this machine's clock, and nobody's name.")


def _file(options: Options, path: Path, data: bytes) -> None:
    from dsar.cli.files import write_file  # noqa: PLC0415 - only where a file is asked for

    write_file(path, data)
    if options.json:
        out.emit({"csv": str(path)})
        return
    out.say(f"Written: {path}")
