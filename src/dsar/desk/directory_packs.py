"""Packs: several controllers that one writes to together. First a preview of each letter, then all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dsar.core.fold import fold
from dsar.desk import drafting, opening, people
from dsar.desk.directory import in_use
from dsar.desk.directory_health import working
from dsar.desk.errors import UnknownItemError
from dsar.desk.lists import refs
from dsar.directory.words import plain
from dsar.errors import DsarError, NotFoundError, StateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.parties import Controller
    from dsar.desk.directory import Directory
    from dsar.desk.office import Desk
    from dsar.desk.opening import Ask

Fate = Literal["new", "open", "blocked"]


class NoPackError(NotFoundError):
    """There is no such pack."""

    sentence = "There is no pack “{id}”: `dsar controllers packs` lists them."


class NothingToOpenError(StateError):
    """Nobody in a pack can be written to."""

    sentence = "No case of the pack “{id}” can be opened: `dsar request --pack {id} --dry-run` says why, one by one."


class _BackError(Exception):
    """The preview of one letter is over: what was written for it is taken back."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.id)
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """`choose`: its companies are a choice, not a set that belongs together."""

    id: str
    title: str
    controllers: tuple[str, ...]
    origin: Literal["shipped", "imported"]
    note: str = ""
    choose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One addressee of a pack: what becomes of it and why, the subject of its letter, and what the letter lacks.

    `ref` is the open case that stands in the way, or the one that was opened.
    """

    id: str
    name: str
    fate: Fate
    ref: str = ""
    why: str = ""
    letter: str = ""
    kind: str = ""
    channels: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    controller: Controller | None = None


def packs(where: Directory) -> dict[str, Pack]:
    """Every pack by id; one that came with dsar hides an imported one of the same id."""
    from dsar.lawbook.load import packs as shipped  # noqa: PLC0415 - reads the law book

    imported = where.shelf.packs() if where.shelf is not None else ()
    found = {
        one.id: Pack(
            id=one.id,
            title=f"{one.id.replace('-', ' ').capitalize()}, after Datenanfragen",
            controllers=one.companies,
            origin="imported",
            choose=one.kind == "choose",
        )
        for one in imported
    }
    ours = {
        one.id: Pack(id=one.id, title=one.title, controllers=one.controllers, origin="shipped", note=one.note)
        for one in shipped().values()
    }
    return ours | {name: one for name, one in found.items() if name not in ours}


def pack(where: Directory, id: str) -> Pack:  # noqa: A002 - the word of the contract
    """One pack; NoPackError if there is none of that id."""
    found = packs(where).get(id)
    if found is None:
        raise NoPackError(id=id)
    return found


def preview(desk: Desk, where: Directory, wanted: Pack, ask: Ask) -> tuple[Row, ...]:
    """What a pack would open: each case is opened and its letter drafted, and all of it is taken back.

    Raises:
        NoPersonError, SeveralPeopleError, NoLanguageError, UnknownItemError, NoRegimeError: the wish cannot be met for
            anybody.
    """
    opening.check(desk, ask)
    subject = people.subject(desk.vault, ask.subject)
    opening.known_language(desk, ask.language or subject.language)
    taken = _open_cases(desk, subject.id, ask.rights)
    seen: dict[str, Row] = {}
    names: dict[str, str] = {}
    for id in wanted.controllers:  # noqa: A001 - the word of the contract
        row = _looked_up(where, id)
        if row.controller is not None and plain(row.name) in names:
            why = f"The same company as {names[plain(row.name)]}, in this pack too."
            row = replace(row, fate="blocked", why=why)
        elif row.controller is not None:
            names[plain(row.name)] = row.id
            row = _tried(desk, row.controller, ask, taken)
        seen.setdefault(row.id, row)
    return tuple(seen.values())


def open_all(desk: Desk, rows: tuple[Row, ...], wanted: Pack, ask: Ask) -> tuple[Row, ...]:
    """Open the cases that the preview found possible and draft their letters: all of them or, if one fails, none.

    Called again, it opens no second case: whoever has an open one for the same person and rights is left out.

    Raises:
        NothingToOpenError: nobody in the pack can be written to.
    """
    if all(row.fate == "blocked" for row in rows):
        raise NothingToOpenError(id=wanted.id)
    with desk.vault.transaction():
        taken = _open_cases(desk, people.subject(desk.vault, ask.subject).id, ask.rights)
        # somebody may have opened a case since the preview
        return tuple(
            _opened(desk, one, ask) if one.fate == "new" else one for row in rows for one in [_left(row, taken)]
        )


def _left(row: Row, taken: Mapping[str, str]) -> Row:
    """The row, marked where its controller has an open case."""
    ref = taken.get(row.id) or taken.get(plain(row.name))
    if row.fate != "new" or ref is None:
        return row
    return replace(row, fate="open", ref=ref, why=f"Case {ref} is open for the same person and rights.")


def _opened(desk: Desk, row: Row, ask: Ask) -> Row:
    if row.controller is None:
        raise ValueError(row.id)  # the preview gives every new row its record
    file = opening.open_case(desk, row.controller, ask)
    wish = drafting.Wish(kind=file.case.request_kind)
    letter = drafting.keep(desk, drafting.draft(desk, file.case.ref, wish)).letter
    lacks = tuple(dict.fromkeys((*row.lacks, *opening.doubts(file))))
    return replace(row, ref=file.case.ref, letter=letter.subject, kind=letter.kind, lacks=lacks)


def _looked_up(where: Directory, id: str) -> Row:  # noqa: A002 - the word of the contract
    """The record that a pack names, or the one that took its place."""
    found = where.get(id)
    if found is None:
        return Row(id=id, name=id, fate="blocked", why="The directory has no such record.")
    try:
        one = in_use(where, found).controller
    except DsarError as error:
        return Row(id=id, name=found.controller.name, fate="blocked", why=str(error))
    return Row(id=one.id, name=one.name, fate="new", controller=one)


def _tried(desk: Desk, controller: Controller, ask: Ask, taken: Mapping[str, str]) -> Row:
    ways = channels(controller)
    row = Row(id=controller.id, name=controller.name, fate="new", channels=ways, controller=controller)
    if (left := _left(row, taken)).fate == "open":
        return left
    if not ways:
        return replace(row, fate="blocked", why="No address is known: neither e-mail nor post nor a form.")
    better, bounced = working(desk, controller)
    lacks = (() if controller.checked else ("Its address was not confirmed at its source.",)) + bounced
    row = replace(row, controller=better, lacks=lacks)
    try:
        _and_back(desk, row, ask)
    except _BackError as done:
        return replace(done.row, ref="")
    except UnknownItemError:
        raise  # the wish itself is wrong, whoever is asked
    except DsarError as error:
        return replace(row, fate="blocked", why=str(error))
    return row


def _and_back(desk: Desk, row: Row, ask: Ask) -> None:
    """Open a case in a transaction that ends in an error, so that nothing of it stays."""
    with desk.vault.transaction():
        raise _BackError(_opened(desk, row, ask))


def channels(controller: Controller) -> tuple[str, ...]:
    """The ways in which a letter can reach a controller, the one that it asks for first."""
    has = {
        "email": bool(controller.emails),
        "portal": bool(controller.form),
        "post": controller.address.known,
        "fax": bool(controller.fax),
    }
    known = [way for way, there in has.items() if there]
    return tuple(sorted(known, key=lambda way: way != controller.preferred))


def _open_cases(desk: Desk, subject: str, rights: tuple[str, ...]) -> dict[str, str]:
    """The cases of a person for the same rights that are not closed, by the controller's id and by its plain name."""
    found: dict[str, str] = {}
    for ref in refs(desk, subject=subject):
        case = fold(ref, desk.vault.log(ref), desk.today)
        same = case.opened.subject.id == subject and set(case.opened.rights) == set(rights)
        if same and case.closed is None:
            found |= {case.opened.controller.id: ref, plain(case.opened.controller.name): ref}
    return found
