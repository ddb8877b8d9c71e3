"""`dsar request`: open a case and draft the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, details, out
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
    right: Annotated[list[str] | None, typer.Option(help="access, erasure, objection … (repeat).")] = None,
    letter: Annotated[str, typer.Option(help="The kind of letter (default: the one that fits).")] = "",
    regime: Annotated[
        str, typer.Option(help="The law: gdpr, eudpr, uk-gdpr, ch-fadp, led-fr or led-de (default: proposed).")
    ] = "",
    subject: Annotated[str, typer.Option("--for", help="For whom (default: yourself).")] = "me",
    mandate: Annotated[str, typer.Option(help="The signed mandate, if for somebody else.")] = "",
    lang: Annotated[str, typer.Option(help="Language of the letters.")] = "",
    id_data: Annotated[
        list[str] | None, typer.Option("--id-data", help="What identifies you: email=… (repeat).")
    ] = None,
    question: Annotated[list[str] | None, typer.Option(help="A question of your own (repeat).")] = None,
    purpose: Annotated[str, typer.Option(help="Why, in one sentence.")] = "",
    wrong: details.Wrong = None,
    right_value: details.RightValue = None,
    supplement: details.Supplement = "",
    evidence: details.Evidence = None,
    ground: details.Ground = None,
    about: details.About = "",
    reasons: details.Reasons = "",
    decision: details.Decision = "",
    view: details.View = "",
    consent: details.Consent = "",
    transmit_to: details.TransmitTo = "",
    respond_by: details.RespondBy = "",
    name: Annotated[str, typer.Option(help="A company of your own: its name.")] = "",
    email: Annotated[str, typer.Option(help="… its e-mail address.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="… a line of its address (repeat).")] = None,
    country: Annotated[str, typer.Option(help="… its country, two letters.")] = "",
    sector: Annotated[str, typer.Option(help="… its sector.")] = "general",
    website: Annotated[str, typer.Option(help="Whoever is behind this website.")] = "",
    pack: Annotated[str, typer.Option(help="A whole pack (dsar controllers packs): one case for each.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --pack: only show what would be written.")] = False,
) -> None:
    """Open a case and draft the request."""
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.cli.whom import Said, addressee  # noqa: PLC0415 - as above
    from dsar.cli.whom import pack as open_pack  # noqa: PLC0415 - as above
    from dsar.desk.opening import Ask, open_case  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    said = Said(
        text=controller,
        website=website,
        name=name,
        email=email,
        address=tuple(address or ()),
        country=country,
        sector=sector,
    )
    if dry_run and not pack:
        raise ask.MissingError(what="a pack to preview", option="--pack NAME")
    if pack and (controller or said != Said(sector=sector)):
        raise ask.MissingError(what="one addressee or a pack, not both", option="only --pack NAME")
    rights = tuple(right or (() if letter else ("access",)))
    told = details.read(
        wrong=wrong,
        right_value=right_value,
        supplement=supplement,
        evidence=evidence,
        ground=ground,
        about=about,
        reasons=reasons,
        decision=decision,
        view=view,
        consent=consent,
        transmit_to=transmit_to,
        respond_by=respond_by,
    )
    with at_desk(options) as desk:
        wish = Ask(
            rights=rights,
            letter=letter,
            details=details.ask_for(options, told, rights),
            subject=subject,
            mandate=mandate,
            language=lang,
            id_data=tuple(pair(text, "email=me@mail.example") for text in id_data or ()),
            questions=tuple(question or ()),
            purpose=purpose,
            regime=regime,
        )
        if pack:
            open_pack(options, desk, pack, wish, dry_run=dry_run)
            return
        # found or kept, opened and drafted, or nothing of it
        with desk.vault.transaction():
            found, remarks = addressee(options, desk, said)
            file = open_case(desk, found, wish)
            drafted = _drafted(desk, file)
    _said(options, found, file, drafted, remarks)


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

    return keep(desk, draft(desk, file.case.ref, Wish(kind=file.case.request_kind))).letter


def _said(options: Options, controller: Controller, file: File, letter: Letter, remarks: tuple[str, ...]) -> None:
    from dsar.desk.enclosing import announced  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.opening import doubts  # noqa: PLC0415 - as above

    command = f"dsar letter {letter.kind} {file.case.ref}"
    warnings = (*file.warnings, *doubts(file), *announced(file.case.opened), *remarks)
    if options.json:
        out.emit(
            {
                "ref": file.case.ref,
                "letter": letter.kind,
                "lang": letter.lang,
                "regime": file.case.opened.regime,
                "warnings": list(warnings),
                "next": command,
            }
        )
        return
    out.say(
        f"Case {file.case.ref}: {file.case.opened.subject.name} v. {controller.name}, under {file.case.opened.regime}"
    )
    out.say(f"Drafted: {letter.subject}")
    out.tell(*warnings)
    if not controller.checked and controller.source:
        out.tell(f"Their address was not confirmed at its source ({controller.source}): check it before you send.")
    if controller.languages and letter.lang not in controller.languages:
        theirs = controller.languages[0]
        out.tell(
            f"They are known to read {', '.join(controller.languages)}; this letter is in {letter.lang}. "
            f"In theirs: dsar letter {letter.kind} {file.case.ref} --lang {theirs}"
        )
    for habit in controller.habits:
        out.tell(f"Known of them: {habit}")
    for note in controller.notes:
        out.tell(f"Note: {note}")
    out.say("", f"Next: {command}", "      Read it; add --edit to change it, --issue to freeze it.")
