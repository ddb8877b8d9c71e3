"""Raw values of the core as finished words of a language: steps, events, breaches, next steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dsar.core.chronology import kind_of
from dsar.core.demands import asked
from dsar.core.receipts import receipt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dsar.core.breach import Breach
    from dsar.core.chronology import Line
    from dsar.core.exhibits import Piece
    from dsar.core.next_step import Next
    from dsar.core.oddities import Oddity
    from dsar.core.terms import Step
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

_UNITS = ("years", "months", "weeks", "days", "working_days")


def speaker(desk: Desk, lang: str) -> Words:
    """The words of a language."""
    from dsar.letters.once import once  # noqa: PLC0415 - loaded with the letters
    from dsar.letters.words import Words  # noqa: PLC0415 - reads the language's files

    return once(("words", desk.letters, lang), lambda: Words(lang, desk.letters))


def step_words(words: Words, step: Step, found: Sequence[Piece] = ()) -> str:
    """The sentence of one step of a deadline. A message is named by its exhibit if `found` has it, else its entry."""
    values = dict(step.values)
    said: dict[str, object] = {key: _plain(words, value) for key, value in step.values}
    said["length"] = words.join(
        [length(words, unit, value) for unit in _UNITS if isinstance(value := values.get(unit), int) and value]
    )
    if "because" in values:
        said["because"] = _because(words, str(values["because"]))
    if "calendar" in values:
        said["calendar"] = calendar_name(words, str(values["calendar"]))
    if "rule" in values:
        said["rule"] = presumption(words, str(values["rule"]))
    if "n" in values:
        said["ref"] = _reference(words, int(str(values["n"])), found)
    rule = "period-days" if step.rule == "period" and not values.get("months") else step.rule
    return capital(words.say("steps", rule, **said))


def _reference(words: Words, entry: int, found: Sequence[Piece]) -> str:
    numbers = [piece.number for piece in found if piece.entry == entry]
    if numbers:
        return words.say("labels", "layout.exhibit", n=numbers[0])
    return words.say("steps", "ref.entry", n=entry)


def presumption(words: Words, rule: str) -> str:
    """What a rule of presumed delivery says, with its citation; a rule that the law book lacks stands as it was put."""
    from dsar.lawbook.load import presumptions  # noqa: PLC0415 - only where a delivery is presumed

    found = presumptions().get(rule)
    if found is None:
        return rule or "–"
    key = "unchecked" if not found.checked else "custom" if found.custom else ""
    said = words.say("steps", f"presumption.{rule}")
    return words.say("steps", f"presumption.cited{'-' if key else ''}{key}", rule=said, cite=words.cite(found.cite))


def calendar_name(words: Words, name: str) -> str:
    """Whose holidays a calendar's name means: `FR`, `DE-BY`, `IT (all regions)`, `weekends only`, `FR + DE`."""
    if " + " in name:
        return words.join([calendar_name(words, part) for part in name.split(" + ")])
    if name == "weekends only":
        return words.say("steps", "calendar.weekends-only")
    if name == "EU institutions":
        return words.say("steps", "calendar.institutions")
    code, _, region = name.removesuffix(" (all regions)").partition("-")
    country = words.label("country", code) if words.has("labels", f"country.{code}") else code
    if name.endswith(" (all regions)"):
        return words.say("steps", "calendar.all-regions", country=country)
    return words.say("steps", "calendar.region", country=country, region=region) if region else country


def pair(words: Words, label: str, value: str) -> str:
    """A label and what stands behind it, with the language's own colon."""
    return words.say("dossier", "pair", label=label, value=value)


def length(words: Words, unit: str, count: int) -> str:
    """A length of time: "one month", "30 days"."""
    return words.say("steps", f"length.{unit}-{'one' if count == 1 else 'many'}", n=count)


def _because(words: Words, name: str) -> str:
    if name in {"saturday", "sunday"}:
        return words.say("steps", f"because.{name}")
    return words.say("steps", "because.holiday", name=name)


def _plain(words: Words, value: object) -> object:
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, tuple):
        return words.join([str(item) for item in value])
    return value


def line_words(words: Words, line: Line, authorities: dict[str, str]) -> str:
    """The sentence of one event of the chronology; `authorities` are names by id."""
    said: dict[str, object] = {}
    more = ""
    for key, value in line.values:
        match key:
            case "presented":
                more = words.say("events", "presented", day=_plain(words, value))
            case "what":
                said[key] = words.say("labels", f"meaning.{value}")
            case "channel":
                said[key] = words.say("labels", f"channel.{value}")
            case "outcome":
                said[key] = words.say("events", f"outcome.{value}")
            case "rule":
                said[key] = presumption(words, str(value))
            case "authority":
                said[key] = authorities.get(str(value), str(value))
            case _:
                said[key] = _plain(words, value)
    return words.say("events", line.rule, **said) + more


def next_words(words: Words, step: Next) -> str:
    """Why a next step is there, and what speaks against it today."""
    said = {key: _plain(words, value) for key, value in step.values}
    sentences = [words.say("next", step.id, **said)]
    for key, values in step.against:
        sentences.append(words.say("next", f"against.{key}", **{name: _plain(words, value) for name, value in values}))
    return " ".join(sentences)


def oddity_words(words: Words, oddity: Oddity) -> str:
    """What looks odd about an entry."""
    return words.say("next", f"oddity.{oddity.rule}", **{key: words.day(value) for key, value in oddity.values})


def breach_law(words: Words, breach: str, regime: str) -> str:
    """What the law of the case asks: in words of its own where what the GDPR asks would not be true of it."""
    own = f"{breach}.law-{regime}"
    return words.say("breaches", own if words.has("breaches", own) else f"{breach}.law")


def breach_facts(words: Words, file: File, breach: Breach, today: date) -> str:
    """The facts of a breach, in one or two sentences, from the log and nothing else."""
    reply = file.deadline("reply")
    safe = reply.safe if reply is not None else None
    # What is said to others is what can be proved
    arrived = receipt(file.case, file.case.request) if file.case.request is not None else None
    received = arrived.safe or arrived.strict if arrived is not None else None
    numbers = {item.demand.id: item.n for item in asked(file.case)}
    lacking = [f"{numbers[name]} ({demand_short(words, file, name)})" for name in breach.lacking if name in numbers]
    obstacles = [_message_words(words, file, n) for n in breach.messages] if breach.id == "hindered" else []
    note = words.join(obstacles) + "." if obstacles else capital(breach.note)
    return words.say(
        "breaches",
        f"{breach.id}.facts",
        controller=file.case.opened.controller.name,
        received=_day(words, received),
        safe=_day(words, safe),
        today=words.day(today),
        days=reply.days_late(today) if reply is not None else 0,
        answered=_day(words, breach.day),
        asked=words.join([words.day(day) for day in _days(file, breach)]) or _day(words, breach.day),
        items=words.join(list(breach.items)) or "–",
        known=words.join([f"{identifier(words, kind)} ({value})" for kind, value in known_identifiers(file)]) or "–",
        lacking=words.join(lacking),
        count=len(lacking),
        note=sentence(note),
    ).strip()


def _days(file: File, breach: Breach) -> Iterable[date]:
    found = (file.case.message(n) for n in breach.messages)
    return dict.fromkeys(message.fact.on for message in found if message is not None)


def _message_words(words: Words, file: File, n: int) -> str:
    message = file.case.message(n)
    what = words.say("labels", f"meaning.{kind_of(file.case, n)}")
    return f"{what} ({words.day(message.fact.on)})" if message is not None else what


def _day(words: Words, day: date | None) -> str:
    return words.day(day) if day is not None else "–"


def known_identifiers(file: File) -> tuple[tuple[str, str], ...]:
    """What the controller had from the request itself, before its first identity demand."""
    opened = file.case.opened
    named = any(kind == "name" for kind, _ in opened.id_data)
    return opened.id_data if named else (("name", opened.subject.name), *opened.id_data)


def identifier(words: Words, kind: str) -> str:
    """The label of a kind of identifier; one's own kinds stand as they are."""
    return words.say("labels", f"identifier.{kind}") if words.has("labels", f"identifier.{kind}") else kind


def piece(words: Words, item: str) -> str:
    """A piece of identity in the language, if it is a well-known one; else in the user's own words."""
    return words.say("labels", f"piece.{item}") if words.has("labels", f"piece.{item}") else item


def demand_short(words: Words, file: File, name: str) -> str:
    """A few words for a demand; the user's own question stands as it was put."""
    own = next((demand.text for demand in file.case.opened.demands if demand.id == name), "")
    return own or words.say("demands", f"{name}.short")


def sentence(text: str) -> str:
    """A text with a full stop, if it lacks one."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…»”" else f"{text}."


def capital(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]
