"""Which supervisory authority, and why: the candidates of the core, with their reasons in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dsar.core.competence import INSTITUTIONS, Place, Where, find, without_records
from dsar.desk.errors import UnknownAuthorityError
from dsar.desk.places import eea, read
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.competence import Candidate, Reason
    from dsar.core.events import Opened
    from dsar.core.law import Authority, AuthoritySector, Law
    from dsar.desk.places import Question
    from dsar.letters.words import Words


class NoAuthorityError(NotFoundError):
    """The directory has nobody for the question."""

    sentence = (
        "The directory has no supervisory authority for {countries}: ask another one, by --residence, --work or "
        "--infringement, or look at `dsar authorities list`."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The candidates, best first, and the countries of the question without a record."""

    candidates: tuple[Candidate, ...]
    missing: tuple[str, ...]


def ask(question: Question, law: Law) -> Found:
    """Who is competent.

    Raises:
        NoPlaceError, UnknownPlaceError, UnknownRegionError, UnknownSectorError, EstablishedError: a wrong question.
        NoAuthorityError: a right one, and nobody in the directory for it.
    """
    where = read(question, law)
    found = answer(where, law)
    if not found.candidates:
        places = (where.residence, where.work, where.infringement, where.seat)
        countries = dict.fromkeys(place.country for place in places if place is not None)
        raise NoAuthorityError(countries=", ".join(countries))
    return found


def answer(where: Where, law: Law) -> Found:
    """The candidates of the directory."""
    everyone, union = law.authorities.values(), eea(law)
    return Found(candidates=find(where, everyone, union), missing=without_records(where, everyone, union))


def of_case(opened: Opened, law: Law) -> Candidate | None:
    """The authority to complain to in a case: where the data subject lives, if nothing else decides."""
    return next(iter(for_case(opened, law)), None)


def for_case(opened: Opened, law: Law) -> tuple[Candidate, ...]:
    """Every authority that may be complained to in a case, best first.

    Where the law of the case is that of one country (or of the institutions), its authority is asked.
    """
    controller, home = opened.controller, opened.subject.address.country
    rules = law.regime(opened.regime, opened.on)
    country = controller.address.country
    if rules is not None and len(rules.countries) == 1:
        country = rules.countries[0]
        home = country if country != INSTITUTIONS else home
    sector: AuthoritySector = controller.sector if controller.sector in {"public", "police"} else "private"
    where = Where(
        residence=Place(country=home) if home else None,
        seat=Place(country=country, region=controller.region) if country else None,
        established=controller.established,
        sector=sector,
    )
    return answer(where, law).candidates


def known(name: str, law: Law) -> Authority:
    """The authority of that id.

    Raises:
        UnknownAuthorityError: there is none; the sentence names those whose ids come near.
    """
    found = law.authorities.get(name)
    if found is None:
        from difflib import get_close_matches  # noqa: PLC0415 - only for a typing error

        near = get_close_matches(name.strip().casefold(), law.authorities, n=3, cutoff=0)
        raise UnknownAuthorityError(name=name, near=" or ".join(near))
    return found


def candidate_json(candidate: Candidate, words: Words, law: Law) -> dict[str, Any]:
    """A candidate: the whole record, its `rank`, `why` in sentences, and each of the `reasons` with its rule."""
    reasons = [reason_json(reason, words, law) for reason in candidate.reasons]
    record = asdict(candidate.authority)
    return {
        "id": record.pop("id"),
        "name": record.pop("name"),
        "rank": candidate.rank,
        "why": " ".join(reason["said"] for reason in reasons),
        "language": next(iter(candidate.authority.languages), None),
        **record,
        "reasons": reasons,
    }


def reason_json(reason: Reason, words: Words, law: Law) -> dict[str, Any]:
    """A reason: its `rule`, `text`, `cite`, the `precedents` it rests on, and all of it `said` as one sentence."""
    text = words.say("competence", reason.rule, **_values(reason, words))
    decisions = [law.precedents[name] for name in reason.precedents if name in law.precedents]
    # an unchecked decision is never cited
    precedents = [f"{one.body} {one.number}" for one in decisions if one.checked]
    cite = words.cites(reason.cites) if reason.cites else ""
    sources = "; ".join(part for part in (cite, *precedents) if part)
    said = f"{text} ({sources})" if sources else text
    return {"rule": reason.rule, "text": text, "cite": cite, "precedents": precedents, "said": said}


def _values(reason: Reason, words: Words) -> Mapping[str, str]:
    said = dict(reason.values)
    for key, value in reason.values:
        match key:
            case "country":
                said[key] = words.label("country", value) if words.has("labels", f"country.{value}") else value
            case "sector":
                said[key] = words.say("competence", f"sectors.{value}")
            case _:
                said[key] = value
    return said
