"""The dossier of five hundred complainants: from the vault to the archive, beside qpdf merging the same exhibits.

`python -m benchmarks.collective [PEOPLE]` does it alone. The building is a process of its own, because the most memory
that a process ever held does not go down again; what it lays out in processes of its own is counted with it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.timing import Measured
from dsar.core.demands import default_demands
from dsar.core.events import Classified, Delivered, Issued, Opened, Received, Sent
from dsar.core.meanings import Answer
from dsar.core.parties import Address, Controller, Mandate, Person
from dsar.core.under import Under
from dsar.desk.evidence import take_bytes
from dsar.desk.office import Desk
from dsar.desk.projecting import project
from dsar.lawbook.load import law
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from dsar.core.events import Event
    from dsar.core.parties import Evidence

PEOPLE = 500
LIMIT_SECONDS = 120.0
LIMIT_MEGABYTES = 300.0
_SENT, _DAY, _NOW = date(2026, 3, 2), date(2026, 6, 1), "2026-06-01T09:00:00+02:00"
_LINES = 30

_BUILD = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from dsar.desk import collective
from dsar.desk.bundling import Wish
from dsar.desk.collective_filing import build, compose
from dsar.desk.collective_groups import Ask
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault
folder, out = Path(sys.argv[1]), Path(sys.argv[2])
start = time.perf_counter()
with Vault.open(folder / "many.dsar", KeyFileSlot(folder / "many.key")) as vault:
    desk = Desk(vault=vault, today=date(2026, 6, 1), now="2026-06-01T09:00:00+02:00", by="benchmark", letters=roots())
    (group,) = collective.some(desk, Ask(campaign="BENCH", authority="fr-cnil")).groups
    bound = build(desk, compose(desk, group, Wish()), out=out, wish=Wish())
taken = time.perf_counter() - start
unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
most = [resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([taken, *most, bound.pages, len(group.members)]))
"""


def collective_dossier(folder: Path, people: int = PEOPLE) -> tuple[Measured, float] | None:
    """The time of one building, and the most memory of its process; None where qpdf, the floor, is not installed."""
    if shutil.which("qpdf") is None:
        return None
    room = folder / "collective"
    room.mkdir()
    files = _cases(room, people)
    floor = _merge(room, files)
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(room), str(room / "out")], check=True, capture_output=True, text=True
    )
    taken, memory, of_children, pages, members = json.loads(done.stdout)
    shutil.rmtree(room)
    if members != people:
        raise RuntimeError(f"{members} of {people} are in the complaint")
    measured = Measured(
        name=f"a dossier of {people} people",
        seconds=taken,
        floor_name=f"qpdf merging {len(files)} exhibits",
        floor=floor,
        limit_seconds=LIMIT_SECONDS,
    )
    sys.stderr.write(f"{pages} pages; {memory:.0f} MB, and at most {of_children:.0f} MB beside it\n")
    return measured, max(memory, of_children)


def _merge(room: Path, files: list[Path]) -> float:
    start = time.perf_counter()
    command = ["qpdf", "--empty", "--pages", *map(str, files), "--", str(room / "merged.pdf")]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _cases(room: Path, people: int) -> list[Path]:
    """A case for each: mandate, request, slip; every other one was answered late, by one mail to all of them."""
    vault, _ = Vault.create(room / "many.dsar", KeyFileSlot(room / "many.key"), now=_NOW)
    files: list[Path] = []
    with vault, vault.transaction():
        desk = Desk(vault=vault, today=_DAY, now=_NOW, by="benchmark", letters=roots())
        mail = (
            b"From: a@clearface.example\r\nTo: b@ngo.example\r\nSubject: Your request\r\n\r\nWe hold photographs.\r\n"
        )
        answer = take_bytes(desk, mail, name="answer.eml", media="message/rfc822")

        def page(text: str, pages: int = 1) -> Evidence:
            files.append(room / f"{len(files):05}.pdf")
            files[-1].write_bytes(_pdf(text, pages))
            return take_bytes(desk, files[-1].read_bytes(), name=f"{text}.pdf", media="application/pdf")

        text = take_bytes(desk, b"A request", name="request.md", media="text/markdown")
        for n in range(1, people + 1):
            signed, request, slip = page(f"Mandate {n}"), page(f"Request {n}", 2), page(f"Slip {n}")
            facts: list[Event] = [
                _opened(desk, n, signed),
                Issued(
                    on=_SENT,
                    kind="access-erasure",
                    lang="fr",
                    subject="Demande",
                    text=text,
                    pdf=request,
                    template="",
                    law="",
                ),
                Sent(on=_SENT, letter=2, channel="registered", to="Clearface"),
                Delivered(on=_SENT + timedelta(days=3), sending=3, basis="proved", proof=slip),
            ]
            if n % 2:
                came = Received(
                    on=date(2026, 5, 4), message=answer, sender="a@clearface.example", subject="Your request"
                )
                facts += [came, Classified(on=date(2026, 5, 4), message=5, meaning=Answer())]
            project(desk, f"2026-B{n:04}", vault.append(f"2026-B{n:04}", facts, expect=0, now=_NOW, by="benchmark"))
    return files


def _opened(desk: Desk, n: int, signed: Evidence) -> Opened:
    rights = ("access", "erasure")
    home = Address(lines=(f"{n} rue du Port", "13002 Marseille"), country="FR")
    one = Person(id=f"p{n}", name=f"Person {n:04}", email=f"p{n}@people.example", address=home, language="fr")
    body = Person(
        id="body", name="O. Marchetti", email="a@ngo.example", address=home, language="fr", organisation="Body"
    )
    controller = Controller(
        id="clearface",
        name="Clearface AI, Inc.",
        address=Address(lines=("99 Lens Street", "New York"), country="US"),
        established=False,
        sector="face-search",
    )
    mandate = Mandate(
        id=f"M-{n}",
        kind="art80",
        agent=body,
        subject=one.id,
        controller=controller.name,
        rights=rights,
        drafted_on=date(2026, 2, 1),
        signed_on=date(2026, 2, 3),
        document=signed,
    )
    desk.vault.put_record("mandate", mandate.id, to_plain(mandate))
    return Opened(
        on=_SENT,
        subject=one,
        controller=controller,
        mandate=mandate,
        regime="gdpr",
        rights=rights,
        language="fr",
        demands=default_demands(Under(law=law(), regime="gdpr", on=_SENT), rights, controller.sector, ()),
        letter="access-erasure",
        campaign="BENCH",
        wave=1,
    )


def _pdf(text: str, pages: int) -> bytes:
    """Pages of text as a scanner with a text layer or a letter would give them."""
    import pikepdf  # noqa: PLC0415 - beside its only use

    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    lines = " ".join(f"({text}, line {line}) Tj 0 -18 Td" for line in range(_LINES))
    for _ in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = made.make_stream(f"BT /F 11 Tf 72 760 Td {lines} ET".encode())
    into = BytesIO()
    made.save(into, static_id=True)
    return into.getvalue()


if __name__ == "__main__":
    with TemporaryDirectory(prefix="dsar-bench-") as name:
        found = collective_dossier(Path(name), int(sys.argv[1]) if sys.argv[1:] else PEOPLE)
        print(found)
