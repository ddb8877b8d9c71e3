"""`dsar subject import`: a list of people from a table; what its columns mean is shown before anything is taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.moving import moving
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.errors import InputError

if TYPE_CHECKING:
    from dsar.desk.columns import Columns
    from dsar.desk.enrolling_import import Imported, Wish
    from dsar.desk.office import Desk
    from dsar.desk.sheet import Sheet

_SHOWN = 4
_WIDE = 28
_LISTED = 20


class NothingUsableError(InputError):
    """Every row of the list was refused."""

    sentence = "No row of “{name}” could be taken; the first, line {line}: {why}."


def subject_import(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The list: CSV, or XLSX.")],
    column: Annotated[
        list[str] | None, typer.Option("--map", help="COLUMN=FIELD (repeat); FIELD - leaves a column out.")
    ] = None,
    given: Annotated[
        list[str] | None, typer.Option("--set", help="FIELD=VALUE for all rows that do not say it (repeat).")
    ] = None,
    country: Annotated[str, typer.Option(help="The country of new people whose row has none.")] = "",
    language: Annotated[str, typer.Option(help="The language of new people whose row has none.")] = "",
    encoding: Annotated[str, typer.Option(help="The encoding of a CSV (default: found out).")] = "",
    separator: Annotated[str, typer.Option(help="What separates its columns (default: found out).")] = "",
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook.")] = "",
    update: Annotated[bool, typer.Option("--update", help="Change people whose row says something else.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> None:
    """Take in a list of people: its columns are shown first, every bad row is named, and nobody is doubled."""
    from dsar.desk import enrolling_import, people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.columns import known, mapping, pairs  # noqa: PLC0415 - as above
    from dsar.desk.directory_own import known_country  # noqa: PLC0415 - as above
    from dsar.desk.opening import identifiers, known_language  # noqa: PLC0415 - as above
    from dsar.desk.sheet import read  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        table = read(file, encoding=encoding, separator=separator, sheet=sheet)
        kinds = identifiers(desk)
        columns = mapping(table.name, table.heads, pairs(column or (), "--map", "COLUMN=FIELD"), kinds)
        wish = enrolling_import.Wish(
            defaults={known(name, kinds): value for name, value in pairs(given or (), "--set", "FIELD=VALUE").items()},
            country=known_country(country) if country else "",
            language=known_language(desk, language.casefold() or people.myself(desk.vault).language),
            update=update,
            write=not dry_run,
        )
        if not options.json:
            _show(table, columns, wish)
        if not dry_run:
            _agreed(options, len(table.rows))
        done = _taken(options, desk, table, columns, wish)
    if options.json:
        out.emit({"file": table.name, "dry_run": dry_run, **_read_row(table, columns), **_row(table, done)})
        return
    _said(done, dry_run=dry_run)


def _agreed(options: Options, count: int) -> None:
    """A script that asks for JSON has said `--yes`, or is told to; a person sees the columns first."""
    ask.confirm(options, f"Take {count} row(s) in like this?")


def _taken(options: Options, desk: Desk, table: Sheet, columns: Columns, wish: Wish) -> Imported:
    from dsar.desk.enrolling_import import take  # noqa: PLC0415 - loaded with the vault

    done = take(desk, table, columns, wish, moving(options, len(table.rows), "rows"))
    if done.problems and not done.rows:
        line, why = done.problems[0]
        raise NothingUsableError(name=table.name, line=line, why=why)
    return done


def _show(table: Sheet, columns: Columns, wish: Wish) -> None:
    how = f"{table.encoding}{' (a guess: look at the names)' if table.guessed else ''}, separated by {table.separator}s"
    out.say(f"{table.name}: {len(table.rows)} row(s){', ' + how if table.encoding else ''}.")
    sample = _sample(table)
    heads = ("column", "is", *(f"line {line}" for line, _ in sample))
    rows = [
        (head, field or "(not taken)", *(_cell(cells, position) for _, cells in sample))
        for position, (head, field) in enumerate(zip(columns.heads, columns.fields, strict=True))
    ]
    out.table(heads, rows)
    for head, field in zip(columns.heads, columns.fields, strict=True):
        if field == "purpose":
            out.say(
                f"“{head}” is read as the reason of each person: their letters say it to the company, word for word "
                f'(--map "{head}=-" leaves it out).'
            )
    for name, value in wish.defaults.items():
        out.say(f"Where a row has no {name}: {value}" if name != "groups" else f"Every row: in the group {value}")
    out.say(f"New people without a language get letters in: {wish.language}")
    if wish.country:
        out.say(f"New people without a country live in: {wish.country}")


def _sample(table: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    """The first rows; where the encoding is a guess, rows with letters that show whether it is right."""
    telling = [row for row in table.rows if not "".join(row[1]).isascii()] if table.guessed else []
    return [*telling[:_SHOWN], *table.rows[:_SHOWN]][:_SHOWN]


def _cell(cells: tuple[str, ...], position: int) -> str:
    text = out.line(cells[position]) if position < len(cells) else ""
    return text if len(text) <= _WIDE else text[: _WIDE - 1] + "…"


def _said(done: Imported, *, dry_run: bool) -> None:
    would = "Would be: " if dry_run else ""
    counts = ", ".join(f"{done.count(what)} {what}" for what in ("new", "updated", "same", "different"))
    out.say("", f"{would}{counts}; {len(done.problems)} row(s) not taken.")
    names = [row for row in done.rows if row.namesake]
    _list([f"line {row.line}: {row.id} is not {row.namesake}, who has the same name" for row in names])
    short = [row for row in done.rows if row.one_word]
    _list([f"line {row.line}: the name of {row.id} is one word: is a first or a last name missing?" for row in short])
    _list(
        [
            f"line {row.line}: {row.id} differs in {', '.join(row.fields)} (--update changes it)"
            for row in done.rows
            if row.what == "different"
        ]
    )
    _list([f"line {line} was not taken: {why}" for line, why in done.problems], most=len(done.problems))
    out.say("", "Next: dsar subject list" if not dry_run else "Next: the same without --dry-run")


def _list(lines: list[str], most: int = _LISTED) -> None:
    out.tell(*lines[:most])
    if len(lines) > most:
        out.tell(f"… and {len(lines) - most} more like this (--json lists all)")


def _read_row(table: Sheet, columns: Columns) -> dict[str, Any]:
    return {
        "encoding": table.encoding or None,
        "encoding_guessed": table.guessed,
        "separator": table.separator or None,
        "columns": [
            {"column": head, "field": field or None} for head, field in zip(columns.heads, columns.fields, strict=True)
        ],
    }


def _row(table: Sheet, done: Imported) -> dict[str, Any]:
    kinds = ("new", "updated", "same", "different")
    return {
        "counts": {
            "rows": len(table.rows),
            **{what: done.count(what) for what in kinds},
            "problems": len(done.problems),
        },
        "rows": [
            {
                "line": row.line,
                "id": row.id,
                "what": row.what,
                "fields": list(row.fields),
                "namesake": row.namesake or None,
                "one_word": row.one_word,
            }
            for row in done.rows
        ],
        "problems": [{"line": line, "why": why} for line, why in done.problems],
    }
