"""`dsar subject`: the people one acts for, one by one; `people_import` takes in lists, `people_list` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, carry, out, people_list
from dsar.cli.options import Options
from dsar.cli.people_import import subject_import
from dsar.cli.session import at_desk
from dsar.cli.start import known_country

if TYPE_CHECKING:
    from dsar.desk.enrolling import Told

subject = typer.Typer(no_args_is_help=True, add_completion=False, help="The people you act for.", rich_markup_mode=None)

_REGION = "Where in the country they live, such as BE or Berlin (empty: not known): it may decide on the authority."


@subject.command("add")
def subject_add(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    email: Annotated[str, typer.Option(help="E-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="A line of the postal address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="Country, two letters.")] = "",
    language: Annotated[str, typer.Option(help="Language of the letters.")] = "",
    number: Annotated[str, typer.Option(help="Your own number for the person.")] = "",
    purpose: Annotated[str, typer.Option(help="Why they ask, in their own words.")] = "",
    group: Annotated[list[str] | None, typer.Option(help="A group they belong to (repeat).")] = None,
    id_data: Annotated[list[str] | None, typer.Option(help="kind=value (repeat): what identifies them.")] = None,
    consent: Annotated[str, typer.Option(help="The day on which they agreed that you keep their data.")] = "",
    keep_until: Annotated[str, typer.Option(help="The day after which you have no reason to keep them.")] = "",
    staff: Annotated[bool, typer.Option("--staff", help="They work for you.")] = False,
    region: Annotated[str | None, typer.Option(help=_REGION)] = None,
) -> None:
    """Add somebody you act for."""
    from dsar.core.parties import Address  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import people  # noqa: PLC0415 - as above
    from dsar.desk.enrolling import enrol  # noqa: PLC0415 - as above
    from dsar.desk.opening import known_language  # noqa: PLC0415 - as above
    from dsar.desk.register_pages import person_row, register_row  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    told = _told(number, purpose, group, id_data, (consent, keep_until), staff=True if staff else None, region=region)
    with at_desk(options) as desk:
        me = people.myself(desk.vault)
        where = known_country(ask.need(options, country, "their country", "--country", me.address.country))
        called = ask.need(options, name, "their name", "--name")
        # the person and their place in the register, or neither
        with desk.vault.transaction():
            new = people.add(
                desk.vault,
                name=called,
                email=email,
                address=Address(lines=tuple(address or ()), country=where),
                language=known_language(desk, language.casefold() or me.language),
            )
            kept = enrol(desk, new, told)
    if options.json:
        out.emit({**person_row(new), "register": register_row(kept)})
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
    number: Annotated[str | None, typer.Option(help="Your own number for the person (empty: none).")] = None,
    purpose: Annotated[str | None, typer.Option(help="Why they ask, in their own words.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="A group they join (repeat).")] = None,
    leave: Annotated[list[str] | None, typer.Option(help="A group they leave (repeat).")] = None,
    id_data: Annotated[list[str] | None, typer.Option(help="kind=value (repeat): what identifies them.")] = None,
    consent: Annotated[str, typer.Option(help="The day on which they agreed that you keep their data.")] = "",
    keep_until: Annotated[str, typer.Option(help="The day after which you have no reason to keep them.")] = "",
    staff: Annotated[bool | None, typer.Option("--staff/--no-staff", help="Whether they work for you.")] = None,
    region: Annotated[str | None, typer.Option(help=_REGION)] = None,
) -> None:
    """Change a person's record, or your own; open cases keep what they were opened with."""
    from dsar.desk import people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.enrolling import Told, enrol, enrolled  # noqa: PLC0415 - as above
    from dsar.desk.opening import known_language  # noqa: PLC0415 - as above
    from dsar.desk.register_pages import person_row, register_row  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    told = _told(number, purpose, group, id_data, (consent, keep_until), staff=staff, leave=leave, region=region)
    if name is None and email is None and not (address or country or language) and told == Told():
        raise ask.MissingError(what="what is to change", option="--name, --email, --address, --country or --language")
    with at_desk(options) as desk:
        change = people.Change(
            name=name,
            email=email,
            address=tuple(address) if address else None,
            country=known_country(country) if country else None,
            language=known_language(desk, language.casefold()) if language else None,
        )
        with desk.vault.transaction():
            new = people.edit(desk.vault, id, change)
            kept = enrolled(desk, new.id) if told == Told() else enrol(desk, new, told)
    if options.json:
        out.emit({**person_row(new), "register": register_row(kept)})
        return
    out.say(f"Changed: {new.name} ({new.id}).", "Cases that are open keep what they were opened with.")
    out.say("", f"Next: dsar subject show {new.id}")


def _told(
    number: str | None,
    purpose: str | None,
    group: list[str] | None,
    id_data: list[str] | None,
    days: tuple[str, str],
    *,
    staff: bool | None,
    leave: list[str] | None = None,
    region: str | None = None,
) -> Told:
    from dsar.cli.request import pair  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.dates import day  # noqa: PLC0415 - as above
    from dsar.desk.enrolling import Told  # noqa: PLC0415 - as above

    consent, until = (day(text) if text else None for text in days)
    return Told(
        number=None if number is None else number.strip(),
        purpose=purpose,
        id_data=tuple(pair(text, "customer-number=4711") for text in id_data or ()),
        groups=tuple(" ".join(one.split()) for one in group or ()),
        leave=tuple(leave or ()),
        staff=staff,
        consent_on=consent,
        keep_until=until,
        region=None if region is None else region.strip(),
    )


subject.command("import")(subject_import)
subject.command("list")(people_list.subject_list)
subject.command("show")(people_list.subject_show)
subject.command("retention")(people_list.subject_retention)
subject.command("export")(carry.subject_export)
subject.command("erase")(carry.subject_erase)
