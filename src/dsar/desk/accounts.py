"""The mail accounts of a vault: kept as records, without their passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.desk.errors import BadEmailError, UnknownItemError
from dsar.errors import StateError
from dsar.mail.account import Account
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from dsar.desk.office import Desk

ACCOUNT = "mail-account"
FETCHED = "mail-fetched"
"""Which messages of a folder were fetched: its id is `ACCOUNT/FOLDER`."""


class NoAccountError(StateError):
    """No mail account is known."""

    sentence = "No mail account is known yet: add one with `dsar mail account add NAME --address A --user U`."


class WhichAccountError(StateError):
    """There are several, and none was named."""

    sentence = "There are several mail accounts ({known}): say which one with --account."


class NoServerError(StateError):
    """The account cannot do this."""

    sentence = "The mail account “{name}” has no {what} server: add it again, with --{what} HOST."


def add(desk: Desk, account: Account) -> None:
    """Keep an account, in place of one of the same name.

    Another mailbox numbers its messages anew, and another server was not trusted with the password: what was known of
    the old ones is forgotten.

    Raises:
        BadEmailError: its address is none.
        NoServerError: it has no server at all.
    """
    from dsar.paper.letter_eml import MailAddressError, mail_address  # noqa: PLC0415 - loads the paper

    try:
        mail_address(account.address)
    except MailAddressError as error:
        raise BadEmailError(text=account.address) from error
    if account.imap is None and account.smtp is None:
        raise NoServerError(name=account.name, what="imap")
    known = desk.vault.record(ACCOUNT, account.name)
    before = from_plain(known, Account) if known is not None else None
    if before is not None and not _trusted(account) <= _trusted(before):
        desk.vault.forget_password(account.name)
    with desk.vault.transaction():
        if before is not None and (before.user, before.imap) != (account.user, account.imap):
            _forget_fetched(desk, account.name)
        desk.vault.put_record(ACCOUNT, account.name, to_plain(account))


def _trusted(account: Account) -> set[tuple[str, str]]:
    """Who is told the password, and for whom."""
    return {(account.user, server.host) for server in (account.imap, account.smtp) if server is not None}


def _forget_fetched(desk: Desk, name: str) -> None:
    for key in desk.vault.records(FETCHED):
        if key.startswith(f"{name}/"):
            desk.vault.drop_record(FETCHED, key)


def listed(desk: Desk) -> tuple[Account, ...]:
    """All accounts, by name."""
    return tuple(from_plain(body, Account) for body in desk.vault.records(ACCOUNT).values())


def get(desk: Desk, name: str) -> Account:
    """The account of that name; without a name the only one.

    Raises:
        NoAccountError, WhichAccountError: there is none, or more than one.
        UnknownItemError: none has that name.
    """
    known = {account.name: account for account in listed(desk)}
    if not known:
        raise NoAccountError
    if name:
        if name not in known:
            raise UnknownItemError(name=name, known=", ".join(known))
        return known[name]
    if len(known) > 1:
        raise WhichAccountError(known=", ".join(known))
    return next(iter(known.values()))


def remove(desk: Desk, name: str) -> Account:
    """Forget an account, its password, and what was fetched from it; the messages stay."""
    account = get(desk, name)
    desk.vault.forget_password(account.name)
    with desk.vault.transaction():
        desk.vault.drop_record(ACCOUNT, account.name)
        _forget_fetched(desk, account.name)
    return account
