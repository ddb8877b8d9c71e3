"""A vault for a test, and the two ways around its front door: a raw connection, and the bare pages."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlcipher3.dbapi2 import Connection

    from dsar.vault.keys import KeyFileSlot
    from dsar.vault.vault import Vault

PAGE = 4096
RESERVED = 80  # SQLCipher 4: 16 bytes of IV and 64 of HMAC-SHA512 at the end of each page


@dataclass(frozen=True)
class Room:
    path: Path
    source: KeyFileSlot
    recovery: str
    vault: Vault

    @property
    def key(self) -> bytes:
        return bytes.fromhex(self.source.path.read_text().strip())

    @contextlib.contextmanager
    def raw(self) -> Iterator[Connection]:
        """A connection that knows nothing of dsar, as somebody with the key and bad intentions has it."""
        connection = dbapi2.connect(str(self.path), isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
            yield connection
        finally:
            connection.close()

    def tamper(self, trigger: str, statement: str) -> None:
        """Take a guard away, change what it guards, and put the guard back as it was."""
        with self.raw() as connection:
            ((sql,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchall()
            connection.execute(f"DROP TRIGGER {trigger}")
            assert connection.execute(statement).rowcount > 0
            connection.execute(sql)

    def bare_pages(self) -> bytes:
        """The decrypted content of every page of the file, free ones too, read without SQLCipher."""
        data = self.path.read_bytes()
        pages = []
        for start in range(0, len(data), PAGE):
            page = data[start : start + PAGE]
            iv = page[-RESERVED : -RESERVED + 16]
            body = page[16 if start == 0 else 0 : -RESERVED]
            decryptor = Cipher(algorithms.AES(self.key), modes.CBC(iv)).decryptor()
            pages.append(decryptor.update(body) + decryptor.finalize())
        return b"".join(pages)
