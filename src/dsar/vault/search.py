"""The index of the words in the vault: messages, notes, letters, and the text that files hold.

It is disposable, can be rebuilt, and lies inside the encrypted file. What is written to a case is indexed in the same
transaction; what is erased leaves no word behind in it (`secure-delete`). Nobody's words become a query: `query_of`
quotes each of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dsar.errors import UsageError
from dsar.vault.found_tables import INDEX_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dsar.vault.connection import Database

Kind = Literal["messages", "notes", "letters", "files"]
KINDS: tuple[Kind, ...] = ("messages", "notes", "letters", "files")

MOST_CHARACTERS = 400_000
"""Of one text; what stands after them is not found."""
RANKED = 1_000
"""With more hits than these the word says little: the newest come first, instead of the best."""

_INBOX = "inbox"
_START, _END = "\x02", "\x03"
_WORDS = 32
_SHORTEST_PREFIX = 3
_SNIPPET_TOKENS = 24
_CONTROL = {code: " " for code in (*range(32), *range(127, 160)) if code != ord("\n")}


class NoWordError(UsageError):
    """Nothing to look for."""

    sentence = "What are you looking for? Give at least one word with a letter or a digit in it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text that can be found. `ref` is its case and `n` its entry; for a message that waits, empty and its number.

    `on` is its day in ISO 8601, `sha256` the evidence that it is the text of (empty: the log itself).
    """

    kind: Kind
    ref: str
    n: int
    on: str
    sha256: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text with the places in it that were looked for, as (start, end)."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that holds what was looked for: where it is, its title, and the words around."""

    kind: Kind
    ref: str
    n: int
    on: str
    sha256: str
    title: Marked
    snippet: Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The first hits, and how many there are (`RANKED` and one more: at least so many)."""

    hits: tuple[Hit, ...]
    count: int


class Index:
    """The index of an open vault: what is written here is part of the vault's transaction."""

    def __init__(self, db: Database) -> None:
        """`db` is the vault's own connection."""
        self._db = db

    def put(self, passages: Iterable[Passage]) -> None:
        """Add texts. The same bytes in the same case are indexed once."""
        for one in passages:
            if one.ref and one.sha256 and self._has(one):
                continue
            place, title, body = _place(one.ref, one.kind), _plain(one.title), _plain(one.body)
            sql = (
                "INSERT INTO passage (kind, ref, n, on_date, sha256, place, title, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
            )
            ((number,),) = self._db.execute(sql, one.kind, one.ref, one.n, one.on, one.sha256, place, title, body)
            sql = "INSERT INTO word (rowid, place, title, body) VALUES (?, ?, ?, ?)"
            self._db.execute(sql, number, place, title, body)

    def _has(self, one: Passage) -> bool:
        sql = "SELECT 1 FROM passage WHERE ref = ? AND sha256 = ? AND kind = ? AND title = ?"
        return self._db.one(sql, one.ref, one.sha256, one.kind, _plain(one.title)) is not None

    def drop_of_case(self, ref: str) -> None:
        """Forget the words of a case, without a trace in the index."""
        self._drop("ref = ?", ref)

    def drop_waiting(self, numbers: Iterable[int]) -> None:
        """Forget messages of the inbox: they are in a case now, or gone."""
        for number in numbers:
            self._drop("ref = '' AND n = ?", number)

    def _drop(self, where: str, value: object) -> None:
        sql = f"SELECT id, place, title, body FROM passage WHERE {where}"  # noqa: S608 - conditions of this file
        for row in self._db.execute(sql, value):
            # the index of another table's content must be told what it is to forget
            self._db.execute("INSERT INTO word (word, rowid, place, title, body) VALUES ('delete', ?, ?, ?, ?)", *row)
            self._db.execute("DELETE FROM passage WHERE id = ?", row[0])

    def clear(self) -> None:
        """Forget everything, before it is read anew."""
        self._db.execute("INSERT INTO word (word) VALUES ('delete-all')")
        self._db.execute("DELETE FROM passage")

    def finished(self) -> None:
        """Everything in the vault is in the index, as this version makes it."""
        sql = (
            "INSERT INTO meta (name, value) VALUES ('index', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        self._db.execute(sql, INDEX_VERSION)

    @property
    def current(self) -> bool:
        """Whether the index holds everything: that of a vault from before it existed holds nothing."""
        row = self._db.one("SELECT value FROM meta WHERE name = 'index'")
        return row is not None and row[0] == INDEX_VERSION

    def search(
        self, text: str, *, refs: Sequence[str] | None = None, kind: Kind | None = None, limit: int = 20
    ) -> Hits:
        """The passages that hold every word: the best first, or where they are very many, the newest.

        `refs` limits it to some cases (an empty reference: to messages that wait; none at all: to nothing).

        Raises:
            NoWordError: there is no word in the text.
        """
        query = query_of(text)
        if refs is not None and not refs:
            return Hits(hits=(), count=0)
        places = [" OR ".join(f'"{_case(ref)}"' for ref in refs)] if refs is not None else []
        places += [f'"{kind}"'] if kind is not None else []
        for place in places:
            query = f"place : ({place}) AND ({query})"
        sql = "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid DESC LIMIT ?"
        count = len(self._db.execute(sql, query, RANKED + 1))
        order = "rank" if count <= RANKED else "rowid DESC"
        sql = (
            "SELECT rowid, highlight(word, 1, ?, ?), snippet(word, 2, ?, ?, '…', ?) FROM word"  # noqa: S608 - one of two orders
            f" WHERE word MATCH ? ORDER BY {order} LIMIT ?"
        )
        rows = self._db.execute(sql, _START, _END, _START, _END, _SNIPPET_TOKENS, query, limit)
        return Hits(hits=tuple(self._hit(*row) for row in rows), count=count)

    def _hit(self, number: int, title: str, snippet: str) -> Hit:
        sql = "SELECT kind, ref, n, on_date, sha256 FROM passage WHERE id = ?"
        ((kind, ref, n, on, sha256),) = self._db.execute(sql, number)
        return Hit(kind=kind, ref=ref, n=n, on=on, sha256=sha256, title=_marked(title), snippet=_marked(snippet))


def query_of(text: str) -> str:
    """Words as a query that finds all of them, in any order, as they begin; in quotes: as they stand.

    Raises:
        NoWordError: there is no word in the text.
    """
    parts = []
    for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', text.translate(_CONTROL)):
        said = " ".join("".join(char if char.isalnum() else " " for char in _marks_off(quoted or bare)).split())
        if said:
            longest = said.rpartition(" ")[2]
            begins = bare and len(longest) >= _SHORTEST_PREFIX
            parts.append(f'"{said}"{" *" if begins else ""}')
    if not parts:
        raise NoWordError
    return "{title body} : (" + " AND ".join(parts[:_WORDS]) + ")"


def _marks_off(text: str) -> str:
    """Letters in one piece: an accent that is a sign of its own would cut a word in two."""
    import unicodedata  # noqa: PLC0415 - only where something is looked for

    return unicodedata.normalize("NFC", text)


def _place(ref: str, kind: Kind) -> str:
    return f"{kind} {_case(ref)}"


def _case(ref: str) -> str:
    """A reference as one word, whatever is in it."""
    return "case" + ref.encode().hex() if ref else _INBOX


def _plain(text: str) -> str:
    """A text without control characters, two of which mark a hit, and with nothing in it that cannot be stored."""
    return text[:MOST_CHARACTERS].translate(_CONTROL).encode("utf-8", "replace").decode()


def _marked(text: str) -> Marked:
    out: list[str] = []
    marks: list[tuple[int, int]] = []
    at = begun = 0
    for part in re.split(f"([{_START}{_END}])", text):
        if part == _START:
            begun = at
        elif part == _END:
            marks.append((begun, at))
        else:
            out.append(part)
            at += len(part)
    return Marked(text="".join(out), marks=tuple(marks))
