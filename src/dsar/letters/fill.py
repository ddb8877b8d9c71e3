"""A letter's file and a brief become a letter."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from dsar.core.letter import Letter
from dsar.core.under import Under
from dsar.letters import blocks, needs
from dsar.letters.escape import clean
from dsar.letters.jinja import render, render_line
from dsar.letters.voice import Voice

if TYPE_CHECKING:
    from datetime import date

    from dsar.core.brief import Brief
    from dsar.core.law import Law
    from dsar.letters.front import Template
    from dsar.letters.words import Words

_LAYOUT = ("subject", "enclosures", "page")


def fill(  # noqa: PLR0913 - what a letter is made from, and under which law
    template: Template, brief: Brief, law: Law, words: Words, *, banner: str = "", received: date | None = None
) -> Letter:
    """The letter in its words: `body` is Markdown in which nothing from the case is markup or template code.

    `received` is the day on which the request was received by the earliest reading: it decides which version of the
    law of the case is cited.

    Raises:
        MissingValueError: the case lacks what the letter needs; the sentence says what to enter.
        TooEarlyError: the letter asserts what may not be asserted on its day.
        PrecedentError: it cites a decision that nobody read at its source.
        LetterFileError, HoleError, NoWordError, CitationError: a file of the language is at fault.
    """
    brief = seen(template, brief)
    needs.check(template, brief)
    under = Under(law=law, regime=brief.regime, on=brief.today, received=received or brief.request.received_on)
    voice = Voice(words, law, under)
    context = _context(template, brief, law, words)
    author = blocks.signatory(template, brief)
    recipient, recipient_email = blocks.recipient_block(template, brief, words)
    body = render(template, template.body, context, words, voice)
    return Letter(
        kind=template.kind,
        lang=template.lang,
        title=template.title,
        subject=render_line(template, template.subject, context, words, voice),
        body=_tidy(body),
        sender=blocks.sender_block(author, words, author.address.country),
        recipient=recipient,
        sender_email=clean(author.email),
        recipient_email=recipient_email,
        on=brief.today,
        place_date=words.lang.place_date.format(date=words.day(brief.today)),
        refs=((words.label("layout", "our_reference"), clean(brief.ref)),),
        via=render_line(template, template.via, context, words, voice),
        signature=blocks.signature(author, brief, words),
        enclosures=tuple(clean(one) for one in brief.enclosures),
        labels=tuple((key, words.section("labels")[f"layout.{key}"]) for key in _LAYOUT),
        banner=banner,
        posted_from=author.address.country,
    )


def seen(template: Template, brief: Brief) -> Brief:
    """The brief as the letter sees it: of the breaches, only those of which it speaks."""
    if not template.claims:
        return brief
    return replace(brief, grievances=tuple(one for one in brief.grievances if one.id in template.claims))


def _context(template: Template, brief: Brief, law: Law, words: Words) -> dict[str, object]:
    """The names a template may use: the fields of the brief, and what follows from them for this letter."""
    author = blocks.signatory(template, brief)
    return {
        **{field.name: getattr(brief, field.name) for field in fields(brief)},
        "lacking": brief.lacking,
        "satisfied": brief.satisfied,
        "by_right": brief.by_right,
        "by_agent": brief.on_behalf and author is not brief.subject,
        "signatory": author,
        "powers": _powers(brief, law),
        "against": blocks.against(brief, words),
        "salutation": words.lang.salutation[template.to],
        "closing": words.lang.closing[template.to],
    }


def _powers(brief: Brief, law: Law) -> tuple[str, ...]:
    """The powers of Art. 58(2) GDPR that the law book names for the grievances, each once, in order."""
    rules = [law.breaches[one.id] for one in brief.grievances if one.id in law.breaches]
    return tuple(sorted({power for rule in rules for power in rule.powers}))


def _tidy(body: str) -> str:
    """No space at a line's end, and never two empty lines: what a condition left out leaves no gap."""
    kept: list[str] = []
    for line in body.splitlines():
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n") + "\n"
