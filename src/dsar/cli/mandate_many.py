"""`dsar mandate new` for many people, `sent` and `signed`: from the drafts to the signed documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.mandate_rows import row
from dsar.cli.moving import moving
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dsar.core.parties import Controller, Person
    from dsar.desk.mandate_scans import Filed
    from dsar.desk.mandates import Scope
    from dsar.desk.office import Desk


_SHOWN = 3


class OneOrManyError(UsageError):
    """One person and many at once."""

    sentence = "Say whose mandate: --for ID, --group NAME or --all, and only one of them."


class NoOutFolderError(UsageError):
    """Many files need a folder."""

    sentence = "Many mandates are many files: name a folder with --out."


class NobodyError(UsageError):
    """There is nobody to draft for."""

    sentence = "There is nobody to act for yet: `dsar subject import FILE` or `dsar subject add`."


def chosen(desk: Desk, group: str, speaking: str = "") -> tuple[Person, ...]:
    """The people of a group, or everybody but oneself, by id; only those of one language.

    Raises:
        NoGroupError, NobodyError: nobody.
    """
    from dsar.desk import people  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.enrolling import in_group  # noqa: PLC0415 - as above

    members = set(in_group(desk, group)) if group else None
    found = tuple(
        one
        for one in people.subjects(desk.vault)
        if one.id != people.SELF and (members is None or one.id in members) and speaking in {"", one.language}
    )
    if not found:
        raise NobodyError
    return found


def draft_many(
    options: Options,
    desk: Desk,
    who: Sequence[Person],
    against: Sequence[Controller],
    scope: Scope,
    lang: str,
    folder: Path | None,
) -> None:
    """Draft for all of them, each into a file of the folder; who has such a mandate gets none again."""
    from dsar.cli.files import made_folder, write_file  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.enrolling import everybody  # noqa: PLC0415 - as above
    from dsar.desk.mandate_bulk import draft_many as act  # noqa: PLC0415 - as above
    from dsar.desk.mandate_bulk import file_name  # noqa: PLC0415 - as above
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with it

    if folder is None:
        raise NoOutFolderError
    made_folder(folder)
    there = {path.name for path in folder.iterdir()}
    show, rows, given, doubts = moving(options, len(who), "mandates"), [], set[str](), dict[str, str]()
    for done in act(
        desk,
        who,
        against,
        scope,
        lang=lang,
        has=lambda name: (folder / name).exists(),
        write=lambda name, letter: write_file(folder / name, render_pdf(letter)),
    ):
        path = folder / file_name(done.mandate)
        given.add(path.name)
        if done.unwilling:
            doubts[done.subject] = done.unwilling
        rows.append({**row(done.mandate, desk.today), "new": done.new, "path": str(path) if path.exists() else None})
        show(len(rows))
    new = sum(bool(one["new"]) for one in rows)
    others = sorted(there - given)
    kept = everybody(desk)
    staff = [one.id for one in who if one.id in kept and kept[one.id].staff]
    if options.json:
        counts = {"new": new, "known": len(rows) - new, "staff": staff, "unwilling": doubts}
        out.emit({**counts, "mandates": rows})
        return
    out.say(f"{new} mandate(s) drafted in {folder}; {len(rows) - new} people had one that covers this.")
    if others:
        out.tell(f"{len(others)} other file(s) lay in {folder} before, and are not of this run: {_named(others)}.")
    if doubts:
        out.tell(f"Ask before you send these: {len(doubts)} of them may want no new mandate.")
        out.tell(*(f"  {subject} {why}" for subject, why in doubts.items()))
    if staff:
        out.tell(f"{_named(staff)}: who works for you is no good complainant (APD/GBA 112/2024), nor is an intern.")
    out.say("", "Next: have them signed, then dsar mandate sent --all --on DATE")


def mandate_sent(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="The mandates.")] = None,
    group: Annotated[str, typer.Option(help="Those of a group.")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="All that are drafted.")] = False,
    on: Annotated[str, typer.Option("--on", help="The day on which they went out.")] = "",
) -> None:
    """Record that drafts went out to be signed."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.enrolling import in_group  # noqa: PLC0415 - as above
    from dsar.desk.mandate_register import listed  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if (bool(ids) + bool(group) + everybody) != 1:
        raise ask.MissingError(what="which mandates", option="their ids, --group NAME or --all")
    with at_desk(options) as desk:
        day = ask.day(options, on, "when they went out", desk.today)
        names = ids or [
            one.id
            for one, _ in listed(desk, states=("drafted",), subjects=set(in_group(desk, group)) if group else None)
        ]
        gone, left = mandates.sent(desk, names, day)
    if options.json:
        out.emit({"sent": list(gone), "left": list(left)})
        return
    out.say(f"{len(gone)} mandate(s) went out on {day}.")
    out.tell(*(f"{name} had gone out, come back or ended before: left as it is." for name in left))
    out.say("", "Next: dsar mandate signed ID FILE --on DATE, or dsar mandate signed --from FOLDER --on DATE")


def mandate_signed(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="The mandate.")] = "",  # noqa: A002 - the word of the contract
    file: Annotated[Path | None, typer.Argument(help="The signed mandate.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Many: the folder of the signed ones, the id in each name.")
    ] = None,
    on: Annotated[str, typer.Option("--on", help="The day of the signature; with --from, that of all of them.")] = "",
    days: Annotated[
        Path | None, typer.Option(help="With --from: a table “mandate”, “date” of the days that are not --on.")
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="One that is filed: another document, or another day.")
    ] = False,
) -> None:
    """File the signed mandate, or all those of a folder."""
    from dsar.desk import mandates  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    if folder is not None and not id and not correct:
        with at_desk(options) as desk:
            day = None if days is not None and not on else ask.day(options, on, "when they were signed", desk.today)
            _from(options, desk, folder, day, days)
        return
    if folder is not None or days is not None or not id or file is None:
        raise ask.MissingError(what="what was signed", option="ID and FILE, or --from FOLDER")
    with at_desk(options) as desk:
        day = ask.day(options, on, "when it was signed", desk.today)
        made, warnings = mandates.signed(desk, id, file, day, correct=correct)
        shown = row(made, desk.today)
    if options.json:
        out.emit({**shown, "warnings": list(warnings)})
        return
    out.say(f"Mandate {made.id}, signed on {day}, is filed.")
    out.tell(*warnings)
    rights = " ".join(f"--right {right}" for right in made.rights)
    out.say("", f'Next: dsar request "{made.controller}" {rights} --for {made.subject} --mandate {made.id}')


def _from(options: Options, desk: Desk, folder: Path, day: date | None, days: Path | None) -> None:
    from dsar.desk.mandate_scans import days_of, file_signed  # noqa: PLC0415 - loaded with the vault

    total = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
    known = days_of(days) if days is not None else {}
    done = file_signed(desk, folder, day, moving(options, total, "files"), days=known)
    if options.json:
        out.emit(_filed(done))
        return
    out.say(f"{len(done.filed)} signed mandate(s) filed, {len(done.known)} known already, {len(done.refused)} refused.")
    if done.filed and day is not None and not known:
        out.say(f"Each is recorded as signed on {day}: where one was not, say the days in a table with --days.")
    out.tell(*(f"{name} was refused: {why}" for name, why in done.refused))
    out.tell(*(f"{_named(ids)}: {said}" for said, ids in done.warnings.items()))
    out.say("", "Next: dsar mandate list --state sent")


def _filed(done: Filed) -> dict[str, Any]:
    return {
        "filed": [{"file": name, "id": made} for name, made in done.filed],
        "known": [{"file": name, "id": made} for name, made in done.known],
        "refused": [{"file": name, "why": why} for name, why in done.refused],
        "warnings": [{"warning": said, "ids": ids} for said, ids in done.warnings.items()],
    }


def _named(ids: Sequence[str]) -> str:
    """Some ids, and how many more."""
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more
