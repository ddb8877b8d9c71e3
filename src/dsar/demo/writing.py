"""What the agent's desk writes: letters issued as the command line issues them, the mandate signed, the slips drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

from dsar.demo import drawings, mails
from dsar.demo.sheets import sheet
from dsar.desk import drafting
from dsar.paper.letter_eml import render_eml
from dsar.paper.letter_pdf import render_pdf
from dsar.paper.letter_text import render_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from dsar.core.letter import Letter
    from dsar.demo.stage import Stage

_BLANK = re.compile("…{4,}")
_TRACKING = "RE 000 000 000 FR"


def issue(scene: Stage, now: str, ref: str, number: int, wish: drafting.Wish) -> bytes:
    """Draft a letter, keep the draft, issue it, and show it in three formats; the PDF that was issued."""
    desk = scene.at(now)
    drafted = drafting.keep(desk, drafting.draft(desk, ref, wish))
    file, entry = drafting.issue(desk, drafted)
    issued = file.case.letter(entry)
    if issued is None:
        raise LookupError(f"entry {entry} is no letter")
    pdf = desk.vault.evidence_bytes(issued.fact.pdf.sha256)
    show(scene, f"{number}-{wish.kind}", drafted.letter, pdf)
    return pdf


def show(scene: Stage, name: str, letter: Letter, pdf: bytes) -> None:
    """A letter as PDF, as text and as an e-mail draft."""
    scene.show(f"letters/{name}.pdf", pdf)
    scene.show(f"letters/{name}.txt", render_text(letter).encode())
    mail = render_eml(letter, message_id="", date="", from_name=next(iter(letter.sender), ""), pdf=pdf)
    scene.show(f"letters/{name}.eml", mail)


def post(scene: Stage, folder: str, name: str, attached: Mapping[str, bytes] | None = None) -> Path:
    """A mail of the story as a file."""
    made = mails.mail(folder, name, banner=scene.banner, attached=attached or {})
    return scene.show(f"mails/{name}.eml", made)


def signed(scene: Stage, letter: Letter) -> bytes:
    """The mandate as it comes back: its blanks filled in, and a flourish that is nobody's signature."""
    said = scene.script["signing"]
    values = cycle((said["place"], said["day"]))
    body = _BLANK.sub(lambda _: next(values), letter.body)
    for row in (f"| *{said['agent']}* | *{said['subject']}* |", "| *I. Garrigue* | *É. Fontanel* |"):
        body = body.replace("| &nbsp; | &nbsp; |", row, 1)
    for line in said.get("lines", ()):
        body = body.replace(f"{line['after']}\n", f"{line['after']} {line['with']}\n", 1)
    return render_pdf(replace(letter, body=body), signature_image=drawings.signature(7))


def answer(scene: Stage, on: date) -> bytes:
    """The company's PDF: three faces, one of them somebody else's."""
    faces = {"1.png": drawings.SUBJECT, "2.png": drawings.SUBJECT_AGAIN, "3.png": drawings.SOMEBODY_ELSE}
    pages = (
        ("Team – Atelier Exemple", "https://atelier.example/equipe", "2018-11-04"),
        ("Photo album, spring fair", "https://photos.example/album/114", "2019-06-21"),
        ("Local chess club", "https://echecs.example/membres", "2019-09-30"),
    )
    results = [
        {"image": name, "alt": "a schematic, synthetic face", "page": page, "url": url, "collected": day}
        for name, (page, url, day) in zip(faces, pages, strict=True)
    ]
    data = {"banner": scene.banner, "lang": "en", "title": "Clearface AI search report", "results": results}
    return sheet("answer", data, on=on, files={name: drawings.face(look) for name, look in faces.items()})


def deposit(scene: Stage, on: date) -> bytes:
    """The slip that the post gave for the registered letter: a PDF."""
    said = scene.script["slip"]
    rows = (
        (said["number"], _TRACKING),
        (said["sender"], "Garde-Fou SAS, 5 rue de la Maquette, 69000 Lyon"),
        (said["addressee"], "Clearface AI, Inc., 100 Nowhere Street, Suite 400, New York, NY 10000, USA"),
        (said["content"], said["letter"]),
        (said["deposited"], said["deposited_on"]),
    )
    data = _slip(scene, heading=said["deposit"], rows=rows, stamp=said["deposited_on"], paper="#fdf8ec")
    return sheet("slip", {**data, "image": None}, on=on)


def returned(scene: Stage, on: date) -> bytes:
    """The slip that came back, signed: a picture, as a scanner makes it."""
    said = scene.script["slip"]
    rows = (
        (said["number"], _TRACKING),
        (said["addressee"], "Clearface AI, Inc., 100 Nowhere Street, Suite 400, New York, NY 10000, USA"),
        (said["delivered"], said["delivered_on"]),
    )
    data = _slip(scene, heading=said["return"], rows=rows, stamp=said["delivered_on"], paper="#f6e6ea")
    files = {"signature.png": drawings.signature(5)}
    return sheet("slip", {**data, "image": "signature.png"}, on=on, files=files, form="png")


def _slip(
    scene: Stage, *, heading: str, rows: tuple[tuple[str, str], ...], stamp: str, paper: str
) -> dict[str, object]:
    return {
        "banner": scene.banner,
        "lang": scene.lang,
        "title": heading,
        "heading": heading,
        "rows": rows,
        "stamp": stamp,
        "signature": scene.script["slip"]["signature"],
        "specimen": scene.script["slip"]["specimen"],
        "paper": paper,
    }
