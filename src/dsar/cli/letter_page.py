"""What `dsar letter` shows: the text, a file, what should be known of it, and the command that follows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from dsar.cli import out

if TYPE_CHECKING:
    from dsar.cli.options import Options
    from dsar.desk.drafting import Drafted
    from dsar.desk.office import Desk

    Format = Literal["pdf", "txt", "eml", "md"]

_USUAL_DAYS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a letter is to be written, and how; nothing of both is the screen."""

    fmt: str
    path: Path | None

    def format(self) -> Format | None:
        """The format of the file that is to be written; None if the text is only shown."""
        fmt = self.fmt or ("pdf" if self.path is not None else "")
        return None if not fmt or (self.path is None and fmt == "txt") else cast("Format", fmt)

    def write(self, data: bytes, name: str) -> Path:
        """Write the file: to the path, into the folder that it is, or here under its own name."""
        from dsar.cli.files import write_file  # noqa: PLC0415 - only where a file is asked for

        path = Path(name) if self.path is None else self.path / name if self.path.is_dir() else self.path
        write_file(path, data)
        return path


def write(desk: Desk, drafted: Drafted, number: int | None, target: Target) -> Path | None:
    """Write the draft; of an issued letter, the bytes that were stored."""
    from dsar.desk import frozen  # noqa: PLC0415 - loads the letters
    from dsar.paper.formats import render  # noqa: PLC0415 - loads the paper

    fmt, ref, one = target.format(), drafted.file.case.ref, drafted.letter
    if fmt is None:
        return None
    if number is None:
        data = render(one, fmt, attachments=frozen.enclosed(desk, drafted.file, one))
    else:
        data = frozen.rendered(desk, frozen.frozen(desk, ref, one.kind, number), fmt)
    return target.write(data, f"{ref}-{one.kind}.{fmt}")


def warn(drafted: Drafted, number: int | None, target: Target) -> None:
    """What should be known of a letter that is shown or was issued."""
    ref, kind = drafted.file.case.ref, drafted.letter.kind
    if drafted.stale:
        out.tell("The case has changed since this draft was edited: read it again with --edit, or fill it with --anew.")
    if drafted.problem:
        out.tell(
            f"This is the letter as the case fills it. Your edited draft is kept, but no letter can be made of it: "
            f"{drafted.problem}. --edit opens it again, --discard drops it."
        )
    if number is None:
        for old in drafted.file.case.letters:
            if old.fact.kind == kind:
                again = _again_command(kind, ref, old.n)
                out.tell(f"This kind of letter was issued on {old.fact.on} already, as entry {old.n}: `{again}`")
    if target.format() == "eml":
        _tell_enclosures(drafted)


def _tell_enclosures(drafted: Drafted) -> None:
    if drafted.letter.enclosures:
        said = "; ".join(drafted.letter.enclosures)
        out.tell(f"The letter encloses: {said}. The mail carries its PDF and the signed mandate; attach the rest.")


def _again_command(kind: str, ref: str, entry: int, fmt: str = "pdf") -> str:
    return f"dsar letter {kind} {ref} --entry {entry} --format {fmt}"


def _next(drafted: Drafted, *, issued: bool) -> str:
    """What follows: issuing, with what was wished; then sending; a complaint goes with its dossier."""
    one, ref = drafted.letter, drafted.file.case.ref
    if issued:
        return (
            f"dsar dossier {ref} --out DIR" if one.kind == "complaint" else f"dsar sent {ref} --on DATE --via CHANNEL"
        )
    wished = [
        f"--lang {one.lang}" if one.lang != drafted.file.case.opened.language else "",
        f"--days {drafted.term_days}" if one.kind == "notice" and drafted.term_days != _USUAL_DAYS else "",
        f"--authority {drafted.authority}" if drafted.authority else "",
    ]
    step = "--edit" if drafted.problem or (drafted.stale and drafted.template.asserts) else "--issue"
    return " ".join(part for part in (f"dsar letter {one.kind} {ref}", *wished, step) if part)


def show(options: Options, drafted: Drafted, written: Path | None, number: int | None) -> None:
    """Print the letter, or what became of it, and what comes next."""
    ref = drafted.file.case.ref
    command = _next(drafted, issued=number is not None)
    if options.json:
        document = _document(ref, drafted.letter.kind, drafted.letter.lang, drafted.letter.subject, number, written)
        document |= {
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
        out.tell(f"Its exact PDF: {_again_command(drafted.letter.kind, ref, number)} (or md, txt, eml)")
    out.tell("", f"Next: {command}")


def _text(drafted: Drafted) -> str:
    from dsar.paper.letter_text import render_text  # noqa: PLC0415 - loads the paper

    return render_text(drafted.letter)


def _document(ref: str, kind: str, lang: str, subject: str, number: int | None, written: Path | None) -> dict[str, Any]:
    return {
        "ref": ref,
        "kind": kind,
        "lang": lang,
        "subject": subject,
        "issued": number,
        "path": str(written) if written else None,
    }


def again(options: Options, desk: Desk, ref: str | None, kind: str, entry: int, target: Target) -> None:
    """A letter as it was issued: its stored bytes, or a form made from them."""
    from dsar.desk import frozen  # noqa: PLC0415 - loads the letters

    one = frozen.frozen(desk, ref, kind, entry)
    name, fact, fmt = one.file.case.ref, one.letter.fact, target.format()
    written = None
    if fmt is not None:
        written = target.write(frozen.rendered(desk, one, fmt), f"{name}-{entry:02}-{kind}.{fmt}")
    text = frozen.rendered(desk, one, "txt").decode() if options.json or written is None else ""
    command = f"dsar show {name}"
    if options.json:
        out.emit(_document(name, kind, fact.lang, fact.subject, entry, written) | {"text": text, "next": command})
        return
    out.say(f"Written: {written}" if written is not None else text)
    if fmt == "eml":
        out.tell("The mail carries the letter's PDF, and the signed mandate where the letter encloses it.")
    out.tell("", f"Next: {command}")
