"""`dsar subject` and `dsar mandate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.cli.start import known_country
from dsar.core.parties import MandateKind

if TYPE_CHECKING:
    from dsar.core.parties import Mandate, Person
    from dsar.desk.mandates import Scope

subject = typer.Typer(no_args_is_help=True, add_completion=False, help="The people you act for.", rich_markup_mode=None)
mandate = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The power to act for somebody.", rich_markup_mode=None
)


@subject.command("add")
def subject_add(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    email: Annotated[str, typer.Option(help="E-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="A line of the postal address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="Country, two letters.")] = "",
    language: Annotated[str, typer.Option(help="Language of the letters.")] = "",
) -> None:
    """Add somebody you act for."""
    from dsar.core.parties import Address  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import people  # noqa: PLC0415 - as above
    from dsar.desk.opening import known_language  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        me = people.myself(desk.vault)
        where = known_country(ask.need(options, country, "their country", "--country", me.address.country))
        new = people.add(
            desk.vault,
            name=ask.need(options, name, "their name", "--name"),
            email=email,
            address=Address(lines=tuple(address or ()), country=where),
            language=known_language(desk, language.casefold() or me.language),
        )
    if options.json:
        out.emit(_person(new))
        return
    out.say(f"Added: {new.name} ({new.id}).", "", f"Next: dsar mandate new --for {new.id} --controller NAME")


@subject.command("edit")
def subject_edit(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="Whose record; me: your own.")],  # noqa: A002 - the word of the contract
    name: Annotated[str | None, typer.Option(help="The name.")] = None,
    email: Annotated[str | None, typer.Option(help="The e-mail address (empty: none).")] = None,
    address: Annotated[list[str] | None, typer.Option(help="A line of the postal address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="The country, two letters.")] = "",
    language: Annotated[str, typer.Option(help="The language of the letters.")] = "",
) -> None:
    """Change a person's record, or your own; open cases keep what they were opened with."""
    from dsar.desk import people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.opening import known_language  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if name is None and email is None and not (address or country or language):
        raise ask.MissingError(what="what is to change", option="--name, --email, --address, --country or --language")
    with at_desk(options) as desk:
        change = people.Change(
            name=name,
            email=email,
            address=tuple(address) if address else None,
            country=known_country(country) if country else None,
            language=known_language(desk, language.casefold()) if language else None,
        )
        new = people.edit(desk.vault, id, change)
    if options.json:
        out.emit(_person(new))
        return
    out.say(f"Changed: {new.name} ({new.id}).", "Cases that are open keep what they were opened with.")
    out.say("", f"Next: dsar subject show {new.id}")


@subject.command("list")
def subject_list(ctx: typer.Context) -> None:
    """Everybody you act for; yourself first."""
    from dsar.desk import people  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = people.subjects(desk.vault)
    if options.json:
        out.emit([_person(one) for one in found])
        return
    out.table(("id", "name", "e-mail", "country"), [(p.id, p.name, p.email, p.address.country) for p in found])


@subject.command("show")
def subject_show(ctx: typer.Context, id: str) -> None:  # noqa: A002 - the word of the contract
    """One person."""
    from dsar.desk import people  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = _person(people.subject(desk.vault, id))
    if options.json:
        out.emit(found)
        return
    for key, value in found.items():
        out.say(f"{key}: {', '.join(value) if isinstance(value, list) else value}")


def _person(one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "address": list(one.address.lines),
        "country": one.address.country,
        "language": one.language,
        "organisation": one.organisation,
    }


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
    lang: Annotated[str, typer.Option(help="Its language.")] = "",
    out_path: Annotated[Path | None, typer.Option("--out", help="Where to write the PDF to sign.")] = None,
) -> None:
    """Draft a mandate to sign: who, for whom, against whom, which rights and powers, how long."""
    from dsar.cli.files import write_file  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import mandates, people  # noqa: PLC0415 - as above
    from dsar.desk.opening import find_controller, own_controller  # noqa: PLC0415 - as above
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with it

    options = ctx.ensure_object(Options)
    scope = _scope(options, kind, right, processing, grievance, until, receive=receive)
    with at_desk(options) as desk:
        person = people.subject(desk.vault, ask.need(options, subject_id, "whose mandate", "--for ID"))
        name = ask.need(options, controller, "against whom", "--controller NAME")
        if email or address or country:
            lines = tuple(address or ())
            against = own_controller(name=name, email=email, address=lines, country=country, sector="general")
        else:
            against = find_controller(name)
        # registered and written, or neither
        with desk.vault.transaction():
            made, letter = mandates.draft(desk, person, against, scope, lang or person.language)
            target = out_path or Path(f"mandate-{made.id}.pdf")
            target = target / f"mandate-{made.id}.pdf" if target.is_dir() else target
            write_file(target, render_pdf(letter))
    if options.json:
        out.emit({**_row(made), "path": str(target), "warnings": list(mandates.traps(made))})
        return
    out.say(f"Mandate {made.id} is drafted: {target}")
    out.tell(*mandates.traps(made))
    out.say("", f"Next: have it signed, then dsar mandate signed {made.id} FILE --on DATE")


def _scope(
    options: Options, kind: str, right: list[str] | None, processing: str, grievance: str, until: str, *, receive: bool
) -> Scope:
    from dsar.desk.dates import day  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.mandates import Scope  # noqa: PLC0415 - as above

    return Scope(
        kind=cast("MandateKind", ask.choose(options, kind, "the kind", "--kind", get_args(MandateKind))),
        rights=tuple(right or ("access", "erasure")),
        processing=processing,
        may_receive_data=receive,
        until=day(until) if until else None,
        grievance_on=day(grievance) if grievance else None,
    )


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
