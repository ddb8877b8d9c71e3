"""`dsar inventory`: what came in, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.mail.archive import Member


def inventory(
    ctx: typer.Context,
    ref: Ref = None,
    message: Annotated[int | None, typer.Option(help="Entry of the message (default: the last answer).")] = None,
) -> None:
    """What came in, file by file: sizes, kinds and hashes, without unpacking anything."""
    from dsar.desk.inventory import inventory as look  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = look(desk, ref, message)
    if options.json:
        files = [_row(one) for one in found.members]
        out.emit(
            {"ref": found.ref, "message": found.n, "file": found.evidence.name, "size": found.size, "files": files}
        )
        return
    out.say(f"Message {found.n} of case {found.ref}: {found.evidence.name} (SHA-256 {found.evidence.sha256})", "")
    out.table(("file", "bytes", "kind", "SHA-256"), [_line(one) for one in found.members])
    odd = [one for one in found.members if one.problem]
    out.tell(*(f"{_name(one)}: {one.problem}." for one in odd))
    out.say("", f"{len(found.members)} files, {found.size} bytes.", "", f"Next: dsar review {found.ref}")


def _row(one: Member) -> dict[str, Any]:
    return {
        "name": one.name,
        "within": list(one.within),
        "size": one.size,
        "media": one.media,
        "sha256": one.sha256 or None,
        "problem": one.problem or None,
    }


def _name(one: Member) -> str:
    return " > ".join((*one.within, one.name or "(the archive)"))


def _line(one: Member) -> tuple[object, ...]:
    return _name(one), one.size, one.media, one.sha256[:16] or "not read"
