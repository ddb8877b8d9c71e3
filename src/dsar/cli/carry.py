"""Out of the vault and into it: exports, everything about a person, what other tools exported."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.vault.tombstone import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.desk.carrying import Carried


def vault_export(
    ctx: typer.Context,
    dest: Annotated[Path, typer.Argument(help="A new folder, or a new file that ends in .zip.")],
    ref: Annotated[list[str] | None, typer.Option(help="Only this case (repeat).")] = None,
) -> None:
    """Write cases, or everything, as lines of JSON and the original files: readable without dsar."""
    from dsar.desk.carrying import export  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        carried = export(desk, dest, ref or ())
    _carried(options, dest, carried, (), f"dsar vault import {dest}, in another vault")


def _carried(options: Options, dest: Path, carried: Carried, warnings: Sequence[str], following: str) -> None:
    if options.json:
        warned = {"warnings": list(warnings)} if warnings else {}
        out.emit({"export": str(dest), "cases": list(carried.refs), "files": carried.files, **warned})
        return
    out.say(f"Written: {dest}, with {len(carried.refs)} case(s) and {carried.files} file(s).")
    out.tell(*warnings, "Nothing in it is encrypted: keep it as you would keep the letters themselves.")
    out.say("", f"Next: {following}")


def vault_import(
    ctx: typer.Context, src: Annotated[Path, typer.Argument(help="The folder or the ZIP of an export.")]
) -> None:
    """Bring an export in, byte for byte; what is here already stays as it is."""
    from dsar.desk.carrying import take_over  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        taken = take_over(desk, src)
    if options.json:
        out.emit(
            {
                "new": taken.new,
                "carried_on": taken.more,
                "known": taken.known,
                "records": taken.records,
                "files": taken.evidence,
                "messages": taken.mails,
                "kept": [{"kind": kind, "id": name} for kind, name in taken.kept],
            }
        )
        return
    out.say(f"Cases: {len(taken.new)} new, {len(taken.more)} carried on, {len(taken.known)} known already.")
    out.say(f"Files: {taken.evidence}. Messages: {taken.mails}. Records: {taken.records}.")
    out.tell(*(f"Left as it is here: {kind} {name}." for kind, name in taken.kept))
    out.say("", "Next: dsar agenda")


def subject_export(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="Whose data.")],  # noqa: A002 - the word of the contract
    dest: Annotated[Path, typer.Argument(help="A new folder, or a new file that ends in .zip.")],
) -> None:
    """Everything that is held about a person: cases, mandates, messages, files."""
    from dsar.desk.forgetting import hand_out  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.parting import handing_out  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        carried = hand_out(desk, id, dest)
        warnings = handing_out(desk, carried.refs)
    _carried(options, dest, carried, warnings, f"dsar subject show {shlex.quote(id)}")


def subject_erase(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="Whom to erase; with --yes their id, not their name.")],  # noqa: A002 - the word of the contract
    reason: Annotated[str, typer.Option(help="One of: " + ", ".join(REASONS))] = "",
) -> None:
    """Erase everything about a person; tombstones without personal data stay for their cases."""
    from dsar.desk import forgetting, parting  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.forgetting import WholeIdError  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    why = ask.choose(options, reason, "why", "--reason", REASONS)
    with at_desk(options) as desk:
        found = forgetting.about(desk, id)
        if options.yes and id != found.person.id:
            raise WholeIdError(id=found.person.id)
        what = f"{len(found.cases)} case(s), {len(found.mandates)} mandate(s) and {len(found.mails)} message(s)"
        if not options.json:
            out.tell(*(one.before for one in parting.lodged(desk, found.cases)))
        ask.confirm(options, f"Erase {out.line(found.person.name)}, with {what}, for ever?")
        gone = forgetting.forget(desk, found.person.id, why)
    still = [f"The backup {path} still holds them: delete it too." for path in gone.backups]
    if gone.shared:
        still.append(f"{gone.shared} file(s) stay, because another case or a message in the inbox needs them.")
    if not gone.purged:
        still.append("Another program reads the vault: old pages go when it has finished.")
    still += (*parting.elsewhere(gone.elsewhere), *(one.after for one in gone.lodged))
    still.append(parting.OUTSIDE.format(whom="them"))
    if options.json:
        out.emit(
            {
                "id": found.person.id,
                "erased": list(gone.cases),
                "mandates": gone.mandates,
                "messages": gone.mails,
                "files": gone.files,
                "still_held": still,
            }
        )
        return
    out.say(f"Erased: {what}.")
    out.tell(*still)
    out.say("", "Next: dsar vault verify")


import_ = typer.Typer(
    help="Take over what other tools exported.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)


@import_.callback()
def group() -> None:
    """Take over what other tools exported."""


@import_.command("datenanfragen")
def datenanfragen(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help="The CSV that “My requests” exports.")]
) -> None:
    """Take over the list of requests of datenanfragen.de: each request becomes a case; done twice, none is doubled."""
    from dsar.desk.directory import directory  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.moving_in import move_in  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk, directory(desk.vault, options.directory_path) as where:
        done = move_in(desk, where, file)
    if options.json:
        problems = [{"line": one.n, "why": one.why} for one in done.problems]
        out.emit({"cases": done.cases, "known": done.known, "problems": problems})
        return
    out.say(f"{len(done.cases)} new case(s); {done.known} line(s) known already.")
    out.tell(*(f"Line {one.n} was not used: {one.why}" for one in done.problems))
    if done.cases:
        out.say("The list holds neither letters nor proofs: file them, and record when each was sent.")
    out.say("", f"Next: dsar show {done.cases[0]}" if done.cases else "Next: dsar agenda")
