"""What `dsar letter` shows: the text, a file, what should be known of it, and the command that follows."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dsar.cli import ask, out
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.cli.options import Options
    from dsar.core.letter import Letter
    from dsar.desk.drafting import Drafted
    from dsar.desk.office import Desk
    from dsar.paper.formats import Dress, Format

_USUAL_DAYS = 15
# what a person reads on the screen where no file is named
_SHOWN = ("txt", "mailto")


class WriteOverError(UsageError):
    """A file that is there already, and nobody to ask."""

    sentence = "There is already a file {path}: choose another name, or add --yes to write over it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a letter is to be written, and how; nothing of both is the screen.

    `attach` goes with its mail; `dress` is how it looks on paper, `signature` the file that its signature came from.
    """

    fmt: str
    path: Path | None
    attach: tuple[str, ...]
    signature: Path | None
    dress: Dress

    def format(self) -> Format | None:
        """The format of the file that is to be written; None if the text is only shown."""
        fmt = self.fmt or ("pdf" if self.path is not None else "")
        return None if not fmt or (self.path is None and fmt in _SHOWN) else cast("Format", fmt)

    @property
    def link(self) -> bool:
        """Whether the letter is shown as a `mailto:` link."""
        return self.fmt == "mailto" and self.path is None

    def write(self, data: bytes, name: str) -> Path:
        """Write the file: to the path, into the folder that it is, or here under its own name."""
        from dsar.cli.files import write_file  # noqa: PLC0415 - only where a file is asked for

        path = Path(name) if self.path is None else self.path / name if self.path.is_dir() else self.path
        write_file(path, data)
        return path


def place(options: Options, said: str) -> Path | None:
    """Where `--out` says: a folder that ends in a slash is made; a file that is there is written over when agreed.

    Raises:
        NotWritableError: the folder cannot be made.
        WriteOverError, NotConfirmedError: the file is there already, and nobody agreed.
    """
    if not said:
        return None
    path = Path(said).expanduser()
    if said.endswith(("/", os.sep)):
        from dsar.cli.files import made_folder  # noqa: PLC0415 - only where a file is asked for

        made_folder(path)
    elif path.is_file():
        if not options.yes and (options.json or not out.can_ask()):
            raise WriteOverError(path=path)
        ask.confirm(options, f"Write over {path}, which is there already?")
    return path


def write(desk: Desk, drafted: Drafted, number: int | None, target: Target) -> Path | None:
    """Write the draft; of an issued letter, the bytes that were stored."""
    from dsar.desk import frozen  # noqa: PLC0415 - loads the letters
    from dsar.desk.export_letter import attached  # noqa: PLC0415 - as above
    from dsar.paper.formats import render  # noqa: PLC0415 - loads the paper

    fmt, ref, one = target.format(), drafted.file.case.ref, drafted.letter
    if fmt is None:
        return None
    more = attached(desk, drafted.file, one.lang, target.attach)
    if number is None:
        enclosed = frozen.enclosed(desk, drafted.file, one)
        data = render(one, fmt, attachments=(*enclosed, *more), dress=target.dress)
    else:
        data = frozen.rendered(desk, frozen.frozen(desk, ref, one.kind, number), fmt, more)
    # what is issued is evidence: no draft of another day is written over it
    entry = "" if number is None else f"-{number:02}"
    return target.write(data, f"{ref}{entry}-{one.kind}.{fmt}")


def warn(desk: Desk, drafted: Drafted, number: int | None, target: Target) -> None:
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
    mandate = drafted.file.case.opened.mandate
    if drafted.template.sender == "complainant" and mandate is not None and not mandate.may_complain:
        who = drafted.file.case.opened.subject.name
        body = "a company for profit cannot complain for somebody (Art. 80(1) GDPR)"
        why = body if mandate.agent.commercial else f"the mandate {mandate.id} covers no complaint (Art. 77 GDPR)"
        out.tell(f"{who} signs and lodges it: {why}.")
    if target.format() == "eml":
        _tell_enclosures(drafted, target)
    if number is not None:
        _tell_to_do(desk, drafted, target)


def _tell_to_do(desk: Desk, drafted: Drafted, target: Target) -> None:
    """What the issued letter says of itself, and somebody has to make true."""
    from dsar.desk import enclosing  # noqa: PLC0415 - loaded with the letters

    one, ref = drafted.letter, drafted.file.case.ref
    missing = enclosing.lacking(desk, drafted.file, one.enclosures, one.lang)
    if missing and target.format() != "eml":  # of a mail, it was said above
        out.tell(enclosing.by_hand(missing))
    if enclosing.goes_both_ways(desk, one.via, one.lang):
        out.tell(
            "Its heading says that it goes by registered post and by e-mail: send it both ways, and record each: "
            f"`dsar sent {ref} --via registered`, `dsar sent {ref} --via email`."
        )


def once_more(drafted: Drafted) -> list[str]:
    """What to know before a letter is issued that was issued before; replies to different messages are different."""
    told = []
    for old in drafted.file.case.letters:
        if old.fact.kind == drafted.letter.kind and old.fact.answers == drafted.to:
            became = "it left, and this will be a second one" if old.sendings else "this one takes its place"
            told.append(f"This kind of letter was issued on {old.fact.on} already, as entry {old.n}: {became}.")
    return told


def _tell_enclosures(drafted: Drafted, target: Target) -> None:
    if drafted.letter.enclosures:
        said = "; ".join(drafted.letter.enclosures)
        carried = "its PDF, the signed mandate" + (", and what you named with --attach" if target.attach else "")
        out.tell(f"The letter encloses: {said}. The mail carries {carried}; --attach NUMBER or FILE adds what lacks.")


def _again_command(kind: str, ref: str, entry: int, fmt: str = "pdf") -> str:
    return f"dsar letter {kind} {ref} --entry {entry} --format {fmt}"


def _next(drafted: Drafted, target: Target, *, issued: bool) -> str:
    """What follows: issuing, with what was wished; then sending; a complaint goes with its dossier."""
    from dsar.desk.filling import SETS_TERM  # noqa: PLC0415 - loaded with the letters

    one, ref = drafted.letter, drafted.file.case.ref
    if issued:
        return (
            f"dsar dossier {ref} --out DIR" if one.kind == "complaint" else f"dsar sent {ref} --on DATE --via CHANNEL"
        )
    wished = [
        f"--lang {one.lang}" if one.lang != drafted.file.case.opened.language else "",
        f"--days {drafted.term_days}" if one.kind in SETS_TERM and drafted.term_days != _USUAL_DAYS else "",
        f"--authority {drafted.authority}" if drafted.authority else "",
        f"--to {drafted.to}" if _one_of_several(drafted) else "",
        f"--window {target.dress.window}" if target.dress.window else "",
        f"--signature {shlex.quote(str(target.signature))}" if target.signature is not None else "",
    ]
    step = "--edit" if drafted.problem or (drafted.stale and drafted.template.asserts) else "--issue"
    return " ".join(part for part in (f"dsar letter {one.kind} {ref}", *wished, step) if part)


def _one_of_several(drafted: Drafted) -> bool:
    """Whether the message that the letter replies to is one of several of its kind."""
    case = drafted.file.case
    message = case.message(drafted.to) if drafted.to is not None else None
    return message is not None and message.meaning is not None and len(case.meaning(type(message.meaning))) > 1


def show(
    options: Options, drafted: Drafted, target: Target, text: str, written: Path | None, number: int | None
) -> None:
    """Print the letter (`text`), or what became of it, and what comes next."""
    ref = drafted.file.case.ref
    command = _next(drafted, target, issued=number is not None)
    if options.json:
        document = _document(ref, drafted.letter.kind, drafted.letter.lang, drafted.letter.subject, number, written)
        document |= {
            "discloses": list(drafted.discloses),
            "claims": list(drafted.claims),
            "reviewed": drafted.template.review.by or None,
            "text": text,
            "next": command,
        }
        out.emit(document)
        return
    if written is not None:
        out.say(f"Written: {written}")
    elif not number or target.link:
        out.say(text)
    if number:
        out.say(f"Issued as entry {number} of case {ref}: {drafted.letter.subject}")
        out.tell(f"Its exact PDF: {_again_command(drafted.letter.kind, ref, number)} (or docx, txt, eml, mailto, md)")
    out.tell("", f"Next: {command}")


def text_of(letter: Letter, target: Target) -> str:
    """What is read on the screen: the letter as text, or the link that carries it.

    Raises:
        NoLinkError: no link can carry it.
    """
    from dsar.paper.letter_mailto import render_mailto  # noqa: PLC0415 - loads the paper
    from dsar.paper.letter_text import render_text  # noqa: PLC0415 - as above

    return render_mailto(letter) if target.link else render_text(letter)


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
    from dsar.desk.export_letter import attached  # noqa: PLC0415 - as above

    one = frozen.frozen(desk, ref, kind, entry)
    name, fact, fmt = one.file.case.ref, one.letter.fact, target.format()
    written = None
    if fmt is not None:
        more = attached(desk, one.file, fact.lang, target.attach)
        written = target.write(frozen.rendered(desk, one, fmt, more), f"{name}-{entry:02}-{kind}.{fmt}")
    shown: Format = "mailto" if target.link else "txt"
    text = frozen.rendered(desk, one, shown).decode() if options.json or written is None else ""
    command = f"dsar show {name}"
    if options.json:
        out.emit(_document(name, kind, fact.lang, fact.subject, entry, written) | {"text": text, "next": command})
        return
    out.say(f"Written: {written}" if written is not None else text)
    if fmt == "eml":
        out.tell("The mail carries the letter's PDF, and the signed mandate where the letter encloses it.")
    out.tell("", f"Next: {command}")
