"""Mail over the network: `dsar mail account …`, `dsar mail folders`, `dsar mail fetch`."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.inbox import progress, taken_row, taken_said
from dsar.cli.options import Options
from dsar.cli.session import at_desk
from dsar.errors import LockedError, NotFoundError

if TYPE_CHECKING:
    from dsar.desk.fetching import Fetched
    from dsar.desk.notified import Notified
    from dsar.desk.office import Desk
    from dsar.mail.account import Account, Server

PASSWORD = "DSAR_MAIL_PASSWORD"  # noqa: S105 - the name of the variable

account = typer.Typer(help="Your mail accounts.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
AccountName = Annotated[str, typer.Option("--account", help="Which account (may be left out where there is one).")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help="The mail password is in this file (or DSAR_MAIL_PASSWORD).")
]


class NoPasswordFileError(NotFoundError):
    """The file that should hold the mail password cannot be read."""

    sentence = "The password file {path} cannot be read: check --password-file."


@account.command("add")
def account_add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A short name of your choice.")],
    address: Annotated[str, typer.Option(help="The address that your mails come from.")] = "",
    user: Annotated[str, typer.Option(help="The name to log in with (default: the address).")] = "",
    imap: Annotated[str, typer.Option(help="The server to fetch from: HOST or HOST:PORT.")] = "",
    smtp: Annotated[str, typer.Option(help="The server to send by: HOST or HOST:PORT.")] = "",
    imap_security: Annotated[str, typer.Option(help="tls or starttls (default: by the port).")] = "",
    smtp_security: Annotated[str, typer.Option(help="tls or starttls (default: by the port).")] = "",
    ca_file: Annotated[Path | None, typer.Option(help="Trust only the certificates in this file.")] = None,
    password_file: PasswordFile = None,
) -> None:
    """Add a mail account, or change it; its password goes into the system's keyring, never into the vault."""
    from dsar.desk import accounts  # noqa: PLC0415 - loaded with the vault
    from dsar.mail.account import Account, account_name, server  # noqa: PLC0415 - as above
    from dsar.mail.network import trusting  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    whose = ask.need(options, address, "the address that your mails come from", "--address ADDRESS")
    if ca_file is not None:
        trusting(str(ca_file.absolute()))
    new = Account(
        name=account_name(name),
        address=whose.strip(),
        user=user or whose.strip(),
        imap=server(imap, "imap", imap_security) if imap else None,
        smtp=server(smtp, "smtp", smtp_security) if smtp else None,
        ca_file=str(ca_file.absolute()) if ca_file is not None else "",
    )
    secret = _typed_or_read(options, new, password_file)
    with at_desk(options) as desk:
        accounts.add(desk, new)
        kept = _keep(desk, new, secret)
    if options.json:
        out.emit({**row(new), "password_kept": kept})
        return
    out.say(f"Mail account {name}: {new.address}.")
    if not kept:
        out.tell(f"Its password is not kept: give it each time, in {PASSWORD} or with --password-file.")
    step = f"dsar mail fetch --account {name}" if new.imap else f"dsar send REF --account {name}"
    out.say("", f"Next: {step}")


@account.command("list")
def account_list(ctx: typer.Context) -> None:
    """Your mail accounts, without their passwords."""
    from dsar.desk import accounts  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        known = accounts.listed(desk)
    if options.json:
        out.emit([row(one) for one in known])
        return
    if not known:
        out.say("No mail account yet.", "", "Next: dsar mail account add NAME --address ADDRESS")
        return
    rows = [(one.name, one.address, one.user, _where(one.imap), _where(one.smtp)) for one in known]
    out.table(("name", "address", "user", "fetch from", "send by"), rows)
    out.say("", f"Next: dsar mail fetch --account {known[0].name}")


@account.command("remove")
def account_remove(ctx: typer.Context, name: Annotated[str, typer.Argument(help="Which one.")]) -> None:
    """Forget a mail account and its password; the messages that it brought stay."""
    from dsar.desk import accounts  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        gone = accounts.remove(desk, name)
    if options.json:
        out.emit(row(gone))
        return
    out.say(f"Mail account {gone.name} is forgotten.", "", "Next: dsar mail account list")


def folders(ctx: typer.Context, name: AccountName = "", password_file: PasswordFile = None) -> None:
    """The folders of a mail account."""
    from dsar.desk import accounts, fetching  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        one = accounts.get(desk, name)
        found = fetching.folders(one, password_of(options, desk, one, password_file))
    if options.json:
        out.emit(list(found))
        return
    out.say(*found, "", f"Next: dsar mail fetch --account {one.name} --folder NAME")


def fetch(
    ctx: typer.Context,
    name: AccountName = "",
    folder: Annotated[str, typer.Option(help="The folder (dsar mail folders).")] = "INBOX",
    since: Annotated[str, typer.Option(help="Only mails from this day on (default: since your oldest case).")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every mail of the folder, whatever its day.")] = False,
    mark_seen: Annotated[bool, typer.Option("--mark-seen", help="Mark what was fetched as read.")] = False,
    move_to: Annotated[str, typer.Option(help="Move what was fetched to this folder of the account.")] = "",
    password_file: PasswordFile = None,
) -> None:
    """Fetch new mails over IMAP into the vault; the mailbox stays as it is, unless you say otherwise."""
    from dsar.desk import accounts, fetching  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.dates import day  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if since and every:
        raise ask.MissingError(what="one range of days, not two", option="only one of --since and --all")
    wanted = fetching.Wanted(
        folder=folder, since=day(since) if since else None, every=every, mark_seen=mark_seen, move_to=move_to
    )
    told = progress(options)
    with at_desk(options) as desk:
        one = accounts.get(desk, name)
        done = fetching.fetch(desk, one, password_of(options, desk, one, password_file), wanted, told)
    _fetched(options, done)


def _fetched(options: Options, done: Fetched) -> None:
    if options.json:
        head = {"account": done.account, "folder": done.folder, "since": done.since.isoformat() if done.since else None}
        out.emit(
            {
                **head,
                "renumbered": done.anew,
                **taken_row(done.intake),
                "delivered": [_notice_row(one) for one in done.notified],
                "unsure": [
                    {"ref": one.ref, "letter": one.letter, "to": one.recipient, "seen": seen}
                    for one, seen in done.unsure
                ],
            }
        )
        return
    if done.anew:
        out.tell("The server has numbered this folder anew: all was looked at again, and what is known was left out.")
    for one in done.notified:
        out.tell(f"Case {one.ref}: a server says that your mail to {one.address} was delivered (entry {one.n}).")
        out.tell(f"If you believe it, it is a proof: {one.command}")
    for mail, seen in done.unsure:
        found = f", but message {seen} of the inbox bears its Message-ID" if seen is not None else ""
        step = f"dsar send {mail.ref} --letter {mail.letter} --resolve sent, or not-sent"
        out.tell(f"Case {mail.ref}: it is unsure whether letter {mail.letter} left{found}. Once you know: {step}")
    taken_said(done.intake)


def _notice_row(one: Notified) -> dict[str, Any]:
    day = one.on.isoformat()
    about = {"ref": one.ref, "n": one.n, "sending": one.sending, "address": one.address, "on": day}
    return {**about, "command": one.command}


def row(one: Account) -> dict[str, Any]:
    """An account as `--json` shows it."""
    return {
        "name": one.name,
        "address": one.address,
        "user": one.user,
        "imap": _server_row(one.imap),
        "smtp": _server_row(one.smtp),
        "ca_file": one.ca_file or None,
    }


def _server_row(server: Server | None) -> dict[str, Any] | None:
    return {"host": server.host, "port": server.port, "security": server.security} if server else None


def _where(server: Server | None) -> str:
    return f"{server.host}:{server.port} ({server.security})" if server else ""


def password_of(options: Options, desk: Desk, one: Account, path: Path | None) -> str:
    """The password of an account: as given, else from the keyring, else asked for.

    Raises:
        MissingError: it is nowhere, and there is nobody to ask.
    """
    given = _given(path)
    if given is not None:
        return given
    can = out.can_ask() and not options.yes and not options.json
    try:
        held = desk.vault.password(one.name)
    except LockedError:
        if not can:
            raise
        held = None
    if held is not None:
        return held
    if not can:
        raise ask.MissingError(what=f"the password of the mail account {one.name}", option="--password-file FILE")
    return getpass.getpass(f"Password of {one.user}: ")


def _given(path: Path | None) -> str | None:
    """A password in a file or in the environment."""
    if path is None:
        return os.environ.get(PASSWORD)
    try:
        return path.expanduser().read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NoPasswordFileError(path=path) from error


def _typed_or_read(options: Options, one: Account, path: Path | None) -> str | None:
    """The password of a new account that is to be kept; one in the environment comes with every run."""
    if path is None and PASSWORD in os.environ:
        return None
    if path is not None:
        return _given(path)
    if options.yes or options.json or not out.can_ask():
        return None
    return getpass.getpass(f"Password of {one.user} (empty: not kept): ") or None


def _keep(desk: Desk, one: Account, secret: str | None) -> bool:
    """Put the password into the keyring, where there is one."""
    if secret is None:
        return False
    try:
        desk.vault.keep_password(one.name, secret)
    except LockedError as error:
        out.tell(error)
        return False
    return True
