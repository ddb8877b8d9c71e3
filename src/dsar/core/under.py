"""The law under which a case runs: what corresponds there to the provisions in which the law book is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.parallels import HOME
from dsar.core.receipts import receipt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dsar.core.case import Case
    from dsar.core.law import Law
    from dsar.core.terms import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """A law and the days that decide which version of it counts: that of the citation, and that of the request."""

    law: Law
    regime: str
    on: date
    received: date | None = None

    @property
    def home(self) -> bool:
        """Whether it is the law in whose provisions the law book is written."""
        return self.regime == HOME

    def cite(self, key: str) -> str | None:
        """The provision that corresponds to one of the law book, or None."""
        return self.law.parallel(key, self.regime, self.on, received=self.received)

    def cites(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The provisions that correspond to those of a demand or a breach; none if its first one has no parallel.

        The first provision is the one that is asked for or infringed: without it there is nothing to ask or to allege.
        """
        if not keys or self.cite(keys[0]) is None:
            return ()
        return tuple(dict.fromkeys(cite for key in keys if (cite := self.cite(key)) is not None))

    def alleged(self, breach: str, cites: Sequence[str]) -> tuple[str, ...]:
        """The provisions that a breach infringes under this law; none where it is no breach."""
        rule = self.law.breaches[breach]
        return self.cites(cites) if not rule.regimes or self.regime in rule.regimes else ()

    def steps(self, told: Iterable[Step]) -> tuple[Step, ...]:
        """The steps of a deadline with the provisions of this law; one that it does not have is left out."""
        if self.home:
            return tuple(told)
        rules = self.law.regime(self.regime, self.received or self.on)
        own = rules.own_cites if rules is not None else frozenset[str]()
        return tuple(
            step if not step.cite or step.cite in own else replace(step, cite=self.cite(step.cite) or "")
            for step in told
        )


def of_case(case: Case, law: Law, today: date) -> Under:
    """The law of a case on a day."""
    request = case.request
    received = receipt(case, request).strict if request is not None else None
    return Under(law=law, regime=case.opened.regime, on=today, received=received or case.opened.on)
