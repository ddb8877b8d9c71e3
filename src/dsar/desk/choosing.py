"""Which first request fits: the front matter of the letters says it, and nothing here knows a kind or a country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.rights import ACCESS, ASKABLE, ordered
from dsar.desk.errors import UnknownItemError
from dsar.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.letters.front import Template

FIRST = "first-request"


class NotARequestError(UsageError):
    """The letter that was named opens no case."""

    sentence = "“{kind}” is no first request: `dsar letters list` shows them; leave --letter away to have one chosen."


class OtherRightsError(UsageError):
    """The letter that was named exercises other rights than those that were asked for."""

    sentence = "The letter “{kind}” exercises {having}, not {wished}: leave --letter away, or name these rights."


class OtherLawError(UsageError):
    """The letter that was named is written under another law."""

    sentence = (
        "The letter “{kind}” is written under {having}, not under {regime}, the law that this case falls under: leave "
        "--letter away."
    )


class NoRequestLetterError(NotFoundError):
    """No letter of that language exercises these rights under that law."""

    sentence = (
        "dsar has no letter for {rights} under {regime} in “{lang}” yet: try another language with --lang, or name a "
        "letter of your own with --letter."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What decides which letter fits. `rights` may be empty where `letter` names one; then they are the letter's."""

    rights: tuple[str, ...]
    regime: str
    sector: str
    identifiers: tuple[str, ...]
    letter: str = ""


def first_request(roots: tuple[Path, ...], lang: str, occasion: Occasion) -> tuple[Template, tuple[str, ...]]:
    """The letter that fits best, or the one that was named; and the rights, in the order in which it exercises them.

    Raises:
        UnknownItemError: no such right.
        NotARequestError, OtherRightsError, OtherLawError: the letter that was named does not do.
        NoLetterError, NoRequestLetterError: there is none in that language.
    """
    for right in occasion.rights:
        if right not in ASKABLE:
            raise UnknownItemError(name=right, known=", ".join(ASKABLE))
    rights = ordered(occasion.rights)
    if occasion.letter:
        return _named(roots, lang, occasion, rights)
    rights = rights or (ACCESS,)
    fitting = [one for one in _requests(roots, lang) if _fits(one, rights, occasion)]
    if not fitting:
        raise NoRequestLetterError(rights=", ".join(rights), regime=occasion.regime, lang=lang)
    return max(fitting, key=specificity), rights


def specificity(template: Template) -> tuple[bool, int, bool, bool]:
    """How narrowly a letter says what it is for: of two that fit, the narrower one is meant."""
    return (bool(template.rights), -len(template.regimes), bool(template.identifiers), bool(template.sectors))


def _requests(roots: tuple[Path, ...], lang: str) -> list[Template]:
    from dsar.letters.find import in_language  # noqa: PLC0415 - only where a case is opened

    return [one for one in in_language(roots, lang) if FIRST in one.fits]


def _fits(template: Template, rights: tuple[str, ...], occasion: Occasion) -> bool:
    given = occasion.identifiers
    return (
        (not template.rights or any(set(some) == set(rights) for some in template.rights))
        and occasion.regime in template.regimes
        and (not template.sectors or occasion.sector in template.sectors)
        and (not template.identifiers or (bool(given) and set(given) <= set(template.identifiers)))
    )


def _named(
    roots: tuple[Path, ...], lang: str, occasion: Occasion, rights: tuple[str, ...]
) -> tuple[Template, tuple[str, ...]]:
    from dsar.letters.find import template as find_template  # noqa: PLC0415 - only where a case is opened

    found = find_template(roots, occasion.letter, lang)
    if FIRST not in found.fits:
        raise NotARequestError(kind=found.kind)
    if occasion.regime not in found.regimes:
        raise OtherLawError(kind=found.kind, having=" or ".join(found.regimes), regime=occasion.regime)
    if not rights:
        return found, ordered(found.rights[0]) if found.rights else (ACCESS,)
    if found.rights and not any(set(some) == set(rights) for some in found.rights):
        having = " or ".join(" with ".join(some) for some in found.rights)
        raise OtherRightsError(kind=found.kind, having=having, wished=" with ".join(rights))
    return found, rights
