"""What `dsar dossier` writes: the dossier, its copies, a working translation; and what to look at before sending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from dsar.cli import out
from dsar.cli.files import NotWritableError, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.cli.options import Options
    from dsar.core.dossier import Kind
    from dsar.desk.bundling import Wish
    from dsar.desk.office import Desk
    from dsar.paper.dossier.bind import BoundDossier

_LOOK = 1
_READ_IT = (
    "Read the copy before you hand it out: rules mask values and shapes, and know no nickname, and no story that only "
    "one person can tell."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be built of which case, and where."""

    ref: str | None
    authority: str
    lang: str
    out: Path
    wish: Wish
    copies: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was built."""

    bound: BoundDossier
    copies: dict[Kind, BoundDossier]
    translation: Path | None
    warnings: tuple[str, ...]


def build(desk: Desk, asked: Asked) -> Built:
    """Write everything.

    Raises:
        NotWritableError: the folder is closed.
        NoComplaintError, NothingToRedactError, OtherTokenError, LeakError: see `filing`.
    """
    from dsar.desk import filing  # noqa: PLC0415 - loads the paper
    from dsar.desk.translating import translation  # noqa: PLC0415 - as above

    ref, authority, lang = asked.ref, asked.authority, asked.lang
    try:
        bound = filing.bind(desk, ref, authority=authority, lang=lang, out=asked.out, wish=asked.wish)
        copies = {
            kind: filing.copy(desk, ref, kind, of=bound, authority=authority, lang=lang, out=asked.out, wish=asked.wish)
            for kind in asked.copies
        }
    except OSError as error:
        raise NotWritableError(path=asked.out, why=error.strerror or "an error") from error
    path, warnings = None, list(bound.warnings)
    found = translation(desk, ref, authority=authority, lang=lang)
    if found is not None and found.pdf:
        path = bound.pdf.with_name(f"{bound.pdf.stem}-translation-{found.lang}.pdf")
        write_file(path, found.pdf)
    if found is not None and found.problem:
        warnings.append(found.problem)
    for kind, one in copies.items():
        warnings += [f"{kind}: {warning}" for warning in one.warnings if warning not in bound.warnings]
    if copies:
        warnings.append(_READ_IT)
    return Built(bound=bound, copies=copies, translation=path, warnings=tuple(warnings))


def tell(options: Options, built: Built, *, strict: bool) -> None:
    """Print what was written; leave with 1 if that was asked for and there is something to look at."""
    if options.json:
        copies = {kind: _files(one) for kind, one in built.copies.items()}
        translated = str(built.translation) if built.translation is not None else None
        out.emit({**_files(built.bound), "copies": copies, "translation": translated, "warnings": list(built.warnings)})
    else:
        bound = built.bound
        out.say(f"Dossier: {bound.pdf} ({bound.pages} pages)", *(f"   Part: {path}" for path in bound.parts))
        out.say(f"Archive: {bound.zip}", f"Timeline: {bound.page}")
        for kind, one in built.copies.items():
            out.say(f"Copy ({kind}): {one.pdf}", f"   Archive: {one.zip}")
        if built.translation is not None:
            out.say(f"Working translation (not an exhibit): {built.translation}")
        out.tell(*built.warnings)
        out.say("", f"Next: dsar verify {bound.zip}")
    if strict and built.warnings:
        raise typer.Exit(_LOOK)


def _files(bound: BoundDossier) -> dict[str, object]:
    return {
        "pdf": str(bound.pdf),
        "zip": str(bound.zip),
        "manifest": str(bound.manifest),
        "timeline": str(bound.page) if bound.page is not None else None,
        "pages": bound.pages,
        "parts": [str(path) for path in bound.parts],
    }
