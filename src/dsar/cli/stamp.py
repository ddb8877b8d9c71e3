"""`dsar timestamp`: a witness outside the vault, asked for and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.desk.stamping import Checked
    from dsar.vault.stamps import Stamp
    from dsar.vault.tsa import Said

_NO = 1


class TooManyError(UsageError):
    """Words that mean nothing here."""

    sentence = (
        "dsar timestamp takes a case or a file; dsar timestamp verify takes a case, or a file and its .tsr: look at "
        "dsar timestamp --help."
    )


def timestamp(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[verify] [REF|FILE [FILE.tsr]]", help="A case, or a file.")
    ] = None,
    authority: Annotated[str, typer.Option(help="The web address of the authority; remembered.")] = "",
    whole: Annotated[bool, typer.Option("--whole", help="The chain over all cases.")] = False,
    ref: Annotated[str | None, typer.Option(help="The case that a file belongs to.")] = None,
    save: Annotated[Path | None, typer.Option(help="Also write the timestamp to this new file (.tsr).")] = None,
    root: Annotated[Path | None, typer.Option(help="verify: the authority's root certificate (PEM).")] = None,
) -> None:
    """Have an authority witness the last hash of a case, of the vault, or a file; with `verify`, check what is kept."""
    options = ctx.ensure_object(Options)
    match list(what or ()):
        case ["verify", file, reply]:
            _verify_file(options, Path(file), Path(reply), root)
        case ["verify", *rest] if len(rest) <= 1:
            _verify(options, rest[0] if rest else None, root)
        case rest if len(rest) <= 1:
            _stamp(options, rest[0] if rest else None, authority, ref, save, whole=whole)
        case _:
            raise TooManyError


def _stamp(
    options: Options, said: str | None, authority: str, ref: str | None, save: Path | None, *, whole: bool
) -> None:
    from dsar.desk import stamping  # noqa: PLC0415 - loaded with the vault
    from dsar.vault.files import OccupiedError, create_private  # noqa: PLC0415 - as above

    if save is not None and save.exists():
        raise OccupiedError(path=save)
    with at_desk(options) as desk:
        if whole:
            made = stamping.stamp_vault(desk, authority)
        elif said is not None and Path(said).is_file():
            made = stamping.stamp_file(desk, Path(said), ref, authority)
        else:
            made = stamping.stamp_case(desk, said, authority)
    if save is not None:
        create_private(save, made.reply)
    if options.json:
        out.emit({**_row(made), "saved": str(save) if save else None, "proves": stamping.PROVES})
        return
    out.say(f"Stamped at {made.stamped_at}: {_about(made)}.", f"  SHA-256 {made.sha256}", stamping.PROVES)
    out.say("", f"Next: dsar timestamp verify {made.ref}".rstrip())


def _verify(options: Options, ref: str | None, root: Path | None) -> None:
    from dsar.desk import stamping  # noqa: PLC0415 - loaded with the vault

    with at_desk(options) as desk:
        found = stamping.verify(desk, ref, root)
    if options.json:
        out.emit([{**_row(one.stamp), **_said(one.said, one.problems), "trusted": one.trusted} for one in found])
    else:
        for one in found:
            _tell(one)
        out.say("", stamping.PROVES)
    if any(one.problems for one in found):
        raise typer.Exit(_NO)


def _tell(one: Checked) -> None:
    out.say(f"{one.said.at}  {_about(one.stamp)}")
    _signed(one.said, one.problems, trusted=one.trusted)


def _signed(said: Said, problems: tuple[str, ...], *, trusted: bool) -> None:
    if problems:
        out.say(f"    not ok: {'; '.join(problems)}")
        return
    how = (
        "up to the root that you gave" if trusted else "by the certificate in it; whose it is was not checked (--root)"
    )
    out.say(f"    ok: signed {how}: {out.line(said.signer)}")


def _verify_file(options: Options, file: Path, reply: Path, root: Path | None) -> None:
    from dsar.desk import stamping  # noqa: PLC0415 - only here

    said, problems = stamping.verify_file(file, reply, root)
    trusted = root is not None and not problems
    if options.json:
        out.emit({**_said(said, problems), "trusted": trusted})
    else:
        out.say(f"{said.at}  {file.name}")
        _signed(said, problems, trusted=trusted)
        out.say("", stamping.PROVES)
    if problems:
        raise typer.Exit(_NO)


def _about(stamp: Stamp) -> str:
    match stamp.what:
        case "case":
            return f"case {stamp.ref} up to entry {stamp.n}"
        case "vault":
            return f"all cases up to link {stamp.n}"
        case _:
            return f"the file {stamp.name}"


def _row(stamp: Stamp) -> dict[str, Any]:
    return {
        "n": stamp.id,
        "what": stamp.what,
        "ref": stamp.ref or None,
        "up_to": stamp.n or None,
        "name": stamp.name or None,
        "sha256": stamp.sha256,
        "statement": stamp.statement or None,
        "at": stamp.stamped_at,
        "authority": stamp.authority,
    }


def _said(said: Said, problems: tuple[str, ...]) -> dict[str, Any]:
    return {
        "ok": not problems,
        "problems": list(problems),
        "at": said.at,
        "signer": said.signer,
        "policy": said.policy,
        "serial": said.serial,
    }
