"""`dsar mandate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast, get_args

import typer

from dsar.cli import ask, out
from dsar.cli.collective import mandate_body
from dsar.cli.mandate_many import OneOrManyError, chosen, draft_many, mandate_sent, mandate_signed
from dsar.cli.mandate_rows import row
from dsar.cli.options import Options
from dsar.cli.people_list import Page, paged, tell_page
from dsar.cli.session import at_desk
from dsar.core.mandate_states import STATES
from dsar.core.parties import MandateKind
from dsar.core.powers import POWERS
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.core.letter import Letter
    from dsar.core.parties import Controller
    from dsar.desk.mandates import Scope
    from dsar.desk.office import Desk

mandate = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The power to act for somebody.", rich_markup_mode=None
)


@mandate.command("new")
def mandate_new(
    ctx: typer.Context,
    subject_id: Annotated[str, typer.Option("--for", help="Whose mandate.")] = "",
    group: Annotated[str, typer.Option(help="For many: everybody of this group.")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="… everybody you act for.")] = False,
    controller: Annotated[
        list[str] | None, typer.Option(help="Against whom: a name of the directory (repeat), or of your own.")
    ] = None,
    email: Annotated[str, typer.Option(help="A company of your own: its e-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="… a line of its address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="… its country, two letters.")] = "",
    kind: Annotated[str, typer.Option(help="agent, art80, lawyer, parent, guardian or heir.")] = "agent",
    right: Annotated[list[str] | None, typer.Option(help="access, erasure (repeat; default: both).")] = None,
    processing: Annotated[str, typer.Option(help="Which processing, in a few words.")] = "",
    grievance: Annotated[str, typer.Option(help="Since when the grievance exists.")] = "",
    receive: Annotated[bool, typer.Option("--may-receive-data", help="You may receive the data.")] = False,
    power: Annotated[
        list[str] | None, typer.Option(help=f"What it covers (repeat; default: as usual): {', '.join(POWERS)}.")
    ] = None,
    until: Annotated[str, typer.Option(help="The last day of the mandate.")] = "",
    born: Annotated[str, typer.Option(help="A parent: the child's birth date, which ends the power.")] = "",
    lang: Annotated[str, typer.Option(help="Its language (default: that of each person).")] = "",
    speaking: Annotated[str, typer.Option(help="For many: only those whose language this is.")] = "",
    out_path: Annotated[
        Path | None, typer.Option("--out", help="Where to write the PDF to sign; for many, a folder.")
    ] = None,
) -> None:
    """Draft a mandate to sign, or many: who, for whom, against whom, which rights and powers, how long."""
    from dsar.desk import mandates, people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.enrolling import enrolled  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    days = {"grievance": grievance, "until": until, "born": born}
    if bool(subject_id) + bool(group) + everybody > 1:
        raise OneOrManyError
    rights = tuple(right or ("access", "erasure"))
    scope = _scope(options, kind, rights, processing, days, tuple(power or ()), receive=receive)
    with at_desk(options) as desk:
        names = controller or [ask.need(options, "", "against whom", "--controller NAME")]
        own = _Own(email, tuple(address or ()), country) if email or address or country else None
        first, *others = against = _against(options, desk, names, own)
        if group or everybody:
            draft_many(options, desk, chosen(desk, group, speaking.casefold()), against, scope, lang, out_path)
            return
        person = people.subject(desk.vault, ask.need(options, subject_id, "whose mandate", "--for ID"))
        # registered and written, or neither
        with desk.vault.transaction():
            made, letter = mandates.draft(desk, person, first, scope, lang or person.language, also=others)
            target = _written(letter, out_path, f"mandate-{made.id}.pdf")
        kept = enrolled(desk, person.id)
        warnings = mandates.traps(made, staff=kept is not None and kept.staff)
        shown = row(made, desk.today)
    if options.json:
        out.emit({**shown, "path": str(target), "warnings": list(warnings)})
        return
    out.say(f"Mandate {made.id} is drafted: {target}")
    out.tell(*warnings)
    out.say("", f"Next: have it signed, then dsar mandate signed {made.id} FILE --on DATE")


class _Own(NamedTuple):
    """What was said of a controller that is in no directory."""

    email: str
    address: tuple[str, ...]
    country: str


class OwnAloneError(UsageError):
    """An address, and several controllers that it could be of."""

    sentence = (
        "--email, --address and --country are those of one controller: name it alone, or add it to the directory."
    )


def _against(options: Options, desk: Desk, names: list[str], own: _Own | None) -> list[Controller]:
    from dsar.desk.directory import directory, one  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.opening import own_controller  # noqa: PLC0415 - as above

    if own is not None:
        if len(names) > 1:
            raise OwnAloneError
        return [
            own_controller(name=names[0], email=own.email, address=own.address, country=own.country, sector="general")
        ]
    with directory(desk.vault, options.directory_path) as where:
        return list({found.id: found for name in names if (found := one(where, name).controller)}.values())


def _scope(
    options: Options,
    kind: str,
    rights: tuple[str, ...],
    processing: str,
    days: dict[str, str],
    powers: tuple[str, ...],
    *,
    receive: bool,
) -> Scope:
    from dsar.desk.dates import day  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.mandates import Scope  # noqa: PLC0415 - as above

    known = {name: day(text) if text else None for name, text in days.items()}
    return Scope(
        kind=cast("MandateKind", ask.choose(options, kind, "the kind", "--kind", get_args(MandateKind))),
        rights=rights,
        processing=processing,
        may_receive_data=receive,
        until=known["until"],
        grievance_on=known["grievance"],
        born=known["born"],
        powers=tuple(ask.choose(options, power, "the power", "--power", POWERS) for power in powers),
    )


def _written(letter: Letter, out_path: Path | None, name: str) -> Path:
    """Write a text to sign as PDF: to the path, into the folder that it is, or here under its own name."""
    from dsar.cli.files import made_folder, write_file  # noqa: PLC0415 - loaded with the vault
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with it

    target = out_path or Path(name)
    if not target.suffix:  # a folder, which is made if it is not there
        made_folder(target)
    target = target / name if target.is_dir() else target
    write_file(target, render_pdf(letter))
    return target


@mandate.command("revoke")
def mandate_revoke(
    ctx: typer.Context,
    id: str,  # noqa: A002 - the word of the contract
    on: Annotated[str, typer.Option("--on", help="The day.")] = "",
) -> None:
    """The data subject takes the mandate back."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.mandate_register import open_under  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        day = ask.day(options, on, "when it was revoked", desk.today)
        made = mandates.revoke(desk, id, day)
        under = open_under(desk, made)
    if options.json:
        out.emit({**row(made, desk.today), "open_cases": list(under)})
        return
    out.say(f"Mandate {made.id} is revoked as of {day}.")
    if under:
        out.say(f"Open cases under it: {', '.join(under)}. Nothing more may be done in them in that name.")
    out.say("", f"Next: dsar next {under[0]}" if under else "Next: dsar agenda")


@mandate.command("revocation")
def mandate_revocation(
    ctx: typer.Context,
    id: str,  # noqa: A002 - the word of the contract
    lang: Annotated[str, typer.Option(help="Its language.")] = "",
    out_path: Annotated[Path | None, typer.Option("--out", help="Where to write the PDF to sign.")] = None,
) -> None:
    """Draft the letter by which the data subject takes the mandate back; it records nothing."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        made, letter = mandates.revocation(desk, id, lang)
    target = _written(letter, out_path, f"revocation-{made.id}.pdf")
    if options.json:
        out.emit({**row(made, desk.today), "path": str(target)})
        return
    out.say(f"The revocation of mandate {made.id} is drafted: {target}")
    out.say("", f"Next: once it was received, dsar mandate revoke {made.id} --on DATE")


@mandate.command("list")
def mandate_list(
    ctx: typer.Context,
    where: Annotated[list[str] | None, typer.Option("--state", help="One of: " + ", ".join(STATES))] = None,
    group: Annotated[str, typer.Option(help="Only those of this group.")] = "",
    controller: Annotated[str, typer.Option(help="Only those that name this controller.")] = "",
    page: Page = 1,
    count: Annotated[bool, typer.Option("--count", help="Only how many stand where.")] = False,
) -> None:
    """The register: drafted, sent, signed, expiring, expired, revoked."""
    from dsar.desk.enrolling import in_group  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.mandate_register import listed  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    states = [ask.choose(options, one, "the state", "--state", STATES) for one in where or ()]
    with at_desk(options) as desk:
        members = set(in_group(desk, group)) if group else None
        rows = [row(one, desk.today) for one, _ in listed(desk, states=states, subjects=members, controller=controller)]
    counts = {state: sum(one["state"] == state for one in rows) for state in states or STATES}
    if options.json:
        out.emit(counts if count else rows)
        return
    if not count:
        heads = ("id", "for", "against", "kind", "state", "signed", "until", "holds")
        out.table(heads, [_line(one) for one in paged(rows, page)])
        tell_page(len(rows), page)
    out.say("", ", ".join(f"{number} {state}" for state, number in counts.items()))


def _line(one: dict[str, Any]) -> tuple[object, ...]:
    more = f" and {len(one['also'])} more" if one["also"] else ""
    days = (one["signed_on"] or "no", one["until"] or "")
    holds = "yes" if one["valid"] else "no"
    return (one["id"], one["subject"], one["controller"] + more, one["kind"], one["state"], *days, holds)


mandate.command("sent")(mandate_sent)
mandate.command("signed")(mandate_signed)
mandate.command("body")(mandate_body)
