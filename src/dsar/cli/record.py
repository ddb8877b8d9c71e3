"""What we did and what happened to it: one short command each."""

from __future__ import annotations

from typing import Annotated, cast, get_args

import typer

from dsar.cli import ask, many, out
from dsar.cli.after import recorded
from dsar.cli.options import Options
from dsar.cli.params import On, Proof, Ref
from dsar.cli.session import at_desk
from dsar.core.events import AuthorityAct, Basis, Channel, Outcome
from dsar.vault.tombstone import REASONS


def sent(
    ctx: typer.Context,
    ref: Ref = None,
    letter: Annotated[int | None, typer.Option(help="Entry of the letter (default: the last issued).")] = None,
    on: On = "",
    via: Annotated[str, typer.Option(help="email, post, registered, fax, portal or hand.")] = "",
    to: Annotated[str, typer.Option(help="The address it went to (default: theirs, as the case has it).")] = "",
    tracking: Annotated[str, typer.Option(help="The tracking number.")] = "",
    proof: Proof = None,
) -> None:
    """Record that a letter left."""
    from dsar.desk.acts import sent as act  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.acts import to_keep  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        channel = ask.choose(options, via, "how it went", "--via", get_args(Channel))
        day = ask.day(options, on, "when it left", desk.today)
        how = cast("Channel", channel)
        file = act(desk, ref, letter=letter, on=day, via=how, tracking=tracking, proof=proof, to=to)
        warning = (
            () if proof else ("No proof that it left was recorded: add --proof with the slip or the mail as sent.",)
        )
        recorded(options, desk, file, f"Sent on {day} ({channel})", warning, to_keep(how))


def delivered(
    ctx: typer.Context,
    ref: Ref = None,
    sending: Annotated[int | None, typer.Option(help="Entry of the sending (default: the last).")] = None,
    on: On = "",
    proof: Proof = None,
    by: Annotated[int | None, typer.Option("--by", help="Entry of their message that proves it.")] = None,
    presumed: Annotated[
        str | None, typer.Option(metavar="RULE", help="Presumed under this rule (dsar law presumptions).")
    ] = None,
    presented: Annotated[
        str, typer.Option(metavar="DATE", help="The day the post first came with it, as the slip says.")
    ] = "",
    refused: Annotated[bool, typer.Option("--refused", help="They refused it.")] = False,
    unclaimed: Annotated[bool, typer.Option("--unclaimed", help="They did not collect it.")] = False,
    returned: Annotated[bool, typer.Option("--returned", help="It came back.")] = False,
) -> None:
    """Record that a letter arrived, or what else the post did with it."""
    from dsar.desk.acts import delivered as act  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.acts import delivery  # noqa: PLC0415 - as above
    from dsar.desk.dates import day as parse  # noqa: PLC0415 - as above
    from dsar.desk.presuming import said_of  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    said = [name for name, flag in (("refused", refused), ("unclaimed", unclaimed), ("returned", returned)) if flag]
    if presumed is not None and not presumed.strip():
        raise ask.MissingError(what="the rule under which it is presumed", option="--presumed RULE")
    if len(said) + bool(presumed) > 1:
        raise ask.MissingError(what="one outcome, not several", option="only one of --presumed, --refused, …")
    if proof is not None and by is not None:
        raise ask.MissingError(what="one proof, not two", option="only one of --proof and --by")
    with at_desk(options) as desk:
        # a rule may compute the day, and a message has one
        day = None if (presumed or by is not None) and not on else ask.day(options, on, "when it arrived", desk.today)
        basis = cast("Basis", said[0]) if said else None
        file = act(
            desk,
            ref,
            sending=sending,
            on=day,
            proof=proof,
            basis=basis,
            rule=(presumed or "").strip(),
            by=by,
            presented=parse(presented) if presented else None,
        )
        told = f"Delivery of {file.entries[-1].event.on} recorded, for {delivery(file)}{said_of(desk, file)}"
        recorded(options, desk, file, told)


def replied(
    ctx: typer.Context,
    said: Annotated[list[str] | None, typer.Argument(metavar="[REF] [FILE]", help="Our answer, as sent.")] = None,
    to: Annotated[int | None, typer.Option(help="Entry of their message.")] = None,
    on: On = "",
) -> None:
    """Record that we answered their question."""
    from dsar.desk.acts import replied as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    number = int(ask.need(options, str(to) if to else None, "the entry of their message", "--to N"))
    with at_desk(options) as desk:
        ref, document = ask.ref_and_file(said or ())
        day = ask.day(options, on, "when we answered", desk.today)
        recorded(options, desk, act(desk, ref, to=number, on=day, document=document), f"Answered on {day}")


def paid(
    ctx: typer.Context,
    ref: Ref = None,
    to: Annotated[int | None, typer.Option(help="Entry of their message.")] = None,
    on: On = "",
    proof: Proof = None,
) -> None:
    """Record that we paid their fee."""
    from dsar.desk.acts import paid as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    number = int(ask.need(options, str(to) if to else None, "the entry of their message", "--to N"))
    with at_desk(options) as desk:
        day = ask.day(options, on, "when we paid", desk.today)
        recorded(options, desk, act(desk, ref, to=number, on=day, proof=proof), f"Paid on {day}")


def complaint(
    ctx: typer.Context,
    ref: Ref = None,
    authority: Annotated[str, typer.Option("--authority", help="Which one (dsar authorities list).")] = "",
    on: On = "",
    reference: Annotated[str, typer.Option("--ref", help="Their file number.")] = "",
    proof: Proof = None,
    campaign: Annotated[str, typer.Option(metavar="ID", help="In all cases of this campaign's last dossier.")] = "",
    controller: Annotated[str, typer.Option(metavar="ID", help="… against this controller.")] = "",
) -> None:
    """Record that a complaint was lodged with an authority; with --campaign, in each case of its dossier."""
    from dsar.desk.acts import complain  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    name = ask.need(options, authority, "which authority", "--authority ID")
    if campaign or controller:
        from dsar.cli.collective import lodge  # noqa: PLC0415 - only where many complain

        lodge(options, ref, campaign, controller, name, on=on, reference=reference, proof=proof)
        return
    with at_desk(options) as desk:
        day = ask.day(options, on, "when it was lodged", desk.today)
        file = complain(desk, ref, authority=name, on=day, reference=reference, proof=proof)
        recorded(options, desk, file, f"Complaint lodged on {day} with {name}")


def authority(
    ctx: typer.Context,
    said: Annotated[list[str] | None, typer.Argument(metavar="[REF] [FILE]", help="Their letter.")] = None,
    acted: Annotated[str, typer.Option(help=f"{', '.join(get_args(AuthorityAct))}.")] = "",
    on: On = "",
    note_text: Annotated[str, typer.Option("--note", help="A note.")] = "",
) -> None:
    """Record what the authority did."""
    from dsar.desk.acts import authority_acted  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    act = ask.choose(options, acted, "what it did", "--acted", get_args(AuthorityAct))
    with at_desk(options) as desk:
        ref, document = ask.ref_and_file(said or ())
        day = ask.day(options, on, "when", desk.today)
        file = authority_acted(desk, ref, act=cast("AuthorityAct", act), on=day, document=document, note=note_text)
        recorded(options, desk, file, f"The authority: {act}, on {day}")


def note(
    ctx: typer.Context, said: Annotated[list[str], typer.Argument(metavar="[REF] TEXT", help="The note.")]
) -> None:
    """Add a note to the file."""
    from dsar.desk.acts import note as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    ref, (text,) = ask.after_ref(said, "TEXT")
    with at_desk(options) as desk:
        recorded(options, desk, act(desk, ref, text), f"Noted “{out.line(text)}”")


def assign(
    ctx: typer.Context,
    said: Annotated[list[str] | None, typer.Argument(metavar="[REF] TO", help="Who takes over.")] = None,
    campaign: Annotated[str, typer.Option(metavar="ID", help="All open cases of this campaign.")] = "",
    owner: Annotated[str, typer.Option(metavar="NAME", help="All open cases of this one; `me`, or `none`.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who takes them over.")] = "",
    note_text: Annotated[str, typer.Option("--note", help="A note for each of them.")] = "",
) -> None:
    """Hand a case over to somebody else, or all open ones of somebody, or of a campaign."""
    from dsar.desk.acts import assign as act  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.acts import note as note_act  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if campaign or owner:
        if said:
            raise many.WhichCasesError
        many.hand_over(options, campaign=campaign, owner=owner, to=to, note=note_text)
        return
    ref, (to,) = ask.after_ref([*(said or ()), *([to] if to else [])], "TO")
    with at_desk(options) as desk:
        with desk.vault.transaction():
            file = act(desk, ref, to)
            file = note_act(desk, file.case.ref, note_text) if note_text else file
        recorded(options, desk, file, f"Assigned to {out.line(to)}")


def confirm(
    ctx: typer.Context,
    said: Annotated[list[str], typer.Argument(metavar="[REF] N", help="The entry.")],
    because: Annotated[str, typer.Option(help="Why it is right.")] = "",
) -> None:
    """Confirm that an entry that looks odd is right."""
    from dsar.desk.acts import confirm as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    ref, (entry,) = ask.after_ref(said, "N")
    n = ask.number(entry, "the entry")
    why = ask.need(options, because, "why it is right", "--because TEXT")
    with at_desk(options) as desk:
        recorded(options, desk, act(desk, ref, n, why), f"Entry {n} confirmed")


def correct(
    ctx: typer.Context,
    said: Annotated[list[str], typer.Argument(metavar="[REF] N", help="The entry that is wrong.")],
    on: Annotated[str, typer.Option("--on", help="The day on which it really happened.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="It did not happen at all.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="It was withdrawn, and did happen after all.")] = False,
    because: Annotated[str, typer.Option(help="What was wrong.")] = "",
) -> None:
    """Correct the day of an entry, withdraw it, or restore a withdrawn one; the wrong one stays in the log."""
    from dsar.desk.correcting import move  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.correcting import restore as bring_back  # noqa: PLC0415 - as above
    from dsar.desk.correcting import withdraw as take_back  # noqa: PLC0415 - as above
    from dsar.desk.dates import day  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    ref, (entry,) = ask.after_ref(said, "N")
    n = ask.number(entry, "the entry that is wrong")
    if bool(on) + withdraw + restore != 1:
        raise ask.MissingError(what="what is right instead", option="one of --on DATE, --withdraw and --restore")
    why = ask.need(options, because, "what was wrong", "--because TEXT")
    with at_desk(options) as desk:
        if restore:
            recorded(options, desk, bring_back(desk, ref, n, why), f"Entry {n} restored")
        elif withdraw:
            recorded(options, desk, take_back(desk, ref, n, why), f"Entry {n} withdrawn")
        else:
            recorded(options, desk, move(desk, ref, n, day(on), why), f"Entry {n} corrected")


def close(
    ctx: typer.Context,
    ref: Ref = None,
    outcome: Annotated[str, typer.Option(help="satisfied, partly, refused, no-data, unreachable, abandoned.")] = "",
    because: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Close a case with its outcome."""
    from dsar.desk.acts import close as act  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    choices = [name for name in get_args(Outcome) if name != "open"]
    name = ask.choose(options, outcome, "the outcome", "--outcome", choices)
    with at_desk(options) as desk:
        recorded(options, desk, act(desk, ref, outcome=cast("Outcome", name), reason=because), "Closed")


def erase(
    ctx: typer.Context,
    ref: str,
    reason: Annotated[str, typer.Option(help="One of: " + ", ".join(REASONS))] = "",
) -> None:
    """Erase a whole case; a tombstone without personal data stays. With --yes the reference must be whole."""
    from dsar.desk.correcting import called  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.correcting import erase as act  # noqa: PLC0415 - as above
    from dsar.desk.errors import WholeReferenceError  # noqa: PLC0415 - as above
    from dsar.desk.parting import lodged  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    why = ask.choose(options, reason, "why", "--reason", REASONS)
    with at_desk(options) as desk:
        whole, between = called(desk, ref)
        if options.yes and ref.strip().upper() != whole:
            raise WholeReferenceError(ref=whole)
        if not options.json:
            out.tell(*(one.before for one in lodged(desk, (whole,))))
        ask.confirm(options, f"Erase case {whole}, {out.line(between)}, for ever?")
        name, still = act(desk, whole, why)
    if options.json:
        out.emit({"ref": name, "erased": True, "still_held": list(still)})
        return
    out.say(f"Case {name} is erased.")
    out.tell(*still)
