"""What the other laws do not have: the demands that are not asked and the breaches that are not raised under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.parallels import HOME

if TYPE_CHECKING:
    from dsar.core.law import Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A regime, with the ids of the demands and of the breaches that it has no provision for."""

    regime: str
    demands: tuple[str, ...]
    breaches: tuple[str, ...]

    def __str__(self) -> str:
        """One line for a person."""
        asked, raised = ", ".join(self.demands) or "none", ", ".join(self.breaches) or "none"
        return f"{self.regime} has no provision for the demands: {asked}; for the breaches: {raised}."


def gaps(law: Law) -> tuple[Gap, ...]:
    """The gaps of every other law, in the version that has no end in sight; a demand of its own law is none."""
    regimes = dict.fromkeys(rules.id for rules in law.regimes if rules.id != HOME)
    return tuple(
        Gap(
            regime=regime,
            demands=tuple(one.id for one in law.demands.values() if _missing(law, one.cites, regime)),
            breaches=tuple(
                one.id
                for one in law.breaches.values()
                if _missing(law, one.cites, regime) or (one.regimes and regime not in one.regimes)
            ),
        )
        for regime in regimes
    )


def _missing(law: Law, cites: tuple[str, ...], regime: str) -> bool:
    own = cites[0].partition(":")[0] != HOME
    return not own and law.parallel(cites[0], regime, date.max) is None
