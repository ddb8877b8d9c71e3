"""What was asked, numbered as in the request, and what became of each demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.details import NOTHING_SAID, Details
from dsar.core.events import Demand, Status
from dsar.core.rights import ACCESS, QUESTIONS

if TYPE_CHECKING:
    from dsar.core.case import Case
    from dsar.core.law import DemandRule
    from dsar.core.under import Under

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

    What one answer gave stays given, and what it said in general terms stays said, whatever a later one leaves out;
    otherwise the latest review that spoke of the demand counts. Where nothing was to be had ("we hold no data"), and a
    later answer admits data, what that one leaves out is missing.
    """
    found: dict[str, tuple[Status, str]] = {}
    reviews = [message.review for message in case.messages if message.review is not None]
    for _, review in sorted(reviews, key=lambda item: (item[1].on, item[0])):
        for finding in review.findings:
            earlier, _ = found.get(finding.demand, ("na", ""))
            if earlier == "na" or (earlier != "given" and finding.status != "missing"):
                found[finding.demand] = (finding.status, finding.note)
    return tuple(
        Asked(n=n, demand=demand, status=found.get(demand.id, (None, ""))[0], note=found.get(demand.id, (None, ""))[1])
        for n, demand in enumerate(case.opened.demands, start=1)
    )


def default_demands(  # noqa: PLR0913 - what decides it: the law, the rights, whom one asks, and what was said of it
    under: Under,
    rights: tuple[str, ...],
    sector: str,
    questions: tuple[str, ...],
    *,
    details: Details | None = None,
    asks: tuple[str, ...] = (),
) -> tuple[Demand, ...]:
    """What a request for these rights asks of a controller of that sector, in the order of its letter.

    What the law of the case does not give is not asked. `asks` names the demands, where the letter does not ask those
    of the law book. The user's own questions are `q1`, `q2` …: they come last among the access demands, or after
    everything else where access is not asked.
    """
    book = under.law.demands
    usual = asks or tuple(rule.id for rule in book.values() if rule.always and sector in (rule.sectors or (sector,)))
    known = [book[name] for name in usual if under.cites(book[name].cites)]
    chosen = [rule for rule in known if _arises(rule, rights, details or NOTHING_SAID)]
    place = ACCESS if ACCESS in rights and QUESTIONS not in rights else QUESTIONS
    own = [Demand(id=f"q{k}", right=place, text=text) for k, text in enumerate(questions, start=1)]
    found: list[Demand] = []
    for right in (*(right for right in rights if right != QUESTIONS), QUESTIONS):
        found += [Demand(id=rule.id, right=right) for rule in chosen if rule.right == right]
        found += own if right == place else []
    return tuple(found)


def _arises(rule: DemandRule, rights: tuple[str, ...], details: Details) -> bool:
    """Whether there is anything to it: a transmission without an addressee, or what another right covers, is none."""
    return rule.covered_by not in rights and (not rule.where or details.said(rule.where))
