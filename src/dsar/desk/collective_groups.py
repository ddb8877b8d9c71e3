"""Complaints of several people to one authority each: who belongs to which, and why somebody belongs to none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dsar.desk.collective_errors import WhichAuthorityError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.exhibits import Piece
    from dsar.core.law import Authority
    from dsar.core.parties import Controller, Evidence, Mandate, Person
    from dsar.desk.office import Desk
    from dsar.letters.front import Template

KIND: Final = "complaint-collective"
EACH: Final = "each"
_LEAST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which complaint: `authority` is an id, `each` (one dossier for every authority), or empty where one is meant.

    `residence` narrows to the people who live in that country.
    """

    campaign: str
    controller: str = ""
    authority: str = ""
    residence: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A case that joins in: what the selection needs of it, so that no log is held in memory.

    `signed` is the signed mandate, `lodged` the authority that has its complaint already, or empty.
    """

    ref: str
    subject: Person
    controller: Controller
    mandate: Mandate
    regime: str
    authorities: tuple[str, ...]
    pieces: tuple[Piece, ...]
    lodged: str
    signed: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A case that is not in the complaint, and why; `why` says what to do where something can be done."""

    ref: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The complainants of one complaint to one authority, by name; `template` None: none is written for their law."""

    campaign: str
    controller: Controller
    authority: Authority
    regime: str
    agent: Person
    lang: str
    members: tuple[Joining, ...]
    template: Template | None

    def holds(self, name: str) -> bool:
        """Whether somebody is in it: `name` is the id of the person, or of the case."""
        return any(name in {one.subject.id, one.ref} for one in self.members)

    @property
    def id(self) -> str:
        """What it is known by: campaign, controller, authority."""
        return f"{self.campaign}/{self.controller.id}/{self.authority.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The complaints that can be lodged today, and everybody of the campaign who is in none of them."""

    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]


def by_authority(ask: Ask, joining: Sequence[Joining], left: list[LeftOut]) -> dict[str, list[Joining]]:
    """Which cases might go to which authority, in the order of how many there are."""
    if ask.authority not in {"", EACH}:
        return {ask.authority: list(joining)}
    found: dict[str, list[Joining]] = {}
    for one in joining:
        if not (one.lodged or one.authorities):
            left.append(_without(one, "the directory has no authority that is competent for it"))
            continue
        found.setdefault(one.lodged or one.authorities[0], []).append(one)
    ordered = dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
    if not ask.authority and len(ordered) > 1:
        raise WhichAuthorityError(counts=", ".join(f"{name} ({len(these)})" for name, these in ordered.items()))
    return ordered


def _without(one: Joining, why: str) -> LeftOut:
    return LeftOut(ref=one.ref, name=one.subject.name, why=why)


def group_of(desk: Desk, ask: Ask, authority: Authority, these: Sequence[Joining], left: list[LeftOut]) -> Group | None:
    """The complaint of these people to an authority; None if they are fewer than two."""
    if not these:
        return None
    regime = Counter(one.regime for one in these).most_common(1)[0][0]
    agent = Counter(_body(one.mandate.agent) for one in these).most_common(1)[0][0]
    found = [(one, _other(one, authority, regime, agent)) for one in these]
    left += [_without(one, why) for one, why in found if why]
    members = sorted((one for one, why in found if not why), key=lambda one: (one.subject.name.casefold(), one.ref))
    if len(members) < _LEAST:
        why = f"nobody else complains to {authority.id}: `dsar dossier {{ref}} --authority {authority.id}` builds it"
        left += [_without(one, why.format(ref=one.ref)) for one in members]
        return None
    lang = ask.lang or _language(desk, authority)
    return Group(
        campaign=ask.campaign.strip().upper(),
        controller=members[-1].controller,
        authority=authority,
        regime=regime,
        agent=members[-1].mandate.agent,
        lang=lang,
        members=tuple(members),
        template=_template(desk, lang, regime),
    )


def _body(agent: Person) -> str:
    return agent.organisation or agent.name


def _other(one: Joining, authority: Authority, regime: str, agent: str) -> str:
    """Why a case does not belong in this complaint; empty if it does."""
    if one.lodged and one.lodged != authority.id:
        return f"its complaint was lodged with {one.lodged}"
    if authority.id not in one.authorities:
        return f"{authority.id} is not competent for it ({', '.join(one.authorities) or 'nobody in the directory is'})"
    if one.regime != regime:
        return f"it runs under another law than the others ({one.regime})"
    if _body(one.mandate.agent) != agent:
        return f"its mandate is for {_body(one.mandate.agent)} and not for {agent}"
    return ""


def _language(desk: Desk, authority: Authority) -> str:
    """The first language of the authority that letters are written in; English where there is none."""
    from dsar.letters.find import languages  # noqa: PLC0415 - only where a complaint is written

    known = languages(desk.letters)
    return next((lang for lang in authority.languages if lang in known), "en")


def _template(desk: Desk, lang: str, regime: str) -> Template | None:
    """The complaint of many in a language; None where none is written for the law of the cases."""
    from dsar.letters.find import template  # noqa: PLC0415 - jinja2 is loaded with the letters

    found = template(desk.letters, KIND, lang)
    return found if regime in found.regimes else None
