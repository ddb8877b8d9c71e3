"""How well a typed text fits a record, and why; and which of two matches comes first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from dsar.directory.labels import labels
from dsar.directory.words import above, domain, plain, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dsar.core.parties import Controller
    from dsar.directory.labels import Label

Reason = Literal["id", "name", "email", "domain", "runs", "prefix", "part", "address", "typing", "within"]
Origin = Literal["own", "shipped", "imported"]

# best first
_ORDER: tuple[Reason, ...] = (
    *("id", "name", "email", "domain", "runs"),
    *("prefix", "part", "address", "typing", "within"),
)
EXACT: frozenset[Reason] = frozenset({"id", "name", "email", "domain", "runs"})
"""The reasons that say exactly who is meant."""

# one's own record wins over the one that came with dsar, and that over an imported one
_ORIGINS: tuple[Origin, ...] = ("own", "shipped", "imported")
_SITES = ("domain", "mail", "form")
_SHORTEST = 4
_WINDOW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record and where it comes from; `original` is an imported record as its source has it."""

    controller: Controller
    origin: Origin
    original: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that fits, the best reason why, and what of it fits. `distance` counts the typing errors.

    For a site, `distance` is the smaller the more surely it is theirs; `spare` is what the text leaves out.
    """

    held: Held
    reason: Reason
    said: str
    distance: int = 0
    spare: int = 0

    @property
    def controller(self) -> Controller:
        """The record itself."""
        return self.held.controller

    @property
    def order(self) -> tuple[int, int, int, int, str, str]:
        """Best first; among equals one's own first, then the one that is meant more fully, then by name."""
        origin, name = _ORIGINS.index(self.held.origin), plain(self.controller.name)
        return (_ORDER.index(self.reason), self.distance, origin, self.spare, name, self.controller.id)


@dataclass(frozen=True)
class Query:
    """A text that somebody typed, ready to be compared."""

    text: str

    @cached_property
    def exact(self) -> str:
        """As an id or a mailbox is compared."""
        return self.text.strip().casefold()

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """As names are compared."""
        return variants(self.text)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The site that the text names, and those it lies under."""
        host = domain(self.text)
        return above(host) if host else ()

    @cached_property
    def windows(self) -> frozenset[str]:
        """Words of the text, alone and in a row: a name may stand in a sentence."""
        found = set()
        for form in self.forms:
            words = form.split()
            spans = ((start, end) for start in range(len(words)) for end in range(start + 1, start + _WINDOW + 1))
            found |= {" ".join(words[start:end]) for start, end in spans if end <= len(words)}
        return frozenset(window for window in found if len(window) >= _SHORTEST)


def best(query: Query, held: Held, *, loosely: bool) -> Match | None:
    """The best reason why a record fits; `loosely` also with typing errors, or named inside the text."""
    found = [match for label in labels(held.controller) if (match := judge(query, label, held, loosely=loosely))]
    return min(found, key=lambda match: match.order, default=None)


def ranked(found: Iterable[Match]) -> tuple[Match, ...]:
    """The best match of each id, the best first. An imported record with the id of another one is hidden by it."""
    kept: dict[str, Match] = {}
    for match in sorted(found, key=lambda match: match.order):
        kept.setdefault(match.controller.id, match)
    return tuple(kept.values())


def judge(query: Query, label: Label, held: Held, *, loosely: bool) -> Match | None:
    """Why one label fits the text, or None."""
    found = _strictly(query, label)
    if found is None and loosely:
        found = _loosely(query, label)
    if found is None:
        return None
    reason, distance, spare = found
    return Match(held=held, reason=reason, said=label.shown, distance=distance, spare=spare)


def _strictly(query: Query, label: Label) -> tuple[Reason, int, int] | None:
    key = label.key
    match label.kind:
        case "id":
            return ("id", 0, 0) if query.exact == key else None
        case "email":
            return ("email", 0, 0) if query.exact == key else None
        case "domain" | "mail" | "form" if key in query.hosts:
            return ("domain", 3 * query.hosts.index(key) + _SITES.index(label.kind), 0)
        case "name" | "runs" if key in query.forms:
            return (label.kind, 0, 0)
        case "name" | "runs" | "domain":
            return _piece(query, plain(key), anywhere=label.kind != "domain")
        case "address":
            fits = any(len(form) >= _SHORTEST and form in key for form in query.forms)
            return ("address", 0, len(key)) if fits else None
        case _:
            return None


def _piece(query: Query, key: str, *, anywhere: bool) -> tuple[Reason, int, int] | None:
    """The text begins a name, or stands inside one; only the beginning of a site says something."""
    for form in query.forms:
        if key.startswith(form):
            return "prefix", 0, len(key) - len(form)
    for form in query.forms if anywhere else ():
        if form in key:
            return "part", 0, len(key) - len(form)
    return None


def _loosely(query: Query, label: Label) -> tuple[Reason, int, int] | None:
    if label.kind not in {"name", "runs", "domain", "mail"}:
        return None
    key = plain(label.key)
    # a site is called like the company, with an ending that says nothing
    pieces = _rows(key) if label.kind in {"name", "runs"} else lambda _: (key, key.rpartition(" ")[0])
    near = min(
        (found for form in query.forms if (found := _errors(form, pieces(form))) is not None),
        default=None,
    )
    if near is not None:
        return "typing", near, abs(len(key) - len(query.forms[0]))
    if label.kind in {"name", "runs"} and key in query.windows:
        return "within", 0, -len(key)
    return None


def allowed(form: str) -> int:
    """How many typing errors a text of this length may have: one in four or five letters, at most three."""
    return 0 if len(form) < _SHORTEST else min(3, 1 + len(form) // 6)


def _rows(key: str) -> Callable[[str], tuple[str, ...]]:
    """A name, and of its words as many in a row as the text has."""
    words = key.split()

    def rows(form: str) -> tuple[str, ...]:
        count = form.count(" ") + 1
        return (key, *(" ".join(words[start : start + count]) for start in range(len(words) - count + 1)))

    return rows


def _errors(form: str, pieces: tuple[str, ...]) -> int | None:
    """The fewest typing errors that lead from the text to one of the pieces; None if too many.

    A letter too few, too many or wrong is one error, and so are two that changed places.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 20 ms, only where nothing fits exactly

    limit = allowed(form)
    if not limit:
        return None
    found = min(OSA.distance(form, one, score_cutoff=limit) for one in pieces)
    return found if found <= limit else None
