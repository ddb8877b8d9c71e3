"""Which supervisory authority, and why: the candidates of the core, with their reasons in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from dsar.core.competence import INSTITUTIONS, Place, Where, find, without_records
from dsar.desk.enrolling import enrolled
from dsar.desk.errors import UnknownAuthorityError
from dsar.desk.places import eea, read
from dsar.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.competence import Candidate, Reason
    from dsar.core.events import Opened
    from dsar.core.law import Authority, AuthoritySector, Law
    from dsar.desk.office import Desk
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


def for_case(opened: Opened, law: Law, *, region: str = "") -> tuple[Candidate, ...]:
    """Every authority that may be complained to in a case, best first; `region` is where the person lives (`DE-BE`).

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
        residence=Place(country=home, region=_of(home, region)) if home else None,
        seat=Place(country=country, region=controller.region) if country else None,
        established=controller.established,
        sector=sector,
    )
    return answer(where, law).candidates


def _of(country: str, region: str) -> str:
    """The region without its country; nothing where it is one of another country: the person has moved since."""
    where, _, code = region.partition("-")
    return code if where == country else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The authorities for a case, best first. `why`: what keeps one from choosing among them, else empty.

    `command` is the one that decides it, without `dsar`.
    """

    candidates: tuple[Candidate, ...]
    why: str = ""
    command: str = ""

    @property
    def best(self) -> Candidate | None:
        """The one to complain to; None if there is none, or if nobody can say which."""
        return next(iter(self.candidates), None) if not self.why else None


def sort(desk: Desk, opened: Opened, law: Law) -> Sorted:
    """Who is competent for a case, by what the register knows today of where the person lives and the controller sits.

    In a country of several authorities (BDSG § 40) the region decides. Where it is not known, none of them is named.
    """
    from dsar.desk.directory import own_record  # noqa: PLC0415 - one record

    held, mine = enrolled(desk, opened.subject.id), own_record(desk.vault, opened.controller.id)
    if mine is not None and not opened.controller.region and mine.address.country == opened.controller.address.country:
        opened = replace(opened, controller=replace(opened.controller, region=mine.region))
    found = for_case(opened, law, region=held.region if held is not None else "")
    if not found or not _open(found):
        return Sorted(candidates=found)
    country, controller = found[0].authority.country, opened.controller
    several = f"{sum(one.authority.country == country for one in found)} authorities of {country} may be competent"
    if controller.address.country == country and controller.established is not False:
        why = f"{several}, and nobody noted in which region of {country} {controller.name} sits"
        return Sorted(candidates=found, why=why, command=f"controllers edit {controller.id} --region CODE")
    why = f"{several}, and nobody noted in which region of {country} the person lives"
    return Sorted(candidates=found, why=why, command=f"subject edit {opened.subject.id} --region CODE")


def _open(found: tuple[Candidate, ...]) -> bool:
    """Whether the first one is first by its name only, or yields to one of a region that nobody noted."""
    country = found[0].authority.country
    first = {reason.rule for reason in found[0].reasons}
    others = {reason.rule for one in found if one.authority.country == country for reason in one.reasons}
    return bool(first & {"region-unknown", "one-of-several"}) or "region-if" in others


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
