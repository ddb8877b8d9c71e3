"""The one door to typst: a template of this package and data go in, the bytes of a PDF/A come out.

Data travels as one JSON string through `sys.inputs`, so that a name, a mail or a file name can never become typst
code. The compiler sees a private folder that holds the templates and the files it was given, and nothing else; it
knows only the fonts inside typst, so that a page looks the same on every machine; and it never asks the network.

Characters that cannot be printed faithfully are never dropped in silence: `dsar.paper.glyphs` says what becomes of
them.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal

from dsar.errors import InputError
from dsar.paper.glyphs import missing_in, printable, with_placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

# PDF/A-2a: archival, fonts inside, tagged for screen readers, and a glyph that no font has is an error, not a gap.
Standard = Literal["a-2a", "a-2b"]
STANDARD: Final = "a-2a"
# The same without tags.
UNTAGGED: Final = "a-2b"

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:png|jpg|svg|webp|gif)")


class TypesettingError(InputError):
    """The layout failed: an image that cannot be read, or text that no page can hold."""

    sentence = "{what} could not be laid out ({reason}); nothing was written: change or leave out what is named there."


def compile_pdf(
    template: str,
    data: Mapping[str, object],
    *,
    files: Mapping[str, bytes] | None = None,
    on: date,
    tagged: bool = True,
) -> bytes:
    """Lay out `templates/<template>` with `data` and give the bytes of the PDF; the same input gives the same bytes.

    Args:
        template: name of a file in this package's `templates`.
        data: what `json.dumps` takes; the template reads it as `json(bytes(sys.inputs.data))`.
        files: images by plain lower-case name (`face-1.jpg`); the template reads them as `image("face-1.jpg")`.
        on: the civil day written into the document as its date of creation.
        tagged: with tags for screen readers; pages that become part of another document cannot keep theirs.

    Raises:
        TypesettingError: an image is broken, or the text cannot be laid out.
        ValueError: a name in `files` is not a plain image name (a mistake of the caller, never of the user).
    """
    with TemporaryDirectory(prefix="dsar-page-") as folder:
        root = Path(folder)
        _furnish(root, files or {})
        return _settled(root, template, data, on, STANDARD if tagged else UNTAGGED)[1]


def compile_layer(template: str, data: Mapping[str, object], *, on: date) -> bytes:
    """Lay out one page with `data` as PNG on nothing (transparent), a pixel for each point.

    Raises:
        TypesettingError: the text cannot be laid out.
    """
    with TemporaryDirectory(prefix="dsar-page-") as folder:
        root = Path(folder)
        _furnish(root, {})
        # a picture is silent about glyphs that no font has; a PDF/A is not, so it says what can be printed
        compiler = _settled(root, template, data, on, STANDARD)[0]
        return _bytes(compiler.compile(format="png", ppi=72.0))


def _settled(
    root: Path, template: str, data: Mapping[str, object], on: date, standard: Standard
) -> tuple[typst.Compiler, bytes]:
    """A compiler whose every character can be printed, and the PDF it makes."""
    values = printable(data)
    lacking: frozenset[str] = frozenset()
    while True:
        compiler = _compiler(root, template, with_placeholders(values, lacking))
        try:
            return compiler, _attempt(compiler, on, standard)
        except _typst_error() as error:
            found = missing_in(error.diagnostic) - lacking
            if not found:
                raise TypesettingError(what=template.removesuffix(".typ"), reason=error.message) from error
            lacking |= found


def _compiler(root: Path, template: str, values: object) -> typst.Compiler:
    import typst  # noqa: PLC0415 - heavy, loaded on use

    return typst.Compiler(
        input=str(root / template),
        root=str(root),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False, sort_keys=True)},
        package_path=str(root),
        package_cache_path=str(root),
    )


def _attempt(compiler: typst.Compiler, on: date, standard: Standard) -> bytes:
    created = datetime.combine(on, time.min, tzinfo=UTC)
    made = compiler.compile(format="pdf", pdf_standards=standard, pdf_tags=standard == STANDARD, timestamp=created)
    return _bytes(made)


def _bytes(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one file")
    return made


def _typst_error() -> type[typst.TypstError]:
    import typst  # noqa: PLC0415 - heavy, loaded on use

    return typst.TypstError


def _furnish(root: Path, files: Mapping[str, bytes]) -> None:
    for name, source in _templates().items():
        (root / name).write_bytes(source)
    for name, content in files.items():
        if not _FILE_NAME.fullmatch(name):
            raise ValueError(f"not a plain image name: {name!r}")
        (root / name).write_bytes(content)


@cache
def _templates() -> dict[str, bytes]:
    folder = resources.files("dsar.paper") / "templates"
    return {item.name: item.read_bytes() for item in folder.iterdir() if item.name.endswith(".typ")}


@cache
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415 - heavy, loaded on use

    return typst.Fonts(include_system_fonts=False)
