"""`dsar subject`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, carry, out
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.cli.start import known_country

if TYPE_CHECKING:
    from dsar.core.parties import Person

subject = typer.Typer(no_args_is_help=True, add_completion=False, help="The people you act for.", rich_markup_mode=None)
subject.command("export")(carry.subject_export)
subject.command("erase")(carry.subject_erase)


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
