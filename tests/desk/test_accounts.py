"""A mail account that is changed: what was known of the old mailbox is not believed of the new one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dsar.desk import accounts
from dsar.mail.account import Account, Server
from dsar.vault.vault import Vault

if TYPE_CHECKING:
    from dsar.desk.office import Desk

OLD = Account(
    name="work",
    address="ana@ngo.example",
    user="ana",
    imap=Server(host="imap.old.example", port=993, security="tls"),
    smtp=Server(host="smtp.old.example", port=465, security="tls"),
)
NEW = Server(host="mail.new.example", port=993, security="tls")


@pytest.fixture
def forgotten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The accounts whose password is forgotten; one was kept, and all of INBOX fetched."""
    names: list[str] = []
    monkeypatch.setattr(Vault, "forget_password", lambda _, name: names.append(name))
    accounts.add(desk, OLD)
    names.clear()
    desk.vault.put_record(accounts.FETCHED, "work/INBOX", {"validity": 1, "uids": "1:999"})
    return names


@pytest.mark.parametrize("new", [replace(OLD, imap=NEW), replace(OLD, user="bo")], ids=["server", "user"])
def test_another_mailbox_is_fetched_from_its_first_message(desk: Desk, forgotten: list[str], new: Account) -> None:
    """Many servers number a new mailbox 1, and its messages 1, 2, 3: the same numbers, and other mails."""
    accounts.add(desk, new)
    assert desk.vault.records(accounts.FETCHED) == {}
    assert forgotten == ["work"]


def test_a_server_that_was_never_told_the_password_is_not_told_it(desk: Desk, forgotten: list[str]) -> None:
    accounts.add(desk, replace(OLD, smtp=NEW))
    assert forgotten == ["work"]
    assert "work/INBOX" in desk.vault.records(accounts.FETCHED)


def test_the_same_account_again_loses_nothing(desk: Desk, forgotten: list[str]) -> None:
    accounts.add(desk, replace(OLD, smtp=None, address="ana@office.example"))
    assert "work/INBOX" in desk.vault.records(accounts.FETCHED)
    assert forgotten == []
