"""`dsar deadline`: the calculator, without a vault."""

from __future__ import annotations

from typing import Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.look import dates, steps
from dsar.cli.options import Options


def deadline(
    ctx: typer.Context,
    regime: Annotated[str, typer.Option(help="gdpr, eudpr, uk-gdpr, ch-fadp, led-fr, led-de.")] = "gdpr",
    country: Annotated[str, typer.Option(help="The controller's country.")] = "",
    received: Annotated[str, typer.Option(help="The day of receipt.")] = "",
    event: Annotated[list[str] | None, typer.Option(help="KIND=DATE[:DATE2] (repeat).")] = None,
    subdivision: Annotated[str, typer.Option(help="Its region, as BY or Alsace-Moselle.")] = "",
    complainant_country: Annotated[str, typer.Option(help="Where the data subject lives.")] = "",
    no_establishment: Annotated[bool, typer.Option("--no-establishment", help="No establishment in the EU.")] = False,
    holidays: Annotated[str, typer.Option(help="'none': weekends only.")] = "",
    term: Annotated[str, typer.Option(help="Another term of the law book (dsar law terms).")] = "",
    start: Annotated[str, typer.Option("--from", help="With --term: the day of the event.")] = "",
    days: Annotated[int | None, typer.Option(help="With --term notice: its days.", min=1, max=366)] = None,
) -> None:
    """Compute a deadline, strictly and safely, with every step and its article."""
    from dsar.desk import calculator  # noqa: PLC0415 - only here
    from dsar.desk.dates import day  # noqa: PLC0415 - as above
    from dsar.desk.plain import result_json  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if holidays not in {"", "none"}:
        raise ask.MissingError(what="“none” or nothing", option="--holidays none")
    place = calculator.Place(
        country=country,
        subdivision=subdivision,
        complainant=complainant_country,
        no_establishment=no_establishment,
        no_holidays=holidays == "none",
    )
    if term:
        found = calculator.term(term, day(ask.need(options, start, "the day of the event", "--from DATE")), place, days)
    else:
        first = day(ask.need(options, received, "the day of receipt", "--received DATE"))
        found = calculator.answer(regime, first, place, tuple(event or ()))
    document = result_json(found)
    if options.json:
        out.emit(document)
        return
    said = dates(document)
    out.say(said[:1].upper() + said[1:])
    steps(document["steps"])
    out.tell(*document["warnings"])
