"""What a request says beside its rights: options of `dsar request`, and the questions where nothing was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.core.details import GROUNDS, Details
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dsar.cli.options import Options

Wrong = Annotated[list[str] | None, typer.Option(help="Rectification: the data as they hold them (repeat).")]
RightValue = Annotated[list[str] | None, typer.Option(help="… as they should read, one for each --wrong.")]
Supplement = Annotated[str, typer.Option(help="… what completes them.")]
Evidence = Annotated[list[str] | None, typer.Option(help="… a document that you enclose (repeat).")]
Ground = Annotated[list[str] | None, typer.Option(help="Erasure, restriction: 17.1.a … 18.1.d (repeat).")]
About = Annotated[str, typer.Option(help="Which data or processing (default: all).")]
Reasons = Annotated[str, typer.Option(help="Objection: your particular situation.")]
Decision = Annotated[str, typer.Option(help="Automated decision: which one you contest.")]
View = Annotated[str, typer.Option(help="… your point of view on it.")]
Consent = Annotated[str, typer.Option(help="Withdrawal: which consent (default: every one).")]
TransmitTo = Annotated[str, typer.Option(help="Portability: the controller to send the data to.")]
RespondBy = Annotated[str, typer.Option(help="Questions: by when you ask for an answer.")]


class UnpairedError(UsageError):
    """Data said to be wrong, without what is right, or the reverse."""

    sentence = "There are {wrong} --wrong and {right} --right-value: give one of each for every datum."


def read(
    *,
    wrong: list[str] | None,
    right_value: list[str] | None,
    supplement: str,
    evidence: list[str] | None,
    ground: list[str] | None,
    about: str,
    reasons: str,
    decision: str,
    view: str,
    consent: str,
    transmit_to: str,
    respond_by: str,
) -> Details:
    """The options as details.

    Raises:
        UnpairedError: what is wrong and what is right do not match in number.
        BadDateError: the day is none.
    """
    held, right = wrong or [], right_value or []
    if len(held) != len(right):
        raise UnpairedError(wrong=len(held), right=len(right))
    return Details(
        corrections=tuple(zip(held, right, strict=True)),
        supplement=supplement,
        evidence=tuple(evidence or ()),
        grounds=tuple(ground or ()),
        about=about,
        reasons=reasons,
        decision=decision,
        view=view,
        consent=consent,
        transmit_to=transmit_to,
        respond_by=_day(respond_by) if respond_by else None,
    )


def ask_for(options: Options, details: Details, rights: tuple[str, ...]) -> Details:
    """What the rights cannot do without, asked of somebody who can answer; else the letter will say it."""
    if options.yes or options.json or not out.can_ask():
        return details
    asking: dict[str, tuple[bool, Callable[[Options, Details], Details]]] = {
        "rectification": (details.rectify, _corrections),
        "objection": (bool(details.reasons), _reasons),
        "restriction": (bool(details.restriction_grounds and details.about), _restriction),
        "automated-decision": (bool(details.decision), _decision),
        "questions": (details.respond_by is not None, _respond_by),
    }
    for right in rights:
        said, put = asking.get(right, (True, _reasons))
        if not said:
            details = put(options, details)
    return details


def _corrections(options: Options, details: Details) -> Details:
    held = ask.need(options, None, "which datum is wrong, as they hold it", "--wrong TEXT")
    right = ask.need(options, None, "how it should read", "--right-value TEXT")
    return replace(details, corrections=((held, right),))


def _reasons(options: Options, details: Details) -> Details:
    return replace(details, reasons=ask.need(options, None, "your reasons, from your own situation", "--reasons TEXT"))


def _restriction(options: Options, details: Details) -> Details:
    about = ask.need(options, details.about, "which data or processing to restrict", "--about TEXT")
    if details.restriction_grounds:
        return replace(details, about=about)
    known = [ground for ground in GROUNDS if ground.startswith("18.")]
    what = "the ground: a, the data are contested; b, unlawful; c, needed for claims; d, an objection is pending"
    return replace(details, about=about, grounds=(*details.grounds, ask.choose(options, None, what, "--ground", known)))


def _decision(options: Options, details: Details) -> Details:
    return replace(details, decision=ask.need(options, None, "which decision you contest", "--decision TEXT"))


def _respond_by(options: Options, details: Details) -> Details:
    said = ask.need(options, None, "by when you ask for an answer (YYYY-MM-DD)", "--respond-by DATE")
    return replace(details, respond_by=_day(said))


def _day(text: str) -> date:
    from dsar.desk.dates import day  # noqa: PLC0415 - only where a day is given

    return day(text)
