"""The pages of our own as files: cover, index, each section, as PDF/A, with the page numbers of the whole dossier."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from dsar.paper.dossier.marks import take_marks
from dsar.paper.dossier.outline import label_pages
from dsar.paper.dossier.text import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pikepdf

    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.plan import Plan

_SECTION = "section/"
_LETTER = "letter/"
# What leads to pages that such a file does not have; what describes it as PDF/A (XMP, output intent) stays.
_LEADS = ("/Outlines", "/Dests", "/Names", "/OpenAction", "/PageMode")


def own_files(front: bytes, planned: Plan, dossier: Dossier, letters: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Path in the archive and bytes of each, in their order; `front` as it was laid out, `letters` as they are."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    with pikepdf.open(BytesIO(front)) as pdf:
        marks = take_marks(pdf).pages
        total = len(pdf.pages)
    begins = [(name, page) for name, page in marks.items() if not name.startswith(_LETTER)]
    # a section that opens with a letter begins on the page of that letter, which is blank below it
    of_letter = {marks[name]: int(name.removeprefix(_LETTER)) for name in marks if name.startswith(_LETTER)}
    ends = [page for _, page in begins[1:]] + [total]
    for count, ((name, first), end) in enumerate(zip(begins, ends, strict=True), start=1):
        path = f"front/{count:02d}_{plain_name(_title(dossier, name))}.pdf"
        if first in of_letter:
            yield path, letters[of_letter[first]]
        elif first < end:
            yield path, _cut(front, range(first, end), planned.front if planned.roman else 0)


def _title(dossier: Dossier, name: str) -> str:
    if name == "cover":
        return dossier.cover.heading
    if name.startswith(_SECTION):
        return dossier.sections[int(name.removeprefix(_SECTION))].title
    return dossier.word(name)


def _cut(front: bytes, pages: range, roman: int) -> bytes:
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    target = BytesIO()
    with pikepdf.open(BytesIO(front)) as pdf:
        del pdf.pages[pages.stop :]
        del pdf.pages[: pages.start]
        _bare(pdf)
        label_pages(pdf, pages, roman)
        pdf.save(target, static_id=True)
    return target.getvalue()


def _bare(pdf: pikepdf.Pdf) -> None:
    """Without links: they lead to marks of the binder, and to pages that are not here."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    for key in _LEADS:
        if key in pdf.Root:
            del pdf.Root[key]
