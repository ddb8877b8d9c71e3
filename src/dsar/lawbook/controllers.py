"""Finding a controller in the directory from what a person types: an id, a name, a brand, an address, a domain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from dsar.lawbook import load
from dsar.lawbook.errors import AmbiguousControllerError, UnknownControllerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.parties import Controller

Reason = Literal["id", "name", "domain", "prefix", "part"]

# best first; the first three say exactly who is meant
_ORDER: tuple[Reason, ...] = ("id", "name", "domain", "prefix", "part")
_EXACT = ("id", "name", "domain")
_WORD = re.compile(r"\w+")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")
# letters that Unicode does not decompose
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A controller that matches, and the best reason why."""

    controller: Controller
    reason: Reason


def search(text: str, controllers: Iterable[Controller]) -> tuple[Match, ...]:
    """The controllers that match, best first, then by name. Case, accents and punctuation do not count."""
    found = [Match(controller=each, reason=why) for each in controllers if (why := _reason(text, each)) is not None]
    return tuple(sorted(found, key=lambda match: (_ORDER.index(match.reason), _plain(match.controller.name))))


def one(text: str, controllers: Iterable[Controller] | None = None) -> Controller:
    """The one controller that is meant, of the shipped directory if none is given.

    An exact id, name or domain beats a part of a name. Raises UnknownControllerError, or AmbiguousControllerError
    with the candidates.
    """
    matches = search(text, load.controllers().values() if controllers is None else controllers)
    if not matches:
        raise UnknownControllerError(text=text)
    best = [match for match in matches if match.reason == matches[0].reason]
    rivals = best if matches[0].reason in _EXACT else list(matches)
    if len(rivals) > 1:
        candidates = ", ".join(f"{match.controller.id} ({match.controller.name})" for match in rivals)
        raise AmbiguousControllerError(text=text, candidates=candidates)
    return rivals[0].controller


def _reason(text: str, controller: Controller) -> Reason | None:
    wanted = _plain(text)
    if not wanted:
        return None
    names = [_plain(name) for name in (controller.name, *controller.brands)]
    if text.strip().casefold() == controller.id:
        return "id"
    if wanted in names:
        return "name"
    domain = _domain(text)
    if domain and any(_same_site(domain, theirs, names) for theirs in _domains(controller)):
        return "domain"
    if any(name.startswith(wanted) for name in names):
        return "prefix"
    return "part" if any(wanted in name for name in names) else None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare))


def _domain(text: str) -> str:
    """The host of a URL, the domain of an e-mail address, or the text itself if it looks like a domain; else empty."""
    bare = text.strip().casefold()
    try:
        host = (urlsplit(bare).hostname or "") if "://" in bare else bare.rpartition("@")[2].partition("/")[0]
    except ValueError:  # `http://[` is no URL: then it is no domain either
        return ""
    return host.removeprefix("www.") if _DOMAIN.fullmatch(host) else ""


def _domains(controller: Controller) -> set[str]:
    places = (*controller.emails, controller.dpo, controller.form, *controller.brands)
    return {domain for place in places if (domain := _domain(place))}


def _same_site(domain: str, theirs: str, names: list[str]) -> bool:
    """The domain is theirs, or lies under it, or is the one above it and bears their name (not `co.uk`)."""
    if domain == theirs or domain.endswith(f".{theirs}"):
        return True
    return theirs.endswith(f".{domain}") and any(domain.partition(".")[0] in name.split() for name in names)
