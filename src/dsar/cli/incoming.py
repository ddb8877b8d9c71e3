"""What came in from them: received, classified, identity data, judgment, review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from dsar.cli import ask, out
from dsar.cli.after import recorded
from dsar.cli.options import Options
from dsar.cli.params import On, Ref
from dsar.cli.request import pair
from dsar.cli.session import at_desk
from dsar.core.events import Status

if TYPE_CHECKING:
    from dsar.desk.incoming import Attributes
    from dsar.desk.office import Desk

Until = Annotated[str, typer.Option(help="Extension: the day they name.")]
Reasons = Annotated[bool | None, typer.Option("--reasons/--no-reasons", help="Extension: whether they say why.")]
Large = Annotated[bool | None, typer.Option("--large/--not-large", help="Clarification: a large quantity of data?")]
Amount = Annotated[str, typer.Option(help="Fee: how much.")]
Ground = Annotated[str, typer.Option(help="Refusal: on what ground.")]
Item = Annotated[list[str] | None, typer.Option("--item", help="Identity demand: what they ask for (repeat).")]
Dead = Annotated[str, typer.Option("--address", help="Bounce: the address that does not work.")]


def _attributes(  # one for each attribute of a message
    *,
    until: str,
    reasons: bool | None,
    large: bool | None,
    amount: str,
    ground: str,
    item: list[str] | None,
    address: str,
) -> Attributes:
    from dsar.desk.dates import day  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.incoming import Attributes  # noqa: PLC0415 - as above

    return Attributes(
        items=tuple(item or ()),
        reasons=reasons,
        large=large,
        amount=amount,
        ground=ground,
        address=address,
        until=day(until) if until else None,
    )


def received(
    ctx: typer.Context,
    ref_or_file: Annotated[list[str] | None, typer.Argument(help="[REF] [FILE]")] = None,
    on: On = "",
    kind: Annotated[list[str] | None, typer.Option("--as", help="What it is (repeat); else classify it later.")] = None,
    note: Annotated[str, typer.Option(help="A note.")] = "",
    until: Until = "",
    reasons: Reasons = None,
    large: Large = None,
    amount: Amount = "",
    ground: Ground = "",
    item: Item = None,
    address: Dead = "",
) -> None:
    """Record what came in: a mail, a scan, an answer. A mail brings its own date."""
    from dsar.desk.dates import day  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.incoming import meaning  # noqa: PLC0415 - as above
    from dsar.desk.incoming import received as act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    more = _attributes(
        until=until, reasons=reasons, large=large, amount=amount, ground=ground, item=item, address=address
    )
    kinds = tuple(meaning(name, more) for name in kind or ())
    ref, path = ask.ref_and_file(ref_or_file or [])
    with at_desk(options) as desk:
        when = day(on) if on else None
        if when is None and path is None:
            when = ask.day(options, None, "when it came", desk.today)
        file, n, warnings = act(desk, ref, path=path, on=when, kinds=kinds, note=note)
        recorded(options, desk, file, f"Received as message {n}", warnings)


def classify(
    ctx: typer.Context,
    said: Annotated[list[str], typer.Argument(metavar="[REF] N KIND", help="The message, and what it is.")],
    until: Until = "",
    reasons: Reasons = None,
    large: Large = None,
    amount: Amount = "",
    ground: Ground = "",
    item: Item = None,
    address: Dead = "",
) -> None:
    """Say what a received message is. It has no effect before."""
    from dsar.desk.incoming import classify as act  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.incoming import meaning  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    ref, (entry, kind) = ask.after_ref(said, "N", "KIND")
    n = ask.number(entry, "the message")
    more = _attributes(
        until=until, reasons=reasons, large=large, amount=amount, ground=ground, item=item, address=address
    )
    with at_desk(options) as desk:
        recorded(options, desk, act(desk, ref, n, meaning(kind, more)), f"Message {n} is: {kind}")


def identity(
    ctx: typer.Context,
    ref: Ref = None,
    gave: Annotated[list[str] | None, typer.Option("--gave", help="A piece of identity given (repeat).")] = None,
    refused: Annotated[list[str] | None, typer.Option("--refused", help="A piece refused (repeat).")] = None,
    to: Annotated[int | None, typer.Option("--to", help="Entry of their demand (default: the last).")] = None,
    on: On = "",
    via: Annotated[str, typer.Option("--via", help="How it went.")] = "",
    judge: Annotated[str, typer.Option(help="unjustified or justified.")] = "",
    because: Annotated[str, typer.Option(help="Why; the notice and the complaint quote it.")] = "",
) -> None:
    """Identity data given or refused, and your judgment on the demand."""
    from dsar.desk.incoming import identity as act  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.incoming import judge as judge_act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if not (gave or refused or judge):
        raise ask.MissingError(what="what was given, refused or judged", option="--gave, --refused or --judge")
    with at_desk(options) as desk:
        day = ask.day(options, on, "when", desk.today) if gave or refused else desk.today
        verdict = ask.choose(options, judge, "your judgment", "--judge", ("unjustified", "justified")) if judge else ""
        why = ask.need(options, because, "why", "--because TEXT") if judge else ""
        what, file = [], None
        # all of it or nothing; success is told only once it is kept
        with desk.vault.transaction():
            if gave or refused:
                file = act(desk, ref, to=to, on=day, gave=tuple(gave or ()), refused=tuple(refused or ()), via=via)
                what += [f"given: {', '.join(gave)}"] if gave else []
                what += [f"refused: {', '.join(refused)}"] if refused else []
            if judge:
                file = judge_act(desk, ref, to=to, justified=verdict == "justified", because=why)
                what.append(f"the demand is {verdict}")
        if file is not None:
            recorded(options, desk, file, f"Recorded: {'; '.join(out.line(one) for one in what)}")


def review(
    ctx: typer.Context,
    ref: Ref = None,
    answer: Annotated[int | None, typer.Option(help="Entry of the answer (default: the last).")] = None,
    found: Annotated[
        list[str] | None, typer.Option("--set", help="ITEM=given|generic|pointed|missing|refused|na")
    ] = None,
    rest: Annotated[str, typer.Option(help="The status of every item not named.")] = "",
    notes: Annotated[list[str] | None, typer.Option("--note", help="ITEM=TEXT (repeat).")] = None,
    fault: Annotated[list[str] | None, typer.Option(help="A fault found in it: ID or ID=TEXT (repeat).")] = None,
    no_fault: Annotated[list[str] | None, typer.Option("--no-fault", help="Take a fault back: ID (repeat).")] = None,
) -> None:
    """Read an answer against what was asked, item by item."""
    from dsar.desk.reviewing import review as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    said = dict(pair(text, "recipients=generic") for text in found or ())
    remarks = dict(pair(text, "recipients=TEXT") for text in notes or ())
    faults = {text.partition("=")[0]: text.partition("=")[2] for text in fault or ()}
    with at_desk(options) as desk:
        statuses = _statuses(options, desk, ref, said, rest)
        if not (statuses or remarks or faults or no_fault):
            raise ask.MissingError(what="what was found", option="--set ITEM=STATUS, --note or --fault")
        file = act(
            desk, ref, answer=answer, found=statuses, notes=remarks, faults=faults, cleared=tuple(no_fault or ())
        )
        recorded(options, desk, file, "Reviewed")


def _statuses(options: Options, desk: Desk, ref: str | None, said: dict[str, str], rest: str) -> dict[str, Status]:
    """The status of each item: as given, `rest` for the others, asked one by one on a terminal where nothing was."""
    from dsar.core.demands import asked  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.office import read  # noqa: PLC0415 - as above
    from dsar.desk.wording import demand_short, speaker  # noqa: PLC0415 - as above

    choices = get_args(Status)
    chosen = {name: ask.choose(options, text, name, "--set", choices) for name, text in said.items()}
    file = read(desk, ref)
    items = [item.demand.id for item in asked(file.case) if item.demand.id not in chosen]
    if rest:
        chosen |= dict.fromkeys(items, ask.choose(options, rest, "the rest", "--rest", choices))
    elif not said and not options.yes and not options.json and out.can_ask():
        words = speaker(desk, "en")
        for name in items:
            chosen[name] = ask.choose(options, None, demand_short(words, file, name), "--set", choices)
    return cast("dict[str, Status]", chosen)
