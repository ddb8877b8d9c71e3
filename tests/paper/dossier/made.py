"""Made-up exhibits and dossiers: every byte is generated here, every party is invented."""

from __future__ import annotations

import email
import email.policy
import hashlib
import random
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import pikepdf
from PIL import Image, ImageDraw

from dsar.core.dossier import Cover, Dossier, Exhibit, Paragraph, Row, Section, Table
from dsar.core.message import Attachment, Message
from dsar.core.parties import Evidence
from dsar.paper.dossier.bind import BoundDossier, Source, bind
from dsar.paper.dossier.show import Helpers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dsar.core.dossier import Block

# No program to help: what is shown is what dsar shows by itself.
NONE = Helpers(office=lambda _file, _ending: None, ocr=lambda _sheets, _lang: None)

MONTHS = dict(
    enumerate(
        (
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        start=1,
    )
)

WORDS = {
    "exhibit": "Pièce n° {n}",
    "exhibits": "Pièces",
    "index": "Bordereau des pièces",
    "page": "Page {n} / {total}",
    "number": "N°",
    "title": "Intitulé",
    "date": "Date",
    "parties": "De / à",
    "pages": "Page",
    "hash": "SHA-256",
    "form": "Forme",
    "original": "original",
    "copy": "copie",
    "from": "De",
    "to": "À",
    "cc": "Copie",
    "subject": "Objet",
    "sent": "Date",
    "message_id": "Message-ID",
    "attachments": "Fichiers joints",
    "no_text": "Ce message est sans texte.",
    "not_shown": "Non reproduit ici : {name} ({reason})",
    "unreadable": "fichier illisible ; l’original est dans l’archive",
    "encrypted": "fichier chiffré ; l’original est dans l’archive",
    "empty": "fichier vide",
    "unsupported": "format non reproductible ; l’original est dans l’archive",
    "proof": "Preuve",
    "too_large": "fichier trop volumineux",
    "withheld": "fichier non communiqué",
    "masked": "pièce absente de cette copie",
    "redacted": "occulté",
    "folded": "[{n} lignes citées]",
    "inventory": "Fichiers non reproduits",
    "part": "Partie {n} sur {total}",
    "part_head": "Partie",
    "parts": "Parties du dossier",
    "part_of": "Ce dossier est réparti en plusieurs fichiers.",
    "readme": "Dossier {ref} : {pdf}.\nProduit avec {program}.\n",
}


def pdf(*lines: str, pages: int = 1, size: tuple[int, int] = (595, 842), rotate: int = 0) -> bytes:
    """A PDF with `lines` in Helvetica on each page, and the page's number in its lower left corner."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for number in range(1, pages + 1):
        page = made.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        text = f"BT /F1 14 Tf 18 TL 60 {size[1] - 80} Td {shown} ET BT /F1 9 Tf 20 20 Td (own page {number}) Tj ET"
        page.obj.Contents = made.make_stream(text.encode("latin-1"))
        if rotate:
            page.obj.Rotate = rotate
    return saved(made)


def saved(made: pikepdf.Pdf, **options: object) -> bytes:
    target = BytesIO()
    made.save(target, static_id=True, **options)  # type: ignore[arg-type]  # pikepdf takes them by name
    return target.getvalue()


def scan(width: int = 1240, height: int = 1754, kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A scanned slip: black top edge, a cross, some words."""
    image = Image.new("RGB", (width, height), "#f7f5ef")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, height // 20), fill="#20242c")
    draw.text((width // 10, height // 8), "RECU DE DEPOT / PROOF OF DELIVERY", fill="black", font_size=width // 24)
    draw.text((width // 10, height // 5), "1A 234 567 8901 2", fill="#203080", font_size=width // 18)
    draw.rectangle((width // 10, height // 4, width * 9 // 10, height // 2), outline="black", width=3)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "secret description"
    target = BytesIO()
    image.save(target, format=kind, dpi=(150, 150), exif=exif)
    return target.getvalue()


def mail(
    text: str,
    *attached: tuple[str, str, bytes],
    subject: str = "Demande",
    sender: str = "Agence Droits Clairs <agence@droits.example>",
    to: str = "Privacy Desk <privacy@clearface.example>",
    date_header: str = "Thu, 05 Mar 2026 10:12:00 +0100",
) -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = date_header, "<20260305101200.7f3a@droits.example>"
    message.set_content(text)
    for name, media, data in attached:
        major, _, minor = media.partition("/")
        message.add_attachment(data, maintype=major, subtype=minor, filename=name)
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"boundary-{number}")
    return message.as_bytes()


def parse(data: bytes) -> Message:
    """A plain reading of a made mail: the program's own reader is another part, tested on its own."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("plain",))
    attached = []
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        attached.append(
            Attachment(
                name=str(part.get_filename()),
                media=part.get_content_type(),
                data=content,
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    return Message(
        message_id=str(message["Message-ID"]),
        in_reply_to=(),
        sender=str(message["From"]),
        to=(str(message["To"]),),
        cc=(),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        at="",
        text="" if body is None else body.get_content(),
        attachments=tuple(attached),
        automatic=False,
        bounce=False,
        problems=(),
    )


@dataclass
class Shelf:
    """Exhibits in the order in which they are put here, and their bytes by hash, as a vault would give them."""

    bytes_of: dict[str, bytes] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)

    def put(  # noqa: PLR0913 - what an exhibit has, each with a usual value
        self,
        title: str,
        data: bytes,
        media: str = "application/pdf",
        *,
        name: str = "",
        kind: Literal["letter", "mail", "file", "mandate", "proof"] = "file",
        on: date = date(2026, 3, 5),
        parties: str = "Agence Droits Clairs à Clearface AI, Inc.",
    ) -> Exhibit:
        sha256 = hashlib.sha256(data).hexdigest()
        self.bytes_of[sha256] = data
        number = len(self.exhibits) + 1
        exhibit = Exhibit(
            number=number,
            entry=number + 1,
            kind=kind,
            title=title,
            on=on,
            parties=parties,
            evidence=Evidence(sha256=sha256, size=len(data), name=name or f"piece-{number}", media=media),
        )
        self.exhibits.append(exhibit)
        return exhibit

    def read(self, sha256: str) -> Iterator[bytes]:
        """In small chunks, as a vault gives them in large ones."""
        data = self.bytes_of[sha256]
        return (data[start : start + 1000] for start in range(0, len(data), 1000))

    def dossier(self, *blocks: Block, banner: str = "", sections: tuple[Section, ...] | None = None) -> Dossier:
        days = {exhibit.on.isoformat(): spoken(exhibit.on) for exhibit in self.exhibits}
        default = (Section(id="facts", title="Exposé des faits", blocks=blocks or (Paragraph(text="Rien à dire."),)),)
        return Dossier(
            ref="2026-7QX2M",
            lang="fr",
            title="Ada Exemple c. Clearface AI, Inc.",
            author="Agence Droits Clairs",
            on=date(2026, 7, 15),
            cover=Cover(
                heading="Dossier de réclamation",
                subheading="Article 77 du règlement (UE) 2016/679 (RGPD)",
                lines=(("À", "Commission nationale de l’informatique et des libertés (CNIL)"),),
                summary=("La demande est restée sans réponse complète.",),
            ),
            sections=default if sections is None else sections,
            exhibits=tuple(self.exhibits),
            words=tuple(WORDS.items()),
            days=tuple(days.items()),
            banner=banner,
        )

    def bind(
        self,
        out: Path,
        dossier: Dossier | None = None,
        *,
        facts: bytes | None = None,
        max_part: int = 0,
        helpers: Helpers = NONE,
    ) -> BoundDossier:
        return bind(
            dossier or self.dossier(),
            source=Source(read=self.read, parse_mail=parse, helpers=helpers),
            out=out,
            program="dsar 0.1.0",
            facts=facts,
            max_part=max_part,
        )


def spoken(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month]} {day.year}"


def table(*rows: tuple[tuple[str, ...], tuple[int, ...]]) -> Table:
    return Table(
        heads=("Date", "Événement", "Jours"),
        widths=(2, 5, 1),
        rows=tuple(Row(cells=cells, exhibits=exhibits) for cells, exhibits in rows),
    )


def noise(size: int, *, seed: int) -> bytes:
    """A scan of about `size` bytes that no program packs any further."""
    side = 300
    while True:
        image = Image.frombytes("L", (side, side), random.Random(seed).randbytes(side * side))  # noqa: S311 - made up
        target = BytesIO()
        image.save(target, format="JPEG", quality=90, dpi=(150, 150))
        if target.tell() >= size:
            return target.getvalue()
        side = int(side * max(1.05, (size / target.tell()) ** 0.5))
