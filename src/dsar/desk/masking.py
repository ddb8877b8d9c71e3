"""Masked copies of identity documents: what may stay is named by a person, everything else is painted over.

EDPB Guidelines 01/2022, paragraph 76: full name, issuing authority and date of issue or expiry normally suffice. The
copy says that it is one and for what (in Germany a copy of an identity card must: PAuswG § 20(2)).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dsar.desk.office import read
from dsar.desk.outside import bounded
from dsar.errors import UsageError
from dsar.paper.mask import CELLS, Area, as_pdf, gridded, masked, watermarked
from dsar.paper.raster import pages_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from dsar.desk.office import Desk
    from dsar.letters.words import Words

# EDPB Guidelines 01/2022, paragraph 76; `other` is for what a company has shown that it needs.
FIELDS: Final = ("name", "authority", "issued", "expires", "other")
# The same paragraph: what should not be seen.
UNSEEN: Final = (
    "photo", "signature", "document and access number", "nationality", "height", "eye colour", "machine-readable zone",
)  # fmt: skip
# The machine-readable zone of a passport's page fills its lower quarter (ICAO Doc 9303: 23.2 of 88 mm), and a scan has
# a margin. On the back of a card it is higher: there somebody must look.
MRZ: Final = 30.0
_MOST_BYTES: Final = 50_000_000
_LONGEST_WORDS: Final = 300
_CELLS = re.compile(r"([A-Ta-t])(\d{1,2})(?::([A-Ta-t])(\d{1,2}))?")
_NUMBER = r"\s*(\d{1,3}(?:\.\d{1,3})?)\s*"
_PER_CENT = re.compile(rf"{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}")
_WHOLE: Final = 100.0


class AreaError(UsageError):
    """A text that names no area of a page."""

    sentence = (
        "“{text}” is no area of a page: write cells of the grid (B2 or B2:D4), or left,top,width,height in per cent "
        "(10,20,30,5), with @2 after it for the second page."
    )


class FieldError(UsageError):
    """A field that need not be shown."""

    sentence = (
        "“{text}” does not say what may stay: write FIELD=AREA, where FIELD is one of {known}; a photo, a number or a "
        "signature is not needed to know who somebody is."
    )


class NoAreaError(UsageError):
    """Nothing was named, so nobody knows what may be seen."""

    sentence = (
        "Nothing says what may be seen: name it with --keep FIELD=AREA, or what must go with --hide AREA; --grid "
        "draws the document under a grid to read the areas from."
    )


class NoPageError(UsageError):
    """An area on a page that is not there."""

    sentence = "There is no page {page}: the document has {pages}."


class SeveralPagesError(UsageError):
    """A picture has one page."""

    sentence = "The copy has {pages} pages, and a picture has one: write it as PDF with --out NAME.pdf."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """What is shown of a document: only `keep` (by field), without `hide` and `mrz` per cent at each page's end."""

    keep: tuple[tuple[str, Area], ...]
    hide: tuple[Area, ...]
    mrz: float = MRZ

    @property
    def cut(self) -> tuple[str, ...]:
        """The fields that reach into the band at the page's end, where they are hidden."""
        below = _WHOLE - self.mrz
        return tuple(name for name, area in self.keep if area.top + area.height > below and self.mrz)


def mask(keep: Sequence[str], hide: Sequence[str], mrz: float) -> Mask:
    """What somebody wrote on the command line.

    Raises:
        NoAreaError, FieldError, AreaError: it says nothing, or not what is meant.
    """
    if not keep and not hide:
        raise NoAreaError
    return Mask(keep=tuple(_field(text) for text in keep), hide=tuple(area(text) for text in hide), mrz=mrz)


def area(text: str) -> Area:
    """An area: `B2`, `B2:D4` (cells of the grid), `10,20,30,5` (per cent), each with `@2` for the second page.

    Raises:
        AreaError: the text names none.
    """
    where, _, page = text.strip().partition("@")
    number = int(page) if page.isdecimal() and len(page) <= 2 else 0 if page else 1  # noqa: PLR2004 - two digits
    cells, parts = _CELLS.fullmatch(where), _PER_CENT.fullmatch(where)
    if cells is not None:
        left, top, right, bottom = _of_cells(cells)
    elif parts is not None:
        left, top, width, height = map(float, parts.groups())
        right, bottom = left + width, top + height
    else:
        raise AreaError(text=text)
    if not (number and 0 <= left < right <= _WHOLE and 0 <= top < bottom <= _WHOLE):
        raise AreaError(text=text)
    return Area(page=number, left=left, top=top, width=right - left, height=bottom - top)


def _of_cells(found: re.Match[str]) -> tuple[float, float, float, float]:
    size = _WHOLE / CELLS
    columns = sorted(ord((letter or found[1]).upper()) - ord("A") for letter in (found[1], found[3]))
    rows = sorted(int(number or found[2]) - 1 for number in (found[2], found[4]))
    return columns[0] * size, rows[0] * size, (columns[1] + 1) * size, (rows[1] + 1) * size


def _field(text: str) -> tuple[str, Area]:
    name, given, where = text.partition("=")
    if not given or name.strip() not in FIELDS:
        raise FieldError(text=text, known=", ".join(FIELDS))
    return name.strip(), area(where)


def about(desk: Desk, ref: str) -> tuple[str, str, str]:
    """For whom a case's copies are, whose document it is, and the language of its letters."""
    opened = read(desk, ref).case.opened
    return opened.controller.name, opened.subject.name, opened.language


def words_across(words: Words, controller: str, name: str, on: date) -> str:
    """What is written across the copy: for whom, when, for whose request."""
    return words.say("labels", "identity.copy", controller=controller, name=name, day=on)[:_LONGEST_WORDS]


def copy(path: Path, mask: Mask, said: str, *, lang: str, on: date, kind: str) -> tuple[bytes, int]:
    """The masked copy of a document, as `pdf`, `png` or `jpg`, and how many pages it has. The original stays as it is.

    Raises:
        MissingFileError, EmptyFileError, UnreadableFileError, BigFileError: the file cannot be read.
        ImageError, NoDocumentError: it is no document that can be drawn.
        NoPageError: an area lies on a page that is not there.
    """
    from dsar.paper.images import encoded  # noqa: PLC0415 - loads the paper

    pages = pages_of(bounded(path, _MOST_BYTES, what="the scan of a document"))
    fields = [one for _, one in mask.keep]
    for one in (*fields, *mask.hide):
        if one.page > len(pages):
            raise NoPageError(page=one.page, pages=len(pages))
    made = []
    for number, page in enumerate(pages, start=1):
        bare = masked(page, number, keep=fields, hide=(*mask.hide, *_band(number, mask.mrz)))
        if bare is not None:
            made.append(watermarked(bare, said, lang=lang, on=on))
    if kind == "pdf":
        return as_pdf(made, said, lang=lang, on=on), len(made)
    if len(made) > 1:
        raise SeveralPagesError(pages=len(made))
    return encoded(made[0], kind="PNG" if kind == "png" else "JPEG"), 1


def previews(path: Path) -> tuple[bytes, ...]:
    """Each page under the grid, as PNG, for the eyes of its owner.

    Raises:
        InputError: see `copy`.
    """
    from dsar.paper.images import encoded  # noqa: PLC0415 - loads the paper

    return tuple(encoded(gridded(page)) for page in pages_of(bounded(path, _MOST_BYTES, what="the scan of a document")))


def _band(number: int, mrz: float) -> tuple[Area, ...]:
    return (Area(page=number, left=0, top=_WHOLE - mrz, width=_WHOLE, height=mrz),) if mrz else ()
