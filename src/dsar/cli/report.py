"""`dsar report`: a campaign counted, as a page, tables and charts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dsar.cli import out
from dsar.cli.files import NotWritableError, write_file
from dsar.cli.options import Options
from dsar.cli.session import at_desk


def report(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(help="The id of the campaign.")],
    to: Annotated[Path | None, typer.Option("--out", help="The folder (default: CAMPAIGN-report).")] = None,
    min_cell: Annotated[int, typer.Option("--min-cell", help="Show no count below this; 1 shows all.")] = 5,
    format: Annotated[  # noqa: A002 - the option's own name
        str, typer.Option("--format", help="Among html,csv,json,png,svg (default: all).")
    ] = "",
    title: Annotated[str, typer.Option(help="The title (default: the campaign's).")] = "",
    lang: Annotated[str, typer.Option(help="The language of the page.")] = "en",
    public: Annotated[bool, typer.Option("--public", help="Leave out the table with a row for each case.")] = False,
) -> None:
    """Write the report of a campaign: one page with statistics and charts, an answer table, CSV and JSON."""
    from dsar.desk import reporting  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    forms = reporting.formats(format)
    wish = reporting.Wish(least=min_cell, formats=forms, title=title, lang=lang, public=public)
    with at_desk(options) as desk:
        found = reporting.report(desk, campaign, wish)
    folder = to or Path(f"{found.campaign}-report")
    for name, data in found.files:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotWritableError(path=path.parent, why=error.strerror or "an error") from error
        write_file(path, data)
    paths = [folder / name for name, _ in found.files]
    if options.json:
        page = next((str(path) for path in paths if path.suffix == ".html"), None)
        out.emit(
            {"campaign": found.campaign, "cases": found.cases, "html": page, "files": [str(path) for path in paths]}
        )
        return
    out.say(*(f"Written: {path}" for path in paths if path.parent == folder))
    charts = sum(1 for path in paths if path.parent != folder)
    if charts:
        out.say(f"Written: {folder / 'charts'} ({charts} files)")
    if any(path.name == "cases.csv" for path in paths):
        out.tell(
            "cases.csv holds a row for each person's case: it is for you, not for the public (--public leaves it out)."
        )
    out.say(
        "", f"Next: open {folder / 'report.html'} in a browser, or `dsar code agreement --campaign {found.campaign}`"
    )
