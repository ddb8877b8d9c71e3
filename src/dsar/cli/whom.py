"""Whom a request goes to: a record of the directory, the owner of a website, a company of one's own, or a pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.cli import ask, out
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from dsar.cli.options import Options
    from dsar.core.parties import Controller
    from dsar.desk.directory_packs import Row
    from dsar.desk.office import Desk
    from dsar.desk.opening import Ask

_FATES = {"new": "a letter", "open": "left out", "blocked": "not possible"}


class UnknownSiteError(NotFoundError):
    """No record has that website, and nobody can be asked."""

    sentence = (
        "No record has the website {site}: add --name, --country, and --email or --address; its imprint and its "
        "privacy notice must give them (Art. 13(1)(a) and (b) GDPR)."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the command line says about the addressee."""

    text: str = ""
    website: str = ""
    name: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    sector: str = "general"


def addressee(options: Options, desk: Desk, said: Said) -> tuple[Controller, tuple[str, ...]]:
    """The one controller that is meant, its dead mailboxes last, and what there is to say about it.

    Raises:
        UnknownControllerError, AmbiguousControllerError, UnsureControllerError, ObsoleteControllerError: see `one`.
        UnknownSiteError: no record has the website, and there is nobody to ask.
        NoRequestDataError, BadEmailError: a company of one's own lacks something.
    """
    from dsar.desk.directory import directory, in_use, meant  # noqa: PLC0415 - only to look somebody up
    from dsar.desk.directory_health import working  # noqa: PLC0415 - as above
    from dsar.desk.opening import own_controller  # noqa: PLC0415 - as above

    kept: tuple[str, ...] = ()
    if said.website:
        found, kept = _owner(options, desk, said)
    elif said.name or said.email or said.country:
        found = own_controller(
            name=said.name or said.text,
            email=said.email,
            address=said.address,
            country=said.country,
            sector=said.sector,
        )
    else:
        text = ask.need(options, said.text, "whom to write to", "a name, brand or domain, --website, or --pack")
        with directory(desk.vault, options.directory_path) as where:
            old = meant(where, text)
            found = in_use(where, old).controller
        if old.controller.obsolete:
            why = old.controller.obsolete.replace("-", " ")
            kept = (f"The record “{old.controller.id}” is out of use ({why}): {found.name} took its place.",)
    better, bounced = working(desk, found)
    return better, (*kept, *bounced)


def _owner(options: Options, desk: Desk, said: Said) -> tuple[Controller, tuple[str, ...]]:
    """Whose website it is; where no record says so, what the user finds there becomes a record of their own."""
    from dsar.cli.controller_form import completed  # noqa: PLC0415 - only for a site
    from dsar.desk.directory import by_site, directory  # noqa: PLC0415 - as above
    from dsar.desk.directory_own import Fields, add, known_site  # noqa: PLC0415 - as above
    from dsar.directory.errors import UnknownControllerError  # noqa: PLC0415 - as above

    site = known_site(said.website)
    fields = Fields(
        name=said.name or None,
        emails=(said.email,) if said.email else None,
        address=said.address or None,
        country=said.country or None,
        website=site,
        sector=said.sector,
    )
    if not said.name:
        try:
            with directory(desk.vault, options.directory_path) as where:
                return by_site(where, site).controller, ()
        except UnknownControllerError as error:
            if options.yes or options.json or not out.can_ask():
                raise UnknownSiteError(site=said.website) from error
            out.tell(f"No record has the website {said.website}. What you find there becomes a record of your own.")
    new = add(desk.vault, completed(options, fields), desk.today)
    return new, (f"Kept as a record of your own: {new.id}.",)


def pack(options: Options, desk: Desk, id: str, wish: Ask, *, dry_run: bool) -> None:  # noqa: A002 - the word of the contract
    """Preview a pack, and open a case for each of its controllers unless it is only a preview.

    Raises:
        NoPackError: there is no such pack.
        NothingToOpenError: every addressee has an open case already, or lacks something.
        NotConfirmedError: a person at the terminal said no.
    """
    from dsar.desk import directory_packs as packs  # noqa: PLC0415 - only for a pack
    from dsar.desk.directory import directory  # noqa: PLC0415 - as above

    with directory(desk.vault, options.directory_path) as where:
        wanted = packs.pack(where, id)
        rows = packs.preview(desk, where, wanted, wish)
    asking = not dry_run and not options.json and not options.yes and out.can_ask()
    if dry_run or asking:
        _preview(options, id, wanted.title, wanted.note, rows, dry_run=dry_run)
    if dry_run:
        return
    count = sum(row.fate == "new" for row in rows)
    if asking and count:
        ask.confirm(options, f"Open {count} cases and draft their letters?")
    _done(options, id, packs.open_all(desk, rows, wanted, wish))


def _preview(options: Options, id: str, title: str, note: str, rows: tuple[Row, ...], *, dry_run: bool) -> None:  # noqa: A002 - as above
    if options.json:
        out.emit({"pack": id, "dry_run": True, "rows": [_row(row) for row in rows]})
        return
    out.say(f"{title} ({id}): {sum(row.fate == 'new' for row in rows)} letters to {len(rows)} controllers.")
    out.say(*([note] if note else []), "")
    for row in rows:
        ways = f", by {' or '.join(row.channels)}" if row.channels else ""
        out.say(f"{row.id}: {out.line(row.name)}{ways}: {row.letter or _FATES[row.fate]}")
        out.say(*(f"    {out.line(text)}" for text in (row.why, *row.lacks) if text))
    if dry_run:
        out.say("", f"Nothing was opened. Next: dsar request --pack {id}, with the same options and without --dry-run")


def _done(options: Options, id: str, rows: tuple[Row, ...]) -> None:  # noqa: A002 - as above
    opened = [row for row in rows if row.fate == "new"]
    if options.json:
        out.emit({"pack": id, "dry_run": False, "rows": [_row(row) for row in rows], "next": "dsar agenda"})
        return
    for row in rows:
        if row.fate == "new":
            out.say(f"Case {row.ref}: {out.line(row.name)}: {row.letter}")
            out.tell(*(f"    {out.line(text)}" for text in row.lacks))
        else:
            out.tell(f"Left out: {row.id}: {row.why}")
    out.say("", f"Next: dsar letter {opened[0].kind} {opened[0].ref}" if opened else "Next: dsar agenda")


def _row(row: Row) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "status": row.fate,
        "ref": row.ref or None,
        "why": row.why,
        "letter": row.letter,
        "kind": row.kind,
        "channels": list(row.channels),
        "lacks": list(row.lacks),
    }
