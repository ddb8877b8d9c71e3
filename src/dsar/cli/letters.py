"""`dsar letters`: the catalogue, a letter over a made-up case, the linter. None of them opens a vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dsar.cli import out
from dsar.cli.books import found_by_linter
from dsar.cli.options import Options
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.letters.front import Template

FORMATS = ("txt", "pdf", "md")
Folder = Annotated[Path | None, typer.Option("--letters", help="A folder of letters of your own.")]

letters = typer.Typer(no_args_is_help=True, add_completion=False, help="The letters, as files.", rich_markup_mode=None)


class PreviewFormatError(UsageError):
    """No such format of a preview."""

    sentence = "There is no preview as “{name}”: choose among {known}."


class WhichLetterError(UsageError):
    """Neither a letter nor all of them."""

    sentence = "Which letter? Name one (`dsar letters list`), or add --all --out DIR."


class PreviewFolderError(UsageError):
    """Many letters need a folder."""

    sentence = "All letters need a folder: add --out DIR, one that exists."


@letters.command("list")
def letters_list(
    ctx: typer.Context, lang: Annotated[str, typer.Option(help="Only this language.")] = "", folder: Folder = None
) -> None:
    """Every letter that can be written, by language and kind."""
    from dsar.letters.find import catalogue  # noqa: PLC0415 - reads the letters

    options = ctx.ensure_object(Options)
    found = [one for one in catalogue(_roots(folder)) if lang in {"", one.lang}]
    if options.json:
        out.emit(
            [
                {
                    "kind": one.kind,
                    "lang": one.lang,
                    "title": one.title,
                    "languages": list(one.languages),
                    "needs": list(one.needs),
                    "reviewed": one.review.by or None,
                }
                for one in found
            ]
        )
        return
    rows = [(one.kind, one.lang, one.title, one.review.by or "not reviewed by a lawyer") for one in found]
    out.table(("kind", "lang", "title", "review"), rows)


@letters.command("preview")
def letters_preview(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="access, notice … (dsar letters list)")] = "",
    lang: Annotated[str, typer.Option(help="The language.")] = "en",
    fmt: Annotated[str, typer.Option("--format", help="txt, pdf or md.")] = "txt",
    out_path: Annotated[Path | None, typer.Option("--out", help="File or folder to write to.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All letters of all languages, into a folder.")] = False,
    folder: Folder = None,
) -> None:
    """A letter over a made-up case, as its addressee would read it. No vault is needed."""
    from dsar.letters.find import catalogue, template  # noqa: PLC0415 - reads the letters

    options = ctx.ensure_object(Options)
    if fmt not in FORMATS:
        raise PreviewFormatError(name=fmt, known=", ".join(FORMATS))
    roots = _roots(folder)
    if every:
        if out_path is None or not out_path.is_dir():
            raise PreviewFolderError
        _all(options, roots, catalogue(roots), fmt, out_path)
        return
    if not kind:
        raise WhichLetterError
    data = _rendered(roots, template(roots, kind, lang), fmt)
    if out_path is None and fmt != "pdf":
        _shown(options, kind, lang, data.decode())
        return
    path = Path(f"{kind}.{lang}.{fmt}") if out_path is None else out_path
    path = path / f"{kind}.{lang}.{fmt}" if path.is_dir() else path
    _written(options, [_write(path, data)])


@letters.command("check")
def letters_check(
    ctx: typer.Context, folder: Annotated[Path | None, typer.Argument(help="A folder of letters of your own.")] = None
) -> None:
    """Lint the letters: unknown values, citations that do not exist, words missing in a language."""
    from dsar.lawbook.load import law as book  # noqa: PLC0415 - only the linter
    from dsar.letters.check import check  # noqa: PLC0415 - as above

    found_by_linter(ctx, [f"{one.file}: {one.where}: {one.text}" for one in check(_roots(folder), book())])


@letters.command("table")
def letters_table(ctx: typer.Context, folder: Folder = None) -> None:
    """Which kind exists in which language, as Markdown for the documentation."""
    from dsar.letters.find import languages  # noqa: PLC0415 - reads the letters
    from dsar.letters.table import coverage, table  # noqa: PLC0415 - as above

    roots = _roots(folder)
    if ctx.ensure_object(Options).json:
        out.emit({"languages": list(languages(roots)), "kinds": coverage(roots)})
        return
    typer.echo(table(roots), nl=False)


def _roots(folder: Path | None) -> tuple[Path, ...]:
    """The folders of letters: the one that was named, else those of the user, then the shipped one."""
    from dsar.cli.session import NoLetterFolderError, own_letters  # noqa: PLC0415 - only here
    from dsar.letters.find import roots  # noqa: PLC0415 - as above

    if folder is not None and not folder.is_dir():
        raise NoLetterFolderError(path=folder)
    return roots(folder) if folder is not None else roots(*own_letters())


def _rendered(roots: tuple[Path, ...], template: Template, fmt: str) -> bytes:
    from dsar.desk.previewing import preview  # noqa: PLC0415 - loads the law and the letters
    from dsar.paper.formats import render  # noqa: PLC0415 - loads the paper

    letter = preview(roots, template)
    match fmt:
        case "pdf":
            return render(letter, "pdf")
        case "md":
            return render(letter, "md")
        case _:
            return render(letter, "txt")


def _all(options: Options, roots: tuple[Path, ...], templates: tuple[Template, ...], fmt: str, folder: Path) -> None:
    made = []
    for one in templates:
        (folder / one.lang).mkdir(exist_ok=True)
        made.append(_write(folder / one.lang / f"{one.kind}.{fmt}", _rendered(roots, one, fmt)))
    _written(options, made)


def _write(path: Path, data: bytes) -> Path:
    from dsar.cli.files import write_file  # noqa: PLC0415 - only where a file is asked for

    write_file(path, data)
    return path


def _shown(options: Options, kind: str, lang: str, text: str) -> None:
    if options.json:
        out.emit({"kind": kind, "lang": lang, "text": text})
        return
    out.say(text.rstrip("\n"))
    out.tell("", "Next: dsar letters check")


def _written(options: Options, made: list[Path]) -> None:
    if options.json:
        out.emit({"written": [str(path) for path in made]})
        return
    out.say(
        f"Written: {made[0]}" if len(made) == 1 else f"Written: {len(made)} letters.", "", "Next: dsar letters check"
    )
