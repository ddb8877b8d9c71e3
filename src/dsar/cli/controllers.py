"""`dsar controllers`: looking somebody up, importing the public directory, keeping records of one's own."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import controllers_own, out
from dsar.cli.options import Options
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.parties import Controller
    from dsar.desk.directory import Directory
    from dsar.desk.directory_import import Imported
    from dsar.desk.office import Desk
    from dsar.directory.matching import Match

_SHOWN = 10

controllers = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The offline directory.", rich_markup_mode=None
)


class NoControllerError(NotFoundError):
    """Nothing in the directory is what was asked for."""

    sentence = (
        "There is no controller “{text}” in the directory: try another spelling with `dsar controllers search`, import "
        "more with `dsar controllers update`, or write to one of your own: `dsar request --name NAME --country CC "
        "--email ADDRESS`."
    )


@contextmanager
def looking(options: Options) -> Iterator[tuple[Directory, Desk | None]]:
    """The directory, with the records of the vault where it can be opened without asking."""
    from dsar.cli.session import perhaps_at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk.directory import directory  # noqa: PLC0415 - as above

    with perhaps_at_desk(options) as desk:
        if desk is None and options.vault_path.exists():
            out.tell("The vault is locked: your own records in it were not looked at.")
        with directory(desk.vault if desk is not None else None, options.directory_path) as where:
            yield where, desk


@controllers.command("search")
def search(ctx: typer.Context, text: str) -> None:
    """Find a controller by name, brand, site, mailbox, address or what it runs; best match first, with the reason."""
    options = ctx.ensure_object(Options)
    with looking(options) as (where, _):
        found = where.search(text)[:_SHOWN]
        empty = where.shelf is None
    if options.json:
        out.emit([_match(one) for one in found])
        return
    if not found:
        raise NoControllerError(text=text)
    heads = ("id", "name", "country", "match", "record")
    out.table(heads, [_row(match) for match in found])
    if empty:
        out.tell("Only the records that came with dsar were searched: `dsar controllers update` fetches 3,000 more.")
    first = found[0].controller
    out.say("", f"Next: dsar request {first.id} --right access" if not first.obsolete else _instead(first))


def _instead(one: Controller) -> str:
    return f"Next: dsar controllers show {one.successor or one.id}"


def _row(match: Match) -> tuple[str, ...]:
    one = match.controller
    why = match.reason if match.reason in {"id", "name"} else f"{match.reason}: {match.said}"
    state = f"out of use, see {one.successor}" if one.successor else "out of use" if one.obsolete else match.held.origin
    return (one.id, one.name, one.address.country, why, state)


def _match(match: Match) -> dict[str, Any]:
    from dsar.desk.directory_show import plain_record  # noqa: PLC0415 - loaded with the directory

    return {**plain_record(match.held), "match": match.reason, "because": match.said, "errors": _errors(match)}


def _errors(match: Match) -> int:
    return match.distance if match.reason == "typing" else 0


@controllers.command("show")
def show(ctx: typer.Context, id: str) -> None:  # noqa: A002 - the word of the contract
    """One controller: address, channels, what identifies you there, known habits, freshness, conflicts."""
    from dsar.cli.session import today  # noqa: PLC0415 - one function
    from dsar.desk.directory_show import page, record  # noqa: PLC0415 - loaded with the directory

    options = ctx.ensure_object(Options)
    with looking(options) as (where, desk):
        held = where.get(id)
        if held is None:
            raise NoControllerError(text=id)
        found = record(where, held, desk, today(options))
    if options.json:
        out.emit(found)
        return
    for head, text in page(found):
        out.say(f"{head}: {out.line(text)}")
    out.say(
        "", f"Next: dsar request {id} --right access" if not held.controller.obsolete else _instead(held.controller)
    )


@controllers.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(help="The ZIP of github.com/datenanfragen/data, or a checkout of it.")],
) -> None:
    """Import the public directory of Datenanfragen from a file; the records before stay until all is read."""
    from dsar.cli.session import today  # noqa: PLC0415 - one function
    from dsar.desk.directory_import import take_over  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    _imported(options, take_over(path, options.directory_path, today(options)))


@controllers.command("update")
def update(
    ctx: typer.Context,
    source: Annotated[str, typer.Option("--from", help="Another address.", hidden=True)] = "",
) -> None:
    """Download the public directory of Datenanfragen (CC0) from GitHub, as a whole, and import it."""
    from dsar.cli.session import today  # noqa: PLC0415 - one function
    from dsar.desk.directory_import import update as fetch  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    _imported(options, fetch(options.directory_path, today(options), source))


def _imported(options: Options, done: Imported) -> None:
    if options.json:
        out.emit(
            {
                "path": str(done.path),
                "companies": done.companies,
                "obsolete": done.obsolete,
                "packs": done.packs,
                "licence": done.licence or None,
                "retrieved_on": done.retrieved_on.isoformat(),
                "problems": list(done.problems),
                "remarks": list(done.remarks),
            }
        )
        return
    out.tell(*(f"Not imported: {problem}" for problem in done.problems), *done.remarks)
    out.say(
        f"{done.companies} controllers, {done.obsolete} out of use and {done.packs} packs of datenanfragen.de, as of "
        f"{done.retrieved_on} ({done.licence or 'licence not said'}), are in {done.path}.",
        "",
        "Next: dsar controllers search TEXT",
    )


@controllers.command("packs")
def packs(ctx: typer.Context) -> None:
    """Controllers that one writes to together."""
    from dsar.desk.directory_packs import packs as known  # noqa: PLC0415 - loaded with the directory

    options = ctx.ensure_object(Options)
    with looking(options) as (where, _):
        found = list(known(where).values())
    if options.json:
        keys = ("id", "title", "origin", "note", "choose")
        out.emit([{key: getattr(one, key) for key in keys} | {"controllers": list(one.controllers)} for one in found])
        return
    out.table(("id", "title", "controllers"), [(one.id, one.title, len(one.controllers)) for one in found])
    out.say("", f"Next: dsar request --pack {found[0].id} --right access --dry-run")


@controllers.command("doctor")
def doctor(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also imported records that no case has used.")] = False,
) -> None:
    """Records not to be relied on: a mail bounced, the source is old, nobody has confirmed it. Those in use first."""
    from dsar.cli.session import today  # noqa: PLC0415 - one function
    from dsar.desk.directory_health import doctor as examine  # noqa: PLC0415 - loaded with the directory

    options = ctx.ensure_object(Options)
    with looking(options) as (where, desk):
        found = examine(where, desk, today(options), everything=everything)
        about = where.shelf.about() if where.shelf is not None else None
    if options.json:
        out.emit(
            {
                "records": [
                    {
                        "id": one.held.controller.id,
                        "name": one.held.controller.name,
                        "origin": one.held.origin,
                        "cases": list(one.used),
                        "problems": [{"kind": kind, "text": text} for kind, text in one.troubles],
                    }
                    for one in found
                ],
                "imported": None
                if about is None
                else {"retrieved_on": about.retrieved_on.isoformat(), "companies": about.companies},
            }
        )
        return
    for one in found:
        used = f" (used in {', '.join(one.used)})" if one.used else ""
        out.say(f"{one.held.controller.id}: {out.line(one.held.controller.name)}, {one.held.origin}{used}")
        out.say(*(f"    {out.line(text)}" for _, text in one.troubles))
    if not found:
        out.say("Nothing speaks against any record.")
    out.say("", f"Next: dsar controllers edit {found[0].held.controller.id}" if found else "Next: dsar agenda")


controllers.command("add")(controllers_own.add)
controllers.command("edit")(controllers_own.edit)
controllers.command("remove")(controllers_own.remove)
