"""What an authority would hold against a mandate: facts that were fatal in decided cases, and proofs that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dsar.core.parties import Mandate, MandateKind

_PROOFS: dict[MandateKind, tuple[str, ...]] = {
    "art80": ("your statutes", "an extract from your register", "a proof of your activity, such as the last report"),
    "lawyer": ("your admission to the bar",),
    "parent": ("the child's birth certificate, and the decision on custody if there is one",),
    "guardian": ("the decision by which you were appointed",),
    "heir": ("the death certificate", "the certificate of inheritance or what replaces it"),
}


def traps(mandate: Mandate, *, staff: bool = False) -> tuple[str, ...]:
    """The sentences; `staff` says that the data subject works for the agent."""
    found = []
    older = mandate.grievance_on is not None and mandate.signed_on is not None
    if older and mandate.signed_on < mandate.grievance_on:  # type: ignore[operator]  # `older` says both are there
        found.append(
            "The mandate is older than the grievance: an authority may hold it to be fictitious (APD/GBA 112/2024)."
        )
    drafted, day = mandate.drafted_on, mandate.signed_on
    if drafted is not None and day is not None and day < drafted:
        found.append(
            f"The mandate is signed on {day}, before it was drafted on {drafted}: an authority will ask which day is "
            "right. Check the day, and file it again with the right one and --correct."
        )
    if mandate.special and not mandate.further:
        found.append(
            "The mandate covers no complaint (Article 77): the data subject lodges it; or draft another one with "
            "--power complaint."
        )
    elif not mandate.may_complain and mandate.agent.commercial:
        found.append(
            "A commercial company may carry the request, but it cannot complain for somebody under Article 80(1) GDPR "
            "(APD/GBA 39/2024): the data subject lodges the complaint."
        )
    if not mandate.processing:
        found.append(
            "The mandate does not describe the processing and the facts: add --processing when you draft it, with the "
            "days and the web addresses."
        )
    return (*found, *_of_kind(mandate, staff=staff))


def _of_kind(mandate: Mandate, *, staff: bool) -> tuple[str, ...]:
    """What is held against mandates of its kind, and the proof that each needs."""
    found = [f"To be filed with it: {proof}." for proof in _PROOFS.get(mandate.kind, ())]
    if staff:
        found.append(
            f"{mandate.subject} works for you, as the register says: an authority may hold the mandate to be "
            "fictitious (APD/GBA 112/2024)."
        )
    match mandate.kind:
        case "art80":
            if mandate.grievance_on is None:
                found.append(
                    "The mandate does not say since when the grievance exists: add --grievance DATE, because an "
                    "authority asks whether it is older than the mandate (APD/GBA 112/2024)."
                )
            if not staff:
                found.append(
                    "If the data subject works for you, were it as an intern, an authority may hold the mandate to be "
                    "fictitious (APD/GBA 112/2024)."
                )
        case "heir":
            found.append("What an heir may ask is for the national law: check it before you send anything.")
        case _:
            pass
    return tuple(found)
