"""What the post did, for many cases at once: letters that left, and what became of them; told twice, it is as once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

from dsar.core.events import Delivered, Sent
from dsar.core.fold import holding
from dsar.desk import acts
from dsar.desk.allowing import need_mandate
from dsar.desk.campaign_paper import refs
from dsar.desk.campaign_post import overtaken, unsent
from dsar.desk.campaign_proofs import Lines, lines, named_too, proof
from dsar.desk.campaign_status import STATUSES, RowError, ignored
from dsar.desk.campaign_status import basis as basis_of
from dsar.desk.dates import written_day
from dsar.desk.notified import notified
from dsar.desk.office import read
from dsar.desk.recording import append, working_on
from dsar.errors import DsarError
from dsar.vault.connection import BusyError, DamagedError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from dsar.core.case import Sending
    from dsar.core.events import Basis, Channel
    from dsar.desk.campaign_table import Row, Table
    from dsar.desk.office import Desk, File

_BY_POST: tuple[Channel, ...] = ("post", "registered", "hand")


@dataclass(slots=True)
class Told:
    """What became of the lines: how many recorded, known before, left out as said; what is wrong with the others."""

    recorded: int = 0
    known: int = 0
    ignored: int = 0
    problems: list[str] = field(default_factory=list)


def sent(desk: Desk, wanted: Iterable[str], on: date, via: Channel, stop: Callable[[], bool]) -> Told:
    """Record for each case that its letters which were issued left on a day; a mandate must hold on the desk's day."""
    told = Told()
    for ref in wanted:
        if stop():
            break
        _tried(told, f"Case {ref}", partial(_left, desk, ref, on, via, ""))
    return told


def sent_from(desk: Desk, wanted: tuple[str, ...], table: Table, on: date | None, via: Channel) -> Told:
    """As `sent`, for the lines of a table: a case each, with its day (or `on`) and its tracking number.

    The proof of each is an extract of the table, which is kept once.
    """
    told, mine = Told(), frozenset(wanted)
    source = lines(table, lambda row: row.cells.get("ref", "").strip().upper(), mine)
    for row in table.rows:
        _tried(told, f"Line {row.line}", partial(_left_line, desk, row, mine, on, via, source))
    return told


def _left_line(  # noqa: PLR0917 - private, called once above
    desk: Desk, row: Row, mine: frozenset[str], on: date | None, via: Channel, source: Lines
) -> bool:
    ref = _mine(row, mine)
    _alone(row, ref, mine)
    said = row.cells.get("date", "")
    if not said and on is None:
        raise RowError(what="no day is said: add a column with the date, or --on")
    day = written_day(said) if said else cast("date", on)
    tracking = row.cells.get("tracking", "")
    if _left(desk, ref, day, via, tracking, source):
        return True
    sendings = [one.fact for letter in read(desk, ref).case.letters for one in letter.sendings]
    if not any(one.on == day and tracked(one.tracking) == tracked(tracking) for one in sendings):
        raise RowError(what=f"case {ref} has no letter that waits, and none that left so on {day}: look at `dsar show`")
    return False


def _mine(row: Row, mine: frozenset[str]) -> str:
    ref = row.cells.get("ref", "").strip().upper()
    if ref not in mine:
        raise RowError(what=f"“{ref}” is no case of this campaign")
    return ref


def _alone(row: Row, ref: str, mine: frozenset[str]) -> None:
    """Refuse a line that names another case: as the proof of one it would show both."""
    if other := named_too(row, ref, mine):
        raise RowError(what=f"it names case {other} beside {ref}: give each case a line of its own")


def _left(  # noqa: PLR0917 - private, called above
    desk: Desk, ref: str, on: date, via: Channel, tracking: str, source: Lines | None = None
) -> bool:
    kept = None
    with working_on(desk, ref) as file:
        letters = unsent(file.case)
        if not letters:
            return False
        need_mandate(desk, file)
        # what was not printed because something came in did not leave with the others
        if why := next(filter(None, (overtaken(file, one.n, on) for one in letters)), ""):
            raise RowError(what=f"{why} If it did leave: `dsar sent {ref}`.")
        piece = None
        if source is not None:
            piece, kept = proof(desk, source, file.case.opened.campaign, ref)
        facts = [
            Sent(on=on, letter=one.n, channel=via, to=acts.address_of(file, one, via), tracking=tracking, proof=piece)
            for one in letters
        ]
        append(desk, file, *facts)
    if source is not None:
        source.kept = kept
    return True


def delivered(desk: Desk, wanted: tuple[str, ...], table: Table, words: Mapping[str, str]) -> Told:
    """Record what a postal list says of each letter; the proof of each is an extract of the list, which is kept once.

    A line names the case or the tracking number. `words` say which status of the list means which of `STATUSES`, or
    that its lines are left out.
    """
    told, mine = Told(), frozenset(wanted)
    numbers = _tracked(desk, wanted) if any(row.cells.get("tracking") for row in table.rows) else {}

    def case_of(row: Row) -> str:
        try:
            return _letter(row, mine, numbers)[0]
        except RowError:
            return ""

    source = lines(table, case_of, mine)
    for row in table.rows:
        if ignored(row, words):
            told.ignored += 1
            continue
        _tried(told, f"Line {row.line}", partial(_arrived, desk, row, mine, numbers, words, source))
    return told


def _arrived(  # noqa: PLR0917 - private, called once above
    desk: Desk,
    row: Row,
    mine: frozenset[str],
    numbers: Mapping[str, list[tuple[str, int]]],
    words: Mapping[str, str],
    source: Lines,
) -> bool:
    basis = basis_of(row, words)
    on = written_day(row.cells.get("date", ""))
    ref, number = _letter(row, mine, numbers)
    _alone(row, ref, mine)
    with working_on(desk, ref) as file:
        sending = _which(file, number, on, basis)
        for fact in _deliveries(sending):
            if fact.on == on and fact.basis == basis:
                return False
            # a letter is delivered once: an earlier day would be the strict one, a later day the safe one
            if fact.basis == basis:
                raise RowError(
                    what=f"case {ref} has {basis} on {fact.on} for this letter, and the line says {on}: see which is "
                    f"right, and correct the log with `dsar correct {ref}` if it is the line"
                )
        piece, kept = proof(desk, source, file.case.opened.campaign, ref)
        append(desk, file, Delivered(on=on, sending=sending.n, basis=basis, rule="", proof=piece))
    source.kept = kept
    return True


def tracked(number: str) -> str:
    """A tracking number as it is compared: the post prints it with spaces, and a list has it without."""
    return "".join(number.split()).upper()


def _letter(row: Row, mine: frozenset[str], numbers: Mapping[str, list[tuple[str, int]]]) -> tuple[str, int]:
    """The case that a line speaks of, and the sending if its number is known (else 0)."""
    said = row.cells.get("tracking", "")
    found = numbers.get(tracked(said), [])
    if len(found) > 1:
        raise RowError(what=f"the tracking number {said} belongs to {len(found)} letters")
    if not found and said and not row.cells.get("ref"):
        raise RowError(what=f"no letter of this campaign has the tracking number {said}")
    if not found:
        ref = _mine(row, mine)
        if said and any(ref == known for several in numbers.values() for known, _ in several):
            raise RowError(what=f"the letters of case {ref} have another tracking number than {said}")
        return ref, 0
    if row.cells.get("ref") and _mine(row, mine) != found[0][0]:
        raise RowError(what=f"the tracking number {said} is that of case {found[0][0]}, not of {row.cells['ref']}")
    return found[0]


def _deliveries(sending: Sending) -> tuple[Delivered, ...]:
    return tuple(fact for _, fact in sending.deliveries)


def _which(file: File, number: int, on: date, basis: Basis) -> Sending:
    """The sending that a line speaks of: by its number, else the last one that had left by post on that day.

    A list that is read again after a reminder has left speaks of the letter before it.
    """
    ref = file.case.ref
    if number:
        found = file.case.sending(number)
    else:
        by_post = sorted((one for letter in file.case.letters for one in letter.sendings), key=lambda one: one.n)
        left = [one for one in by_post if one.fact.channel in _BY_POST and one.fact.on <= on]
        known = (one for one in left if any(fact.on == on and fact.basis == basis for fact in _deliveries(one)))
        found = next(known, left[-1] if left else None)
    if found is None:
        raise RowError(what=f"no letter of case {ref} is recorded as sent by post until {on}")
    if on < found.fact.on:
        raise RowError(what=f"the letter of case {ref} left on {found.fact.on}, and cannot have arrived on {on}")
    return found


def _tracked(desk: Desk, wanted: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """The letters of these cases by their tracking number; a sending that was withdrawn has none."""
    found: dict[str, list[tuple[str, int]]] = {}
    for ref in wanted:
        for one in holding(desk.vault.log(ref), desk.today):
            if isinstance(one.fact, Sent) and one.fact.tracking:
                found.setdefault(tracked(one.fact.tracking), []).append((ref, one.n))
    return found


def from_notices(desk: Desk, wanted: Iterable[str], stop: Callable[[], bool]) -> Told:
    """Record what servers said of our mails in notices of delivery, where nobody has looked at them yet."""
    told = Told()
    for ref in wanted:
        if stop():
            break
        for one in notified(desk, (ref,)):
            _tried(told, f"Case {ref}", partial(_noticed, desk, one.ref, one.sending, one.n))
    return told


def _noticed(desk: Desk, ref: str, sending: int, message: int) -> bool:
    found = read(desk, ref).case.sending(sending)
    if found is None or found.deliveries:
        return False
    acts.delivered(desk, ref, sending=sending, on=None, proof=None, basis=None, rule="", by=message)
    return True


def _tried(told: Told, where: str, record: Callable[[], bool]) -> None:
    try:
        if record():
            told.recorded += 1
        else:
            told.known += 1
    except (BusyError, DamagedError, UnwritableError):
        raise
    except DsarError as error:
        told.problems.append(f"{where}: {error}")


__all__ = ["STATUSES", "Told", "delivered", "from_notices", "refs", "sent", "sent_from"]
