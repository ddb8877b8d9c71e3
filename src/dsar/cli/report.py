"""`dsar report`: a campaign counted, as a page, tables and charts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dsar.cli import out
from dsar.cli.files import made_folder, write_file
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.errors import StateError


class RowsThereError(StateError):
    """What is not for the public lies where a public report is to be written."""

    sentence = "“{path}” has a row for each person's case: give a public report a folder of its own with --out."


class OtherReportError(StateError):
    """The folder holds the report of another campaign."""

    sentence = "“{path}” holds the report of {other}: choose another folder with --out."


_ANSWERS = frozenset({"report.html", "report.json", "answers.csv"})


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
    hide_few: Annotated[
        bool, typer.Option("--hide-few", help="Keep back what bodies said that few people asked.")
    ] = False,
) -> None:
    """Write the report of a campaign: one page with statistics and charts, an answer table, CSV and JSON."""
    from dsar.desk import reporting  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    forms = reporting.formats(format)
    wish = reporting.Wish(least=min_cell, formats=forms, title=title, lang=lang, public=public, hide_few=hide_few)
    if to is not None:
        _look_at(to, campaign, public=public)
    with at_desk(options) as desk:
        found = reporting.report(desk, campaign, wish)
    folder = to or Path(f"{found.campaign}-report")
    _look_at(folder, found.campaign, public=public)
    old = _older(folder, {name for name, _ in found.files})
    for name, data in found.files:
        path = folder / name
        made_folder(path.parent)
        write_file(path, data)
    paths = [folder / name for name, _ in found.files]
    if options.json:
        page = next((str(path) for path in paths if path.suffix == ".html"), None)
        document = {"campaign": found.campaign, "cases": found.cases, "html": page, "files": list(map(str, paths))}
        out.emit({**document, "bodies": found.bodies, "asked_by_few": found.few})
        return
    _say(folder, paths, found.campaign)
    if found.few and not hide_few and any(path.name in _ANSWERS for path in paths):
        out.tell(
            f"{found.few} of {found.bodies} bodies were asked by fewer than {min_cell} people: their rows in the table "
            "of answers are about those few. Publish them if these people agree; --hide-few keeps them back."
        )
    if old:
        out.tell(f"From an earlier report, not written anew: {', '.join(old)} in {folder}")


def _say(folder: Path, paths: list[Path], campaign: str) -> None:
    """What was written, and what comes next."""
    out.say(*(f"Written: {path}" for path in paths if path.parent == folder))
    charts = sum(1 for path in paths if path.parent != folder)
    if charts:
        out.say(f"Written: {folder / 'charts'} ({charts} files)")
    if any(path.name == "cases.csv" for path in paths):
        out.tell(
            "cases.csv holds a row for each person's case: it is for you, not for the public (--public leaves it out)."
        )
    page = next((path for path in paths if path.suffix == ".html"), None)
    look = f"open {page} in a browser" if page else f"look into {folder}"
    out.say("", f"Next: {look}, or `dsar code agreement --campaign {campaign}`")


def _look_at(folder: Path, campaign: str, *, public: bool) -> None:
    """Whether a report may be written there: not beside what it would be taken for."""
    rows = folder / "cases.csv"
    if public and rows.exists():
        raise RowsThereError(path=rows)
    before = folder / "report.json"
    try:
        other = json.loads(before.read_text(encoding="utf-8")).get("campaign", campaign)
    except (OSError, ValueError, AttributeError):
        return  # nothing there, or nothing of ours
    if isinstance(other, str) and other.casefold() != campaign.casefold():
        raise OtherReportError(path=folder, other=other)


def _older(folder: Path, written: set[str]) -> list[str]:
    """What an earlier report left there and this one does not write."""
    known = ("report.html", "report.json", "answers.csv", "tables.csv", "cases.csv", "codebook.csv")
    charts = (f"charts/{path.name}" for path in (folder / "charts").glob("*") if path.suffix in {".svg", ".png"})
    there = [*(name for name in known if (folder / name).exists()), *sorted(charts)]
    return [name for name in there if name not in written]
