"""What stands in a copy for an exhibit: its text with what names somebody masked, or nothing but a slip.

Only text can be masked so that nothing is left: a mail, a text, a letter of ours. Pages that came from outside may hold
a name in a picture, in a font of their own or in pieces, so they are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from dsar.core.dossier import LEFT_OUT, Listed
from dsar.core.message import Attachment, Message
from dsar.core.parties import Evidence
from dsar.desk.evidence import MAIL, OUTLOOK, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.case import Case
    from dsar.core.dossier import Exhibit
    from dsar.core.letter import Letter
    from dsar.core.veil import Veil
    from dsar.desk.office import Desk, File

_TEXTS: Final = frozenset({"text/plain", "text/csv", "text/markdown", "application/json"})
_MOST_TEXT: Final = 1_000_000


@dataclass(slots=True)
class StandIns:
    """The stand-ins of a copy, by the hash of their bytes, and the reading of those that are mails.

    The same file has the same stand-in wherever it stands, and two files have two: so the numbers of a copy are those
    of its dossier. `kept` are the hashes of what the copy has as it is: attached to a mail it is no other file.
    """

    desk: Desk
    file: File
    veil: Veil
    kept: frozenset[str] = frozenset()
    data: dict[str, bytes] = field(default_factory=dict)
    mails: dict[str, Message] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)

    def exhibit(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit as the copy has it."""
        evidence = exhibit.evidence
        found = self._of(exhibit)
        return replace(
            exhibit,
            title=self.veil.mask(exhibit.title),
            parties=self.veil.mask(exhibit.parties),
            inventory=tuple(self._listed(one) for one in exhibit.inventory),
            evidence=replace(found, name=self.veil.mask(evidence.name)),
            veiled=True,
        )

    def _of(self, exhibit: Exhibit) -> Evidence:
        evidence = exhibit.evidence
        letter = self._letter(evidence.sha256)
        if letter is not None:
            from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with the paper

            return self._kept(evidence, render_pdf(letter), "application/pdf")
        if exhibit.returned and evidence.media not in {MAIL, OUTLOOK}:
            return self._left_out(evidence)
        message = parsed(self.desk, evidence)
        if message is not None:
            return self._mail(evidence, message)
        if evidence.media in _TEXTS and evidence.size <= _MOST_TEXT:
            return self._text(evidence, self.desk.vault.evidence_bytes(evidence.sha256))
        return self._left_out(evidence)

    def left_out(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit with nothing but a slip."""
        masked = self.veil.mask
        return replace(
            exhibit,
            title=masked(exhibit.title),
            parties=masked(exhibit.parties),
            returned=False,
            inventory=(),
            evidence=replace(self._left_out(exhibit.evidence), name=masked(exhibit.evidence.name)),
            veiled=True,
        )

    def issued(self, pdf: str) -> Letter:
        """The issued letter that has these pages, masked and laid out anew."""
        letter = self._letter(pdf)
        if letter is None:
            raise KeyError(pdf)
        return letter

    def _letter(self, pdf: str) -> Letter | None:
        """The letter of ours that has these pages, masked."""
        issued = next((one for one in self.file.case.letters if one.fact.pdf.sha256 == pdf), None)
        if issued is None:
            return None
        from dsar.desk.frozen import Frozen, as_letter  # noqa: PLC0415 - jinja2 is loaded with the letters

        return self.letter(as_letter(self.desk, Frozen(file=self.file, letter=issued)))

    def letter(self, letter: Letter) -> Letter:
        """A letter of ours, masked in every block; its text is Markdown, where a word in brackets could be a link."""
        masked = self.veil.mask
        body = masked(letter.body)
        for label in self.veil.labels:
            body = body.replace(label, f"\\[{label[1:-1]}\\]")
        return replace(
            letter,
            title=masked(letter.title),
            subject=masked(letter.subject),
            body=body,
            sender_email=masked(letter.sender_email),
            recipient_email=masked(letter.recipient_email),
            place_date=masked(letter.place_date),
            via=masked(letter.via),
            refs=tuple((label, masked(value)) for label, value in letter.refs),
            sender=tuple(map(masked, letter.sender)),
            recipient=tuple(map(masked, letter.recipient)),
            signature=tuple(map(masked, letter.signature)),
            enclosures=tuple(map(masked, letter.enclosures)),
        )

    def _mail(self, evidence: Evidence, message: Message) -> Evidence:
        seen = replace(
            message,
            sender=self.veil.mask(message.sender),
            to=tuple(self.veil.mask(one) for one in message.to),
            cc=tuple(self.veil.mask(one) for one in message.cc),
            subject=self.veil.mask(message.subject),
            message_id=self.veil.mask(message.message_id),
            text=self.veil.mask(message.text),
            in_reply_to=(),
            attachments=tuple(self._attachment(one) for one in message.attachments),
            problems=(),
        )
        kept = self._kept(evidence, f"{seen.message_id}\n{seen.subject}\n\n{seen.text}".encode(), MAIL)
        self.mails[kept.sha256] = seen
        return kept

    def _attachment(self, one: Attachment) -> Attachment:
        if one.sha256 in self.kept:
            return replace(one, name=self.veil.mask(one.name))
        evidence = Evidence(sha256=one.sha256, size=len(one.data), name=one.name, media=one.media)
        if one.media in _TEXTS and len(one.data) <= _MOST_TEXT:
            kept = self._text(evidence, one.data)
        else:
            kept = self._left_out(evidence)
        return Attachment(
            name=self.veil.mask(one.name), media=kept.media, data=self.data[kept.sha256], sha256=kept.sha256
        )

    def _text(self, evidence: Evidence, data: bytes) -> Evidence:
        from dsar.paper.dossier.sniff import decoded  # noqa: PLC0415 - loads the paper

        return self._kept(evidence, self.veil.mask(decoded(data)).encode(), "text/plain")

    def _left_out(self, evidence: Evidence) -> Evidence:
        return self._kept(evidence, b"left out", LEFT_OUT)

    def _kept(self, evidence: Evidence, data: bytes, media: str) -> Evidence:
        """The stand-in for a file: always the same for the same bytes, and never that of other bytes."""
        known = self.made.get(evidence.sha256)
        if known is None:
            while sha256(data).hexdigest() in self.data:
                data += b"\n"
            self.made[evidence.sha256] = known = data
        digest = sha256(known).hexdigest()
        self.data[digest] = known
        return Evidence(sha256=digest, size=len(known), name=evidence.name, media=media)

    def _listed(self, one: Listed) -> Listed:
        return replace(one, name=self.veil.mask(one.name), within=tuple(map(self.veil.mask, one.within)), sha256="")

    def texts(self) -> Iterator[str]:
        """All text that is in them, to look through once more."""
        for message in self.mails.values():
            yield from (message.sender, *message.to, *message.cc, message.subject, message.message_id, message.text)
            yield from (one.name for one in message.attachments)
        yield from (data.decode(errors="replace") for data in self.data.values() if not data.startswith(b"%PDF-"))


def header_names(desk: Desk, case: Case) -> tuple[str, ...]:
    """The names that the mails of a case were sent and received under, without their addresses."""
    found = set()
    for held in case.held:
        for evidence in (getattr(held.fact, name, None) for name in ("message", "proof", "document")):
            message = parsed(desk, evidence) if isinstance(evidence, Evidence) else None
            if message is not None:
                parties = (message.sender, *message.to, *message.cc)
                found |= {one.rpartition("<")[0].strip().strip('"') for one in parties if "<" in one}
    return tuple(sorted(found - {""}))
