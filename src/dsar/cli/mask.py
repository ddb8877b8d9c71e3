"""`dsar mask`: the masked copy of an identity document that may leave; the document itself never does."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from dsar.desk.masking import Mask
    from dsar.letters.words import Words

_KINDS = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}


class KindError(UsageError):
    """A copy that is neither a PDF nor a picture."""

    sentence = "“{name}” names no kind of copy: let it end in .pdf, .png or .jpg."


class OriginalError(UsageError):
    """The copy would take the place of the document."""

    sentence = "The copy may not be written over the document itself: name another file with --out."


class GridOnlyError(UsageError):
    """A preview that would mask."""

    sentence = "--grid only draws the document under a grid: leave {option} away."


def mask(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A scan or picture of the document (PNG, JPEG … or PDF).")],
    keep: Annotated[
        list[str] | None, typer.Option(help="FIELD=AREA to show: name, authority, issued, expires, other (repeat).")
    ] = None,
    hide: Annotated[list[str] | None, typer.Option(help="AREA to hide, where the rest is shown (repeat).")] = None,
    mrz: Annotated[float, typer.Option(help="Per cent hidden at the foot of each page; 0: none.", min=0, max=100)] = 30,
    controller: Annotated[str, typer.Option("--for", help="The company that gets the copy.")] = "",
    name: Annotated[str, typer.Option("--of", help="Whose request it is for.")] = "",
    case: Annotated[str, typer.Option(help="The case: company, person and language are taken from it.")] = "",
    lang: Annotated[
        str, typer.Option(help="Language of the words across the copy (default: the case's, else en).")
    ] = "",
    grid: Annotated[bool, typer.Option("--grid", help="Only draw it under a grid, to read areas from.")] = False,
    out_path: Annotated[Path | None, typer.Option("--out", help="The copy: .pdf, .png or .jpg.")] = None,
) -> None:
    """Make the masked, watermarked copy of an identity document.

    AREA is cells of the --grid (B2:D4), or left,top,width,height in per cent; with @2 after it, on the second page.
    """
    from dsar.desk import masking  # noqa: PLC0415 - loads the paper

    options = ctx.ensure_object(Options)
    if grid:
        for option, value in {"--keep": keep, "--hide": hide, "--for": controller, "--of": name}.items():
            if value:
                raise GridOnlyError(option=option)
        _grid(options, file, out_path)
        return
    wished = masking.mask(keep or (), hide or (), mrz)
    target = out_path or Path(f"{file.stem}-masked.pdf")
    kind = _KINDS.get(target.suffix.lower())
    if kind is None:
        raise KindError(name=target.name)
    if target.exists() and file.exists() and target.samefile(file):
        raise OriginalError
    controller, name, lang, today = _parties(options, controller, name, case, lang)
    said = masking.words_across(_words(lang), controller, name, today)
    data, pages = masking.copy(file, wished, said, lang=lang, on=today, kind=kind)
    _write(target, data)
    _tell(options, wished, target, pages, said)


def _parties(options: Options, controller: str, name: str, case: str, lang: str) -> tuple[str, str, str, date]:
    """Company, person, language and day: what was said goes before what the case says."""
    from dsar.cli.session import at_desk, today  # noqa: PLC0415 - opens the vault
    from dsar.desk import masking  # noqa: PLC0415 - loads the paper

    if case:
        with at_desk(options) as desk:
            found = masking.about(desk, case)
        controller, name, lang = (one or other for one, other in zip((controller, name, lang), found, strict=True))
    controller = ask.need(options, controller, "the company that gets the copy", "--for NAME")
    name = ask.need(options, name, "whose request it is for", "--of NAME")
    return controller, name, lang or "en", today(options)


def _words(lang: str) -> Words:
    from dsar.cli.session import own_letters  # noqa: PLC0415 - only here
    from dsar.letters.find import roots  # noqa: PLC0415 - as above
    from dsar.letters.words import Words  # noqa: PLC0415 - as above

    return Words(lang, roots(*own_letters()))


def _write(path: Path, data: bytes) -> None:
    from dsar.cli.files import write_file  # noqa: PLC0415 - only where a file is written

    write_file(path, data)


def _grid(options: Options, file: Path, out_path: Path | None) -> None:
    from dsar.desk import masking  # noqa: PLC0415 - loads the paper

    target = out_path or Path(f"{file.stem}-grid.png")
    pages = masking.previews(file)
    paths = [target if not n else target.with_name(f"{target.stem}-{n + 1}{target.suffix}") for n in range(len(pages))]
    for path, data in zip(paths, pages, strict=True):
        if path.exists() and path.samefile(file):
            raise OriginalError
        _write(path, data)
    command = f"dsar mask {shlex.quote(str(file))} --keep name=B2:H3 --for COMPANY --of NAME"
    if options.json:
        out.emit({"grid": [str(path) for path in paths], "next": command})
        return
    out.say(*(f"Written: {path}" for path in paths))
    out.tell("These pictures show everything, and only you may read them: delete them when you have the areas.")
    out.say("", f"Next: {command}")


def _tell(options: Options, wished: Mask, target: Path, pages: int, said: str) -> None:
    from dsar.desk.masking import UNSEEN  # noqa: PLC0415 - loads the paper

    command = f"dsar letter identity-reply --format eml --attach {shlex.quote(str(target))}"
    if options.json:
        document = {
            "path": str(target),
            "pages": pages,
            "kept": [field for field, _ in wished.keep],
            "hidden": len(wished.hide),
            "mrz": wished.mrz,
            "cut": list(wished.cut),
            "words": said,
            "check": list(UNSEEN),
            "next": command,
        }
        out.emit(document)
        return
    out.say(f"Written: {target} ({pages} {'page' if pages == 1 else 'pages'}), across it: {said}")
    if wished.cut:
        cut = ", ".join(wished.cut)
        out.tell(f"The lowest {wished.mrz:g} per cent are hidden, and {cut} reaches into them: --mrz changes that.")
    out.tell(f"Look at it before it leaves. Nothing of these may be seen: {', '.join(UNSEEN)}.")
    out.say("", f"Next: {command}")
