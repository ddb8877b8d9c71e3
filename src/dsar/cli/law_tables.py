"""Two tables of the law book: the public holidays that are counted, and the rules of presumed delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.core.calendar import Override
    from dsar.lawbook.records import Presumption

# far enough either way for any time limit of this law
_YEARS = range(1970, 2101)


class YearError(UsageError):
    """No year whose holidays are known."""

    sentence = "“{text}” is no year from {first} to {last}: write it like 2027."


def holidays(
    ctx: typer.Context,
    country: Annotated[str, typer.Option(help="The country, as FR (EU: the institutions of the Union).")] = "",
    subdivision: Annotated[str, typer.Option(help="Its region, as BY or Alsace-Moselle.")] = "",
    year: Annotated[str, typer.Option(help="The year.")] = "",
) -> None:
    """The public holidays that deadlines count in a year, with those that were added or taken away by a list."""
    from dsar.lawbook import calendars  # noqa: PLC0415 - loads the holiday library

    options = ctx.ensure_object(Options)
    place = calendars.calendar(ask.need(options, country, "the country", "--country CC"), subdivision)
    number = _year(ask.need(options, year, "the year", "--year YYYY"))
    found = calendars.year(place, number)
    library = f"holidays {calendars.library_version()}"
    if options.json:
        rows = [
            {"date": day.on.isoformat(), "name": day.name, "counts": day.counts, "override": _override(day.override)}
            for day in found
        ]
        out.emit({"calendar": place.name, "year": number, "library": library, "holidays": rows})
        return
    out.table(
        ("date", "day", "holiday", "from"),
        [(day.on.isoformat(), f"{day.on:%A}", day.name, _from(day.override)) for day in found],
    )
    out.say("", f"Calendar {place.name}, {number}; library: {library}. Saturdays and Sundays never count anyway.")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in _YEARS):
        raise YearError(text=out.line(text), first=_YEARS[0], last=_YEARS[-1])
    return int(text)


def _override(change: Override | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {"change": _change(change), "source": change.source, "checked": change.checked}


def _change(change: Override) -> str:
    return "added" if change.added else "removed"


def _from(change: Override | None) -> str:
    if change is None:
        return ""
    said = "added by a list" if change.added else "taken away by a list: a working day"
    return f"{said}: {change.source}{'' if change.checked else ' (unchecked)'}"


def presumptions(ctx: typer.Context) -> None:
    """The rules under which a delivery may be presumed (dsar delivered --presumed ID)."""
    from dsar.lawbook.load import presumptions as known  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    found = list(known().values())
    if options.json:
        out.emit([_record(rule) for rule in found])
        return
    rows = [
        (
            rule.id,
            rule.country or "any",
            " ".join(rule.channels),
            _day(rule),
            rule.name + (" (policy, not law)" if rule.custom else ""),
            rule.source if rule.checked else f"{rule.source} (unchecked)",
        )
        for rule in found
    ]
    out.table(("id", "country", "sent by", "received", "rule", "source"), rows)


def _day(rule: Presumption) -> str:
    days = f"{rule.days} days after " if rule.days else ""
    return days + ("the day of sending" if rule.after == "sending" else "the day of receipt (--on)")


def _record(rule: Presumption) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "country": rule.country or None,
        "channels": list(rule.channels),
        "after": rule.after,
        "days": rule.days,
        "cite": rule.cite,
        "source": rule.source,
        "checked": rule.checked,
        "custom": rule.custom,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from is not None else None,
        "note": rule.note,
    }
