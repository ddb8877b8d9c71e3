"""The vault as the desk sees it. One object is one connection: it belongs to one thread.

What needs the facts of the core is imported where it is used: lists do without, and the facts take 50 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Self

from dsar.vault import birth, records, slots
from dsar.vault.connection import Database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from dsar.core.events import Entry, Event
    from dsar.core.parties import Evidence
    from dsar.vault.export import Choice
    from dsar.vault.history import History
    from dsar.vault.keys import KeySource, NewSource, PassphraseSlot
    from dsar.vault.lists import Lists
    from dsar.vault.mailbox import Mailbox
    from dsar.vault.outbox import Outbox
    from dsar.vault.parcel import Sink, Source
    from dsar.vault.search import Index
    from dsar.vault.stamps import Stamps
    from dsar.vault.status import VaultStatus
    from dsar.vault.take_over import TakenOver
    from dsar.vault.tombstone import Erased


class Vault:
    """An open vault. Every method works inside `transaction` or by itself, then all or nothing."""

    def __init__(self, path: Path, db: Database, key: bytes) -> None:
        self._path = path
        self._db = db
        self._key = key

    @classmethod
    def create(cls, path: Path, source: NewSource, *, now: str) -> tuple[Self, str]:
        """Make a vault; returns it and its recovery key, to be printed once. OccupiedError if one exists."""
        key, printed = birth.create(path, source, now=now)
        return cls(path, Database(path, key), key), printed

    @classmethod
    def open(cls, path: Path, source: KeySource) -> Self:
        """Open a vault: NotFoundError, LockedError (wrong key), InputError (no vault), StateError (newer, network)."""
        db, key = birth.unlock(path, source)
        return cls(path, db, key)

    def close(self) -> None:
        """Close the file; the object is of no more use."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; takes the write lock at once, and an inner one joins the outer one."""
        return self._db.transaction()

    def cases(self) -> tuple[str, ...]:
        """The references of all cases, in order of creation, without the erased ones."""
        from dsar.vault import log  # noqa: PLC0415 - loads the facts

        return log.cases(self._db)

    def cases_named(self, text: str, limit: int) -> tuple[str, ...]:
        """The case of that very reference; else those whose reference begins or ends with the text; empty: any."""
        from dsar.vault import log  # noqa: PLC0415 - loads the facts

        return log.named(self._db, text, limit) if text else log.some_cases(self._db, limit)

    def log(self, ref: str) -> tuple[Entry, ...]:
        """The facts of a case, in order; NotFoundError if there is none of that reference."""
        from dsar.vault import log  # noqa: PLC0415 - loads the facts

        return log.entries(self._db, ref)

    def append(self, ref: str, events: Sequence[Event], *, expect: int, now: str, by: str) -> tuple[Entry, ...]:
        """Write facts after the `expect` entries that the caller saw (0: a new case); ConflictError if that changed."""
        from dsar.vault import log  # noqa: PLC0415 - loads the facts

        return log.append(self._db, ref, events, expect=expect, now=now, by=by)

    def put_evidence(self, stream: BinaryIO, *, name: str, media: str) -> Evidence:
        """Store the rest of a stream; the same bytes are stored once. Memory stays flat."""
        from dsar.vault import evidence  # noqa: PLC0415 - loads the facts

        return evidence.put(self._db, stream, name=name, media=media)

    def evidence(self, sha256: str) -> Iterator[bytes]:
        """Stored bytes, chunk by chunk; NotFoundError at once, InputError at the end if they were altered."""
        from dsar.vault import evidence  # noqa: PLC0415 - loads the facts

        return evidence.read(self._db, sha256)

    def evidence_bytes(self, sha256: str) -> bytes:
        """Stored bytes in one piece, for what is known to be small."""
        from dsar.vault import evidence  # noqa: PLC0415 - loads the facts

        return b"".join(evidence.read(self._db, sha256))

    def evidence_head(self, sha256: str, size: int) -> bytes:
        """The first `size` bytes of what is stored, or all of it; not checked against its hash."""
        from dsar.vault import evidence  # noqa: PLC0415 - loads the facts

        return evidence.head(self._db, sha256, size)

    def evidence_file(self, sha256: str) -> BinaryIO:
        """Stored bytes as a file that can be read from any place; NotFoundError if there are none of that hash."""
        from dsar.vault import reader  # noqa: PLC0415 - loads the facts

        return reader.opened(self._db, sha256)

    def records(self, kind: str, below: str = "", *, subject: str = "") -> dict[str, dict[str, object]]:
        """All replaceable records of a kind, by id; only those whose id begins with `below`, or about one person."""
        return records.of_subject(self._db, kind, subject) if subject else records.of_kind(self._db, kind, below)

    def record(self, kind: str, id: str) -> dict[str, object] | None:  # noqa: A002 - the word of the house
        """One record, or None."""
        return records.get(self._db, kind, id)

    def put_record(self, kind: str, id: str, body: Mapping[str, object]) -> None:  # noqa: A002 - the word of the house
        """Write a record, in place of the one that was there.

        One whose id is a case reference, or begins with it and `/`, or whose `ref` names it, is erased with the case.
        """
        records.put(self._db, kind, id, body)

    def drop_record(self, kind: str, id: str) -> None:  # noqa: A002 - the word of the house
        """Delete a record, if there is one."""
        records.drop(self._db, kind, id)

    @property
    def history(self) -> History:
        """Who wrote what when."""
        from dsar.vault.history import History  # noqa: PLC0415 - only where that is asked for

        return History(self._db)

    @property
    def lists(self) -> Lists:
        """Each case as it stands on any day, in this vault and its transaction: disposable, and fast."""
        from dsar.vault.lists import Lists  # noqa: PLC0415 - only where lists are read or written

        return Lists(self._db)

    def changes(self) -> int:
        """A number that is another one as soon as another connection has written."""
        return self._db.changes()

    def waiting(self) -> int:
        """How many messages belong to no case yet and wait for a person."""
        return int((self._db.one("SELECT COUNT(*) FROM mail WHERE state IN ('waiting', 'proposed')") or (0,))[0])

    @property
    def mail(self) -> Mailbox:
        """The register of the messages that came in, in this vault and its transaction."""
        from dsar.vault.mailbox import Mailbox  # noqa: PLC0415 - only where messages are looked at

        return Mailbox(self._db)

    @property
    def outbox(self) -> Outbox:
        """The register of the mails that were sent or were to be sent, in this vault and its transaction."""
        from dsar.vault.outbox import Outbox  # noqa: PLC0415 - only where mails leave

        return Outbox(self._db)

    def first_day(self) -> str:
        """The day on which the oldest case was opened (ISO date); empty if there is none."""
        found = self._db.one("SELECT MIN(on_date) FROM entry WHERE n = 1")
        return str(found[0]) if found and found[0] else ""

    def keep_password(self, account: str, password: str) -> None:
        """Put the password of a mail account into the system's keyring; LockedError if there is none that encrypts."""
        from dsar.vault import passwords  # noqa: PLC0415 - only where mails are sent or fetched

        passwords.keep(self._db, account, password)

    def password(self, account: str) -> str | None:
        """The password of a mail account from the keyring; None if it is not kept there."""
        from dsar.vault import passwords  # noqa: PLC0415 - as above

        return passwords.get(self._db, account)

    def forget_password(self, account: str) -> None:
        """Take the password of a mail account out of the keyring, if it is there."""
        from dsar.vault import passwords  # noqa: PLC0415 - as above

        passwords.forget(self._db, account)

    @property
    def index(self) -> Index:
        """The index of the words in this vault, in its transaction."""
        from dsar.vault.search import Index  # noqa: PLC0415 - lists need no index

        return Index(self._db)

    @property
    def stamps(self) -> Stamps:
        """The timestamps in this vault, in its transaction."""
        from dsar.vault.stamps import Stamps  # noqa: PLC0415 - only where time is proved

        return Stamps(self._db)

    def verify(self, *, complete: bool) -> tuple[str, ...]:
        """Sentences on what is wrong, none if all is well; `complete` hashes all evidence again."""
        from dsar.vault import verify  # noqa: PLC0415 - loads the facts

        return verify.verify(self._db, complete=complete)

    def status(self) -> VaultStatus:
        """Counts and sizes; the file with its write-ahead log."""
        from dsar.vault import status  # noqa: PLC0415 - only where the numbers are asked for

        return status.status(self._db, self._path, self.slots())

    def backup(self, dest: Path) -> None:
        """Copy what is committed, with the key slots, to a new file, which is remembered for `erase`."""
        from dsar.vault import backup  # noqa: PLC0415 - loads the facts
        from dsar.vault.tombstone import BACKUPS  # noqa: PLC0415 - only where a backup is made

        backup.backup(self._path, self._key, dest)
        self.put_record(BACKUPS, str(dest.absolute()), {})

    def export(self, sink: Sink, choice: Choice, *, now: str) -> int:
        """Write what was chosen into a sink; the number of files of evidence."""
        from dsar.vault import export  # noqa: PLC0415 - loads the facts

        # one transaction: all of it is of one moment
        with self.transaction():
            return export.export(self._db, sink, choice, now=now)

    def take_over(self, source: Source) -> TakenOver:
        """Bring an export in, whole or not at all; its lists and its index are the caller's to make."""
        from dsar.vault import take_over  # noqa: PLC0415 - loads the facts

        return take_over.take_over(self._db, source)

    def erase(self, ref: str, *, reason: str, now: str) -> Erased:
        """Delete a case and what only it names, for one of `tombstone.REASONS`; says what still holds data of it."""
        from dsar.vault import erase  # noqa: PLC0415 - loads the facts

        return erase.erase(self._db, ref, reason=reason, now=now)

    def discard(self, *, mails: Sequence[int], named: Sequence[str], reason: str) -> tuple[int, int, tuple[str, ...]]:
        """Delete messages of no case, and of `named` evidence what nothing names any more: see `erase.discard`."""
        from dsar.vault import erase  # noqa: PLC0415 - loads the facts

        return erase.discard(self._db, mails=mails, named=named, reason=reason)

    def purge(self) -> bool:
        """Give freed pages back to the disk; whether nobody else was in the way."""
        from dsar.vault import erase  # noqa: PLC0415 - loads the facts

        return erase.purge(self._db)

    def slots(self) -> tuple[str, ...]:
        """The names of the ways to the key."""
        return slots.names(self._path)

    def add_slot(self, source: NewSource) -> str:
        """Add a way to the key and return its name."""
        with self.transaction():
            return slots.add(self._path, self._key, source)

    def change_passphrase(self, name: str, source: PassphraseSlot) -> None:
        """Put another passphrase into a slot; NotFoundError if there is none of that name."""
        with self.transaction():
            slots.change(self._path, self._key, name, source)

    def renew_recovery(self) -> str:
        """Make and return a new recovery key; the old one opens old backups only."""
        with self.transaction():
            return slots.renew_recovery(self._path, self._key)

    def remove_slot(self, name: str) -> None:
        """Shut a way to the key; NotFoundError if there is none of that name, StateError if it is the last one."""
        with self.transaction():
            slots.remove(self._path, name)


def restore(src: Path, dest: Path, source: KeySource) -> None:
    """Put a copy of a backup in place, once it has opened and every hash in it is right.

    NotFoundError, LockedError, InputError (not sound: nothing is put in place) or StateError (something is in the way).
    """
    from dsar.vault import backup  # noqa: PLC0415 - loads the facts

    backup.restore(src, dest, source)
