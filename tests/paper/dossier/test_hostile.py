"""The dossier is always built: whatever an exhibit is, it is shown, repaired, or lies behind a slip that says why."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from dsar.paper.dossier.foreign import Sheets, open_pdf

from . import heavy, made, reading
from .made import Shelf, saved
from .test_foreign import acting, bomb, encrypted, without_pages, xfa

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.paper.dossier.bind import BoundDossier


def without_its_table() -> bytes:
    """A PDF whose table of objects was cut off."""
    data = made.pdf("repaired")
    return data[: data.rindex(b"startxref")]


def sized(width: float, height: float, unit: float = 1) -> bytes:
    with pikepdf.open(BytesIO(made.pdf("large"))) as pdf:
        page = pdf.pages[0].obj
        page.MediaBox = Array([0, 0, width, height])
        if unit != 1:
            page.UserUnit = unit
        return saved(pdf)


def locked_for_changes() -> bytes:
    """Anybody may read it: only changing it takes a password."""
    with pikepdf.open(BytesIO(made.pdf("may be read"))) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=""))


def embedding() -> bytes:
    with pikepdf.open(BytesIO(made.pdf("with a file"))) as pdf:
        pdf.attachments["evil.exe"] = b"MZ evil"
        return saved(pdf)


KINDS: dict[str, tuple[bytes, str]] = {
    "encrypted": (encrypted(), "encrypted"),
    "no pages": (without_pages(), "empty"),
    "XFA": (xfa(), "unsupported"),
    "a bomb": (bomb(), "unsupported"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "unreadable"),
    "too large a page": (sized(14_401, 100), "unsupported"),
    "too large by its unit": (sized(5_000, 100, 3), "unsupported"),
    "no table": (without_its_table(), ""),
    "acting": (acting(), ""),
    "embedding": (embedding(), ""),
    "a huge page": (sized(14_400, 9_000), ""),
    "a narrow page": (sized(2, 14_000), ""),
    "nothing": (b"", "empty"),
    "locked for changes only": (locked_for_changes(), ""),
    "thousands of notes": (heavy.noted(3_000), "unsupported"),
    "more links": (heavy.linked(10_000), ""),
    "one content two thousand times": (heavy.repeated(2_000), "unsupported"),
    "forms that draw forms": (heavy.laughing(30), "unsupported"),
    "a form that draws itself": (heavy.laughing(1, ends=False), "unsupported"),
    "a form of gigabytes": (heavy.swollen(), "unsupported"),
    "an empty back": (heavy.empty_back(), ""),
    "numbers for pictures": (heavy.numbers_for_pictures(), ""),
    "packed objects": (heavy.packed_objects(1), ""),
    "layers that are not there": (heavy.lost_layers(), ""),
    "an old revision": (heavy.revised("SECRET OLD REVISION"), ""),
}


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> BoundDossier:
    """All of them in one dossier."""
    shelf = Shelf()
    for title, (data, _) in KINDS.items():
        shelf.put(title, data)
    return shelf.bind(tmp_path_factory.mktemp("hostile"))


def test_each_is_shown_or_says_why_it_is_not(bound: BoundDossier) -> None:
    exhibits = json.loads(bound.manifest.read_bytes())["exhibits"]
    assert {one["title"]: (one["shown"], one["reason"]) for one in exhibits} == {
        title: (not reason, reason) for title, (_, reason) in KINDS.items()
    }


def test_ordinary_tools_find_nothing_wrong_in_any_file(bound: BoundDossier, tmp_path: Path) -> None:
    with zipfile.ZipFile(bound.zip) as archive:
        archive.extractall(tmp_path)
    for path in (bound.pdf, *(tmp_path / "exhibits").iterdir()):
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)
        assert done.returncode == 0, (path.name, done.stdout, done.stderr)


def test_nothing_that_acts_is_in_any_of_them(bound: BoundDossier, tmp_path: Path) -> None:
    with zipfile.ZipFile(bound.zip) as archive:
        archive.extractall(tmp_path)
    for path in (bound.pdf, *(tmp_path / "exhibits").iterdir()):
        with pikepdf.open(path) as pdf:
            inside = reading.words_in(pdf)
        for forbidden in ("/JavaScript", "/Launch", "/EmbeddedFile", "/OpenAction", "evil.exe", "/XFA", "OLD REVISION"):
            assert forbidden not in inside, path.name


@reading.needs_poppler
def test_what_was_repaired_can_be_read(bound: BoundDossier) -> None:
    texts = reading.texts(bound.pdf)
    assert [sum(words in text for text in texts) for words in ("repaired", "may be read")] == [1, 1]


@reading.needs_poppler
@pytest.mark.parametrize(
    ("box", "unit"),
    [((0, 0, 595, 842), 1), ((100, 200, 400, 500), 1), ((-300, -400, 295, 442), 1), ((0, 0, 120, 90), 4)],
    ids=["plain", "cropped", "below zero", "in other units"],
)
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_in_an_odd_box_is_whole_and_under_no_stamp(
    box: tuple[int, int, int, int], unit: int, rotate: int, tmp_path: Path
) -> None:
    """A black frame drawn along the edge of what a viewer shows: its four sides arrive, inside the bands."""
    left, bottom, right, top = box
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.MediaBox = Array([left - 50, bottom - 50, right + 50, top + 50])
        page.obj.CropBox = Array(list(box))
        page.obj.Rotate = rotate
        if unit != 1:
            page.obj.UserUnit = unit
        thick = 8 / unit
        sides = (left + thick / 2, bottom + thick / 2, right - left - thick, top - bottom - thick)
        drawn = f"0 G {thick} w " + " ".join(f"{side:.2f}" for side in sides) + " re S"
        page.obj.Contents = pdf.make_stream(drawn.encode())
        data = saved(pdf)
    shelf = Shelf()
    shelf.put("Page", data)
    shown = reading.image(shelf.bind(tmp_path).pdf, 4, dpi=72)
    middle = reading.column(shown, shown.width // 2)
    across = reading.row(shown, shown.height // 2)
    vertical = [y for y, level in enumerate(middle) if level < 90 and 50 < y < shown.height - 38]
    horizontal = [x for x, level in enumerate(across) if level < 90]
    width, height = ((right - left) * unit, (top - bottom) * unit)
    if rotate:
        width, height = height, width
    frame = (shown.width - 2 * 28.35, shown.height - (19 + 15) / 25.4 * 72)
    scale = min(frame[0] / width, frame[1] / height, 1)
    assert vertical[-1] - vertical[0] == pytest.approx(height * scale, abs=4)
    assert horizontal[-1] - horizontal[0] == pytest.approx(width * scale, abs=4)
    assert vertical[0] >= 19 / 25.4 * 72 - 1
    assert shown.height - vertical[-1] >= 15 / 25.4 * 72 - 2


def test_a_stream_that_breaks_only_when_it_is_read_does_not_stop_the_binding(tmp_path: Path) -> None:
    """A picture whose length is wrong and whose end is missing."""
    with pikepdf.open(BytesIO(made.pdf("with a picture"))) as pdf:
        picture = pdf.make_stream(b"\x00" * 400, Type=Name.XObject, Subtype=Name.Image, Width=20, Height=20)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im=picture)
        data = saved(pdf, compress_streams=False)
    broken = re.sub(rb"/Length 400", b"/Length 90000", data).replace(b"\nendstream", b"\nendstrea_", 1)
    shelf = Shelf()
    shelf.put("Image", broken)
    bound = shelf.bind(tmp_path)
    done = subprocess.run(["qpdf", "--check", str(bound.pdf)], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_page_of_14400_units_is_the_largest(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(sized(14_400, 14_400))
    assert not isinstance(open_pdf(tmp_path / "in.pdf"), str)
    assert open_pdf(BytesIO(sized(14_400.5, 10))) == "unsupported"


@pytest.mark.parametrize(("megabytes", "read"), [(1, True), (140, False)])
def test_objects_that_unpack_to_more_than_memory_should_hold_are_not_unpacked(megabytes: int, *, read: bool) -> None:
    opened = open_pdf(BytesIO(heavy.packed_objects(megabytes)))
    assert isinstance(opened, Sheets)
    assert isinstance(opened.pdf.Root.get("/Foo"), Dictionary) == read


def test_the_limits_of_reading_hold_for_foreign_files_only() -> None:
    """What is bound may have streams of any size: only a file from outside is read within limits."""
    before = pikepdf.settings.get_qpdf_limits()
    for data in (made.pdf("whole"), encrypted(), b"%PDF-1.7 nothing"):
        open_pdf(BytesIO(data))
        assert pikepdf.settings.get_qpdf_limits() == before
