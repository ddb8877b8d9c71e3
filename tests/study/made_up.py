"""Cases of a study, made by hand: one line says what matters in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dsar.core.casefacts import CaseFacts, Happening
from dsar.study.ledger import Ledger
from dsar.study.sample import Sample
from dsar.study.survey import Survey
from dsar.study.wording import ReportWords

SENT = date(2026, 3, 2)
ARRIVED = date(2026, 3, 5)
LAST = date(2026, 4, 7)  # 5 April 2026 is Easter Sunday, the 6th a holiday
TODAY = date(2026, 6, 1)

LABELS = {"demand.purposes": "Purposes", "status.given": "given", "channel.post": "post", "country.FR": "France"}


def on(days: int) -> date:
    """So many days after the proved arrival."""
    return ARRIVED + timedelta(days=days)


def case(n: int, answer: int | None = None, kind: str = "answer", **more: Any) -> CaseFacts:
    """Case number `n`, sent and arrived; answered so many days after the arrival, or not at all."""
    day = on(answer) if answer is not None else None
    happened = more.pop("happenings", ())
    if day is not None:
        happened = (*happened, Happening(kind=kind, on=day, n=9))
    facts: dict[str, Any] = {
        "ref": f"2026-{n:05}", "opened_on": SENT, "subject": f"person-{n}", "controller": "miroir",
        "controller_name": "Miroir SAS", "sector": "face-search", "country": "FR", "lives_in": "FR", "regime": "gdpr",
        "rights": ("access",), "language": "fr", "letter": "access", "length": 5, "last_on": day or ARRIVED,
        "campaign": "FACES26", "wave": 1, "issued_on": SENT, "template": "ab" * 32, "law": "cafe01", "sent_on": SENT,
        "channels": ("post",), "arrived_on": ARRIVED, "proved_on": ARRIVED, "strict": LAST, "safe": LAST,
        "first_safe": LAST, "met": day, "met_safe": day, "letters_out": 1, "messages_in": 1 if day else 0,
        "first_answer": (day, kind) if day else None, "last_answer": (day, kind) if day else None,
        "happenings": happened,
    }  # fmt: skip
    return CaseFacts(**(facts | more))


def survey(*cases: CaseFacts, least: int = 1, today: date = TODAY, **more: Any) -> Survey:
    """A study of these cases that shows every count, unless told otherwise."""
    sample = Sample(cases=cases, today=today, **more)
    return Survey(sample=sample, ledger=Ledger(least), words=ReportWords("en", LABELS))
