"""`dsar mandate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.core.parties import MandateKind

if TYPE_CHECKING:
    from dsar.core.letter import Letter
    from dsar.core.parties import Mandate
    from dsar.desk.mandates import Scope

mandate = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The power to act for somebody.", rich_markup_mode=None
)


@mandate.command("new")
def mandate_new(
    ctx: typer.Context,
    subject_id: Annotated[str, typer.Option("--for", help="Whose mandate.")] = "",
    controller: Annotated[str, typer.Option(help="Against whom: a name of the directory, or of your own.")] = "",
    email: Annotated[str, typer.Option(help="A company of your own: its e-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="… a line of its address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="… its country, two letters.")] = "",
    kind: Annotated[str, typer.Option(help="agent, art80, lawyer, parent, guardian or heir.")] = "agent",
    right: Annotated[list[str] | None, typer.Option(help="access, erasure (repeat; default: both).")] = None,
    processing: Annotated[str, typer.Option(help="Which processing, in a few words.")] = "",
    grievance: Annotated[str, typer.Option(help="Since when the grievance exists.")] = "",
    receive: Annotated[bool, typer.Option("--may-receive-data", help="You may receive the data.")] = False,
    until: Annotated[str, typer.Option(help="The last day of the mandate.")] = "",
    born: Annotated[str, typer.Option(help="A parent: the child's birth date, which ends the power.")] = "",
    lang: Annotated[str, typer.Option(help="Its language.")] = "",
    out_path: Annotated[Path | None, typer.Option("--out", help="Where to write the PDF to sign.")] = None,
) -> None:
    """Draft a mandate to sign: who, for whom, against whom, which rights and powers, how long."""
    from dsar.desk import mandates, people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.directory import directory, one  # noqa: PLC0415 - as above
    from dsar.desk.opening import own_controller  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    days = {"grievance": grievance, "until": until, "born": born}
    scope = _scope(options, kind, tuple(right or ("access", "erasure")), processing, days, receive=receive)
    with at_desk(options) as desk:
        person = people.subject(desk.vault, ask.need(options, subject_id, "whose mandate", "--for ID"))
        name = ask.need(options, controller, "against whom", "--controller NAME")
        if email or address or country:
            lines = tuple(address or ())
            against = own_controller(name=name, email=email, address=lines, country=country, sector="general")
        else:
            with directory(desk.vault, options.directory_path) as where:
                against = one(where, name).controller
        # registered and written, or neither
        with desk.vault.transaction():
            made, letter = mandates.draft(desk, person, against, scope, lang or person.language)
            target = _written(letter, out_path, f"mandate-{made.id}.pdf")
    if options.json:
        out.emit({**_row(made), "path": str(target), "warnings": list(mandates.traps(made))})
        return
    out.say(f"Mandate {made.id} is drafted: {target}")
    out.tell(*mandates.traps(made))
    out.say("", f"Next: have it signed, then dsar mandate signed {made.id} FILE --on DATE")


def _scope(
    options: Options, kind: str, rights: tuple[str, ...], processing: str, days: dict[str, str], *, receive: bool
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
    )


def _written(letter: Letter, out_path: Path | None, name: str) -> Path:
    """Write a text to sign as PDF: to the path, into the folder that it is, or here under its own name."""
    from dsar.cli.files import write_file  # noqa: PLC0415 - loaded with the vault
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with it

    target = out_path or Path(name)
    target = target / name if target.is_dir() else target
    write_file(target, render_pdf(letter))
    return target


@mandate.command("signed")
def mandate_signed(
    ctx: typer.Context,
    id: str,  # noqa: A002 - the word of the contract
    file: Annotated[Path, typer.Argument(help="The signed mandate.")],
    on: Annotated[str, typer.Option("--on", help="The day of the signature.")] = "",
) -> None:
    """File the signed mandate."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        day = ask.day(options, on, "when it was signed", desk.today)
        made, warnings = mandates.signed(desk, id, file, day)
    if options.json:
        out.emit({**_row(made), "warnings": list(warnings)})
        return
    out.say(f"Mandate {made.id}, signed on {day}, is filed.")
    out.tell(*warnings)
    rights = " ".join(f"--right {right}" for right in made.rights)
    out.say("", f'Next: dsar request "{made.controller}" {rights} --for {made.subject} --mandate {made.id}')


@mandate.command("revoke")
def mandate_revoke(
    ctx: typer.Context,
    id: str,  # noqa: A002 - the word of the contract
    on: Annotated[str, typer.Option("--on", help="The day.")] = "",
) -> None:
    """The data subject takes the mandate back."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        day = ask.day(options, on, "when it was revoked", desk.today)
        made = mandates.revoke(desk, id, day)
    if options.json:
        out.emit(_row(made))
        return
    out.say(f"Mandate {made.id} is revoked as of {day}.", "", "Next: dsar agenda")


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
        out.emit({**_row(made), "path": str(target)})
        return
    out.say(f"The revocation of mandate {made.id} is drafted: {target}")
    out.say("", f"Next: once it was received, dsar mandate revoke {made.id} --on DATE")


@mandate.command("list")
def mandate_list(ctx: typer.Context) -> None:
    """The register: drafted, signed, expiring, revoked."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        rows = [{**_row(one), "valid": one.valid(desk.today)} for one in mandates.register(desk)]
    if options.json:
        out.emit(rows)
        return
    heads = ("id", "for", "against", "kind", "signed", "until", "valid")
    out.table(
        heads,
        [
            (r["id"], r["subject"], r["controller"], r["kind"], r["signed_on"] or "no", r["until"] or "", r["valid"])
            for r in rows
        ],
    )


def _row(one: Mandate) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "subject": one.subject,
        "controller": one.controller,
        "rights": list(one.rights),
        "may_receive_data": one.may_receive_data,
        "signed_on": one.signed_on.isoformat() if one.signed_on else None,
        "until": one.until.isoformat() if one.until else None,
        "revoked_on": one.revoked_on.isoformat() if one.revoked_on else None,
    }
