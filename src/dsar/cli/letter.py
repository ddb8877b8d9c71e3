"""`dsar letter`: a letter of a case, drafted, edited, shown in any format, issued."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.desk.drafting import Drafted

FORMATS = ("pdf", "txt", "eml", "md")


class FormatError(UsageError):
    """No such format."""

    sentence = "There is no format “{name}”: choose among {known}."


def letter(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="access, identity-reply, notice … (dsar letters list)")],
    ref: Annotated[str | None, typer.Argument(help="The case.")] = None,
    lang: Annotated[str, typer.Option(help="Language (default: the case's).")] = "",
    fmt: Annotated[str, typer.Option("--format", help="pdf, txt, eml or md.")] = "",
    out_path: Annotated[Path | None, typer.Option("--out", help="File or folder to write to.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Open the draft in $EDITOR.")] = False,
    issue: Annotated[bool, typer.Option("--issue", help="Freeze it into the log.")] = False,
    authority: Annotated[str, typer.Option(help="For a complaint: to which authority.")] = "",
    days: Annotated[int, typer.Option(help="For a formal notice: its term in days.", min=1, max=90)] = 15,
    anew: Annotated[bool, typer.Option("--anew", help="Forget the edited draft; fill it from the case again.")] = False,
) -> None:
    """Draft a letter of a case. Without a format it is printed as text."""
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk.drafting import Wish, draft, keep  # noqa: PLC0415 - loads the letters
    from dsar.desk.drafting import issue as freeze  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    if fmt and fmt not in FORMATS:
        raise FormatError(name=fmt, known=", ".join(FORMATS))
    with at_desk(options) as desk:
        wish = Wish(kind=kind, lang=lang, term_days=days, authority=authority)
        drafted = draft(desk, ref, wish, anew=anew)
        drafted = keep(desk, drafted, _edited(drafted) if edit else None)
        if issue:
            _agree(options, drafted)
        # frozen and written, or neither: a folder that is not there leaves no issued letter behind
        with desk.vault.transaction():
            number = freeze(desk, drafted)[1] if issue else None
            written = _write(drafted, fmt or ("pdf" if out_path is not None else ""), out_path)
        _show(options, drafted, written, number)


def _edited(drafted: Drafted) -> str:
    from dsar.cli.editor import edit as open_editor  # noqa: PLC0415 - only for --edit
    from dsar.letters.draft import to_text  # noqa: PLC0415 - loads the letters

    return open_editor(to_text(drafted.letter), name=f"{drafted.letter.kind}.md")


def _agree(options: Options, drafted: Drafted) -> None:
    """Say what should be known before a letter is frozen, and ask whoever can answer."""
    if drafted.discloses:
        out.tell("With this letter they newly learn: " + ", ".join(drafted.discloses) + ".")
    if drafted.stale:
        out.tell("The case has changed since this draft was made: read it once more.")
    if not drafted.template.review.by:
        out.tell("The wording of this letter was not reviewed by a lawyer.")
    if out.can_ask() and not options.json:
        ask.confirm(options, "Freeze this letter into the log?")


def _next(kind: str, ref: str, *, issued: bool) -> str:
    """What follows: issuing, then sending; a complaint goes with its dossier."""
    if not issued:
        return f"dsar letter {kind} {ref} --issue"
    return f"dsar dossier {ref} --out DIR" if kind == "complaint" else f"dsar sent {ref} --on DATE --via CHANNEL"


def _show(options: Options, drafted: Drafted, written: Path | None, number: int | None) -> None:
    ref = drafted.file.case.ref
    command = _next(drafted.letter.kind, ref, issued=number is not None)
    if options.json:
        document: dict[str, Any] = {
            "ref": ref,
            "kind": drafted.letter.kind,
            "lang": drafted.letter.lang,
            "subject": drafted.letter.subject,
            "issued": number,
            "path": str(written) if written else None,
            "discloses": list(drafted.discloses),
            "claims": list(drafted.claims),
            "reviewed": drafted.template.review.by or None,
            "text": _text(drafted),
            "next": command,
        }
        out.emit(document)
        return
    if written is not None:
        out.say(f"Written: {written}")
    elif not number:
        out.say(_text(drafted))
    if number:
        out.say(f"Issued as entry {number} of case {ref}: {drafted.letter.subject}")
    out.tell("", f"Next: {command}")


def _text(drafted: Drafted) -> str:
    from dsar.paper.letter_text import render_text  # noqa: PLC0415 - loads the paper

    return render_text(drafted.letter)


def _write(drafted: Drafted, fmt: str, path: Path | None) -> Path | None:
    if not fmt or (path is None and fmt == "txt"):
        return None
    from dsar.cli.files import write_file  # noqa: PLC0415 - only where a file is asked for
    from dsar.paper.formats import render  # noqa: PLC0415 - loads the paper

    name = f"{drafted.file.case.ref}-{drafted.letter.kind}.{fmt}"
    target = Path(name) if path is None else path / name if path.is_dir() else path
    write_file(target, render(drafted.letter, fmt))  # type: ignore[arg-type]  # checked against FORMATS above
    return target
