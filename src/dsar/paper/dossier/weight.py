"""How much the pages of a foreign PDF draw: what unpacks to gigabytes, or draws itself without end, is not shown.

It would not stop this program only. A dossier with such a page in it would hang the viewer of whoever opens it.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

# What one page draws, unpacked: a dense map has ten million bytes. LZW and RunLength unpack to 1,400 times at worst.
_MOST_DRAWING = 64 << 20
_WORST_RATIO = 1_400
# What all pages draw together, half a megabyte each: the same content may stand on every one of them.
_MOST_DRAWING_IN_ALL = 1 << 30
_SAME_SIZE = ("None", "/ASCII85Decode", "/ASCIIHexDecode")
# A picture within a picture within …: nobody's program goes that deep.
_DEEPEST = 40
_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def is_bounded(pdf: pikepdf.Pdf) -> bool:
    """Whether what the pages draw unpacks to a size that fits in memory: a few kilobytes can hold gigabytes."""
    left = _MOST_DRAWING_IN_ALL
    for page in pdf.pages:
        size = _content(page)
        left -= size
        if size > _MOST_DRAWING or left < 0:
            return False
    return True


def is_drawn_in_good_time(pdf: pikepdf.Pdf) -> bool:
    """Whether the forms that the pages draw, and those that these draw, end, and are no more than a page may draw.

    Ten forms that draw the next one ten times are a kilobyte, and ten thousand million drawings. To be asked once
    `is_bounded` has said yes.
    """
    weighed = _Weighed()
    return all(weighed.all_of(page.resources, page.obj.get("/Contents")) <= _MOST_DRAWING for page in pdf.pages)


@dataclass(slots=True)
class _Weighed:
    """What the forms of a document draw, each with what it draws in turn, by its number."""

    known: dict[tuple[int, int], int] = field(default_factory=dict)
    depth: int = 0

    def all_of(self, resources: object, contents: object) -> int:
        """What the forms weigh that a content draws, each as often as it does."""
        import pikepdf  # noqa: PLC0415 - heavy, loaded on use

        drawn = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(drawn, pikepdf.Dictionary):
            return 0
        forms = {
            name: one
            for name, one in drawn.items()
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form" and one.is_indirect
        }
        return sum(self.form(forms[name]) for name in _drawn(contents) if name in forms) if forms else 0

    def form(self, form: pikepdf.Stream) -> int:
        """What a form weighs; of one that draws itself, more than any page may."""
        name = form.objgen
        if name not in self.known:
            # until it is known: whoever meets it now is drawn by it
            self.known[name] = _MOST_DRAWING + 1
            size = _unpacked(form)
            if size <= _MOST_DRAWING and self.depth < _DEEPEST:
                self.depth += 1
                self.known[name] = size + self.all_of(form.get("/Resources"), form)
                self.depth -= 1
        return self.known[name]


def _drawn(contents: object) -> list[str]:
    """The names of what a content draws, as often as it does."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    parts = contents.as_list() if isinstance(contents, pikepdf.Array) else (contents,)
    data = b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
    names = (_ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), name) for name in _DRAWS.findall(data))
    return [f"/{name.decode('utf-8', errors='replace')}" for name in names]


def _content(page: pikepdf.Page) -> int:
    """How many bytes the page draws, unpacked, counted little further than to the most that a page may."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    contents = page.obj.get("/Contents")
    size = 0
    for part in contents if isinstance(contents, pikepdf.Array) else (contents,):
        if isinstance(part, pikepdf.Stream):
            size += _unpacked(part)
        if size > _MOST_DRAWING:
            break
    return size


def _unpacked(part: pikepdf.Stream) -> int:
    """The size of a stream, or what it cannot be more than; of any that cannot be told, more than a page may have."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    coding = part.get("/Filter")
    codings = [str(one) for one in coding] if isinstance(coding, pikepdf.Array) else [str(coding)]
    packed = [one for one in codings if one not in _SAME_SIZE]
    raw = part.read_raw_bytes()
    if packed == ["/FlateDecode"] and codings[0] == "/FlateDecode":
        unpacker = zlib.decompressobj()
        found = len(unpacker.decompress(raw, _MOST_DRAWING))
        return found + bool(unpacker.unconsumed_tail)
    if len(packed) > 1:
        return _MOST_DRAWING + 1
    return len(raw) * (_WORST_RATIO if packed else 1)
