"""What came in from them: received, classified, identity data, judgment, review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, many, out
from dsar.cli.after import recorded
from dsar.cli.options import Options
from dsar.cli.params import On, Ref
from dsar.cli.seeming import seems_lines
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.desk.incoming import Attributes
    from dsar.desk.office import Desk, File

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
        told = () if kinds else _seems(desk, file, n)
        recorded(options, desk, file, f"Received as message {n}", (*warnings, *told))


def _seems(desk: Desk, file: File, n: int) -> tuple[str, ...]:
    """What a message that nobody classified yet seems to be."""
    from dsar.desk.hinting import unread  # noqa: PLC0415 - loaded with the vault

    found = unread(desk, file.case).get(n)
    return tuple(seems_lines(found)) if found is not None else ()


def classify(
    ctx: typer.Context,
    said: Annotated[list[str], typer.Argument(metavar="[REF] N KIND", help="The message, and what it is.")],
    message: Annotated[
        int | None, typer.Option(metavar="N", help="A message of the inbox, in all the cases that hold it.")
    ] = None,
    campaign: Annotated[str, typer.Option(metavar="ID", help="With --message: in the cases of this campaign.")] = "",
    again: Annotated[bool, typer.Option("--again", help="With --message: also where it was said before.")] = False,
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
    if campaign and message is None:
        raise ask.MissingError(what="the message of the inbox", option="--message N")
    if message is not None:
        (name,) = said if len(said) == 1 else ("",)
        more = _attributes(
            until=until, reasons=reasons, large=large, amount=amount, ground=ground, item=item, address=address
        )
        many.classify_message(options, message, name, meaning(name, more), campaign=campaign, again=again)
        return
    if len(said) == 1 or (len(said) == 2 and said[1].isdigit()):  # noqa: PLR2004 - a case and a number, and no kind
        said = [*said, _asked_kind(options, said)]
    ref, (entry, kind) = ask.after_ref(said, "N", "KIND")
    n = ask.number(entry, "the message")
    more = _attributes(
        until=until, reasons=reasons, large=large, amount=amount, ground=ground, item=item, address=address
    )
    with at_desk(options) as desk:
        recorded(options, desk, act(desk, ref, n, meaning(kind, more)), f"Message {n} is: {kind}")


def _asked_kind(options: Options, said: list[str]) -> str:
    """The kind of a message, asked for with what it seems to be as the answer that lies near."""
    from dsar.desk.hinting import Seeming, unread  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.incoming import KINDS  # noqa: PLC0415 - as above
    from dsar.desk.office import read  # noqa: PLC0415 - as above

    n = ask.number(said[-1], "the message")
    with at_desk(options) as desk:
        found = unread(desk, read(desk, said[0] if len(said) > 1 else None).case).get(n, Seeming())
    out.tell(*seems_lines(found))
    return ask.need(options, None, f"what it is ({', '.join(KINDS)})", "KIND", default=found.kind)


def identity(
    ctx: typer.Context,
    ref: Ref = None,
    gave: Annotated[list[str] | None, typer.Option("--gave", help="A piece of identity given (repeat).")] = None,
    refused: Annotated[list[str] | None, typer.Option("--refused", help="A piece refused (repeat).")] = None,
    to: Annotated[int | None, typer.Option("--to", help="Entry of their demand (default: the last).")] = None,
    on: On = "",
    via: Annotated[str, typer.Option("--via", help="How it went.")] = "",
    judge: Annotated[str, typer.Option(help="unjustified or justified.")] = "",
    breach: Annotated[
        str, typer.Option(help="What an unjustified one is: identity-excessive (default), identity-no-doubt …")
    ] = "",
    because: Annotated[str, typer.Option(help="Why; the notice and the complaint quote it.")] = "",
) -> None:
    """Identity data given or refused, and your judgment on the demand."""
    from dsar.desk.incoming import identity as act  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.judging import judge as judge_act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if breach and not judge:
        raise ask.MissingError(what="your judgment", option="--judge unjustified")
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
                just = verdict == "justified"
                file = judge_act(desk, ref, to=to, justified=just, because=why, breach=breach)
                what.append(f"the demand is {verdict}" + (f": {breach}" if breach else ""))
        if file is not None:
            recorded(options, desk, file, f"Recorded: {'; '.join(out.line(one) for one in what)}")


def judge(
    ctx: typer.Context,
    said: Annotated[list[str], typer.Argument(metavar="[REF] N", help="The message.")],
    breach: Annotated[str, typer.Option(help="Which breach it is: fee, portal-only, mandate-refused …")] = "",
    justified: Annotated[bool, typer.Option("--justified", help="It is justified after all.")] = False,
    because: Annotated[str, typer.Option(help="Why; the notice and the complaint quote it.")] = "",
) -> None:
    """Say that a message of theirs is a breach, and which; or that it is justified."""
    from dsar.desk.judging import judge as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    ref, (entry,) = ask.after_ref(said, "N")
    n = ask.number(entry, "the message")
    why = ask.need(options, because, "why", "--because TEXT")
    with at_desk(options) as desk:
        file = act(desk, ref, to=n, justified=justified, because=why, breach=breach)
        verdict = "justified" if justified else f"unjustified{f': {breach}' if breach else ''}"
        recorded(options, desk, file, f"Message {n} is {verdict}")
