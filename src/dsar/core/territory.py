"""Which authority of one country: what the country's law divides by sector and by region.

Nothing here knows a country. Where its authorities for a sector are regional and none of them is national, the seat
of the controller decides (as BDSG § 40 has it for companies), and the residence where it has no seat there; where a
national one stands beside them, a region's authority has the bodies of its region, the national one all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dsar.core.law import Authority, AuthoritySector

# Who is asked where nobody has a sector by name and no authority of the country is of general competence
_WIDER: Mapping[AuthoritySector, AuthoritySector] = {
    "police": "public",
    "court": "public",
    "parliament": "public",
    "church": "private",
    "broadcaster": "private",
    "telecom": "private",
    "postal": "private",
}
# The body itself has an authority, wherever it sits: its church, its broadcaster
_OWN_AUTHORITY: frozenset[AuthoritySector] = frozenset({"church", "broadcaster"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country (ISO 3166-1 alpha-2), and a region of it where known (ISO 3166-2 without the country)."""

    country: str
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The question: the three places of GDPR Art. 77(1), where the controller sits, and what it is.

    `established`: it has an establishment in the Union or the EEA (None: not known). A controller that is an
    institution of the Union has its seat in `EU`.
    """

    residence: Place | None = None
    work: Place | None = None
    infringement: Place | None = None
    seat: Place | None = None
    established: bool | None = None
    sector: AuthoritySector = "private"

    def seat_in(self, country: str) -> Place | None:
        """Its seat, if it is in that country."""
        return self.seat if self.seat is not None and self.seat.country == country else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of the reasoning: a rule by name, the provisions it rests on, what its sentence needs.

    `precedents` are ids of the law book. No citation: no provision was found at a source.
    """

    rule: str
    cites: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    precedents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """An authority that may hold the matter. `tier` 0: it is the one (or one of several); 1: only if not the first."""

    authority: Authority
    tier: int
    reasons: tuple[Reason, ...]


def within(place: Place, where: Where, authorities: Sequence[Authority], fallback: str) -> tuple[Local, ...]:
    """The authorities of the country of `place` for a question, first the competent ones.

    `fallback` is the provision for an authority whose record names none (empty: say nothing).
    """
    own = [one for one in authorities if one.country == place.country]
    named, general, sector = _by_sector(own, where.sector)
    seat = where.seat_in(place.country) if where.established is not False else None
    region = seat.region if seat is not None else place.region
    regional = [one for one in named if one.regions]
    national = [one for one in named if not one.regions]
    matching = [one for one in regional if region in one.regions]
    others = [one for one in regional if region not in one.regions]
    held = _Maker(fallback=fallback, sector=sector, region=region)
    if sector in _OWN_AUTHORITY and named:
        chosen = [*matching, *national, *(others if not region else [])]
        return (*held.several(chosen, "sector"), *held.all(general, 1, "general-yields"))
    if national or general:
        return _with_a_national_one(held, matching, others, national, general)
    rule = "region-seat" if seat is not None else "region-residence"
    # where nobody knows whether it sits in this country, the region of the place is only the nearest one
    open_seat = where.seat is None and where.established is not False
    if matching and not open_seat:
        near = [one for one in others if seat is not None and place.region in one.regions]
        competent = held.all(matching, 0, rule, forwards=seat is None)
        return (*competent, *held.all(near, 1, "region-forwards", forwards=True))
    # the region of the seat is not known: the nearest passes it on; the others only might be the one
    near = [one for one in regional if place.region and place.region in one.regions]
    rest = [one for one in regional if one not in near]
    return (*held.all(near, 0, "region-nearest", forwards=True), *held.all(rest, 1, "region-unknown"))


def _by_sector(
    own: list[Authority], sector: AuthoritySector
) -> tuple[list[Authority], list[Authority], AuthoritySector]:
    """Those that have the sector by name, those of general competence, and the sector under which they were found."""
    named = [one for one in own if sector in one.sectors]
    general = [one for one in own if not one.sectors]
    if named or general or sector not in _WIDER:
        return named, general, sector
    return _by_sector(own, _WIDER[sector])


def _with_a_national_one(
    held: _Maker,
    matching: list[Authority],
    others: list[Authority],
    national: list[Authority],
    general: list[Authority],
) -> tuple[Local, ...]:
    whole = national or general
    yielding = held.all(general, 1, "general-yields") if national else ()
    if matching:
        return (*held.all(matching, 0, "region-body"), *held.all(whole, 1, "other-bodies"), *yielding)
    first = held.several(national, "sector") if national else held.all(general, 0, "general")
    # its region is not known: it may be a body of any region that has an authority of its own
    regional = () if held.region else held.all(others, 1, "region-if")
    return (*first, *regional, *yielding)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the finds of one country."""

    fallback: str
    sector: AuthoritySector
    region: str

    def all(self, found: list[Authority], tier: int, rule: str, *, forwards: bool = False) -> tuple[Local, ...]:
        return tuple(self._one(each, tier, rule, forwards=forwards) for each in found)

    def several(self, found: list[Authority], rule: str) -> tuple[Local, ...]:
        """All of the same standing; if there are several, each says so."""
        made = self.all(found, 0, rule)
        if len(made) < 2:  # noqa: PLR2004 - nothing to choose from
            return made
        choice = Reason(rule="one-of-several", values=(("sector", self.sector),))
        return tuple(Local(authority=one.authority, tier=one.tier, reasons=(*one.reasons, choice)) for one in made)

    def _one(self, authority: Authority, tier: int, rule: str, *, forwards: bool) -> Local:
        # the provision of a record with several sectors is that of the private one: the others follow from elsewhere
        own = authority.competence_cites if len(authority.sectors) < 2 or self.sector == "private" else ()  # noqa: PLR2004 - one
        passing_on = (authority.forwards_cite,) if forwards and authority.forwards_cite else ()
        cites = (*own, *passing_on) or ((self.fallback,) if self.fallback else ())
        values = {
            "country": authority.country,
            "sector": self.sector,
            # the authority's own region, so that the sentence is about it
            "region": self.region if self.region in authority.regions else "/".join(authority.regions),
        }
        return Local(
            authority=authority, tier=tier, reasons=(Reason(rule=rule, cites=cites, values=tuple(values.items())),)
        )
