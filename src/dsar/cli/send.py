"""`dsar send`: an issued letter leaves by e-mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.after import recorded
from dsar.cli.options import Options
from dsar.cli.params import Ref
from dsar.cli.post import AccountName, PasswordFile, password_of
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.desk.office import Desk
    from dsar.desk.sending import Ready

RESOLVED = ("sent", "not-sent")


def send(
    ctx: typer.Context,
    ref: Ref = None,
    letter: Annotated[int | None, typer.Option(help="Entry of the letter (default: the last issued).")] = None,
    to: Annotated[str, typer.Option(help="The address (default: theirs, as the case has it).")] = "",
    name: AccountName = "",
    attach: Annotated[list[str] | None, typer.Option(help="An exhibit's number, or a file (repeat).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be sent.")] = False,
    out_path: Annotated[Path | None, typer.Option("--out", help="With --dry-run: write the mail to this file.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Send it although it was sent before.")] = False,
    resolve: Annotated[str, typer.Option(help="After a break: you looked, and it was sent or not-sent.")] = "",
    password_file: PasswordFile = None,
) -> None:
    """Send an issued letter by e-mail, and record it with the exact bytes as proof."""
    from dsar.desk import accounts, sending  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.acts import to_keep  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if out_path is not None and not dry_run:
        raise ask.MissingError(what="that nothing is to be sent, for --out", option="--dry-run")
    with at_desk(options) as desk:
        if resolve:
            _resolve(options, desk, ref, resolve, letter)
            return
        account = accounts.get(desk, name)
        wish = sending.Wish(letter=letter, to=to, attach=tuple(attach or ()), again=again)
        ready = sending.prepare(desk, ref, account, wish)
        if dry_run:
            _shown(options, ready, out_path)
            return
        password = password_of(options, desk, account, password_file)
        if not options.yes:
            _describe(ready)
        ask.confirm(options, f"Send this to {ready.to}?")
        file, notice = sending.send(desk, ready, password)
        told = () if notice else ("The server promises no notice of delivery: only their answer will show receipt.",)
        recorded(options, desk, file, f"Sent to {ready.to}", told, to_keep("email"))


def _resolve(options: Options, desk: Desk, ref: str | None, said: str, letter: int | None) -> None:
    from dsar.desk.sending import resolve  # noqa: PLC0415 - loaded with the vault

    left = ask.choose(options, said, "what you found", "--resolve", RESOLVED) == "sent"
    file = resolve(desk, ref, left=left, letter=letter)
    if left:
        recorded(options, desk, file, "Sent, as you found")
        return
    if options.json:
        out.emit({"ref": file.case.ref, "resolved": "not-sent"})
        return
    out.say("It was not sent, and nothing is recorded.", "", f"Next: dsar send {file.case.ref}")


def _describe(ready: Ready) -> None:
    """What leaves, for whom, and what they learn from it."""
    fact = ready.letter.fact
    out.tell(f"From:     {ready.account.address}", f"To:       {ready.to}", f"Subject:  {fact.subject}")
    for name, size in ready.files:
        out.tell(f"Attached: {out.line(name)} ({size // 1024 + 1} KB)")
    if fact.discloses:
        out.tell("With it they newly learn: " + ", ".join(fact.discloses) + ".")


def _shown(options: Options, ready: Ready, path: Path | None) -> None:
    """What would be sent, and its bytes if a file was named."""
    from dsar.cli.files import write_file  # noqa: PLC0415 - only here

    if path is not None:
        write_file(path, ready.mail)
    head = ready.mail.partition(b"\r\n\r\n")[0].decode("ascii", "replace").replace("\r\n", "\n")
    if options.json:
        out.emit(
            {
                "ref": ready.file.case.ref,
                "letter": ready.letter.n,
                "from": ready.account.address,
                "to": ready.to,
                "subject": ready.letter.fact.subject,
                "headers": head,
                "size": len(ready.mail),
                "attached": [{"name": name, "size": size} for name, size in ready.files],
                "discloses": list(ready.letter.fact.discloses),
                "out": str(path) if path is not None else None,
            }
        )
        return
    out.say(head)
    _describe(ready)
    out.say("", "Nothing was sent.", f"Next: dsar send {ready.file.case.ref} --letter {ready.letter.n}")
