"""The cases as a CSV for other tools: pseudonymous, with days instead of dates, and the code book beside it."""

from __future__ import annotations

import csv
import hashlib
import io
from functools import lru_cache
from typing import TYPE_CHECKING

from dsar.core.cells import cell
from dsar.study import bodies, counted
from dsar.study.content import items
from dsar.study.identity import KIND, PIECES
from dsar.study.protocol import HASH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dsar.core.casefacts import CaseFacts
    from dsar.study.survey import Survey

FACTS = (
    "case", "person", "controller", "controller_id", "sector", "country", "lives_in", "established", "regime",
    "rights", "wave", "letter", "language", "template", "law", "channels", "sent_month", "days_to_arrival",
    "days_to_proof", "days_to_sign", "days_to_first_answer", "days_to_last_answer", "first_answer", "last_answer",
    "safe_reading", "strict_reading", "bounced", "rung", "identity_demands", "identity_items", "extensions",
    "extension_lawful", "refusals", "fees", "redirects", "reviewed", "complete", "breaches", "reminders", "notices",
    "complaint", "letters_out", "messages_in", "outcome", "said",
)  # fmt: skip


def written(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as a CSV file in UTF-8 that no spreadsheet program takes for formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    # a table repeats itself: what was made safe once need not be looked at again
    safe = lru_cache(maxsize=1 << 16)(cell)
    writer.writerows([one if isinstance(one, int) else safe(str(one)) for one in row] for row in rows)
    # the mark at the beginning tells spreadsheet programs that this is UTF-8
    return stream.getvalue().encode("utf-8-sig")


def cases_csv(survey: Survey, pseudonyms: Mapping[str, str]) -> bytes:
    """One row a case. Free text of either side is left out, and every day and reference that leads to a person too."""
    sample = survey.sample
    asked = items(survey)
    coded = [name for name, kind in sample.kinds.items() if kind != "text"]
    people = named(sample.cases, pseudonyms)
    order = sorted(sample.cases, key=lambda case: _scrambled(case.ref))
    rows: list[list[object]] = [[*FACTS, *(f"item_{item}" for item in asked), *(f"coded_{name}" for name in coded)]]
    for number, case in enumerate(order, start=1):
        found = dict(case.findings) if counted.reviewed(case) else {}
        coding = sample.settled.get(case.ref)
        values: dict[str, list[str]] = {}
        for name, value in coding.values if coding is not None else ():
            values.setdefault(name, []).append(value)
        rows.append(
            [
                number,
                people[case.subject],
                *_facts(survey, case),
                *(found.get(item, "") for item in asked),
                *(" ".join(values.get(name, ())) for name in coded),
            ]
        )
    return written(rows)


def named(cases: Sequence[CaseFacts], pseudonyms: Mapping[str, str]) -> dict[str, str]:
    """A pseudonym for everybody: their own, or a number where the register has none for them."""
    without = sorted({case.subject for case in cases} - set(pseudonyms), key=_scrambled)
    return {**pseudonyms, **{subject: f"unregistered-{n}" for n, subject in enumerate(without, start=1)}}


def _scrambled(text: str) -> str:
    """An order that is always the same and follows neither names nor time."""
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(survey: Survey, case: CaseFacts) -> list[object]:
    """The columns from `controller` on."""
    today = survey.sample.today
    first, last = case.first_answer, case.last_answer
    pieces = {item if item in PIECES else "other" for one in counted.items(case, KIND) for item in one.items}
    extensions = counted.items(case, "extension")
    lawful = {counted.lawful(one) for one in extensions}
    return [
        case.controller_name, case.controller, case.sector, case.country, case.lives_in, _yes(case.established),
        case.regime, " ".join(case.rights), case.wave, case.letter, case.language, case.template[:HASH],
        case.law[:HASH], " ".join(sorted(set(case.channels))), case.sent_on.isoformat()[:7] if case.sent_on else "",
        _days(case, case.arrived_on), _days(case, case.proved_on), _days(case, case.acknowledged_on),
        _days(case, first[0] if first else None), _days(case, last[0] if last else None),
        first[1] if first else "", last[1] if last else "",
        counted.lateness(case, today), counted.strictly(case, today), _yes(case.bounced), counted.rungs(case)[-1],
        len(counted.items(case, KIND)), " ".join(sorted(pieces)), len(extensions),
        _yes(True if True in lawful else False if False in lawful else None),
        len(counted.items(case, "refusal")), len(counted.items(case, "fee")), len(counted.items(case, "portal")),
        _yes(counted.reviewed(case)), _yes(counted.complete(case)) if counted.reviewed(case) else "",
        " ".join(sorted({name for name, day in case.breaches if day <= today})), len(case.reminders),
        len(case.notices), _yes(case.complaint_on is not None), case.letters_out, case.messages_in, case.outcome,
        bodies.said(survey.sample, case) if counted.sent(case) else "",
    ]  # fmt: skip


def _yes(value: bool | None) -> str:  # noqa: FBT001 - the value itself
    return "" if value is None else "yes" if value else "no"


def _days(case: CaseFacts, day: date | None) -> object:
    return (day - case.sent_on).days if day is not None and case.sent_on is not None else ""


def code_book(survey: Survey, titles: Mapping[str, str]) -> bytes:
    """What each column means; `titles` are the variables of the scheme with their words."""
    words = survey.words
    named = {
        "safe": ", ".join(counted.LATENESS), "strict": ", ".join(counted.STRICT), "rungs": ", ".join(counted.RUNGS),
        "pieces": ", ".join(PIECES),
    }  # fmt: skip
    judged, fact = words.say("csv.kind-judgement"), words.say("csv.kind-fact")
    rows: list[list[object]] = [list(words.say("csv.head").split(";"))]
    rows.extend([name, judged if name == "said" else fact, words.say(f"csv.{name}", **named)] for name in FACTS)
    rows += [
        [f"item_{item}", fact, f"{words.label('demand', item)}: {words.say('csv.item')}"] for item in items(survey)
    ]
    rows += [
        [f"coded_{name}", judged, titles.get(name, name)]
        for name, kind in survey.sample.kinds.items()
        if kind != "text"
    ]
    return written(rows)
