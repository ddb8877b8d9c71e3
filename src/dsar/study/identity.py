"""Demands for identity: how many are asked, for what, how safely, with what reason, and what it costs in days."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.result import Line, Section, Table

if TYPE_CHECKING:
    from dsar.core.casefacts import CaseFacts
    from dsar.study.survey import Survey

KIND = "identity-demand"
PIECES = ("id-copy", "redacted-copy", "certified-copy", "video", "selfie", "login", "code", "address-proof")
FULL = frozenset({"id-copy", "certified-copy"})
_JUDGED = ("identity-excessive", "identity-no-doubt", "identity-insecure")
# what a coder said of the same: variable and value, in the shipped scheme
_CODED = (
    ("id-doubt-explained", "no"),
    ("id-channel-secure", "no"),
    ("id-already-known", "yes"),
    ("id-kinds", "full-copy"),
)


def identity(survey: Survey) -> Section:
    """Statistic 5: facts of the log first; what a person judged, and what a coder found, are named as such."""
    words, sample = survey.words, survey.sample
    delivered = sample.where(counted.delivered)
    asked = sample.where(lambda case: counted.has(case, KIND))
    lines = [Line(key="asked", label=words.say("identity.asked"), values=(survey.share(asked, delivered),))]
    full = sample.where(lambda case: bool(FULL & set(_items(case))))
    lines.append(Line(key="full-copy", label=words.say("identity.full"), values=(survey.share(full, asked),)))
    for breach in _JUDGED:
        part = sample.where(partial(_judged, breach))
        lines.append(_row(survey, breach, words.say(f"identity.judged.{breach}"), part, asked))
    for variable, value in _CODED:
        known = sample.coded_as(variable) & asked
        part = sample.coded_as(variable, value) & asked
        if known:
            lines.append(_row(survey, f"{variable}={value}", words.say(f"identity.coded.{variable}"), part, known))
    table = Table(
        id="identity",
        title=words.say("identity.caption"),
        keys=("share",),
        heads=(words.say("identity.head"), words.say("head.share")),
        lines=tuple(lines),
        of=words.say("identity.of"),
    )
    said = (words.say("identity.said"),)
    return Section(
        id="identity",
        title=words.say("identity.title"),
        said=said,
        tables=(table, _pieces(survey, asked), _days(survey)),
    )


def _row(survey: Survey, key: str, label: str, part: int, whole: int) -> Line:
    return Line(key=key, label=label, values=(survey.share(part, whole),))


def _judged(breach: str, case: CaseFacts) -> bool:
    return any(breach in one.breaches for one in counted.items(case, KIND))


def _demands(piece: str, case: CaseFacts) -> bool:
    return piece in _items(case)


def _items(case: CaseFacts) -> tuple[str, ...]:
    return tuple(item for one in counted.items(case, KIND) for item in one.items)


def _pieces(survey: Survey, asked: int) -> Table:
    """What was asked for, in the pieces that dsar knows by name; words of one's own are one row."""
    words, sample = survey.words, survey.sample
    rows = [(piece, sample.where(partial(_demands, piece))) for piece in PIECES]
    rows.append(("other", sample.where(lambda case: any(item not in PIECES for item in _items(case)))))
    return Table(
        id="identity-pieces",
        title=words.say("identity.pieces-caption"),
        keys=("share",),
        heads=(words.say("identity.piece"), words.say("head.share")),
        lines=tuple(_row(survey, name, words.label("piece", name), part, asked) for name, part in rows if part),
        of=words.say("identity.pieces-of"),
    )


def _days(survey: Survey) -> Table:
    """From each demand to the day on which everything asked was given, refused or answered."""
    words = survey.words
    spans = [
        float((one.ends - one.on).days)
        for case in survey.sample.cases
        for one in counted.items(case, KIND)
        if one.ends is not None
    ]
    n = words.number(len(spans)) if not spans or len(spans) >= survey.ledger.least else words.say("value.hidden")
    return Table(
        id="identity-days",
        title=words.say("identity.days-caption"),
        keys=("quarter-1", "median", "quarter-3", "longest"),
        heads=(
            words.say("identity.days-head"),
            *(words.say(f"head.{one}") for one in ("q1", "median", "q3")),
            survey.end("longest"),
        ),
        lines=(Line(key="days", label=words.say("identity.days", n=n), values=survey.quartiles(spans)),),
        of=words.say("identity.days-of"),
    )
