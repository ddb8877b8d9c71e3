"""What corresponds, under another law, to a provision of the GDPR: the law book is written in the GDPR's provisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

RegimeId = Literal["gdpr", "eudpr", "uk-gdpr", "ch-fadp", "led-fr", "led-de"]
HOME: RegimeId = "gdpr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """The provisions of one regime that correspond to provisions of the GDPR, as one source shows them.

    `provisions` maps a citation key of the law book to one of the regime. `by_receipt`: which version of them counts is
    decided by the day on which the request was received; otherwise by the day on which they are cited.
    """

    id: str
    regime: RegimeId
    provisions: Mapping[str, str]
    source: str
    checked: bool
    by_receipt: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def holds(self, on: date, received: date | None) -> bool:
        """Whether these provisions count for a citation on a day, in a case whose request was received on another."""
        day = received if self.by_receipt and received is not None else on
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def parallel(records: Iterable[Parallel], key: str, regime: str, on: date, *, received: date | None) -> str | None:
    """What corresponds to a provision under a regime, or None: nothing does.

    Only what a record names has a parallel: neither its paragraph nor its article stands in for it. A provision of an
    act to which the records of the regime lead is its own.
    """
    if regime == HOME:
        return key
    own = [record for record in records if record.regime == regime]
    for record in own:
        if key in record.provisions and record.holds(on, received):
            return record.provisions[key]
    act = key.partition(":")[0]
    acts = {cite.partition(":")[0] for record in own for cite in record.provisions.values()}
    return key if act in acts else None
