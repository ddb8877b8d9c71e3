"""`dsar dossier` and `dsar verify`, and writing a file without leaving half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dsar.cli import out
from dsar.cli.options import Options
from dsar.errors import InputError, NotFoundError

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


def dossier(
    ctx: typer.Context,
    ref: Annotated[str | None, typer.Argument(help="The case.")] = None,
    authority: Annotated[str, typer.Option(help="The authority (default: the one complained to).")] = "",
    lang: Annotated[str, typer.Option(help="Language (default: the complaint's).")] = "",
    out_folder: Annotated[Path, typer.Option("--out", help="The folder to write into.")] = Path(),
    check: Annotated[bool, typer.Option("--check", help="Only say what it lacks.")] = False,
) -> None:
    """Build the dossier for the supervisory authority: one PDF, and a ZIP with every original."""
    from dsar.cli.session import at_desk  # noqa: PLC0415 - opens the vault
    from dsar.desk import filing  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        if check:
            _check(options, filing.lacks(desk, ref, authority=authority))
        try:
            bound = filing.bind(desk, ref, authority=authority, lang=lang, out=out_folder)
        except OSError as error:
            raise NotWritableError(path=out_folder, why=error.strerror or "an error") from error
    if options.json:
        out.emit(
            {
                "pdf": str(bound.pdf),
                "zip": str(bound.zip),
                "manifest": str(bound.manifest),
                "pages": bound.pages,
                "warnings": list(bound.warnings),
            }
        )
        return
    out.say(f"Dossier: {bound.pdf} ({bound.pages} pages)", f"Archive: {bound.zip}")
    out.tell(*bound.warnings)
    out.say("", f"Next: dsar verify {bound.zip}")


def _check(options: Options, lacking: tuple[tuple[str, str], ...]) -> None:
    """Print what the dossier lacks and leave: with 1 if it lacks anything."""
    if options.json:
        out.emit({"ok": not lacking, "lacks": [{"what": what, "mend": mend} for what, mend in lacking]})
    else:
        for what, mend in lacking:
            out.say(f"- {what} {mend}".rstrip())
        if not lacking:
            out.say("Nothing is missing that dsar knows of.")
    raise typer.Exit(_NO if lacking else 0)


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
        out.emit({"ok": found.ok, "files": found.files, "problems": list(found.problems)})
    elif found.ok:
        out.say(f"ok: {found.files} files, each as its manifest says.")
    else:
        out.say(*(f"- {problem}" for problem in found.problems))
    if not found.ok:
        raise typer.Exit(_NO)
