"""How a campaign looks from the other side: what a controller could hold against its requests as abusive.

C-526/24 (Brillen Rottler, 19 March 2026): even a first request may be excessive (Art. 12(5) GDPR), if the controller
shows on all circumstances that it was not made to know and verify the processing. These are such circumstances, and no
more than that: who asks for reasons of their own may ask together with others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CASE = "C-526/24"
SHORT = timedelta(days=365)
"""EDPB Guidelines 01/2022, paras 181-190: there is no fixed interval; a year is always a reasonable one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One circumstance: `rule` is its id, `count` how many requests `of` how many it concerns, `who` some of them."""

    rule: str
    count: int
    of: int
    who: tuple[str, ...] = ()
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that is planned: the person, the controller, the reason of their own (empty: none), all its words.

    `forbidden` are the words that its language should not hold.
    """

    subject: str
    controller: str
    reason: str
    words: tuple[str, ...]
    forbidden: tuple[str, ...]


def looks(requests: Iterable[Request], earlier: Mapping[tuple[str, str], date], today: date) -> tuple[Look, ...]:
    """What the requests of a wave look like together; `earlier` is the last request of a person to a controller."""
    known = tuple(requests)
    found = (_without_reason(known), _identical(known), *_words(known), _repeated(known, earlier, today))
    return tuple(one for one in found if one is not None)


def _without_reason(known: tuple[Request, ...]) -> Look | None:
    people = {one.subject for one in known}
    lacking = sorted({one.subject for one in known if not one.reason.strip()})
    return Look(rule="no-reason", count=len(lacking), of=len(people), who=tuple(lacking)) if lacking else None


def _identical(known: tuple[Request, ...]) -> Look | None:
    """The same reason, word for word, for more than one person, and for most of them."""
    own = {one.subject: " ".join(one.reason.casefold().split()) for one in known if one.reason.strip()}
    if len(own) < 2:  # noqa: PLR2004 - one person cannot agree with themselves
        return None
    text, count = Counter(own.values()).most_common(1)[0]
    if count * 2 <= len(own):
        return None
    who = tuple(sorted(subject for subject, said in own.items() if said == text))
    return Look(rule="identical", count=count, of=len(own), who=who, what=text)


def _words(known: tuple[Request, ...]) -> tuple[Look, ...]:
    """Money, or the words of a campaign, in what a letter would say."""
    found: dict[str, set[str]] = {}
    for one in known:
        text = " ".join(" ".join(one.words).casefold().split())
        for word in one.forbidden:
            if word.casefold() in text:
                found.setdefault(word, set()).add(one.subject)
    people = len({one.subject for one in known})
    return tuple(
        Look(rule="words", count=len(who), of=people, who=tuple(sorted(who)), what=word)
        for word, who in sorted(found.items())
    )


def _repeated(known: tuple[Request, ...], earlier: Mapping[tuple[str, str], date], today: date) -> Look | None:
    """Another request of the same person to the same controller within a year, or twice in what is planned."""
    times = Counter((one.subject, one.controller) for one in known)
    soon = {pair for pair in times if pair in earlier and today - earlier[pair] < SHORT}
    again = soon | {pair for pair, count in times.items() if count > 1}
    if not again:
        return None
    return Look(rule="repeated", count=len(again), of=len(times), who=tuple(sorted({subject for subject, _ in again})))
