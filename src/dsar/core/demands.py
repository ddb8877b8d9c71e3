"""What was asked, numbered as in the request, and what became of each demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.events import Demand, Status

if TYPE_CHECKING:
    from dsar.core.case import Case
    from dsar.core.law import Law

LACKING: tuple[Status, ...] = ("generic", "pointed", "missing", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A demand with its number in the request, and what the reviews found. `status` is None before any review."""

    n: int
    demand: Demand
    status: Status | None = None
    note: str = ""

    @property
    def lacking(self) -> bool:
        """Reviewed, and not given."""
        return self.status in LACKING


def asked(case: Case) -> tuple[Asked, ...]:
    """The demands of a case with their numbers and status.

    What one answer gave stays given, whatever a later one leaves out; otherwise the latest review that spoke of the
    demand counts.
    """
    found: dict[str, tuple[Status, str]] = {}
    reviews = [message.review for message in case.messages if message.review is not None]
    for _, review in sorted(reviews, key=lambda item: (item[1].on, item[0])):
        for finding in review.findings:
            earlier = found.get(finding.demand)
            if earlier is None or earlier[0] != "given":
                found[finding.demand] = (finding.status, finding.note)
    return tuple(
        Asked(n=n, demand=demand, status=found.get(demand.id, (None, ""))[0], note=found.get(demand.id, (None, ""))[1])
        for n, demand in enumerate(case.opened.demands, start=1)
    )


def default_demands(law: Law, rights: tuple[str, ...], sector: str, questions: tuple[str, ...]) -> tuple[Demand, ...]:
    """What a request for these rights asks of a controller of that sector, in the order of the law book.

    The user's own questions come last among the access demands, as `q1`, `q2` …; erasure comes after access, since a
    controller may not erase before it has answered (EDPB Guidelines 01/2022, para. 39).
    """
    chosen = [
        Demand(id=rule.id, right=rule.right)
        for rule in law.demands.values()
        if rule.right in rights and rule.always and (not rule.sectors or sector in rule.sectors)
    ]
    own = [Demand(id=f"q{k}", right=rights[0], text=text) for k, text in enumerate(questions, start=1)]
    first = [demand for demand in chosen if demand.right == rights[0]]
    rest = [demand for demand in chosen if demand.right != rights[0]]
    return (*first, *own, *rest)
