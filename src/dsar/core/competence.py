"""The authority to complain to: the places of GDPR Art. 77(1), the one-stop-shop of Art. 56 and where there is none.

The order is advice, the competence is law: among authorities that are equally competent the one where the person
lives comes first, because its language and its courts (Art. 78(3)) are nearest. Each reason names its provision.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dsar.core.territory import Local, Place, Reason, Where, within

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dsar.core.law import Authority, AuthoritySector

__all__ = ["Candidate", "Place", "Reason", "Where", "find", "without_records"]

INSTITUTIONS = "EU"
_STATE: frozenset[AuthoritySector] = frozenset({"public", "police", "court", "parliament"})
# Both decisions held the CNIL competent for its own territory because the controller had no establishment in the Union
_NO_ONE_STOP_SHOP = ("cnil-san-2022-019", "cnil-med-2021-134")

_Kind = Literal["residence", "work", "infringement", "seat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An authority that may be complained to; `rank` 1 is the best. The reasons say why, and why not before others."""

    authority: Authority
    rank: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One of the places through which an authority becomes competent."""

    kind: _Kind
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    way: _Way
    local: Local
    reasons: tuple[Reason, ...]


def find(where: Where, authorities: Iterable[Authority], eea: Collection[str]) -> tuple[Candidate, ...]:
    """Every authority of `authorities` that the question leads to, best first; empty if there is none.

    `eea`: the countries in which the GDPR is law. Art. 55(3): no ordinary authority supervises courts as courts.
    """
    known = tuple(authorities)
    if where.seat_in(INSTITUTIONS) is not None:
        return _institutions(known)
    ways = _ways(where)
    found = [one for way in ways for one in _along(way, where, known, eea)]
    decides = where.seat is not None and where.seat.country in eea and where.established is not False
    # a report leads to no decision: it comes after every authority that must give one, where there surely is one
    found.sort(key=lambda one: (decides and one.local.authority.track == "report", one.local.tier))
    return _ranked(found, where, eea)


def without_records(where: Where, authorities: Iterable[Authority], eea: Collection[str]) -> tuple[str, ...]:
    """The countries of the question for which there is no record, so that an authority may be missing in the answer."""
    recorded = {one.country for one in authorities}
    # the seat of a controller outside the Union leads to no authority by itself
    asked = [way.place.country for way in _ways(where) if way.kind != "seat" or way.place.country in eea]
    return tuple(dict.fromkeys(country for country in asked if country not in recorded))


def _institutions(authorities: Sequence[Authority]) -> tuple[Candidate, ...]:
    # Regulation (EU) 2018/1725, Art. 63: the institutions have one authority, wherever the person lives
    found = [one for one in authorities if one.country == INSTITUTIONS]
    return tuple(
        Candidate(
            authority=one,
            rank=rank,
            reasons=(Reason(rule="institutions", cites=(one.complaint_cite or "eudpr:63",)), *_conditions(one)),
        )
        for rank, one in enumerate(found, 1)
    )


def _ways(where: Where) -> tuple[_Way, ...]:
    """The places in the order of advice: at home first; for a body of a State, its own State first (Art. 55(2))."""
    seat = [_Way(kind="seat", place=where.seat)] if where.seat is not None else []
    places: tuple[tuple[_Kind, Place | None], ...] = (
        ("residence", where.residence),
        ("work", where.work),
        ("infringement", where.infringement),
    )
    given = [(kind, place) for kind, place in places if place is not None]
    # somebody who lives and works in one country has said its region once
    regions = {place.country: place.region for _, place in reversed(given) if place.region}
    chosen = [
        _Way(kind=kind, place=replace(place, region=place.region or regions.get(place.country, "")))
        for kind, place in given
    ]
    if where.sector in _STATE:
        return (*seat, *chosen)
    # a seat in a country that is already among the places adds nothing: `within` has looked at it
    reached = {way.place.country for way in chosen}
    return (*chosen, *(way for way in seat if way.place.country not in reached))


def _along(way: _Way, where: Where, authorities: Sequence[Authority], eea: Collection[str]) -> tuple[_Found, ...]:
    inside = way.place.country in eea
    held = within(way.place, where, authorities, _territory(where, inside=inside))
    return tuple(
        _Found(
            way=way,
            local=one,
            reasons=(
                _entry(way, where, one.authority, inside=inside),
                *one.reasons,
                *(_cooperation(way, where, eea) if inside else ()),
                *_sector_limits(where, one.authority, inside=inside),
                *_conditions(one.authority),
            ),
        )
        for one in held
    )


def _territory(where: Where, *, inside: bool) -> str:
    """The provision that makes an authority competent where its record names none."""
    if not inside or where.sector == "police":
        return ""
    return "gdpr:55.2" if where.sector in _STATE else "gdpr:55.1"


def _entry(way: _Way, where: Where, authority: Authority, *, inside: bool) -> Reason:
    """Why this country at all."""
    values = (("country", way.place.country),)
    if not inside:
        cites = (authority.complaint_cite,) if authority.complaint_cite else ()
        return Reason(rule=f"own-law-{way.kind}", cites=cites, values=values)
    if way.kind == "seat":
        if where.sector == "police":
            return Reason(rule="police-seat", cites=("led:52.1",), values=values)
        if where.sector in _STATE:
            return Reason(rule="public-seat", cites=("gdpr:55.2",), values=values)
        return Reason(rule="seat", cites=("gdpr:56.1", "gdpr:55.1"), values=values)
    return Reason(rule=way.kind, cites=("led:52.1" if where.sector == "police" else "gdpr:77.1",), values=values)


def _cooperation(way: _Way, where: Where, eea: Collection[str]) -> tuple[Reason, ...]:
    """Whether the file stays with this authority or goes to another one."""
    seat = where.seat
    elsewhere = (("country", seat.country),) if seat is not None else ()
    if way.kind == "seat":
        return ()
    if seat is not None and seat.country == way.place.country:
        return () if where.sector in _STATE else (Reason(rule="no-border", cites=("gdpr:55.1",), values=elsewhere),)
    if where.sector in _STATE:
        if seat is None or seat.country not in eea:
            return ()
        if where.sector == "police":
            return (Reason(rule="police-elsewhere", cites=("led:52.2",), values=elsewhere),)
        return (Reason(rule="public-elsewhere", cites=("gdpr:55.2",), values=elsewhere),)
    if where.established is False:
        return (Reason(rule="no-one-stop-shop", cites=("gdpr:55.1", "gdpr:56.1"), precedents=_NO_ONE_STOP_SHOP),)
    if seat is not None and seat.country in eea:
        return (Reason(rule="lead-elsewhere", cites=("gdpr:56.1",), values=elsewhere),)
    rule = "lead-unknown" if where.established else "establishment-unknown"
    return (Reason(rule=rule, cites=("gdpr:56.1",)),)


def _sector_limits(where: Where, authority: Authority, *, inside: bool) -> tuple[Reason, ...]:
    if not inside:
        return ()
    if where.sector == "court" and "court" not in authority.sectors:
        # Art. 55(3): not for courts acting in their judicial capacity
        return (Reason(rule="court-judicial", cites=("gdpr:55.3",)),)
    if where.sector == "police":
        return (Reason(rule="police-indirect", cites=("led:17",)),)
    return ()


def _conditions(authority: Authority) -> tuple[Reason, ...]:
    """What this authority expects before a complaint, and how far its record can be trusted."""
    found: list[Reason] = []
    if authority.track == "report":
        found.append(Reason(rule="report-only", cites=(authority.complaint_cite,) if authority.complaint_cite else ()))
    if authority.prior_contact:
        cites = (authority.prior_cite,) if authority.prior_cite else ()
        found.append(Reason(rule=f"prior-contact-{authority.prior_contact}", cites=cites))
    if not authority.checked:
        found.append(Reason(rule="unchecked"))
    return tuple(found)


def _ranked(found: Sequence[_Found], where: Where, eea: Collection[str]) -> tuple[Candidate, ...]:
    """One candidate an authority, with the reasons of all its ways."""
    first: dict[str, _Found] = {}
    reasons: dict[str, dict[Reason, None]] = {}
    for one in found:
        name = one.local.authority.id
        best = first.setdefault(name, one)
        # a weaker way to an authority that is already there adds no reason to it
        if one.local.tier == best.local.tier:
            reasons.setdefault(name, {}).update(dict.fromkeys(one.reasons))
    leading = next(iter(first.values())).way if first else None
    return tuple(
        Candidate(
            authority=one.local.authority,
            rank=rank,
            reasons=(*reasons[name], *(() if one.way == leading else _lower(one, where, eea))),
        )
        for rank, (name, one) in enumerate(first.items(), 1)
    )


def _lower(one: _Found, where: Where, eea: Collection[str]) -> tuple[Reason, ...]:
    """Why an authority of another place comes after the first one."""
    if one.local.tier or where.sector in _STATE:
        # said already: the reasons of its country name the one that comes before it, or Art. 55(2) does
        return ()
    if one.way.place.country not in eea:
        return (Reason(rule="lower-own-law"),)
    if one.way.kind == "seat":
        return (Reason(rule="lower-seat", cites=("gdpr:77.1",)),)
    return (Reason(rule="lower-choice", cites=("gdpr:77.1",)),)
