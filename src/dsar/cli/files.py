"""`dsar dossier` and `dsar verify`, and writing a file without leaving half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from dsar.desk.admitting import Check, Checked
    from dsar.desk.office import Desk

_NO = 1


class NotWritableError(InputError):
    """A file cannot be written."""

    sentence = "“{path}” cannot be written ({why}): choose another place with --out."


class NoFileError(NotFoundError):
    """A file is not there."""

    sentence = "There is no file “{path}”."


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there.

    Raises:
        NotWritableError: the folder is missing or closed.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".dsar-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotWritableError(path=path, why=error.strerror or "an error") from error


def made_folder(folder: Path) -> None:
    """Make a folder, and those above it, for nobody else to read; one that is there stays as it is.

    Raises:
        NotWritableError: it cannot be made, or a file is in its place.
    """
    try:
        for one in (*reversed(folder.parents), folder):
            one.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise NotWritableError(path=folder, why=error.strerror or "an error") from error


def dossier(
    ctx: typer.Context,
    ref: Annotated[str | None, typer.Argument(help="The case.")] = None,
    authority: Annotated[str, typer.Option(help="The authority (default: the one complained to).")] = "",
    lang: Annotated[str, typer.Option(help="Language (default: the complaint's).")] = "",
    out_folder: Annotated[Path, typer.Option("--out", help="The folder to write into.")] = Path(),
    check: Annotated[bool, typer.Option("--check", help="Only say what it lacks.")] = False,
    form: Annotated[bool, typer.Option("--form", help="What to copy into the authority's own form.")] = False,
    max_size: Annotated[str, typer.Option(help="Split it into parts of at most this size, such as 5MB.")] = "",
    redact: Annotated[
        list[str] | None, typer.Option(help="EXHIBIT:PAGE:AREA=REASON to black out, as 4:1:B2:D4=a photo (repeat).")
    ] = None,
    grid: Annotated[str, typer.Option(help="Only draw the pages of this exhibit under a grid, for --redact.")] = "",
    with_returned_data: Annotated[
        bool, typer.Option("--with-returned-data", help="Show the personal data that the controller sent.")
    ] = False,
    show: Annotated[
        list[str] | None, typer.Option(help="Show this one file of what the controller sent, as 7.1 (repeat).")
    ] = None,
    token: Annotated[Path | None, typer.Option(help="A timestamp (.tsr) of the manifest, to enclose.")] = None,
    copy: Annotated[
        list[str] | None, typer.Option(help="Also write a copy: controller, or share (masked); may be repeated.")
    ] = None,
    front_matter: Annotated[
        str, typer.Option(help="roman: the front has pages i, ii … and the exhibits begin on 1.")
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 if there is something to look at first.")
    ] = False,
    ocr: Annotated[bool, typer.Option("--ocr/--no-ocr", help="Let tesseract read scans, where installed.")] = True,
    campaign: Annotated[str, typer.Option(help="Many complainants: the people of this campaign.")] = "",
    controller: Annotated[str, typer.Option(help="… against this controller, if it is against several.")] = "",
    residence: Annotated[str, typer.Option(help="… only those who live in this country, two letters.")] = "",
    subject: Annotated[str, typer.Option("--for", help="… and a copy for this one: nobody else is named in it.")] = "",
    split: Annotated[bool, typer.Option("--split-by-person", help="… and such a copy for each of them.")] = False,
    renumber: Annotated[bool, typer.Option("--renumber", help="… numbered anew, as long as it is not lodged.")] = False,
) -> None:
    """Build the dossier for the supervisory authority: one PDF, and a ZIP with the originals.

    With --campaign, that of many complainants; --authority each builds one for every authority that is competent.
    """
    from dsar.cli import binding  # noqa: PLC0415 - it needs this file
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk import bundling, redacting  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    wish = bundling.Wish(
        max_part=bundling.size(max_size) if max_size else 0,
        redactions=tuple(redacting.redaction(text) for text in redact or ()),
        with_returned=with_returned_data,
        shows=tuple(show or ()),
        token=token,
        ocr=ocr,
        roman=bundling.roman(front_matter),
    )
    kinds = bundling.copies(copy or ())
    if campaign or subject or split or renumber or residence or controller:
        from dsar.cli import collective  # noqa: PLC0415 - it needs this file
        from dsar.desk.collective_groups import Ask  # noqa: PLC0415 - only where many complain

        single = {"A reference": ref, "--form": form, "--grid": grid, "--copy": copy, "--strict": strict}
        collective.refuse_single(campaign, [name for name, value in single.items() if value])
        many = Ask(campaign=campaign, controller=controller, authority=authority, residence=residence, lang=lang)
        collective.dossier(
            options,
            collective.Asked(
                ask=many, out=out_folder, wish=wish, check=check, only=subject, split=split, renumber=renumber
            ),
        )
        return
    with at_desk(options) as desk:
        if check:
            from dsar.desk.admitting import check as admissible  # noqa: PLC0415 - only with --check

            _check(options, admissible(desk, ref, authority=authority, lang=lang))
        if form:
            _form(options, desk, ref, authority=authority, lang=lang)
            return
        if grid:
            _grid(options, _grids(desk, ref, grid, authority=authority, lang=lang, out_folder=out_folder), grid)
            return
        asked = binding.Asked(ref=ref, authority=authority, lang=lang, out=out_folder, wish=wish, copies=kinds)
        built = binding.build(desk, asked)
    binding.tell(options, built, strict=strict)


def _grids(
    desk: Desk, ref: str | None, exhibit: str, *, authority: str, lang: str, out_folder: Path
) -> tuple[Path, ...]:
    from dsar.desk.filing import grids  # noqa: PLC0415 - loads the paper

    try:
        return grids(desk, ref, exhibit, authority=authority, lang=lang, out=out_folder)
    except OSError as error:
        raise NotWritableError(path=out_folder, why=error.strerror or "an error") from error


def _grid(options: Options, paths: tuple[Path, ...], exhibit: str) -> None:
    command = f"dsar dossier --redact {exhibit}:1:B2:D4=REASON"
    if options.json:
        out.emit({"grid": [str(path) for path in paths], "next": command})
        return
    out.say(*(f"Written: {path}" for path in paths))
    out.tell("These pictures show everything, and only you may read them: delete them when you have the areas.")
    out.say("", f"Next: {command}")


def _check(options: Options, found: Check) -> None:
    """Print how the authority would see it and leave: with 1 if something is missing, or speaks against filing."""
    lacking = [point for point in found.points if point.verdict in {"missing", "against"}]
    if options.json:
        rows = [
            {"id": one.id, "verdict": one.verdict, "text": one.text, "command": one.command or None}
            for one in found.points
        ]
        lacks = [{"what": one.text, "mend": one.command} for one in lacking]
        out.emit({"ok": found.ok, "authority": found.authority or None, "lacks": lacks, "points": rows})
    else:
        for title, verdict in _VERDICTS:
            _points(title, [one for one in found.points if one.verdict == verdict])
        if not found.checked:
            out.tell("", f"The record of {found.authority} was not checked at its source: look at its site.")
        out.say("", "Nothing is missing that dsar knows of." if found.ok else "Not yet: see above.")
    raise typer.Exit(0 if found.ok else _NO)


def _form(options: Options, desk: Desk, ref: str | None, *, authority: str, lang: str) -> None:
    """Print the authority's form field by field, with what to copy into each."""
    from dsar.desk.forms import sheet  # noqa: PLC0415 - only with --form

    found = sheet(desk, ref, authority=authority, lang=lang)
    if options.json:
        rows = [
            {"label": one.label, "text": one.text, "limit": one.limit or None, "over": one.over, "note": one.note}
            for one in found.rows
        ]
        out.emit(
            {"authority": found.authority.id, "form": found.authority.form, "checked": found.checked, "fields": rows}
        )
        return
    out.say(f"{found.authority.name}: {found.authority.form or 'no form is known'}")
    if not found.checked:
        out.say("The fields of this form were not all seen: this is what the authority says it needs.")
    for number, one in enumerate(found.rows, start=1):
        out.heading(f"{number}. {one.label}")
        out.say(one.text or "(by hand)", *([f"  ({one.note})"] if one.note else []))
        if one.over:
            out.say(f"  Too long by {one.over} characters (at most {one.limit}): shorten it, and enclose the whole.")
    out.say("", f"Next: dsar dossier {found.ref} --authority {found.authority.id} --out DIR")


_VERDICTS = (
    ("What speaks against filing today", "against"),
    ("What is missing", "missing"),
    ("What you must do by hand", "by-hand"),
    ("What is there", "there"),
)


def _points(title: str, points: list[Checked]) -> None:
    if not points:
        return
    out.heading(title)
    for one in points:
        out.say(f"- {one.text}", *([f"  {one.command}"] if one.command else []))


def verify(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(help="The ZIP of a dossier.")],
) -> None:
    """Check a dossier against its manifest, with nothing but the file."""
    from dsar.paper.dossier.verify import verify as check  # noqa: PLC0415 - only here

    options = ctx.ensure_object(Options)
    if not path.is_file():
        raise NoFileError(path=path)
    found = check(path)
    if options.json:
        stamped = found.token or None
        told = {"kind": found.kind or None, "copy_of": found.copy_of or None}
        problems = list(found.problems)
        out.emit({"ok": found.ok, "files": found.files, "problems": problems, "timestamp": stamped, **told})
    elif found.ok:
        out.say(f"ok: {found.files} files, each as its manifest says.")
        if found.copy_of:
            out.say(f"It is a copy ({found.kind}) of the dossier whose manifest has the SHA-256 {found.copy_of}.")
        if found.token:
            out.say(f"{found.token} is a timestamp of the manifest: README.txt in the archive says how to check it.")
    else:
        out.say(*(f"- {problem}" for problem in found.problems))
    if not found.ok:
        raise typer.Exit(_NO)
