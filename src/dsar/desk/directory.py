"""The whole directory: one's own records, those that came with dsar, and the imported ones, in this order."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.parties import Controller
from dsar.directory.errors import (
    AmbiguousControllerError,
    ObsoleteControllerError,
    UnknownControllerError,
    UnsureControllerError,
)
from dsar.directory.matching import EXACT, Held, Query, best, ranked
from dsar.directory.shelf import opened
from dsar.directory.words import domain, plain
from dsar.vault.wire import from_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dsar.directory.matching import Match, Origin
    from dsar.directory.shelf import Shelf
    from dsar.vault.vault import Vault

KIND = "controller"
_SHOWN = 8
_HOPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Where controllers are looked up. `shelf` is None where nothing was imported."""

    own: Mapping[str, Held]
    shipped: Mapping[str, Held]
    shelf: Shelf | None

    def get(self, id: str) -> Held | None:  # noqa: A002 - the word of the contract
        """The record with that id: one's own before the shipped, the shipped before the imported one."""
        return next(iter(self.all_of(id)), None)

    def all_of(self, id: str) -> tuple[Held, ...]:  # noqa: A002 - as above
        """Every record with that id, the one that counts first."""
        found = (self.own.get(id), self.shipped.get(id), self.shelf.get(id) if self.shelf is not None else None)
        return tuple(held for held in found if held is not None)

    def search(self, text: str) -> tuple[Match, ...]:
        """What fits a text, best first. Typing errors count only where nothing fits exactly."""
        # what the terminal could not decode is in no record, and in no database
        query = Query(text.encode("utf-8", "replace").decode())
        if not query.exact:
            return ()
        strict = self._matches(query, loosely=False)
        if strict and strict[0].reason in EXACT:
            return strict
        return ranked((*strict, *_nearest(self._matches(query, loosely=True), found=bool(strict))))

    def _matches(self, query: Query, *, loosely: bool) -> tuple[Match, ...]:
        hand = (*self.own.values(), *self.shipped.values())
        found = [match for held in hand if (match := best(query, held, loosely=loosely)) is not None]
        if self.shelf is not None:
            found += self.shelf.search(query, loosely=loosely)
        return ranked(self._winning(match) for match in found)

    def _winning(self, match: Match) -> Match:
        """A record that another one with its id hides was found by words of its own: the other one is meant."""
        id = match.controller.id  # noqa: A001 - as above
        winner = self.own.get(id) or self.shipped.get(id)
        return match if winner is None else replace(match, held=winner)


@contextmanager
def directory(vault: Vault | None, path: Path | None) -> Iterator[Directory]:
    """The directory as far as it can be read: without a vault there are no records of one's own.

    Raises:
        NotADirectoryFileError: the imported file is damaged.
    """
    from dsar.lawbook.load import controllers  # noqa: PLC0415 - reads the shipped records

    with opened(path) as shelf:
        yield Directory(
            own=held(own_records(vault).values() if vault is not None else (), "own"),
            shipped=held(controllers().values(), "shipped"),
            shelf=shelf,
        )


def held(found: Iterable[Controller], origin: Origin) -> dict[str, Held]:
    """Records by id, with where they come from."""
    return {one.id: Held(controller=one, origin=origin) for one in found}


def own_records(vault: Vault) -> dict[str, Controller]:
    """One's own records, by id."""
    return {name: from_plain(body, Controller) for name, body in vault.records(KIND).items()}


def own_record(vault: Vault, id: str) -> Controller | None:  # noqa: A002 - the field's own name
    """One's own record of that id."""
    body = vault.record(KIND, id)
    return from_plain(body, Controller) if body is not None else None


def one(where: Directory, text: str) -> Held:
    """The one record that a text means, or the one that took its place; never a guess.

    Raises:
        UnknownControllerError, AmbiguousControllerError, UnsureControllerError: see `meant`.
        ObsoleteControllerError: it is out of use, and has no successor.
    """
    return in_use(where, meant(where, text))


def meant(where: Directory, text: str) -> Held:
    """The one record that a text means, also one that is out of use.

    Raises:
        UnknownControllerError: nothing fits.
        AmbiguousControllerError: several fit equally well; the sentence names them.
        UnsureControllerError: something fits only with typing errors, or by its address.
    """
    found = where.search(text)
    if not found:
        raise UnknownControllerError(text=text)
    first = found[0]
    if first.reason in EXACT:
        rivals = [match for match in found if _alike(match, first)]
        rivals = [match for match in rivals if not match.controller.obsolete] or rivals
    else:
        rivals = [match for match in found if match.reason in {"prefix", "part"}]
        if not rivals:
            raise UnsureControllerError(text=text, candidates=_listed(found))
    if len(rivals) > 1:
        raise AmbiguousControllerError(text=text, candidates=_listed(rivals))
    return rivals[0].held


def by_site(where: Directory, site: str) -> Held:
    """The one record that a website belongs to; as `one`, but nothing else than a site counts.

    Raises:
        UnknownControllerError, AmbiguousControllerError, ObsoleteControllerError: see `one`.
    """
    host = domain(site)
    found = [match for match in where.search(host) if match.reason == "domain" or host in _hosts(match.held.controller)]
    if not found:
        raise UnknownControllerError(text=site)
    rivals = [match for match in found if _alike(match, found[0])]
    if len(rivals) > 1:
        raise AmbiguousControllerError(text=site, candidates=_listed(rivals))
    return in_use(where, rivals[0].held)


def _hosts(controller: Controller) -> set[str]:
    """The sites that a record names; a brand may read like one, and then be found as a name."""
    return {domain(text) for text in (controller.website, *controller.domains)} - {""}


def in_use(where: Directory, found: Held) -> Held:
    """The record itself, or the one that took its place.

    Raises:
        ObsoleteControllerError: it is out of use, and nobody took its place.
    """
    now = found
    for _ in range(_HOPS):
        if not now.controller.obsolete:
            return now
        after = where.get(now.controller.successor) if now.controller.successor else None
        if after is None:
            break
        now = after
    raise ObsoleteControllerError(id=found.controller.id, why=found.controller.obsolete.replace("-", " "))


def conflicts(where: Directory, found: Held) -> tuple[str, ...]:
    """What another record of the same controller says differently, a sentence each."""
    others = [other for other in where.all_of(found.controller.id) if other is not found and other != found]
    said = [habit for habit in found.controller.habits if habit.startswith(("Conflict", "Unconfirmed"))]
    return (*said, *(line for other in others for line in _differences(found, other)))


def _differences(mine: Held, other: Held) -> Iterator[str]:
    ours, theirs = mine.controller, other.controller
    whose = f"The {other.origin} record ({theirs.source.partition(':')[0] or 'without a source'})"
    if plain(theirs.name) != plain(ours.name):
        yield f"{whose} is called {theirs.name}."
    if new := [box for box in theirs.emails if box.casefold() not in {one.casefold() for one in ours.emails}]:
        yield f"{whose} has the e-mail address {', '.join(new)}."
    if plain(" ".join(theirs.address.lines)) != plain(" ".join(ours.address.lines)) and theirs.address.known:
        yield f"{whose} has the address {', '.join((*theirs.address.lines, theirs.address.country))}."
    if theirs.form and theirs.form != ours.form:
        yield f"{whose} has the form {theirs.form}."


def _nearest(matches: Iterable[Match], *, found: bool) -> Iterator[Match]:
    """Without those that have many more typing errors than the best one; more than one error only if nothing fits."""
    known = tuple(matches)
    least = min((match.distance for match in known if match.reason == "typing"), default=0)
    most = 1 if found else least + 1
    return (match for match in known if match.reason != "typing" or match.distance <= most)


def _alike(match: Match, first: Match) -> bool:
    same = (match.reason, match.distance, match.held.origin)
    return same == (first.reason, first.distance, first.held.origin)


def _listed(matches: Iterable[Match]) -> str:
    """A short list of candidates, as a sentence names them."""
    found = [f"{match.controller.id} ({match.controller.name})" for match in matches]
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more
