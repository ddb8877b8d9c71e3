"""What is asked about a controller that is in no directory, and where a person finds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.cli import ask, out
from dsar.desk.directory_own import Fields, known_country, known_site
from dsar.desk.people import checked_email

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dsar.cli.options import Options
    from dsar.desk.directory import Directory

# Art. 13(1)(a)-(b) GDPR: who collects data must say who it is, and give contact details, also of its DPO
_WHERE = (
    "Where such data usually stands:",
    "  - the imprint, or a page called contact or about us: the legal name and the postal address;",
    "  - the privacy notice: who the controller is, its contact details, and those of its representative and of its",
    "    data-protection officer, as Art. 13(1)(a) and (b) GDPR have it; often also a mailbox or a form for requests;",
    "  - the terms of use, and the last lines of its mails: which company of the group it is.",
)
_LISTS = {"emails": "email", "address": "address", "brands": "brand", "runs": "runs", "notes": "note"} | {
    "languages": "language",
    "identity_data": "identity",
}
_PLAIN = (
    *("name", "country", "website", "form", "phone", "fax", "dpo", "representative", "established", "region", "sector"),
    *("preferred", "source", "checked"),
)


def fields(options: Mapping[str, object]) -> Fields:
    """What the options of a command say about a record."""
    plain = {name: options[name] for name in _PLAIN}
    lists = {name: tuple(said) for name, option in _LISTS.items() if isinstance(said := options[option], list) and said}
    return Fields(**plain, **lists)  # type: ignore[arg-type]  # typer has given each option its type


def guide() -> None:
    """Say where to look."""
    out.tell(*_WHERE, "")


def completed(options: Options, said: Fields) -> Fields:
    """The fields that a new record cannot do without: as given, else asked for.

    Raises:
        MissingError: something is missing, and there is nobody to ask.
    """
    enough = said.name and said.country and (said.emails or said.address or said.form)
    if not enough and not options.yes and not options.json and out.can_ask():
        guide()
    name = ask.need(options, said.name, "its legal name", "--name")
    country = ask.checked(options, said.country, "its country (a name or two letters)", "--country", known_country)
    new = replace(said, name=name, country=country)
    if new.emails or new.address or new.form:
        return new
    if options.yes or options.json or not out.can_ask():
        raise ask.MissingError(what="how to reach it", option="--email, --address or --form")
    while not (new.emails or new.address or new.form):
        box = _offered("its e-mail address for data protection (empty: none)", checked_email)
        lines = _offered("its postal address (lines separated by ;)", str.strip)
        form = _offered("the page of its form for requests (empty: none)", known_site)
        new = replace(
            new,
            emails=(box,) if box else None,
            address=tuple(line.strip() for line in lines.split(";") if line.strip()) or None,
            form=form or None,
        )
        if not (new.emails or new.address or new.form):
            out.tell("A letter needs one of the three.")
    return replace(new, source=new.source or _offered("where you found it (empty: not said)", str.strip))


def corrected(options: Options, where: Directory, id: str, said: Fields) -> Fields:  # noqa: A002 - the word of the contract
    """What is to be different in a record: as given, else asked for with the present values as default.

    Raises:
        MissingError: nothing was said, and there is nobody to ask.
    """
    held = where.get(id)
    if not said.empty or held is None:
        return said
    if options.yes or options.json or not out.can_ask():
        raise ask.MissingError(what="what is to change", option="--email, --address, --name or another field")
    one = held.controller
    box = _offered("its e-mail address", checked_email, ", ".join(one.emails[:1]))
    lines = _offered("its postal address (lines separated by ;)", str.strip, "; ".join(one.address.lines))
    country = _offered("its country", known_country, one.address.country)
    return Fields(
        emails=(box, *one.emails[1:]) if box else (),
        address=tuple(line.strip() for line in lines.split(";") if line.strip()),
        country=country or None,
        source=_offered("where you found it", str.strip) or None,
    )


def _offered(what: str, read: Callable[[str], str], default: str = "") -> str:
    """An answer that may be empty, asked for until it can be read."""
    import typer  # noqa: PLC0415 - loaded with the command line

    from dsar.errors import UsageError  # noqa: PLC0415 - as above

    while True:
        answer = str(typer.prompt(out.clean(what), default=default, show_default=bool(default), err=True)).strip()
        if not answer:
            return ""
        try:
            return read(answer)
        except UsageError as error:
            out.tell(error)
