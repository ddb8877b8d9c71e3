"""Complaints of several people to one authority each: who belongs to which, and why somebody belongs to none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dsar.desk.collective_errors import NotOneOfThemError, SeveralSoCalledError, WhichAuthorityError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dsar.core.collective import Head
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

    @property
    def name(self) -> str:
        """The id of the campaign."""
        return self.campaign.strip().upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A case that joins in: what the selection needs of it, so that no log is held in memory.

    `signed` is the signed mandate, `lodged` are the authorities that have its complaint already. `undecided` says why
    nobody can tell which of the authorities is theirs, and `command` decides it (without `dsar`). `known_by` is by what
    else than name, address and reference somebody may know the person: what their request carried.
    """

    ref: str
    subject: Person
    controller: Controller
    mandate: Mandate
    regime: str
    authorities: tuple[str, ...]
    pieces: tuple[Piece, ...]
    lodged: tuple[str, ...]
    signed: Evidence
    known_by: tuple[str, ...] = ()
    undecided: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A case that is not in the complaint, and why; `command` does something about it (without `dsar`), if known.

    `ref` is empty for somebody whom the campaign planned for, and who has no case.
    """

    ref: str
    name: str
    why: str
    command: str = ""


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
        return id_of(self.campaign, self.controller.id, self.authority.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The complaints that can be lodged today, and everybody of the campaign who is in none of them."""

    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]

    def meant(self, said: str) -> str:
        """The case of the complainant who is meant: by the id of the person or the case, else by the name.

        Raises:
            SeveralSoCalledError: several are called so.
            NotOneOfThemError: nobody is.
        """
        everybody = [one for group in self.groups for one in group.members]
        found = [one for one in everybody if said in {one.subject.id, one.ref}]
        name = " ".join(said.split()).casefold()
        found = found or [one for one in everybody if " ".join(one.subject.name.split()).casefold() == name]
        if not found:
            raise NotOneOfThemError(id=said)
        if len(found) > 1:
            ids = ", ".join(f"{one.subject.id} ({one.ref})" for one in sorted(found, key=lambda one: one.ref))
            raise SeveralSoCalledError(count=len(found), name=said, ids=ids)
        return found[0].ref


def id_of(campaign: str, controller: str, authority: str) -> str:
    """What a complaint of many is known by."""
    return f"{campaign}/{controller}/{authority}"


def pieces_of(one: Joining) -> Iterator[Piece]:
    """The exhibits of a case but its mandate, which comes first of all."""
    return (piece for piece in one.pieces if piece.kind != "mandate")


def by_authority(ask: Ask, joining: Sequence[Joining], left: list[LeftOut]) -> dict[str, list[Joining]]:
    """Which cases might go to which authority, in the order of how many there are."""
    if ask.authority not in {"", EACH}:
        return {ask.authority: list(joining)}
    found: dict[str, list[Joining]] = {}
    for one in joining:
        if one.lodged:
            found.setdefault(one.lodged[-1], []).append(one)
        elif not one.authorities:
            left.append(without(one, "the directory has no authority that is competent for it"))
        elif one.undecided:
            left.append(without(one, one.undecided, one.command))
        else:
            found.setdefault(one.authorities[0], []).append(one)
    ordered = dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
    if not ask.authority and len(ordered) > 1:
        raise WhichAuthorityError(counts=", ".join(f"{name} ({len(these)})" for name, these in ordered.items()))
    return ordered


def without(one: Joining, why: str, command: str = "") -> LeftOut:
    """The same case, left out."""
    return LeftOut(ref=one.ref, name=one.subject.name, why=why, command=command)


def group_of(  # noqa: PLR0917 - who, to whom, and what was before
    desk: Desk,
    ask: Ask,
    authority: Authority,
    these: Sequence[Joining],
    left: list[LeftOut],
    before: Head | None,
) -> Group | None:
    """The complaint of these people to an authority; None if they are fewer than two.

    They come in the order of the days of their cases; `before` is the complaint as it was built last.
    """
    if not these:
        return None
    regime = Counter(one.regime for one in these).most_common(1)[0][0]
    agent = Counter(_body(one.mandate.agent) for one in these).most_common(1)[0][0]
    ours = before.lodged if before is not None else ()
    found = [(one, _other(one, authority, regime, agent, ours)) for one in these]
    left += [without(one, why) for one, why in found if why]
    fitting = _once_each([one for one, why in found if not why], before, left)
    members = sorted(fitting, key=lambda one: (one.subject.name.casefold(), one.ref))
    if len(members) < _LEAST:
        why = f"nobody else complains to {authority.id}, and one person makes a dossier of their own"
        left += [without(one, why, f"dossier {one.ref} --authority {authority.id}") for one in members]
        return None
    lang = ask.lang or _language(desk, authority)
    # names and addresses as they were written last: the cases come in the order of their days
    latest = next(one for one in reversed(these) if one in members)
    return Group(
        campaign=ask.name,
        controller=latest.controller,
        authority=authority,
        regime=regime,
        agent=latest.mandate.agent,
        lang=lang,
        members=tuple(members),
        template=_template(desk, lang, regime),
    )


def _body(agent: Person) -> str:
    return agent.organisation or agent.name


def _once_each(some: Sequence[Joining], before: Head | None, left: list[LeftOut]) -> list[Joining]:
    """One case of each person, or they would be counted twice: the one that was in it before, else the oldest."""
    known = before.included if before is not None else ()
    first: dict[str, Joining] = {}
    for one in sorted(some, key=lambda one: one.ref not in known):
        held = first.setdefault(one.subject.id, one)
        if held is not one:
            why = (
                f"the same person complains with case {held.ref} already; close one of the two if the other is to count"
            )
            left.append(without(one, why))
    return list(first.values())


def _other(one: Joining, authority: Authority, regime: str, agent: str, ours: Sequence[str]) -> str:
    """Why a case does not belong in this complaint; empty if it does. `ours`: those for which this one was lodged."""
    if one.lodged and authority.id not in one.lodged:
        return f"its complaint was lodged with {one.lodged[-1]}"
    if one.lodged and one.ref not in ours:
        return f"a complaint of its own was lodged with {authority.id}, and must not be lodged twice"
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
