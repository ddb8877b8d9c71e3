"""The books: authorities, the law."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from dsar.cli import law_tables, out
from dsar.cli.options import Options
from dsar.errors import NotFoundError

_NO = 1
_EXPLAINED = 4
_SECTORS = "private, public, police, church, broadcaster, telecom, postal, court or parliament."

authorities = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The supervisory authorities.", rich_markup_mode=None
)
law = typer.Typer(no_args_is_help=True, add_completion=False, help="The law book.", rich_markup_mode=None)
law.command("holidays")(law_tables.holidays)
law.command("presumptions")(law_tables.presumptions)


class NoRecordError(NotFoundError):
    """No record with that id."""

    sentence = "There is no {what} “{id}”: `dsar {command}` lists them."


@law.command("check")
def law_check(ctx: typer.Context) -> None:
    """Lint the law book: unknown keys, missing sources, broken references; say what the other laws do not have."""
    from dsar.lawbook.gaps import gaps  # noqa: PLC0415 - only the linter
    from dsar.lawbook.load import check, law  # noqa: PLC0415 - as above

    found = list(check())
    missing = [] if found else [str(gap) for gap in gaps(law())]
    found_by_linter(ctx, found, notes=missing)


def found_by_linter(ctx: typer.Context, found: list[str], notes: list[str] | None = None) -> None:
    """Print what a linter found, and leave with 1 if it found anything; `notes` are no faults."""
    options = ctx.ensure_object(Options)
    if options.json:
        out.emit({"ok": not found, "problems": found, **({} if notes is None else {"notes": notes})})
    else:
        out.say(*(found or ["Nothing to mend."]), *(notes or ()))
    if found:
        raise typer.Exit(_NO)


@law.command("page")
def law_page(ctx: typer.Context) -> None:
    """The whole law book as Markdown, for the documentation."""
    from dsar.lawbook.page import page  # noqa: PLC0415 - only here
    from dsar.letters.find import roots  # noqa: PLC0415 - as above
    from dsar.letters.words import Words  # noqa: PLC0415 - as above

    text = page(Words("en", roots()).section("holdings"))
    if ctx.ensure_object(Options).json:
        out.emit({"page": text})
        return
    typer.echo(text, nl=False)


@law.command("terms")
def law_terms(ctx: typer.Context) -> None:
    """Every term of the law book, with its source."""
    from dsar.lawbook.load import terms  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    found = list(terms().values())
    if options.json:
        out.emit(
            [{"id": t.id, "name": t.name, "for": t.binds, "source": t.source, "checked": t.checked} for t in found]
        )
        return
    rows = [(t.id, t.binds, t.name, t.source if t.checked else f"{t.source} (unchecked)") for t in found]
    out.table(("id", "for", "term", "source"), rows)


@authorities.command("list")
def authorities_list(ctx: typer.Context) -> None:
    """The directory of authorities."""
    from dsar.lawbook.load import authorities as load  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    found = list(load().values())
    if options.json:
        out.emit([asdict(one) for one in found])
        return
    out.table(("id", "name", "languages"), [(one.id, one.name, " ".join(one.languages)) for one in found])


@authorities.command("find")
def authorities_find(
    ctx: typer.Context,
    residence: Annotated[str, typer.Option(help="Where the data subject lives: FR, or DE-BY.")] = "",
    work: Annotated[str, typer.Option(help="Where the data subject works.")] = "",
    infringement: Annotated[str, typer.Option(help="Where the alleged infringement took place.")] = "",
    controller_country: Annotated[str, typer.Option(help="Where the controller sits (EU: an institution).")] = "",
    no_establishment: Annotated[
        bool, typer.Option("--no-establishment", help="The controller has no establishment in the EU or EEA.")
    ] = False,
    region: Annotated[
        str, typer.Option(help="The region of the controller's seat (without one, of the residence): BY.")
    ] = "",
    sector: Annotated[str, typer.Option(help=_SECTORS)] = "private",
) -> None:
    """Which authority is competent, why, and which others are possible."""
    from dsar.desk import authorities as finder  # noqa: PLC0415 - only here
    from dsar.desk.places import Question  # noqa: PLC0415 - as above
    from dsar.lawbook.load import law as book  # noqa: PLC0415 - as above
    from dsar.letters.find import roots  # noqa: PLC0415 - as above
    from dsar.letters.words import Words  # noqa: PLC0415 - as above

    question = Question(
        residence=residence,
        work=work,
        infringement=infringement,
        seat=controller_country,
        region=region,
        no_establishment=no_establishment,
        sector=sector,
    )
    options, rules = ctx.ensure_object(Options), book()
    found, words = finder.ask(question, rules), Words("en", roots())
    rows = [finder.candidate_json(one, words, rules) for one in found.candidates]
    if options.json:
        out.emit(rows)
    else:
        _candidates(rows)
    for country in found.missing:
        out.tell(f"The directory has no authority of {country}: there may be one more.")


def _candidates(rows: list[dict[str, Any]]) -> None:
    """The best one, the next ones with their reasons, and the rest by name."""
    for row in rows[:_EXPLAINED]:
        out.say(f"{row['rank']}. {out.line(row['name'])} ({row['id']})")
        out.say(*(f"   - {out.line(reason['said'])}" for reason in row["reasons"]))
        how = [("Language", " ".join(row["languages"])), ("Ways", ", ".join(row["channels"])), ("Form", row["form"])]
        out.say(*(f"   {head}: {out.line(text)}" for head, text in how if text), "")
    if rest := rows[_EXPLAINED:]:
        out.say("Also possible, with their reasons in --json: " + ", ".join(row["id"] for row in rest) + ".", "")
    out.say(f"Next: dsar authorities show {rows[0]['id']}")


@authorities.command("show")
def authorities_show(ctx: typer.Context, id: str) -> None:  # noqa: A002 - the word of the contract
    """One authority: how it takes a complaint."""
    from dsar.lawbook.load import authorities as load  # noqa: PLC0415 - only here

    _record(ctx, dict(load()), id, "authority", "authorities list")


def _record(ctx: typer.Context, known: dict[str, Any], id: str, what: str, command: str) -> None:  # noqa: A002 - as above
    options = ctx.ensure_object(Options)
    if id not in known:
        raise NoRecordError(what=what, id=id, command=command)
    found = asdict(known[id])
    if options.json:
        out.emit(found)
        return
    for key, value in found.items():
        if isinstance(value, dict):
            text = ", ".join([*value.get("lines", ()), value.get("country", "")]).strip(", ")
        else:
            text = "; ".join(value) if isinstance(value, tuple) else str(value)
        if text:
            out.say(f"{key.replace('_', ' ')}: {out.line(text)}")
