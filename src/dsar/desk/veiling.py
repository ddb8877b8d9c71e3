"""What a copy of a dossier must not say: the values of a case that name somebody, as rules."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from dsar.core.events import Assigned, Escalated, Sent
from dsar.core.meanings import AutoReply, Bounce
from dsar.core.veil import Veil, folded
from dsar.core.veil_rules import address_rules, email_rule, full_name_rule, identifier_rules, name_rules, shape_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dsar.core.case import Case, Outgoing
    from dsar.core.dossier import Kind
    from dsar.core.parties import Person
    from dsar.core.veil import Rule, RuleId
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words

T = TypeVar("T")

MASKED: tuple[RuleId, ...] = (
    "name",
    "person",
    "staff",
    "email",
    "address",
    "identifier",
    "reference",
    "link",
    "number",
)
_HAD = ("proved", "stated", "presumed")
_TELLING = 3
_YEAR = re.compile(r"\d{1,4}")
_TOKEN = re.compile(r"[\w().\-]*\d[\w().\-]*(?:/[\w().\-]+)*")


def veil(desk: Desk, file: File, words: Words, kind: Kind, headers: Iterable[str]) -> Veil:
    """The veil of a copy; `headers` are the names that mails of the case were sent under."""
    labels: dict[str, str] = {name: f"[{words.say('dossier', f'copy.{name}')}]" for name in MASKED}
    if kind == "controller":
        return Veil(_new_to_them(desk, file), labels)
    return Veil((*_telling(desk, file, tuple(headers)), *shape_rules()), labels, _public(file, words))


def _telling(desk: Desk, file: File, headers: tuple[str, ...]) -> Iterator[Rule]:
    """Everything by which a stranger could tell who this is."""
    case = file.case
    opened = case.opened
    for kind, value in _known(desk, case):
        yield from _rules(kind, value)
    if opened.mandate is not None:
        agent = opened.mandate.agent
        yield from name_rules("staff" if agent.organisation else "person", agent.name)
        if not agent.organisation:
            yield from address_rules(agent.address.lines)
        yield from identifier_rules("reference", opened.mandate.id)
    public = {folded(one)[0] for one in (opened.controller.name, *opened.controller.brands, *_organisations(file))}
    staff = {entry.by for entry in file.entries} | {
        held.fact.to for held in case.held if isinstance(held.fact, Assigned)
    }
    for name in sorted(staff - {""}):
        yield from full_name_rule("staff", name)
    for name in sorted(set(headers)):
        if folded(name)[0] not in public:
            yield from full_name_rule("person", name)
    for reference in sorted(_references(case)):
        yield from identifier_rules("reference", reference)


def _rules(kind: str, value: str) -> list[Rule]:
    match kind:
        case "name":
            return name_rules("name", value)
        case "email":
            return email_rule(value)
        case "address":
            return address_rules((value,))
        case _:
            return identifier_rules("identifier", value)


def _known(desk: Desk, case: Case) -> Iterator[tuple[str, str]]:
    """Kind and value of all that the file holds of the data subject, as it was then and as it is kept now."""
    from dsar.desk.enrolling import enrolled  # noqa: PLC0415 - only for a copy

    opened = case.opened
    people = [opened.subject, *_kept(desk, opened.subject.id)]
    found = [pair for person in people for pair in _of(person)]
    found += opened.id_data
    held = enrolled(desk, opened.subject.id)
    if held is not None:
        found += [*held.id_data, ("number", held.external)]
    yield from dict.fromkeys((kind, value) for kind, value in found if value.strip())


def _of(person: Person) -> list[tuple[str, str]]:
    lines = [("address", line) for line in person.address.lines]
    return [("name", person.name), ("email", person.email), *lines]


def _kept(desk: Desk, subject: str) -> list[Person]:
    from dsar.core.parties import Person  # noqa: PLC0415 - the class itself, only for a copy
    from dsar.desk.people import SUBJECT  # noqa: PLC0415 - as above
    from dsar.vault.wire import from_plain  # noqa: PLC0415 - as above

    held = desk.vault.record(SUBJECT, subject)
    return [from_plain(held, Person)] if held is not None else []


def _organisations(file: File) -> list[str]:
    mandate = file.case.opened.mandate
    ours = [mandate.agent.organisation] if mandate is not None and mandate.agent.organisation else []
    return [*ours, *(authority.name for authority in file.law.authorities.values())]


def _references(case: Case) -> set[str]:
    found = {case.ref}
    for held in case.held:
        if isinstance(held.fact, Escalated):
            found.add(held.fact.reference)
        if isinstance(held.fact, Sent):
            found.add(held.fact.tracking)
    return found - {""}


def _new_to_them(desk: Desk, file: File) -> Iterator[Rule]:
    """What the controller does not know of the data subject from the letters that reached it."""
    told = "\n".join(_text(desk, file, letter) for letter in file.case.letters if reached(file.case, letter))
    read = folded(told)[0]
    plain = re.sub(r"[\W_]+", "", read)
    for kind, value in _known(desk, file.case):
        sought = re.sub(r"[\W_]+", "", folded(value)[0])
        if sought and sought not in plain:
            yield from _rules(kind, value)


def reached(case: Case, letter: Outgoing) -> bool:
    """Whether the controller has a letter of ours, as far as the file knows: it arrived, or they wrote after it."""
    if letter.fact.authority or letter.fact.kind in {"complaint", "authority-news"} or not letter.sendings:
        return False
    if any(fact.basis in _HAD for sending in letter.sendings for _, fact in sending.deliveries):
        return True
    first = min(sending.fact.on for sending in letter.sendings)
    machine = (Bounce, AutoReply)
    wrote = (one for one in case.messages if one.meaning is not None and not isinstance(one.meaning, machine))
    return any(one.fact.on >= first for one in wrote)


def _text(desk: Desk, file: File, letter: Outgoing) -> str:
    """What stood in a letter, the blocks around its text included."""
    from dsar.desk.frozen import Frozen, as_letter  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.paper.letter_text import render_text  # noqa: PLC0415 - as above

    return render_text(as_letter(desk, Frozen(file=file, letter=letter)))


def _public(file: File, words: Words) -> set[str]:
    """Numbers of acts and decisions that our letters and the law book print, and postal codes of offices."""
    texts = [text for name in words.section_names() for text in words.section(name).values()]
    texts += [getattr(source, one.name) for source in words.lang.sources.values() for one in fields(source)
              if isinstance(getattr(source, one.name), str)]  # fmt: skip
    texts += [precedent.number for precedent in file.law.precedents.values()]
    texts += [path.read_text("utf-8") for path in sorted((words.roots[-1] / words.lang.code).glob("*.j2"))]
    tokens = {token.strip("().-") for text in texts for token in _TOKEN.findall(text)}
    # a year alone names no act, and begins many a reference
    cited = {one for one in tokens if not _YEAR.fullmatch(one) and sum(char.isdigit() for char in one) >= _TELLING}
    # who is complained of, and to whom, is no secret: their addresses stay readable
    lines = [*file.case.opened.controller.address.lines, file.case.opened.controller.name]
    lines += [line for authority in file.law.authorities.values() for line in authority.address]
    return cited | {token for line in lines for token in re.findall(r"\d{4,}", line)}


def over(veil: Veil, thing: T) -> T:
    """A tree of frozen data with every text in it masked."""
    match thing:
        case str():
            return cast("T", veil.mask(thing))
        case tuple():
            return cast("T", tuple(over(veil, one) for one in thing))
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            masked = {one.name: over(veil, getattr(thing, one.name)) for one in fields(thing)}
            return cast("T", replace(thing, **masked))
        case _:
            return thing
