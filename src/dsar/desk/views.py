"""What a case worker looks at, as plain data: the shape that `--json` promises, and that the screens are made from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dsar.core.chronology import chronology
from dsar.core.demands import asked
from dsar.core.exhibits import numbers_for, pieces
from dsar.desk import sections, wording
from dsar.desk.projecting import iso, step_row

if TYPE_CHECKING:
    from dsar.core.breach import Breach
    from dsar.core.deadlines import Deadline
    from dsar.core.terms import Step
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words


def show(desk: Desk, file: File) -> dict[str, Any]:
    """One case on one page: parties, state, events, deadlines, breaches, demands, next steps, exhibits."""
    words = wording.speaker(desk, "en")
    opened = file.case.opened
    found = pieces(file.entries, file.case)
    return {
        "ref": file.case.ref,
        "subject": {"id": opened.subject.id, "name": opened.subject.name},
        "controller": {"id": opened.controller.id, "name": opened.controller.name, "country": _country(file)},
        "agent": opened.mandate.agent.name if opened.mandate is not None else None,
        "mandate": opened.mandate.id if opened.mandate is not None else None,
        "regime": opened.regime,
        "rights": list(opened.rights),
        "language": opened.language,
        "as_of": desk.today.isoformat(),
        "state": {"who": file.standing.who, "outcome": file.standing.outcome},
        "events": events(words, file),
        "deadlines": [deadline_row(words, deadline) for deadline in file.due],
        "breaches": [breach_row(words, desk, file, breach) for breach in file.breaches],
        "demands": [
            {
                "n": item.n,
                "id": item.demand.id,
                "text": wording.capital(wording.demand_short(words, file, item.demand.id)),
                "status": item.status,
                "note": item.note,
            }
            for item in asked(file.case)
        ],
        "oddities": [
            {"n": odd.n, "rule": odd.rule, "text": wording.oddity_words(words, odd), "confirmed": odd.confirmed}
            for odd in file.oddities
        ],
        "drafts": list(file.drafts),
        "next": [step_row(words, step) for step in file.standing.steps],
        "exhibits": [
            {
                "n": piece.number,
                "entry": piece.entry,
                "kind": piece.kind,
                "date": piece.on.isoformat(),
                "name": piece.evidence.name,
                "sha256": piece.evidence.sha256,
                "size": piece.evidence.size,
            }
            for piece in found
        ],
    }


def _country(file: File) -> str:
    return file.case.opened.controller.address.country


def events(words: Words, file: File) -> list[dict[str, Any]]:
    """The whole log that holds on the day, each entry with its words where it has any, and its exhibits."""
    found = pieces(file.entries, file.case)
    names = {authority.id: authority.name for authority in file.law.authorities.values()}
    said = {line.n: wording.line_words(words, line, names) for line in chronology(file.case)}
    written = {entry.n: entry for entry in file.entries}
    return [
        {
            "n": held.n,
            "on": held.fact.on.isoformat(),
            "kind": _kind(held.fact),
            "text": said.get(held.n) or _inner_words(words, held.fact),
            "recorded_at": written[held.n].recorded_at,
            "by": written[held.n].by,
            "exhibits": list(numbers_for(found, held.n)),
        }
        for held in file.case.held
    ]


def _kind(fact: object) -> str:
    from dsar.vault.wire import tag  # noqa: PLC0415 - one function

    return tag(type(fact))


def _inner_words(words: Words, fact: object) -> str:
    """A few words for what is ours alone and therefore not in the chronology."""
    from dsar.core import events as facts  # noqa: PLC0415 - many names at once
    from dsar.core.chronology import given_of_total, meaning_name  # noqa: PLC0415 - two functions

    match fact:
        case facts.Opened(controller=controller):
            return f"Case opened against {controller.name}"
        case facts.Issued(subject=subject):
            return words.say("events", "issued", title=subject)
        case facts.Classified(message=n, meaning=meaning):
            return f"Message {n} classified: {words.label('meaning', meaning_name(meaning))}"
        case facts.Judged(justified=True, about=n):
            return f"{words.say('events', 'judged-justified')} (entry {n})"
        case facts.Judged(about=n, because=because):
            return words.say("events", "judged-unjustified", what=f"Message {n}", because=because)
        case facts.Reviewed():
            given, total = given_of_total(fact)
            return words.say("events", "reviewed", given=given, total=total)
        case facts.Confirmed(about=n, because=because):
            return f"Entry {n} confirmed: {because}"
        case facts.Noted(text=text):
            return text
        case facts.Assigned(to=to):
            return f"Assigned to {to}"
        case _:
            return ""


def deadline_row(words: Words, deadline: Deadline) -> dict[str, Any]:
    """A deadline with its two readings and its steps."""
    return {
        "id": deadline.id,
        "for": deadline.binds,
        "title": sections.deadline_title(words, deadline),
        "strict": iso(deadline.strict),
        "safe": iso(deadline.safe),
        "met": iso(deadline.met),
        "steps": [step_json(words, step) for step in deadline.steps],
    }


def step_json(words: Words, step: Step) -> dict[str, Any]:
    """A step: `date`, `rule` (stable id), `cite` (as the language writes it), `text`, and the reading it belongs to."""
    return {
        "date": iso(step.on),
        "rule": step.rule,
        "cite": words.cite(step.cite) if step.cite else "",
        "text": wording.step_words(words, step),
        "reading": step.reading,
    }


def breach_row(words: Words, desk: Desk, file: File, breach: Breach) -> dict[str, Any]:
    """A breach that may be asserted, with its exhibits as proof."""
    return {
        "id": breach.id,
        "title": words.say("breaches", f"{breach.id}.title"),
        "cites": [words.cite(key) for key in breach.cites],
        "law": words.cites(breach.cites),
        "since": breach.since.isoformat(),
        "assertable_from": breach.assertable_from.isoformat(),
        "facts": wording.breach_facts(words, file, breach, desk.today),
        "proof": list(numbers_for(pieces(file.entries, file.case), *breach.proof)),
    }


def case_json(desk: Desk, file: File) -> bytes:
    """The case as an authority may read it: what the dossier says, as data; goes into the dossier's archive.

    Nothing that is ours alone: no notes, confirmations or judgments, no names of case workers, drafts or next steps.
    """
    words = wording.speaker(desk, "en")
    names = {authority.id: authority.name for authority in file.law.authorities.values()}
    found, whole = pieces(file.entries, file.case), show(desk, file)
    document = {
        "ref": file.case.ref,
        "subject": file.case.opened.subject.name,
        "controller": {"name": file.case.opened.controller.name, "country": _country(file)},
        **{key: whole[key] for key in ("regime", "rights", "language", "as_of")},
        "chronology": [
            {
                "n": line.n,
                "on": line.on.isoformat(),
                "kind": line.rule,
                "text": wording.line_words(words, line, names),
                "exhibits": list(numbers_for(found, *line.proof)),
            }
            for line in chronology(file.case)
        ],
        **{key: whole[key] for key in ("deadlines", "breaches", "demands", "exhibits")},
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
