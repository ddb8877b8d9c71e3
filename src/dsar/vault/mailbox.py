"""Every message that came into the vault from a mailbox or a folder, and what became of it.

A row is a register line beside the exact bytes, which are evidence: where it came from, what its headers claim, whether
it waits, was filed in cases, or was dismissed. `known_id` are the message ids by which an answer finds its case.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from dsar.errors import NotFoundError
from dsar.vault.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dsar.core.matching import Reason
    from dsar.vault.connection import Database

State = Literal["waiting", "proposed", "filed", "dismissed", "double"]

OPEN: tuple[State, ...] = ("waiting", "proposed")

_COLUMNS = "id, sha256, state, taken_at, body, why, proposals"


class NoMailError(NotFoundError):
    """No message of that number."""

    sentence = "There is no message {id} in the inbox: `dsar inbox` lists them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A case that a message may belong to, and the reason why."""

    ref: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is written down of a message when it comes: where it is from, and what its headers claim.

    `at` is ISO 8601 with offset, or empty; `source` names the file or the mailbox; `automatic` and `bounce` are as in
    `core.message.Message`; `dead` is the address that a bounce names. All of it is hostile text.
    """

    sha256: str
    size: int
    name: str
    media: str
    source: str
    message_id: str = ""
    refs: tuple[str, ...] = ()
    sender: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    at: str = ""
    automatic: bool = False
    bounce: bool = False
    dead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A message in the register: its number, what came, its state and why, the cases proposed and those it is in.

    `filed` are cases, each with the number of the entry there. The `why` of a double is the number of the first.
    """

    id: int
    arrival: Arrival
    taken_at: str
    state: State
    why: str = ""
    proposals: tuple[Proposal, ...] = ()
    filed: tuple[tuple[str, int], ...] = ()


_MOST = 2**63 - 1
"""The greatest number that the engine can count to."""


class Mailbox:
    """The register of messages in an open vault."""

    def __init__(self, db: Database) -> None:
        """`db` is the vault's own connection: what is written here is part of its transaction."""
        self._db = db

    def add(self, arrival: Arrival, *, now: str) -> tuple[int, bool]:
        """Write a message down; its number, and whether it is new and waits.

        The same bytes are one message, wherever they come from. Other bytes that bear a message id already known are
        kept as a double: nothing is lost, and it does not wait.
        """
        known = self._db.one("SELECT id FROM mail WHERE sha256 = ?", arrival.sha256)
        if known is not None:
            return int(known[0]), False
        first = self.of_message_id(arrival.message_id)
        state, why = ("double", str(first)) if first is not None else ("waiting", "")
        sql = (
            "INSERT INTO mail (sha256, message_id, state, taken_at, body, why, proposals)"
            " VALUES (?, ?, ?, ?, ?, ?, '[]') RETURNING id"
        )
        body = canonical(asdict(arrival))
        ((number,),) = self._db.execute(sql, arrival.sha256, arrival.message_id, state, now, body, why)
        return int(number), first is None

    def of_message_id(self, message_id: str) -> int | None:
        """The number of the first message that bears an id; one without an id is like no other."""
        if not message_id:
            return None
        found = self._db.one("SELECT MIN(id) FROM mail WHERE message_id = ?", message_id)
        return None if found is None or found[0] is None else int(found[0])

    def get(self, number: int) -> Held:
        """One message; NoMailError if there is none of that number."""
        sql = f"SELECT {_COLUMNS} FROM mail WHERE id = ?"  # noqa: S608 - names of this file
        found = self._db.one(sql, number) if number <= _MOST else None
        if found is None:
            raise NoMailError(id=number)
        return self._held(found)

    def listed(self, states: Sequence[State], *, after: int = 0, limit: int = -1) -> Iterator[Held]:
        """The messages in these states, in the order in which they came, from the number after `after` on."""
        marks = ", ".join("?" * len(states))
        sql = f"SELECT {_COLUMNS} FROM mail WHERE state IN ({marks}) AND id > ? ORDER BY id LIMIT ?"  # noqa: S608 - as above
        for row in self._db.execute(sql, *states, min(after, _MOST), limit):
            yield self._held(row)

    def counted(self) -> dict[State, int]:
        """How many messages are in each state."""
        found = dict(self._db.execute("SELECT state, COUNT(*) FROM mail GROUP BY state"))
        return {state: int(found.get(state, 0)) for state in get_args(State)}

    def settle(self, number: int, state: State, *, why: str = "", proposals: Sequence[Proposal] = ()) -> None:
        """Change the state of a message: proposed with its cases, dismissed with a reason, or waiting again."""
        said = canonical([asdict(one) for one in proposals])
        self._db.execute("UPDATE mail SET state = ?, why = ?, proposals = ? WHERE id = ?", state, why, said, number)

    def file_in(self, number: int, ref: str, n: int) -> None:
        """A message was entered into a case as entry `n`; it may be entered into several."""
        self._db.execute("INSERT INTO mail_case (mail, ref, n) VALUES (?, ?, ?)", number, ref, n)
        self.settle(number, "filed")

    def entries(self, number: int, ref: str) -> list[tuple[str, int]]:
        """The entries of a case that a message was entered as, each with the case."""
        sql = "SELECT ref, n FROM mail_case WHERE mail = ? AND ref = ? ORDER BY n"
        return [(str(one), int(n)) for one, n in self._db.execute(sql, number, ref)]

    def shared(self, refs: Sequence[str]) -> tuple[int, ...]:
        """The messages that were entered into one of these cases, and into another one as well; their numbers."""
        sql = "SELECT DISTINCT mail FROM mail_case WHERE ref = ?"
        ours, found = set(refs), {int(number) for ref in refs for (number,) in self._db.execute(sql, ref)}
        sql = "SELECT DISTINCT ref FROM mail_case WHERE mail = ?"
        return tuple(n for n in sorted(found) if {str(ref) for (ref,) in self._db.execute(sql, n)} - ours)

    def take_out(self, number: int) -> None:
        """A message belongs to no case after all, and waits again."""
        self._db.execute("DELETE FROM mail_case WHERE mail = ?", number)
        self.settle(number, "waiting")

    def know(self, ref: str, message_ids: Sequence[str]) -> None:
        """An answer to one of these messages belongs to the case: we sent them in it, or they were filed in it."""
        sql = "INSERT INTO known_id (message_id, ref) VALUES (?, ?) ON CONFLICT (message_id, ref) DO NOTHING"
        for message_id in filter(None, message_ids):
            self._db.execute(sql, message_id, ref)

    def forget(self, ref: str, message_id: str) -> None:
        """An answer to this message belongs to the case no more."""
        self._db.execute("DELETE FROM known_id WHERE ref = ? AND message_id = ?", ref, message_id)

    def known(self, message_ids: Sequence[str]) -> tuple[str, ...]:
        """The cases in which any of these messages was sent or filed."""
        found: dict[str, None] = {}
        for message_id in message_ids:
            rows = self._db.execute("SELECT ref FROM known_id WHERE message_id = ? ORDER BY ref", message_id)
            found |= dict.fromkeys(str(ref) for (ref,) in rows)
        return tuple(found)

    def has(self, sha256: str) -> bool:
        """Whether a message in the register has these bytes."""
        return self._db.one("SELECT 1 FROM mail WHERE sha256 = ?", sha256) is not None

    def drop_of_case(self, ref: str) -> tuple[str, ...]:
        """Forget what the register holds of a case that is erased; the hashes that it names no more.

        A message that was filed in other cases too stays for them; one that was only proposed for it waits again.
        """
        ours = [number for (number,) in self._db.execute("SELECT DISTINCT mail FROM mail_case WHERE ref = ?", ref)]
        self._db.execute("DELETE FROM mail_case WHERE ref = ?", ref)
        self._db.execute("DELETE FROM known_id WHERE ref = ?", ref)
        gone = []
        for number in ours:
            if self._db.one("SELECT 1 FROM mail_case WHERE mail = ?", number) is None:
                gone += self.drop(number)
        for held in tuple(self.listed(("proposed",))):
            rest = tuple(one for one in held.proposals if one.ref != ref)
            if rest != held.proposals:
                self.settle(held.id, "proposed" if rest else "waiting", proposals=rest)
        return tuple(gone)

    def drop(self, number: int) -> list[str]:
        """Delete a message and its doubles; their hashes."""
        # by the id that they share, of which there is an index; the plus keeps that of the states out of it
        same = "SELECT message_id FROM mail WHERE id = ?"
        sql = f"DELETE FROM mail WHERE message_id = ({same}) AND +state = 'double' AND why = ? RETURNING sha256"  # noqa: S608 - as above
        doubles = self._db.execute(sql, number, str(number))
        return [
            sha256
            for (sha256,) in (*doubles, *self._db.execute("DELETE FROM mail WHERE id = ? RETURNING sha256", number))
        ]

    def _held(self, row: tuple[Any, ...]) -> Held:
        number, sha256, state, taken_at, body, why, proposals = row
        said = json.loads(body)
        sql = "SELECT ref, n FROM mail_case WHERE mail = ? ORDER BY ref, n"
        filed = self._db.execute(sql, number) if state == "filed" else ()
        return Held(
            id=number,
            arrival=Arrival(**{**said, "sha256": sha256, "refs": tuple(said["refs"]), "to": tuple(said["to"])}),
            taken_at=taken_at,
            state=state,
            why=why,
            proposals=tuple(Proposal(**one) for one in json.loads(proposals)),
            filed=tuple((ref, n) for ref, n in filed),
        )
