"""`dsar request`: open a case and draft the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.core.letter import Letter
    from dsar.core.parties import Controller
    from dsar.desk.office import Desk, File


class PairError(UsageError):
    """A value that should read KEY=VALUE."""

    sentence = "“{text}” is not of the form KEY=VALUE: write for example {example}."


def request(
    ctx: typer.Context,
    controller: Annotated[str, typer.Argument(help="Whom to write to: a name, brand, domain or id.")] = "",
    right: Annotated[list[str] | None, typer.Option(help="access, erasure (repeat).")] = None,
    regime: Annotated[str, typer.Option(help="The law: gdpr, the only one for cases so far.")] = "gdpr",
    subject: Annotated[str, typer.Option("--for", help="For whom (default: yourself).")] = "me",
    mandate: Annotated[str, typer.Option(help="The signed mandate, if for somebody else.")] = "",
    lang: Annotated[str, typer.Option(help="Language of the letters.")] = "",
    id_data: Annotated[
        list[str] | None, typer.Option("--id-data", help="What identifies you: email=… (repeat).")
    ] = None,
    question: Annotated[list[str] | None, typer.Option(help="A question of your own (repeat).")] = None,
    purpose: Annotated[str, typer.Option(help="Why, in one sentence.")] = "",
    name: Annotated[str, typer.Option(help="A company of your own: its name.")] = "",
    email: Annotated[str, typer.Option(help="… its e-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="… a line of its address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="… its country, two letters.")] = "",
    sector: Annotated[str, typer.Option(help="… its sector.")] = "general",
) -> None:
    """Open a case and draft the request."""
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk.opening import Ask, find_controller, open_case, own_controller  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found: Controller
        if name or email or country:
            found = own_controller(
                name=name or controller, email=email, address=tuple(address or ()), country=country, sector=sector
            )
        else:
            found = find_controller(ask.need(options, controller, "whom to write to", "a name, brand or domain"))
        wish = Ask(
            rights=tuple(right or ("access",)),
            subject=subject,
            mandate=mandate,
            language=lang,
            id_data=tuple(pair(text, "email=me@mail.example") for text in id_data or ()),
            questions=tuple(question or ()),
            purpose=purpose,
            regime=regime,
        )
        # opened and drafted, or neither
        with desk.vault.transaction():
            file = open_case(desk, found, wish)
            drafted = _drafted(desk, file)
    _said(options, found, file, drafted)


def pair(text: str, example: str) -> tuple[str, str]:
    """KEY=VALUE as two texts.

    Raises:
        PairError: there is no `=`, or nothing on one side of it.
    """
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise PairError(text=text, example=example)
    return key.strip(), value.strip()


def _drafted(desk: Desk, file: File) -> Letter:
    from dsar.desk.drafting import Wish, draft, keep  # noqa: PLC0415 - loads the letters
    from dsar.desk.opening import letter_kind  # noqa: PLC0415 - as above

    kind = letter_kind(file.case.opened.rights)
    return keep(desk, draft(desk, file.case.ref, Wish(kind=kind))).letter


def _said(options: Options, controller: Controller, file: File, letter: Letter) -> None:
    from dsar.desk.opening import doubts  # noqa: PLC0415 - loaded with the vault

    command, warnings = f"dsar letter {letter.kind} {file.case.ref}", doubts(file)
    if options.json:
        out.emit(
            {
                "ref": file.case.ref,
                "letter": letter.kind,
                "lang": letter.lang,
                "warnings": list(warnings),
                "next": command,
            }
        )
        return
    out.say(f"Case {file.case.ref}: {file.case.opened.subject.name} v. {controller.name}")
    out.say(f"Drafted: {letter.subject}")
    out.tell(*warnings)
    if not controller.checked and controller.source:
        out.tell(f"Their address was not confirmed at its source ({controller.source}): check it before you send.")
    for habit in controller.habits:
        out.tell(f"Known of them: {habit}")
    out.say("", f"Next: {command}", "      Read it; add --edit to change it, --issue to freeze it.")
