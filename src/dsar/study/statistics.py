"""All statistics of a study in the order of the page; they are computed in the order of their weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.study import bodies, coded, conduct, content, flow, groups, identity, ladder, protocol, terms, times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.study.result import Section
    from dsar.study.survey import Survey
    from dsar.study.times import Timed


ORDER = (
    "flow", "rates", "times", "lateness", "identity", "completeness", "ladder", "refusals", "security", "effort",
    "groups", "agreement", "protocol", "spread", "answers",
)  # fmt: skip
"""The fourteen statistics in the order in which studies of access requests give them, then the table of answers."""


_PARTS = (
    identity.identity, content.completeness, conduct.refusals, conduct.security, conduct.effort, groups.groups,
    coded.agreement, groups.spread,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a study found: its sections, and the two curves as they may be drawn."""

    sections: tuple[Section, ...]
    curves: tuple[Timed, Timed]

    def section(self, name: str) -> Section:
        """A section by its id."""
        return next(one for one in self.sections if one.id == name)


def statistics(
    survey: Survey,
    made: protocol.Made,
    asked: tuple[bodies.Body, ...],
    proofs: Mapping[tuple[str, int], str],
    *,
    hide_few: bool = False,
) -> Found:
    """Count everything. What is counted first is shown rather than what would tell on it later (`ledger`)."""
    stages = flow.stages(survey)
    flow.bases(survey, stages)
    # days, steps and the strict reading come close to the counts of the flow: they are held against the bases alone
    free = survey.apart()
    by_day = free.apart()
    curves = times.timed(by_day)
    weighed = (
        flow.flow(survey, stages),
        flow.rates(survey, stages),
        terms.lateness(survey, free.apart()),
        times.times(by_day, curves),
        ladder.ladder(free.apart()),
        *(part(survey.apart()) for part in _PARTS),
        bodies.answers(survey.apart(), asked, proofs, hide_few=hide_few),
        protocol.protocol(survey, made),
    )
    by_id = {section.id: section for section in weighed}
    return Found(sections=tuple(by_id[name] for name in ORDER), curves=curves)
