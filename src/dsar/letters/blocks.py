"""The blocks around a letter's text: who writes, to whom, where they live, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from dsar.letters.errors import MissingValueError
from dsar.letters.escape import clean

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.core.parties import Address, Person
    from dsar.letters.front import Template
    from dsar.letters.words import Words


def signatory(template: Template, brief: Brief) -> Person:
    """Who signs the letter."""
    match template.sender:
        case "sender":
            return brief.sender
        case "subject":
            return brief.subject
        case "complainant":
            # a company for profit that is a mere agent may carry a request, and not complain for somebody
            return brief.sender if brief.mandate is None or brief.mandate.may_complain else brief.subject
        case _:
            assert_never(template.sender)


def sender_block(person: Person, words: Words, abroad_from: str) -> tuple[str, ...]:
    """Name and address of who writes."""
    names = [person.organisation, person.name] if person.organisation else [person.name]
    return _lines(*names, *_address(person.address, words, abroad_from))


def recipient_block(template: Template, brief: Brief, words: Words) -> tuple[tuple[str, ...], str]:
    """The lines of the address window, and the e-mail address (or nothing).

    Raises:
        MissingValueError: the case does not say who that is.
    """
    home = signatory(template, brief).address.country
    match template.to:
        case "controller":
            one = brief.controller
            attention = words.label("layout", "attention_dpo") if one.dpo else ""
            return _lines(one.name, attention, *_address(one.address, words, home)), _first(one.emails)
        case "agent":
            if brief.agent is None:
                hint = "say who acts with `dsar mandate new`"
                raise MissingValueError(kind=template.kind, missing="the agent", hint=hint)
            return sender_block(brief.agent, words, home), clean(brief.agent.email)
        case "authority":
            if brief.authority is None:
                hint = "name it with `--authority ID` (`dsar authorities find`)"
                raise MissingValueError(kind=template.kind, missing="the supervisory authority", hint=hint)
            authority = brief.authority
            country = _country(authority.country, words, home)
            return _lines(authority.name, *authority.address, country), clean(authority.email)
        case _:
            assert_never(template.to)


@dataclass(frozen=True, slots=True)
class Against:
    """A controller in the text of a mandate: its name, and where it is, so far as that is known."""

    name: str
    place: str


def against(brief: Brief, words: Words) -> tuple[Against, ...]:
    """The controllers that a mandate names, in their order, each with its address and the name of the country."""
    known = {one.name: one.address for one in (brief.controller, *brief.others)}
    named = (brief.controller.name, *(brief.mandate.also if brief.mandate is not None else ()))
    return tuple(Against(name, _place(known[name], words) if name in known else "") for name in named)


def _place(address: Address, words: Words) -> str:
    return ", ".join(_lines(*address.lines, _country(address.country, words, "")))


def signature(person: Person, brief: Brief, words: Words) -> tuple[str, ...]:
    """The lines under the letter: name, organisation, and for whom it was written."""
    capacity = _capacity(brief, words) if person is not brief.subject and brief.on_behalf else ""
    return _lines(person.name, person.organisation, capacity)


def _capacity(brief: Brief, words: Words) -> str:
    """By what power whoever signs acts for the data subject: a mandate, or the law."""
    name, mandate = brief.subject.name, brief.mandate
    if mandate is None or not mandate.statutory:
        return words.say("labels", "layout.acting_for", name=name)
    return words.say("labels", "layout.acting_as", name=name, capacity=words.label("mandate", mandate.kind))


def _address(address: Address, words: Words, home: str) -> tuple[str, ...]:
    return (*address.lines, _country(address.country, words, home)) if address.known else ()


def _country(code: str, words: Words, home: str) -> str:
    """The country, for a letter that leaves its own."""
    if not code or code == home:
        return ""
    return words.label("country", code) if words.has("labels", f"country.{code}") else code


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in (clean(one) for one in lines) if line)


def _first(emails: tuple[str, ...]) -> str:
    return clean(emails[0]) if emails else ""
