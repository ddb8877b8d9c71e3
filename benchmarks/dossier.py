"""Binding a large dossier: the time beside that of qpdf merging the same files, the memory, and the same bytes twice.

Two hundred exhibits with five hundred pages of scans, 200 MB. Each run is a process of its own, because the most memory
that a process ever held does not go down again. The evidence is read in chunks, as a vault gives it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Measured

EXHIBITS = 200
PAGES = 500
MEGABYTES = 200
LIMIT_RATIO = 1.5
LIMIT_MORE = 3.0
LIMIT_MEGABYTES = 300.0
_ROUNDS = 3
_SCAN = (1240, 1754)
_QUALITY = 68

_BIND = """
import hashlib, json, resource, sys, time
from datetime import date
from pathlib import Path
from dsar.core.dossier import Cover, Dossier, Exhibit, Paragraph, Section
from dsar.core.parties import Evidence
from dsar.paper.dossier.bind import Source, bind
from dsar.paper.dossier.show import Helpers
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
shelf = json.loads((folder / "shelf.json").read_text())
def read(sha256):
    with (folder / shelf["names"][sha256]).open("rb") as stream:
        while data := stream.read(1 << 20):
            yield data
def parse(data):
    raise AssertionError("there is no mail among them")
exhibits = tuple(
    Exhibit(number=n, entry=n, kind="file", title=f"Exhibit of the {n}th letter", on=date(2026, 3, 5), parties="A to B",
            evidence=Evidence(sha256=sha256, size=size, name=f"{n}.pdf", media="application/pdf"))
    for n, (sha256, size) in enumerate(shelf["exhibits"], start=1))
said = Paragraph(text="What happened.", exhibits=tuple(range(1, 20)))
dossier = Dossier(
    ref="2026-BENCH", lang="en", title="Ada Example v. Clearface AI, Inc.", author="Ada Example", on=date(2026, 7, 15),
    cover=Cover(heading="Complaint file", subheading="", lines=(("To", "An authority"),), summary=()),
    sections=(Section(id="facts", title="Statement of facts", blocks=(said,)),), exhibits=exhibits,
    words=tuple(shelf["words"].items()), days=(("2026-03-05", "5 March 2026"),))
start = time.perf_counter()
helpers = Helpers(office=lambda path, ending: None, ocr=lambda sheets, lang: None)
bound = bind(dossier, source=Source(read=read, parse_mail=parse, helpers=helpers), out=out, program="dsar benchmark")
taken = time.perf_counter() - start
unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
digest = hashlib.sha256()
for path in (bound.pdf, bound.zip):
    with path.open("rb") as stream:
        digest.update(hashlib.file_digest(stream, "sha256").digest())
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
print(json.dumps([taken, memory, digest.hexdigest(), bound.pages]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Large:
    """The binding of the large dossier: its time beside its floor, its most memory, whether twice was the same."""

    time: Measured
    megabytes: float
    same: bool
    pages: int

    @property
    def kept(self) -> bool:
        """Whether memory and bytes are as they should be; the time says so itself."""
        return self.same and self.megabytes <= LIMIT_MEGABYTES

    def row(self) -> str:
        """As a line below the table."""
        again = "the same bytes twice" if self.same else "twice, and not the same bytes  exceeded"
        over = "" if self.megabytes <= LIMIT_MEGABYTES else "  exceeded"
        said = f"memory of {self.time.name} {self.megabytes:.0f} MB; limit {LIMIT_MEGABYTES:.0f} MB{over}"
        return f"{said}; {self.pages} pages; {again}"


def large_dossier(folder: Path, *, scale: float = 1.0) -> Large | None:
    """Bind `scale` times the two hundred exhibits; None where qpdf, the floor, is not installed."""
    if shutil.which("qpdf") is None:
        return None
    room = folder / "dossier"
    files = _write(room, scale)
    found: list[tuple[float, float, str, int]] = []
    floors: list[float] = []
    for _ in range(_ROUNDS + 1):
        floors.append(_merge(room, files))
        found.append(_bound(room))
    shutil.rmtree(room)
    # the first round fills the caches of the disk
    floor = min(floors[1:])
    taken = min(seconds for seconds, *_ in found[1:])
    measured = Measured(
        name=f"a dossier of {len(files)}",
        seconds=taken,
        floor_name="qpdf merging the same files",
        floor=floor,
        limit_seconds=LIMIT_RATIO * floor + LIMIT_MORE,
    )
    return Large(
        time=measured,
        megabytes=max(memory for _, memory, *_ in found),
        same=len({digest for *_, digest, _ in found}) == 1,
        pages=found[0][3],
    )


def _merge(room: Path, files: list[Path]) -> float:
    """Into a new file, as the dossier is: a system may put one that is overwritten onto the disk at once."""
    with _clear(room) as out:
        merged = str(Path(out) / "merged.pdf")
        start = time.perf_counter()
        subprocess.run(["qpdf", "--empty", "--pages", *map(str, files), "--", merged], check=True, capture_output=True)
        return time.perf_counter() - start


def _bound(room: Path) -> tuple[float, float, str, int]:
    with _clear(room) as out:
        command = [sys.executable, "-c", _BIND, str(room), out]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    taken, memory, digest, pages = json.loads(done.stdout)
    return float(taken), float(memory), str(digest), int(pages)


def _clear(room: Path) -> TemporaryDirectory[str]:
    """An empty folder, and a disk that has nothing left to write from the round before."""
    os.sync()
    return TemporaryDirectory(dir=room)


def _write(room: Path, scale: float) -> list[Path]:
    """The exhibits as files, and what the process that binds them must know."""
    import hashlib  # noqa: PLC0415 - beside its only use
    import tomllib  # noqa: PLC0415 - as above

    room.mkdir()
    count = max(1, int(EXHIBITS * scale))
    chance = random.Random(7)  # noqa: S311 - the same files every time
    scan = _scan(chance)
    # each page has its own picture of about 400 kB: 200 MB in 500 pages
    lengths = [PAGES * (number + 1) // EXHIBITS - PAGES * number // EXHIBITS for number in range(count)]
    names: dict[str, str] = {}
    exhibits, files = [], []
    for number, pages in enumerate(lengths, start=1):
        data = _exhibit(scan, number, pages)
        sha256 = hashlib.sha256(data).hexdigest()
        path = room / f"{number:03d}.pdf"
        path.write_bytes(data)
        names[sha256] = path.name
        exhibits.append((sha256, len(data)))
        files.append(path)
    source = Path(__file__).parent.parent / "letters" / "en" / "_words" / "dossier.toml"
    words = tomllib.loads(source.read_text(encoding="utf-8"))["words"]
    shelf = {"names": names, "exhibits": exhibits, "words": words}
    (room / "shelf.json").write_text(json.dumps(shelf), encoding="utf-8")
    return files


def _scan(chance: random.Random) -> bytes:
    """A page of noise as a JPEG of about 400 kB, which no program packs any further."""
    from PIL import Image  # noqa: PLC0415 - beside its only use

    body = BytesIO()
    picture = Image.frombytes("L", _SCAN, chance.randbytes(_SCAN[0] * _SCAN[1])).resize((620, 877)).resize(_SCAN)
    picture.save(body, "JPEG", quality=_QUALITY)
    return body.getvalue()


def _exhibit(scan: bytes, number: int, pages: int) -> bytes:
    """A searchable scan; each of its pictures is a stream of its own, by some bytes after its end."""
    import pikepdf  # noqa: PLC0415 - beside its only use

    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for n in range(1, pages + 1):
        page = made.add_blank_page(page_size=(595, 842))
        image = made.make_stream(
            scan + f"{number}/{n}".encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=_SCAN[0],
            Height=_SCAN[1],
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image), Font=pikepdf.Dictionary(F1=font))
        drawn = f"q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F1 12 Tf 60 700 Td (letter {number} page {n}) Tj ET"
        page.obj.Contents = made.make_stream(drawn.encode())
    target = BytesIO()
    made.save(target, static_id=True)
    return target.getvalue()


if __name__ == "__main__":  # the whole: python -m benchmarks.dossier
    with TemporaryDirectory(prefix="dsar-bench-") as name:
        large = large_dossier(Path(name))
    if large is None:
        sys.exit("qpdf is not installed")
    one = large.time
    sys.stdout.write(
        f"{one.name}: {one.seconds:.2f} s, {one.floor_name} {one.floor:.2f} s, limit {one.limit_seconds:.2f} s"
        f"{'' if one.kept else '  exceeded'}\n{large.row()}\n"
    )
