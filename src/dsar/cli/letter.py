"""`dsar letter`: a letter of a case, drafted, edited, shown in any format, issued; and one that was issued, again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli import letter_page as page
from dsar.cli.options import Options
from dsar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.desk.drafting import Drafted, Wish
    from dsar.desk.office import Desk

FORMATS = ("pdf", "docx", "txt", "eml", "mailto", "md")
# those that show a signature and an address window
_ON_PAPER = ("", "pdf", "docx", "eml")


class FormatError(UsageError):
    """No such format."""

    sentence = "There is no format “{name}”: choose among {known}."


class OnlyWithError(UsageError):
    """An option that the chosen format cannot honour."""

    sentence = "{option} is for {formats}: choose that format, or leave the option away."


class EntryOnlyError(UsageError):
    """An issued letter cannot be changed."""

    sentence = "--entry shows a letter that was issued, which nothing changes: leave {option} away."


class DiscardOnlyError(UsageError):
    """Dropping a draft and working on it."""

    sentence = "--discard only drops the kept draft: leave {option} away."


def letter(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="access, identity-reply, notice … (dsar letters list)")],
    ref: Annotated[str | None, typer.Argument(help="The case.")] = None,
    lang: Annotated[str, typer.Option(help="Language (default: the kept draft's, else the case's).")] = "",
    fmt: Annotated[str, typer.Option("--format", help="pdf, docx, txt, eml, mailto or md.")] = "",
    out_path: Annotated[
        str, typer.Option("--out", metavar="PATH", help="File or folder to write to; one that ends in / is made.")
    ] = "",
    edit: Annotated[bool, typer.Option("--edit", help="Open the draft in $EDITOR, and keep it.")] = False,
    issue: Annotated[bool, typer.Option("--issue", help="Freeze it into the log.")] = False,
    authority: Annotated[str, typer.Option(help="For a complaint: to which authority.")] = "",
    to: Annotated[int | None, typer.Option(help="For a reply: the entry of their message (default: the last).")] = None,
    days: Annotated[
        int | None, typer.Option(help="For a formal notice: its term in days (default: 15).", min=1, max=90)
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option("--leave-out", help="An identifier that it does not show: email … (repeat; none: show all)."),
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Forget the edited draft; fill it from the case again.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Only drop the kept draft.")] = False,
    entry: Annotated[int | None, typer.Option(help="The letter issued by that entry, as it was issued.")] = None,
    attach: Annotated[list[str] | None, typer.Option(help="For eml: an exhibit's number, or a file (repeat).")] = None,
    signature: Annotated[Path | None, typer.Option(help="A picture of the signature.")] = None,
    window: Annotated[str, typer.Option(help="The envelope: din-5008-b, din-5008-a, fr, ch-right, uk, right.")] = "",
) -> None:
    """Draft a letter of a case, or show one that was issued. Without a format it is printed as text."""
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk.drafting import Wish  # noqa: PLC0415 - loads the letters
    from dsar.desk.export_letter import dress  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if fmt and fmt not in FORMATS:
        raise FormatError(name=fmt, known=", ".join(FORMATS))
    given: dict[str, object] = {
        "--edit": edit,
        "--issue": issue,
        "--anew": anew,
        "--days": days,
        "--authority": authority,
        "--to": to,
        "--leave-out": leave_out,
    }
    look = {"--signature": signature, "--window": window}
    if entry is not None:
        _refuse(EntryOnlyError, {**given, **look, "--discard": discard, "--lang": lang})
    elif discard:
        _refuse(DiscardOnlyError, {**given, **look, "--format": fmt, "--out": out_path, "--attach": attach})
    if fmt not in _ON_PAPER and not issue:
        _refuse(OnlyWithError, look, formats="pdf, docx and eml")
    if fmt != "eml":
        _refuse(OnlyWithError, {"--attach": attach}, formats="--format eml")
    target = page.Target(
        fmt=fmt,
        path=page.place(options, out_path),
        attach=tuple(attach or ()),
        signature=signature,
        dress=dress(signature, window),
    )
    with at_desk(options) as desk:
        if entry is not None:
            page.again(options, desk, ref, kind, entry, target)
        elif discard:
            _discard(options, desk, ref, kind, lang)
        else:
            wish = Wish(
                kind=kind, lang=lang, term_days=days, authority=authority, to=to, leave_out=tuple(leave_out or ())
            )
            _draft(options, desk, ref, wish, target, edit=edit, issue=issue, anew=anew)


def _refuse(error: type[UsageError], given: Mapping[str, object], **more: str) -> None:
    for option, value in given.items():
        if value:
            raise error(option=option, **more)


def _draft(
    options: Options,
    desk: Desk,
    ref: str | None,
    wish: Wish,
    target: page.Target,
    *,
    edit: bool,
    issue: bool,
    anew: bool,
) -> None:
    from dsar.desk.drafting import draft, refuse_unusable  # noqa: PLC0415 - loads the letters
    from dsar.desk.drafting import issue as freeze  # noqa: PLC0415 - as above

    drafted = draft(desk, ref, wish, anew=anew)
    if edit:
        drafted = _edited(desk, drafted)
    if issue:
        refuse_unusable(drafted)
        _agree(options, drafted)
    text = page.text_of(drafted.letter, target)
    # frozen and written, or neither: a folder that is not there leaves no issued letter behind
    with desk.vault.transaction():
        if anew and not edit:
            _forget(desk, drafted)
        number = freeze(desk, drafted, target.dress)[1] if issue else None
        written = page.write(desk, drafted, number, target)
    page.warn(desk, drafted, number, target)
    page.show(options, drafted, target, text, written, number)


def _edited(desk: Desk, drafted: Drafted) -> Drafted:
    from dsar.cli.editor import edit as open_editor  # noqa: PLC0415 - only for --edit
    from dsar.desk.drafting import keep  # noqa: PLC0415 - loads the letters

    left = open_editor(drafted.text, name=f"{drafted.letter.kind}.md")
    return keep(desk, drafted, left.text, problem="the editor ended with an error" if left.failed else "")


def _forget(desk: Desk, drafted: Drafted) -> None:
    """`--anew`: the draft that was kept is gone, also where the new one is only looked at."""
    from dsar.desk.kept import discard  # noqa: PLC0415 - only for --anew
    from dsar.desk.office import drafts_of  # noqa: PLC0415 - as above

    ref, one = drafted.file.case.ref, drafted.letter
    if f"{ref}/{one.kind}/{one.lang}" in drafts_of(desk, ref):
        discard(desk, ref, one.kind, one.lang)


def _discard(options: Options, desk: Desk, ref: str | None, kind: str, lang: str) -> None:
    from dsar.desk.kept import discard  # noqa: PLC0415 - only for --discard

    name, count = discard(desk, ref, kind, lang)
    command = f"dsar next {name}"
    if options.json:
        out.emit({"ref": name, "kind": kind, "discarded": count, "next": command})
        return
    out.say(f"Dropped: the kept draft of “{kind}” in case {name}.")
    out.tell("", f"Next: {command}")


def _agree(options: Options, drafted: Drafted) -> None:
    """Say what should be known before a letter is frozen, and ask whoever can answer."""
    if drafted.discloses:
        out.tell("With this letter they newly learn: " + ", ".join(drafted.discloses) + ".")
        out.tell(f"What they need not learn can be left out: --leave-out {drafted.discloses[-1]}.")
    if not drafted.template.review.by:
        out.tell("The wording of this letter was not reviewed by a lawyer.")
    out.tell(*page.once_more(drafted))
    if out.can_ask() and not options.json:
        ask.confirm(options, "Freeze this letter into the log?")
