"""Which case a message belongs to: by the thread it answers, by the reference it names, by who sent it, in this order.

Nothing here is certain: senders and subjects can be forged, and only the ids of our own mails are hard to guess. What
is exact is filed, where it still waits to be classified; a guess is only proposed to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Reason = Literal["thread", "reference", "text", "address", "domain"]

# the year, and five letters or digits without look-alikes, as references are made
_REFERENCE = re.compile(r"(?<![A-Z0-9-])(\d{4}-[2-9A-HJKMNP-Z]{5})(?![A-Z0-9-])")

# where anybody may have an address, the domain says nothing of the company
_ANYBODY = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"),
        *("gmx.net", "gmx.de", "web.de", "orange.fr", "free.fr", "laposte.net", "libero.it", "proton.me"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """A case as a message sees it: whether it is open, the addresses we know of the other side, and their domains.

    Addresses and domains are in lower case.
    """

    ref: str
    open: bool
    addresses: frozenset[str]
    domains: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A case, and why the message may belong to it."""

    ref: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The one case a message belongs to (None: nobody can say), and the guesses for a person, best first."""

    exact: Guess | None = None
    guesses: tuple[Guess, ...] = ()


class Correspondents:
    """All cases, by what a message may say of them: made once, and asked for each of a hundred thousand messages."""

    def __init__(self, cases: Iterable[Correspondent]) -> None:
        """`cases` in the order in which guesses are to be made."""
        self.known = {case.ref: case for case in cases}
        self._by_address: dict[str, list[Correspondent]] = {}
        self._by_domain: dict[str, list[Correspondent]] = {}
        for case in self.known.values():
            for address in case.addresses:
                self._by_address.setdefault(address, []).append(case)
            for one in case.domains - _ANYBODY:
                self._by_domain.setdefault(one, []).append(case)

    def at_address(self, address: str) -> list[Correspondent]:
        """The cases in which this address is known."""
        return self._by_address.get(address.casefold(), [])

    def at_domain(self, address: str) -> list[Correspondent]:
        """The cases that know the domain of an address, or one above it; the nearest first."""
        parts = domain(address).split(".")
        above = (".".join(parts[n:]) for n in range(len(parts)))
        found = (case for one in above for case in self._by_domain.get(one, ()))
        return list({case.ref: case for case in found}.values())


def match(threads: Sequence[str], subject: str, sender: str, cases: Correspondents, *, text: str = "") -> Match:
    """Where a message belongs. `threads` are the cases in which the mails that it answers were sent or filed.

    A reference alone is no proof of where a mail comes from: with a sender unknown to that case it is a guess. Of a
    sender who writes in several cases nobody can say which one is meant: a late answer in a closed case looks like one
    in the open case of somebody else. What is named in the text comes first among the guesses, and files nothing by
    itself: a text may quote anything. Where it names another case than the sender's only one, a person decides.
    """
    known = cases.known
    said = [Guess(ref=ref, reason="text") for ref in references(text) if ref in known]
    threaded = [Guess(ref=ref, reason="thread") for ref in dict.fromkeys(threads) if ref in known]
    if len(threaded) == 1:
        return Match(exact=threaded[0])
    if threaded:
        answered = {guess.ref for guess in threaded}
        return Match(guesses=_first([guess for guess in said if guess.ref in answered], threaded))
    named = [known[ref] for ref in references(subject) if ref in known]
    found = _by_reference(named, sender, cases) if named else _by_sender(sender, cases)
    if named or not said:
        return found if found.exact is not None else Match(guesses=_first(found.guesses, said))
    if found.exact is not None and [guess.ref for guess in said] == [found.exact.ref]:
        return found
    return Match(guesses=_first(said, (found.exact, *found.guesses) if found.exact is not None else found.guesses))


def likely(guesses: Sequence[Guess]) -> str:
    """The one case for which more speaks than for any other, among guesses with the best first; empty if none is so."""
    best = [guess.ref for guess in guesses if guess.reason == guesses[0].reason]
    return best[0] if len(best) == 1 else ""


def references(text: str) -> tuple[str, ...]:
    """The case references that a text names, each once."""
    return tuple(dict.fromkeys(_REFERENCE.findall(text.upper())))


def domain(address: str) -> str:
    """The domain of a plain address, in lower case; empty if it has none."""
    return address.casefold().rpartition("@")[2].strip(". ") if "@" in address else ""


def _first(best: Sequence[Guess], others: Sequence[Guess]) -> tuple[Guess, ...]:
    """Guesses before others, each case once."""
    found: dict[str, Guess] = {}
    for guess in (*best, *others):
        found.setdefault(guess.ref, guess)
    return tuple(found.values())


def _by_reference(named: list[Correspondent], sender: str, cases: Correspondents) -> Match:
    guesses = tuple(Guess(ref=case.ref, reason="reference") for case in named)
    if len(named) == 1 and named[0] in (*cases.at_address(sender), *cases.at_domain(sender)):
        return Match(exact=guesses[0])
    return Match(guesses=guesses)


def _by_sender(sender: str, cases: Correspondents) -> Match:
    """A closed case is thought of only where the sender writes in an open one too."""
    writing = sorted(cases.at_address(sender), key=lambda case: not case.open)
    by_address = tuple(Guess(ref=case.ref, reason="address") for case in writing)
    if writing and writing[0].open:
        return Match(exact=by_address[0]) if len(writing) == 1 else Match(guesses=by_address)
    return Match(guesses=tuple(Guess(ref=case.ref, reason="domain") for case in cases.at_domain(sender) if case.open))
