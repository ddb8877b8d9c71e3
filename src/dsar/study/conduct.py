"""Refusals, incidents of security, and the work that it all took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.study import counted
from dsar.study.result import Count, Line, Section, Table
from dsar.study.sample import members

if TYPE_CHECKING:
    from dsar.study.survey import Survey

MOST_GROUNDS = 20


def refusals(survey: Survey) -> Section:
    """Statistic 8: on what they base a refusal, in their words where enough of them use the same, and as coded."""
    words, sample = survey.words, survey.sample
    refused = sample.where(lambda case: counted.has(case, "refusal"))
    whole = survey.share(refused, sample.where(counted.delivered))
    return Section(
        id="refusals",
        title=words.say("refusals.title"),
        said=(words.say("refusals.said", share=words.shown(whole)),),
        tables=(_grounds(survey, refused), several(survey, "refusal-grounds", refused), _breaches(survey)),
    )


def _grounds(survey: Survey, refused: int) -> Table:
    """The words of a ground are shown only if so many use them that they are nobody's own."""
    words, sample = survey.words, survey.sample
    by = sample.by(
        lambda case: " ".join(next((one.ground for one in counted.items(case, "refusal")), "").split()).casefold()
    )
    named = {name: part & refused for name, part in by.items() if part & refused}
    sizes = survey.ledger.parts(refused, list(named.values()))
    n = survey.ledger.count(refused)
    rows = sorted(
        ((name, named[name]) for name, k in zip(named, sizes, strict=True) if k is not None),
        key=lambda pair: (-pair[1].bit_count(), pair[0]),
    )
    lines = [
        Line(key=name or "none", label=name or words.say("refusals.no-ground"), values=(survey.share(part, refused),))
        for name, part in rows[:MOST_GROUNDS]
    ]
    if n is None or len(rows) < len(named) or len(rows) > MOST_GROUNDS:
        lines.append(Line(key="*", label=words.say("refusals.others"), values=(words.say("value.hidden"),)))
    return Table(
        id="refusals",
        title=words.say("refusals.caption"),
        keys=("share",),
        heads=(words.say("refusals.head"), words.say("head.share")),
        lines=tuple(lines) if refused else (),
        of=words.say("refusals.of"),
    )


def several(survey: Survey, variable: str, among: int) -> Table:
    """The values of one coded variable, among the cases in which it was coded."""
    words, sample = survey.words, survey.sample
    known = sample.coded_as(variable) & among
    values = {value for coding in sample.settled.values() for name, value in coding.values if name == variable}
    rows = {value: sample.coded_as(variable, value) for value in values}
    return Table(
        id=f"coded-{variable}",
        title=words.say("coded.caption", variable=words.label("variable", variable)),
        keys=("share",),
        heads=(words.say("coded.value"), words.say("head.share")),
        lines=tuple(
            Line(
                key=value,
                label=words.label("value", f"{variable}.{value}"),
                values=(survey.share(rows[value] & among, known),),
            )
            for value in sorted(rows)
        ),
        of=words.say("coded.of"),
    )


def _breaches(survey: Survey) -> Table:
    """What may be alleged today, by the log and the law: nothing before the day on which it may be said."""
    words, sample = survey.words, survey.sample
    sent = sample.where(counted.sent)
    positions: dict[str, list[int]] = {}
    for at, case in enumerate(sample.cases):
        for name in {name for name, day in case.breaches if day <= sample.today}:
            positions.setdefault(name, []).append(at)
    found = {name: members(numbers) for name, numbers in positions.items()}
    order = sorted(found, key=lambda name: (-found[name].bit_count(), name))
    return Table(
        id="breaches",
        title=words.say("refusals.breaches-caption"),
        keys=("share",),
        heads=(words.say("refusals.breach"), words.say("head.share")),
        lines=tuple(
            Line(key=name, label=words.label("breach", name), values=(survey.share(found[name] & sent, sent),))
            for name in order
        ),
        of=words.say("refusals.breaches-of"),
    )


def security(survey: Survey) -> Section:
    """Statistic 9: what the log says went wrong, and what coders found."""
    words, sample = survey.words, survey.sample
    answered = sample.where(counted.answered)
    delivered = sample.where(counted.delivered)
    survey.ledger.total(sample.where(counted.reviewed))
    stranger = sample.where(lambda case: "third-party-data" in case.faults)
    insecure = sample.where(lambda case: any("identity-insecure" in one.breaches for one in case.happenings))
    rows = [
        ("third-party-data", survey.share(stranger, sample.where(counted.reviewed))),
        ("identity-insecure", survey.share(insecure, delivered)),
    ]
    for variable, bad in (("insecure-channel", ("yes",)), ("wrong-person", ("received", "sent", "both"))):
        known = sample.coded_as(variable, "no", *bad)
        rows.append((variable, survey.share(sample.coded_as(variable, *bad), known)))
    table = Table(
        id="security",
        title=words.say("security.caption"),
        keys=("share",),
        heads=(words.say("security.head"), words.say("head.share")),
        lines=tuple(Line(key=name, label=words.say(f"security.{name}"), values=(share,)) for name, share in rows),
        of=words.say("security.of"),
    )
    tables = (table, several(survey, "authentication", sample.everything), several(survey, "encryption", answered))
    return Section(id="security", title=words.say("security.title"), said=(words.say("security.said"),), tables=tables)


def effort(survey: Survey) -> Section:
    """Statistic 10: letters, messages, and the minutes that coders noted."""
    words, sample = survey.words, survey.sample
    cases = sample.within(sample.where(counted.sent))
    minutes = [float(value) for case in cases if _is_number(value := sample.coded(case, "effort-minutes"))]
    hours = [float(value) for case in cases if _is_number(value := sample.coded(case, "search-hours"))]
    rows = {
        "letters": [float(case.letters_out) for case in cases],
        "messages": [float(case.messages_in) for case in cases],
        "minutes": minutes,
        "search-hours": hours,
    }
    lines = []
    for name, numbers in rows.items():
        n = len(numbers)
        shown = Count(k=n if n == 0 or n >= survey.ledger.least else None)
        lines.append(Line(key=name, label=words.say(f"effort.{name}"), values=(shown, *survey.quartiles(numbers))))
    table = Table(
        id="effort",
        title=words.say("effort.caption"),
        keys=("n", "quarter-1", "median", "quarter-3", "longest"),
        heads=(
            words.say("effort.head"),
            words.say("head.n"),
            *(words.say(f"head.{one}") for one in ("q1", "median", "q3")),
            survey.end("most"),
        ),
        lines=tuple(lines),
        of=words.say("effort.of"),
    )
    return Section(id="effort", title=words.say("effort.title"), said=(), tables=(table,))


def _is_number(value: str) -> bool:
    try:
        return 0 <= float(value) < float("inf")
    except ValueError:
        return False
