"""`dsar subject list`, `show` and `retention`: who is in the register, and what is held about one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.cli.session import at_desk

PAGE = 50
Page = Annotated[int, typer.Option(help=f"Which page, of {PAGE} each (0: all).", min=0)]


def subject_list(
    ctx: typer.Context,
    group: Annotated[str, typer.Option(help="Only this group.")] = "",
    find: Annotated[str, typer.Option(help="Only whose name, e-mail, number or pseudonym holds this.")] = "",
    page: Page = 1,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the list to this file.")] = None,
) -> None:
    """Everybody you act for; yourself first."""
    from dsar.desk.register_pages import as_csv, listed  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = listed(desk, group=group, find=find)
        if csv is not None:
            from dsar.cli.files import write_file  # noqa: PLC0415 - only here

            write_file(csv, as_csv(desk, group=group, find=find))
    if options.json:
        out.emit(found)
        return
    shown = paged(found, page)
    heads = ("id", "name", "e-mail", "country", "number", "groups")
    out.table(
        heads,
        [(p["id"], p["name"], p["email"], p["country"], p["number"] or "", ", ".join(p["groups"])) for p in shown],
    )
    tell_page(len(found), page)
    if csv is not None:
        out.say("", f"Written: {csv}. It is not encrypted.")


def paged(rows: list[Any], page: int) -> list[Any]:
    """The rows of a page; all of them for page 0."""
    return rows[(page - 1) * PAGE : page * PAGE] if page else rows


def tell_page(count: int, page: int) -> None:
    """Where one is, if not everything was shown."""
    if page and count > PAGE:
        out.say("", f"Page {page} of {-(-count // PAGE)}, {count} in all (--page {page + 1}, --page 0 for all).")


def subject_show(ctx: typer.Context, id: str) -> None:  # noqa: A002 - the word of the contract
    """One person, and everything that is held about them: register, mandates, cases, campaigns, messages."""
    from dsar.desk.register_pages import whole  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = whole(desk, id)
    if options.json:
        out.emit(found)
        return
    kept = found.pop("register") or {}
    for key, value in (found | kept).items():
        if value not in (None, "", [], 0):
            out.say(f"{key.replace('_', ' ')}: {_text(value)}")
    out.say("", f"Next: dsar subject export {found['id']} FOLDER, or dsar mandate new --for {found['id']}")


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_text(one) for one in value)
        case {"kind": kind, "value": said}:
            return f"{kind} {said}"
        case {"id": name, "state": where, "controllers": [first, *others]}:
            more = f" and {len(others)} more" if others else ""
            return f"{name} ({where}, {first}{more})"
        case _:
            return str(value)


def subject_retention(ctx: typer.Context) -> None:
    """Whom you have no reason left to keep: the day until which they were to be kept has passed."""
    from dsar.desk import people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.enrolling import kept_past  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        rows = [
            {
                "id": one.subject,
                "name": people.subject(desk.vault, one.subject).name,
                "keep_until": one.keep_until.isoformat() if one.keep_until else None,
                "consent_on": one.consent_on.isoformat() if one.consent_on else None,
            }
            for one in kept_past(desk)
        ]
    if options.json:
        out.emit(rows)
        return
    if not rows:
        out.say("Nobody is kept longer than was said.", "", "Next: dsar subject list")
        return
    out.table(("id", "name", "to be kept until"), [(row["id"], row["name"], row["keep_until"]) for row in rows])
    out.say("", f"Next: dsar subject erase {rows[0]['id']} --reason retention-ended")
