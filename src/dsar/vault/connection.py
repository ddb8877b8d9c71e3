"""The one connection to the encrypted file, and what its driver's errors mean to a user."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NoReturn

from dsar.errors import ConflictError, InputError, LockedError, StateError
from dsar.vault.files import create_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlcipher3.dbapi2 import Connection, Error

BUSY_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""


class WrongKeyError(LockedError):
    """The key does not open the file."""

    sentence = "This key does not open the vault: check the passphrase, the key file or the recovery key."


class DamagedError(InputError):
    """The key is right and the file is not."""

    sentence = "The vault {path} is damaged: restore a backup with `dsar vault restore`."


class BusyError(ConflictError):
    """Another process writes, and does not finish."""

    sentence = "Another dsar is writing to the vault {path}: repeat the command when it has finished."


class UnwritableError(StateError):
    """The disk does not take what is to be written."""

    sentence = "The vault {path} cannot be written: look at the space on the disk and at the rights of the file."


class Database:
    """A keyed SQLCipher connection. Statements commit by themselves outside `transaction`."""

    def __init__(self, path: Path, key: bytes, *, new: bool = False) -> None:
        """Open an existing file with the raw 256-bit key; WrongKeyError if it does not fit."""
        from sqlcipher3 import dbapi2  # noqa: PLC0415 - heavy, loaded on use

        self.path = path
        self._depth = 0
        self._driver_error = dbapi2.Error
        with self._translated():
            uri = f"{path.absolute().as_uri()}?mode=rw"
            self._connection: Connection = dbapi2.connect(uri, BUSY_SECONDS, isolation_level=None, uri=True)
        try:
            self._set_up(key, new=new)
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def create(cls, path: Path, key: bytes) -> Database:
        """Make a new, empty, encrypted file with mode 0600; OccupiedError if something is there."""
        create_private(path)
        return cls(path, key, new=True)

    def _set_up(self, key: bytes, *, new: bool) -> None:
        # SQLCipher logs to stderr as soon as it is keyed, unless told before.
        self.execute("PRAGMA cipher_log_level = NONE")
        # A raw key skips the derivation from a passphrase, which costs 300 ms. Hex digits only: no injection.
        self.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        self.execute("PRAGMA temp_store = MEMORY")
        try:
            self._connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
        except self._driver_error as error:
            if error.sqlite_errorname == "SQLITE_NOTADB":
                raise WrongKeyError from None
            self._explain(error)
        if new:
            # Only effective before the first table: lets an erasure give pages back without a copy of the whole file.
            self.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")
        self.execute("PRAGMA foreign_keys = ON")
        self.execute("PRAGMA secure_delete = ON")
        # After several GB of evidence the write-ahead log shrinks again.
        self.execute(f"PRAGMA journal_size_limit = {16 * 1024 * 1024}")

    def execute(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement and return all its rows, whose types are those of the query."""
        with self._translated():
            return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """The first row, or None."""
        rows = self.execute(sql, *values)
        return rows[0] if rows else None

    def changes(self) -> int:
        """A number that is another one as soon as another connection has written; one's own writing leaves it."""
        ((version,),) = self.execute("PRAGMA data_version")
        return int(version)

    def execute_all(self, statements: Sequence[str]) -> None:
        """Run statements in turn, inside the transaction that is open."""
        for statement in statements:
            self.execute(statement)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open on this connection."""
        return self._depth > 0

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Takes the write lock at once (BusyError); an inner transaction joins the outer one."""
        if self._depth == 0:
            self.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self.execute("COMMIT")
        except BaseException:
            # A failed COMMIT, or a full disk, may have rolled back already.
            if self._depth == 1 and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._depth -= 1

    def copy_to(self, target: Database) -> None:
        """Write the committed content into another database while this one stays in use."""
        with self._translated():
            self._connection.backup(target._connection)

    def close(self) -> None:
        """Close; the last connection folds the write-ahead log into the file."""
        self._connection.close()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._driver_error as error:
            self._explain(error)

    def _explain(self, error: Error) -> NoReturn:
        """Raise what the driver's error means to a user; what is left is a mistake of ours and stays as it is."""
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BusyError(path=self.path) from error
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise DamagedError(path=self.path) from error
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            raise UnwritableError(path=self.path) from error
        raise error
