"""The way back of an export: the same entries with the same hashes, or nothing at all.

What is here already is left as it is; a case of which the export knows more is carried on. A case that differs from
ours, that was erased here, or whose hashes do not fit is refused, and the whole export with it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from dsar.core.about import about
from dsar.errors import ConflictError, InputError, StateError
from dsar.vault import erase, evidence, log, records, wire
from dsar.vault import take_over_registers as registers
from dsar.vault.canonical import GENESIS, canonical, digest
from dsar.vault.export import FORMAT, HERE_ONLY, VERSION
from dsar.vault.lines import objects, values
from dsar.vault.log import Row
from dsar.vault.tombstone import tombstone_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.vault.connection import Database
    from dsar.vault.lines import Line
    from dsar.vault.parcel import Source


class OtherHistoryError(ConflictError):
    """The same reference, and another history."""

    sentence = "Nothing was taken over: case {ref} is here with another history, from its entry {n} on."


class ErasedHereError(StateError):
    """A case that was erased comes back."""

    sentence = (
        "Nothing was taken over: case {ref} was erased in this vault. Leave it out with "
        "`dsar vault export … --ref`, naming the others."
    )


class NewerExportError(InputError):
    """A later version of dsar wrote it."""

    sentence = "The export {path} was written by a newer dsar: install that version to take it over."


# the records of people and cases; the words of the desk
_CARRIED = frozenset({"subject", "mandate", "draft", "review", "coding"})


@dataclass(slots=True)
class TakenOver:
    """What came with an export: new cases, cases carried on, and those that were here already.

    `kept` are the records that differ here, or are not taken from others, and were left as they are, as (kind, id).
    """

    new: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    records: int = 0
    evidence: int = 0
    mails: int = 0
    kept: list[tuple[str, str]] = field(default_factory=list)


def take_over(db: Database, source: Source) -> TakenOver:
    """Bring an export into the vault, in one transaction; see the classes of this file for what is refused."""
    about_it = next(objects(source, "export.json"), {})
    if about_it.get("format") != FORMAT:
        raise source.bad("it does not say that dsar wrote it")
    if not isinstance(about_it.get("version"), int) or about_it["version"] > VERSION:
        raise NewerExportError(path=source.path)
    taken = TakenOver()
    with db.transaction():
        empty = db.one("SELECT 1 FROM head") is None
        fresh = list(_evidence(db, source))
        _entries(db, source, taken)
        _tombstones(db, source, taken)
        moving_in = empty and about_it.get("whole") is True
        if moving_in:
            _heads(db, source)
        else:
            _link(db)
        _records(db, source, taken, moving_in=moving_in)
        cases = frozenset((*taken.new, *taken.more, *taken.known))
        taken.mails = registers.mails(db, source, cases)
        registers.outbox(db, source, cases)
        registers.threads(db, source, cases)
        registers.stamps(db, source, cases)
        taken.evidence = len(fresh)
        for sha256 in fresh:
            if not erase.still_named(db, sha256):
                raise source.bad(f"nothing names its file {sha256[:12]}…")
    return taken


def _evidence(db: Database, source: Source) -> Iterator[str]:
    """Store the files that are not here yet; their hashes."""
    for line in objects(source, "evidence.jsonl"):
        sha256, size, path, _names = values(source, line, sha256=str, size=int, file=str, names=list)
        if db.one("SELECT 1 FROM evidence WHERE sha256 = ?", sha256):
            continue
        with source.open(path) as stream:
            piece = evidence.put(db, cast("BinaryIO", _Measured(stream, size)), name="", media="")
        if piece.sha256 != sha256 or piece.size != size:
            raise source.bad(f"the file {sha256[:12]}… is not the one that was exported")
        yield sha256


class _Measured:
    """A stream of which no more is read than was announced, and one byte to see that there is more."""

    def __init__(self, stream: Any, size: int) -> None:  # noqa: ANN401 - whatever reads
        self._stream, self._left = stream, size + 1

    def read(self, count: int) -> bytes:
        data: bytes = self._stream.read(max(0, min(count, self._left)))
        self._left -= len(data)
        return data


def _entries(db: Database, source: Source, taken: TakenOver) -> None:
    ref, prev, n, fresh = "", GENESIS, 0, 0
    seen: set[str] = set()
    for line in objects(source, "entries.jsonl"):
        row = _row(source, line)
        if row.ref != ref:
            _done(taken, ref, n, fresh)
            ref, prev, n, fresh = row.ref, GENESIS, 0, 0
            if ref in seen:
                raise source.bad(f"the entries of case {ref} are not in one piece")
            seen.add(ref)
            if db.one("SELECT 1 FROM tombstone WHERE ref = ?", ref):
                raise ErasedHereError(ref=ref)
        n += 1
        if row.n != n or row.prev != prev or row.seal() != row.hash:
            raise source.bad(f"entry {n} of case {ref} is not as it was written")
        prev = row.hash
        here = db.one("SELECT hash FROM entry WHERE ref = ? AND n = ?", ref, n)
        if here is not None and here[0] != row.hash:
            raise OtherHistoryError(ref=ref, n=n)
        if here is None:
            _insert(db, source, row)
            fresh += 1
    _done(taken, ref, n, fresh)


def _done(taken: TakenOver, ref: str, n: int, fresh: int) -> None:
    if ref:
        (taken.known if not fresh else taken.new if fresh == n else taken.more).append(ref)


def _row(source: Source, line: Line) -> Row:
    ref, n, kind, on, at, by, spoken_of, version, body, prev, sealed = values(
        source, line, ref=str, n=int, kind=str, on=str, recorded_at=str, by=str, about=(int, type(None)), version=int,
        body=dict, prev=str, hash=str,
    )  # fmt: skip
    return Row(
        ref=ref, n=n, kind=kind, on_date=on, recorded_at=at, recorded_by=by, about=spoken_of, version=version,
        body=canonical(body), prev=prev, hash=sealed,
    )  # fmt: skip


def _insert(db: Database, source: Source, row: Row) -> None:
    event = wire.decode(row.body, row.version)
    if (wire.tag(type(event)), event.on.isoformat(), about(event)) != (row.kind, row.on_date, row.about):
        raise source.bad(f"entry {row.n} of case {row.ref} is not the fact that it says")
    log.insert(db, *astuple(row))
    log.note_evidence(db, row.ref, [event])


def _tombstones(db: Database, source: Source, taken: TakenOver) -> None:
    """What is left of cases that were erased there; a case that lives here goes on living."""
    for line in objects(source, "tombstones.jsonl"):
        ref, *rest = values(source, line, ref=str, entries=int, erased_at=str, reason=str, last_hash=str)
        here = db.one("SELECT 1 FROM tombstone WHERE ref = ? UNION SELECT 1 FROM entry WHERE ref = ?", ref, ref)
        if here is None:
            sql = "INSERT INTO tombstone (ref, entries, erased_at, reason, last_hash) VALUES (?, ?, ?, ?, ?)"
            db.execute(sql, ref, *rest)
        elif db.one("SELECT 1 FROM tombstone WHERE ref = ?", ref) is None:
            taken.kept.append(("case", ref))


def _heads(db: Database, source: Source) -> None:
    """The chain of a whole vault, in an empty one, as it was."""
    prev = GENESIS
    ends: dict[str, str] = {}
    for expected, line in enumerate(objects(source, "heads.jsonl"), start=1):
        seq, ref, n, head, before, sealed = values(source, line, seq=int, ref=str, n=int, head=str, prev=str, hash=str)
        if seq != expected or before != prev or sealed != digest(before, seq, ref, n, head):
            raise source.bad(f"the chain of the vault is broken at link {expected}")
        db.execute(
            "INSERT INTO head (seq, ref, n, head, prev, hash) VALUES (?, ?, ?, ?, ?, ?)",
            seq,
            ref,
            n,
            head,
            prev,
            sealed,
        )
        prev, ends[ref] = sealed, head
    if ends != dict(_ends(db)):
        raise source.bad("the chain of the vault does not end where its cases do")


def _ends(db: Database) -> Iterator[tuple[str, str]]:
    """The last hash of each case, and what stands for an erased one."""
    yield from db.execute(
        "SELECT ref, hash FROM entry AS last WHERE n = (SELECT MAX(n) FROM entry WHERE ref = last.ref)"
    )
    for ref, *rest in db.execute("SELECT ref, entries, erased_at, reason, last_hash FROM tombstone"):
        yield ref, tombstone_hash(ref, *rest)


def _link(db: Database) -> None:
    """Into a vault with a history of its own, what is new comes as new links."""
    linked = dict(db.execute("SELECT ref, head FROM head ORDER BY seq"))
    for ref, head in dict(_ends(db)).items():
        if linked.get(ref) == head:
            continue
        row = db.one("SELECT MAX(n) FROM entry WHERE ref = ?", ref)
        log.add_head(db, ref, (row[0] or 0) if row else 0, head)


def _records(db: Database, source: Source, taken: TakenOver, *, moving_in: bool) -> None:
    """The records that belong to people and cases. What says where letters and passwords go is another matter.

    A company's address, a mail account or a setting comes only with a whole vault into an empty one: in a vault that is
    in use, an export of somebody else's could send the next letter, photo or password to an address of theirs.
    """
    for line in objects(source, "records.jsonl"):
        kind, name, body = values(source, line, kind=str, id=str, body=dict)
        here = records.get(db, kind, name)
        if here is None and kind not in HERE_ONLY and (moving_in or kind in _CARRIED):
            records.put(db, kind, name, body)
            taken.records += 1
        elif here != body:
            taken.kept.append((kind, name))
