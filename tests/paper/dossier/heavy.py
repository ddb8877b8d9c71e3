"""PDFs that are small and ask for much: time, memory, or what is not there."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from . import made
from .made import saved

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>"


def noted(count: int) -> bytes:
    """One page with so many notes, each of which shows something."""
    with pikepdf.open(BytesIO(made.pdf("noted"))) as pdf:
        shown = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Square, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=pdf.make_indirect(shown))
        )
        pdf.pages[0].obj.Annots = Array([note] * count)
        return saved(pdf)


def linked(count: int) -> bytes:
    """One page with so many links, which show nothing."""
    with pikepdf.open(BytesIO(made.pdf("linked"))) as pdf:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].obj.Annots = Array([link] * count)
        return saved(pdf)


def repeated(count: int) -> bytes:
    """One page that has the same content so many times: each fits, together they are gigabytes."""
    with pikepdf.open(BytesIO(made.pdf("repeated"))) as pdf:
        one = pdf.make_stream(b"0 0 m " * 500_000)
        pdf.pages[0].obj.Contents = Array([one] * count)
        return saved(pdf)


def laughing(depth: int, *, ends: bool = True) -> bytes:
    """A page that draws a form ten times, which draws the next one ten times; the last draws itself, or a square."""
    with pikepdf.open(BytesIO(made.pdf("laughing"))) as pdf:
        last = pdf.make_stream(b"0 0 1 1 re f" if ends else b"/X Do", Type=Name.XObject, Subtype=Name.Form)
        last.BBox, last.Resources = Array([0, 0, 595, 842]), Dictionary()
        if not ends:
            last.Resources.XObject = Dictionary(X=last)
        for _ in range(depth):
            form = pdf.make_stream(b"/#58 Do " * 10, Type=Name.XObject, Subtype=Name.Form)
            form.BBox, form.Resources = Array([0, 0, 595, 842]), Dictionary(XObject=Dictionary(X=last))
            last = form
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=last))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")
        return saved(pdf)


def swollen() -> bytes:
    """A page that draws a form of 72 MB in less than one."""
    with pikepdf.open(BytesIO(made.pdf("swollen"))) as pdf:
        packed = zlib.compress(b"0 0 m " * 12_000_000, 1)
        form = pdf.make_stream(packed, Type=Name.XObject, Subtype=Name.Form, Filter=Name.FlateDecode)
        form.BBox = Array([0, 0, 9, 9])
        pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")
        return saved(pdf)


def empty_back() -> bytes:
    """Two pages, the second without any content (ISO 32000-1, 7.7.3.3): scanners make such backs."""
    with pikepdf.open(BytesIO(made.pdf("with an empty back", pages=2))) as pdf:
        del pdf.pages[1].obj["/Contents"]
        return saved(pdf)


def numbers_for_pictures() -> bytes:
    with pikepdf.open(BytesIO(made.pdf("numbers"))) as pdf:
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=5, B=Array([1])))
        return saved(pdf)


def lost_layers() -> bytes:
    """The list of hidden layers names objects that are none."""
    with pikepdf.open(BytesIO(made.pdf("layers"))) as pdf:
        lost = pdf.make_indirect(Array([1, 2]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary(OFF=Array([lost, 5])))
        return saved(pdf)


def revised(secret: str) -> bytes:
    """A page with `secret`, and behind it, as editors write it, a revision without: the old bytes are still there."""
    old = made.pdf(secret)
    with pikepdf.open(BytesIO(old)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        size = int(pdf.trailer.Size)
        root = pdf.Root.objgen[0]
    start = old[old.rindex(b"startxref") + 9 :].split()[0]
    content = b"BT /F1 14 Tf 60 700 Td (the new revision) Tj ET"
    data = old + b"\n"
    place = len(data)
    data += b"%d 0 obj\n<</Length %d>>stream\n" % (number, len(content)) + content + b"\nendstream\nendobj\n"
    table = len(data)
    data += b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    data += b"trailer\n<</Size %d/Root %d 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start, table)
    return data


def packed_objects(megabytes: int) -> bytes:
    """A file that keeps an object packed with so many megabytes of nothing behind it, and packed twice."""
    packer = zlib.compressobj(1)
    spaces = b" " * 1_000_000
    inner = packer.compress(b"10 0 <<>> ") + b"".join(packer.compress(spaces) for _ in range(megabytes))
    packed = zlib.compress(inner + packer.flush(), 9)
    content = b"BT /F1 14 Tf 60 700 Td (packed) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Foo 10 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PAGE,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _stream(content),
        _stream(packed, b"/Type/ObjStm/N 1/First 5/Filter[/FlateDecode/FlateDecode]"),
    )
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    rows = [(0, 0, 65535), *((1, place, 0) for place in places), *[(0, 0, 0)] * 3, (2, 6, 0), (1, len(data), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    listed = _stream(table, b"/Type/XRef/Size 12/W[1 4 2]/Root 1 0 R")
    return data + b"11 0 obj\n" + listed + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(data)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(data), more) + data + b"\nendstream"
