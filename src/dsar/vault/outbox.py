"""Mails on their way out: the exact bytes before any server has them, and how far each came.

`ready` is written before anything is said to a server, `sending` before it gets the mail, `sent` or `failed` once it
has answered. Whoever finds `sending` cannot know: nothing is sent again before a person has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dsar.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.vault.connection import Database

State = Literal["ready", "sending", "sent", "failed"]

_COLUMNS = "id, ref, letter, account, recipient, message_id, sha256, on_date, state, at, reply, entry"


class OvertakenError(ConflictError):
    """Another run decided about the mail in the meantime."""

    sentence = "Another run of dsar decided about this mail in the meantime, and nothing was sent by this one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """A mail of the outbox: letter `letter` of case `ref`, as the bytes `sha256`, to `recipient`.

    `on` is the day (ISO) and `at` the instant of the last change; `reply` is what the server said; `entry` is the
    number of the fact that says it was sent.
    """

    id: int
    ref: str
    letter: int
    account: str
    recipient: str
    message_id: str
    sha256: str
    on: str
    state: State
    at: str
    reply: str = ""
    entry: int | None = None


class Outbox:
    """The register of mails that leave from an open vault."""

    def __init__(self, db: Database) -> None:
        """`db` is the vault's own connection: what is written here is part of its transaction."""
        self._db = db

    def add(  # noqa: PLR0913 - a row, each part by its name
        self, *, ref: str, letter: int, account: str, recipient: str, message_id: str, sha256: str, on: str, at: str
    ) -> int:
        """Write down a mail that is about to leave; its number."""
        sql = (
            "INSERT INTO outbox (ref, letter, account, recipient, message_id, sha256, on_date, state, at, reply)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'ready', ?, '') RETURNING id"
        )
        ((number,),) = self._db.execute(sql, ref, letter, account, recipient, message_id, sha256, on, at)
        return int(number)

    def step(self, number: int, before: State, after: State, *, at: str, reply: str = "") -> None:
        """Go from one state to the next; OvertakenError if it is no longer in the first one."""
        sql = "UPDATE outbox SET state = ?, at = ?, reply = ? WHERE id = ? AND state = ? RETURNING id"
        if not self._db.execute(sql, after, at, reply, number, before):
            raise OvertakenError

    def entered(self, number: int, entry: int) -> None:
        """The log says that it was sent, in that entry."""
        self._db.execute("UPDATE outbox SET entry = ? WHERE id = ?", entry, number)

    def get(self, number: int) -> Outbound:
        """One mail, by its number."""
        return next(self._listed("id = ?", number))

    def of_letter(self, ref: str, letter: int) -> tuple[Outbound, ...]:
        """The mails of one letter, oldest first."""
        return tuple(self._listed("ref = ? AND letter = ?", ref, letter))

    def of_message(self, message_id: str) -> Outbound | None:
        """The mail that bears a message id."""
        return next(self._listed("message_id = ?", message_id), None)

    def unsure(self, ref: str = "") -> tuple[Outbound, ...]:
        """The mails of which nobody knows whether they left, oldest first: all, or those of one case."""
        found = self._listed("state = ?", "sending")
        return tuple(one for one in found if ref in {"", one.ref})

    def has(self, sha256: str) -> bool:
        """Whether a mail in the register has these bytes."""
        return self._db.one("SELECT 1 FROM outbox WHERE sha256 = ?", sha256) is not None

    def drop_of_case(self, ref: str) -> tuple[str, ...]:
        """Forget the mails of a case that is erased; the hashes that they named."""
        return tuple(sha for (sha,) in self._db.execute("DELETE FROM outbox WHERE ref = ? RETURNING sha256", ref))

    def _listed(self, where: str, *values: object) -> Iterator[Outbound]:
        sql = f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY id"  # noqa: S608 - the words of this file
        for (
            number,
            ref,
            letter,
            account,
            recipient,
            message_id,
            sha256,
            on,
            state,
            at,
            reply,
            entry,
        ) in self._db.execute(sql, *values):
            yield Outbound(
                id=number, ref=ref, letter=letter, account=account, recipient=recipient, message_id=message_id,
                sha256=sha256, on=on, state=state, at=at, reply=reply, entry=entry,
            )  # fmt: skip
