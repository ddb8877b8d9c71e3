"""What each body that was asked said: the table that the public searches. It speaks of bodies and names no person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dsar.study import counted
from dsar.study.result import Count, Line, Section, Table
from dsar.study.sample import members

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dsar.core.casefacts import CaseFacts
    from dsar.study.result import Value
    from dsar.study.sample import Sample
    from dsar.study.survey import Survey

Said = Literal[
    "denied-then-admitted", "yes", "no", "nothing", "unclear",
    "denied-then-answered", "answered", "no-data", "refused", "silent", "unproved", "running", "ended",
]  # fmt: skip
"""The first five rest on a person's reading, the others on the log alone: those are marked as computed."""

READ = frozenset({"denied-then-admitted", "yes", "no", "nothing", "unclear"})

_SUBSTANCE = ("answer", "refusal", "no-data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One body: when it was asked, when it answered, what it said (the most frequent first), and where the proof is.

    `cases` is the set of its requests that left, `people` how many asked; `proofs` are (reference, entry) of
    the messages that say it.
    """

    id: str
    name: str
    sector: str
    country: str
    cases: int
    people: int
    asked: tuple[date, date]
    answered: tuple[date, date] | None
    said: tuple[Said, ...]
    proofs: tuple[tuple[str, int], ...]


def said(sample: Sample, case: CaseFacts) -> Said:
    """What one body said in one case: as a coder read it, else as far as the log tells.

    To deny and then to admit takes both: a first answer that nothing is held, and a later one that says otherwise.
    """
    coded = sample.coded(case, "said")
    first = case.first_answer[1] if case.first_answer is not None else ""
    last = case.last_answer[1] if case.last_answer is not None else ""
    match coded:
        case "yes":
            return "denied-then-admitted" if (first, last) == ("no-data", "answer") else "yes"
        case "no":
            return "no"
        case "nothing":
            return "nothing"
        case "unclear":
            return "unclear"
        case _:
            pass
    match last:
        case "no-data":
            return "no-data"
        case "refusal":
            return "refused"
        case "answer":
            return "denied-then-answered" if first == "no-data" else "answered"
        case _:
            return _unanswered(case, sample.today)


def _unanswered(case: CaseFacts, today: date) -> Said:
    match counted.lateness(case, today):
        case "never":
            return "silent"
        case "ended":
            return "ended"
        case "undated":
            return "ended" if case.closed_on is not None else "unproved"
        case _:
            return "running"


def bodies(sample: Sample) -> tuple[Body, ...]:
    """All bodies to which a request left, by name."""
    found = sample.positions(lambda case: case.controller if counted.sent(case) else "")
    made = [_body(sample, name, positions) for name, positions in found.items() if name]
    return tuple(sorted(made, key=lambda body: (body.name.casefold(), body.id)))


def _body(sample: Sample, name: str, positions: list[int]) -> Body:
    cases = [sample.cases[at] for at in positions]
    asked = [case.sent_on for case in cases if case.sent_on is not None]
    first = [case.first_answer[0] for case in cases if case.first_answer is not None]
    last = [case.last_answer[0] for case in cases if case.last_answer is not None]
    spoken: dict[Said, list[CaseFacts]] = {}
    for case in cases:
        spoken.setdefault(said(sample, case), []).append(case)
    order = sorted(spoken, key=lambda one: (-len(spoken[one]), one))
    return Body(
        id=name,
        name=cases[0].controller_name,
        sector=cases[0].sector,
        country=cases[0].country,
        cases=members(positions),
        people=len({case.subject for case in cases}),
        asked=(min(asked), max(asked)),
        answered=(min(first), max(last)) if first else None,
        said=tuple(order),
        proofs=tuple(proof for one in order for proof in _proofs(one, spoken[one])),
    )


def _proofs(word: Said, cases: list[CaseFacts]) -> list[tuple[str, int]]:
    """Where the proof of a word lies: in the first case that says so, its last answer; its first too, if it changed."""
    answered = [case for case in cases if case.last_answer is not None]
    if not answered:
        return []
    case = min(answered, key=lambda one: (one.last_answer or (one.last_on, ""), one.ref))
    messages = [one for one in case.happenings if one.kind in _SUBSTANCE]
    wanted = [case.first_answer, case.last_answer] if word.startswith("denied") else [case.last_answer]
    entries = [next((one.n for one in messages if (one.on, one.kind) == answer), None) for answer in wanted]
    return [(case.ref, n) for n in dict.fromkeys(entries) if n is not None]


def of_few(found: tuple[Body, ...], least: int) -> int:
    """How many bodies were asked by so few people that their row is about those."""
    return sum(1 for body in found if body.people < least)


def answers(
    survey: Survey, found: tuple[Body, ...], proofs: Mapping[tuple[str, int], str], *, hide_few: bool = False
) -> Section:
    """The table. `proofs` are the words of each proof: its day and the beginning of its hash.

    With `hide_few` the rows of bodies that fewer people asked than the least count say nothing but the name.
    """
    words = survey.words
    sent = survey.sample.where(counted.sent)
    survey.ledger.total(sent)
    sizes = survey.ledger.parts(sent, [body.cases for body in found], remember=False)
    numbers = any(size is not None and size > 1 for size in sizes)
    keys = ("country", "sector", *(("asked",) if numbers else ()), "asked-on", "answered-on", "said", "proof")
    lines = []
    for body, size in zip(found, sizes, strict=True):
        values: dict[str, Value] = {
            "country": words.label("country", body.country),
            "sector": words.label("sector", body.sector),
            "asked": Count(k=size),
            "asked-on": _days(survey, body.asked),
            "answered-on": _days(survey, body.answered),
            "said": _words(survey, body),
            "proof": "; ".join(dict.fromkeys(proofs[one] for one in body.proofs if one in proofs)),
        }
        if hide_few and body.people < survey.ledger.least:
            values |= dict.fromkeys(("asked-on", "answered-on", "said", "proof"), Count(k=None))
        lines.append(Line(key=body.id, label=body.name, values=tuple(values[key] for key in keys)))
    table = Table(
        id="answers",
        title=words.say("answers.caption"),
        keys=keys,
        heads=(words.say("answers.head"), *(words.say(f"answers.{key}") for key in keys)),
        lines=tuple(lines),
        of=words.say("answers.of"),
        search=words.say("answers.search"),
    )
    said = [words.say("answers.words")]
    few = of_few(found, survey.ledger.least)
    if few:
        key = "answers.few-hidden" if hide_few else "answers.few"
        said.append(words.say(key, few=words.number(few), of=words.number(len(found)), least=survey.ledger.least))
    return Section(id="answers", title=words.say("answers.title"), said=tuple(said), tables=(table,))


def _words(survey: Survey, body: Body) -> str:
    """What it said, as read; then what the log alone tells, marked as such."""
    words = survey.words
    read = [words.say(f"answers.said-words.{one}") for one in body.said if one in READ]
    told = [words.say(f"answers.said-words.{one}") for one in body.said if one not in READ]
    computed = [words.say("answers.computed", said=" · ".join(told))] if told else []
    return "; ".join([*read, *computed])


def _days(survey: Survey, days: tuple[date, date] | None) -> str:
    if days is None:
        return survey.words.say("value.none")
    first, last = days
    return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"
