"""From a case to its dossier: the words of every part, in the language of the reader, ready to be bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.dossier import Cover, Dossier, Exhibit
from dsar.core.events import Received, Sent
from dsar.core.exhibits import Piece, pieces
from dsar.core.standing import open_questions, unreviewed
from dsar.desk import briefing, sections, wording
from dsar.desk.allowing import BouncedError, NotClassifiedError, ended, mandate, open_bounces
from dsar.desk.complaining import complaint
from dsar.desk.errors import NoComplaintError, NoMandateError, NothingToAllegeError, NotJudgedError
from dsar.desk.evidence import shown
from dsar.desk.office import read
from dsar.errors import DsarError

if TYPE_CHECKING:
    from pathlib import Path

    from dsar.core.case import Case
    from dsar.core.law import Authority
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words
    from dsar.paper.dossier.bind import BoundDossier


def bind(desk: Desk, ref: str | None, *, authority: str, lang: str, out: Path) -> BoundDossier:
    """Build the dossier of a case into a folder: the combined PDF, and the ZIP with every original.

    Raises:
        NoComplaintError: no authority was named and no complaint was drafted or lodged.
    """
    from dsar import __version__  # noqa: PLC0415 - one string
    from dsar.desk.views import case_json  # noqa: PLC0415 - avoids a cycle of imports
    from dsar.lawbook.calendars import library_version  # noqa: PLC0415 - only the dossier names it
    from dsar.mail.parse import parse  # noqa: PLC0415 - only the dossier needs it here
    from dsar.paper.dossier import bind as binder  # noqa: PLC0415 - typst and pikepdf are loaded with it

    file = read(desk, ref)
    return binder.bind(
        dossier(desk, file, authority=authority, lang=lang),
        read=desk.vault.evidence_bytes,
        parse_mail=parse,
        out=out,
        program=f"dsar {__version__}, holidays {library_version()}",
        facts=case_json(desk, file),
    )


def dossier(desk: Desk, file: File, *, authority: str, lang: str) -> Dossier:
    """The dossier in words."""
    case = file.case
    filed = complaint(desk, file, authority=authority, lang=lang)
    words = wording.speaker(desk, filed.lang)
    exhibits = tuple(_exhibit(words, case, piece) for piece in pieces(file.entries, case))
    parts = (
        sections.complaint(words, filed.block),
        sections.facts(words, file),
        sections.deadlines(words, file),
        sections.identity(words, file),
        sections.grievances(words, desk, file),
        sections.asked_and_answered(words, file),
    )
    return Dossier(
        ref=case.ref,
        lang=filed.lang,
        title=words.say("dossier", "title", subject=case.opened.subject.name, controller=case.opened.controller.name),
        author=filed.author,
        on=desk.today,
        cover=_cover(words, desk, file, filed.authority, len(exhibits)),
        sections=tuple(part for part in parts if part is not None),
        exhibits=exhibits,
        words=tuple(
            (key.removeprefix("words."), text)
            for key, text in words.section("dossier").items()
            if key.startswith("words.")
        ),
        days=tuple({exhibit.on.isoformat(): words.day(exhibit.on) for exhibit in exhibits}.items()),
        banner=desk.banner,
    )


def _cover(words: Words, desk: Desk, file: File, authority: Authority, exhibits: int) -> Cover:
    opened = file.case.opened
    reply, request = file.deadline("reply"), briefing.request(file, words)
    notice = briefing.notice(file, words, kind="complaint", term_days=0)
    rights = words.join([words.label("right", right) for right in opened.rights])
    agent = opened.mandate.agent if opened.mandate is not None else None
    said = {
        "authority": authority.name,
        "data_subject": opened.subject.name,
        "agent": (agent.organisation or agent.name) if agent is not None else "",
        "controller": ", ".join((opened.controller.name, *opened.controller.address.lines)),
        "rights": rights,
        "reference": file.case.ref,
        "request_received": words.day(request.received_on) if request.received_on else "",
        "reply_due": words.day(reply.safe) if reply and reply.safe else "",
        "answered": (words.day(reply.met) if reply.met else words.say("dossier", "cover.not_answered"))
        if reply
        else "",
        "notice": words.day(notice.received_on) if notice and notice.received_on else "",
        "exhibits": str(exhibits),
        "today": words.day(desk.today),
    }
    lines = tuple((words.say("dossier", f"cover.{key}"), text) for key, text in said.items() if text)
    summary = tuple(
        f"{words.say('breaches', f'{breach.id}.title')} ({words.cites(breach.cites)})" for breach in file.breaches
    )
    return Cover(
        heading=words.say("dossier", "cover.heading"),
        subheading=words.say("dossier", "cover.subheading"),
        lines=lines,
        summary=(*summary, words.say("dossier", "not_a_lawyer")),
        summary_heading=words.say("dossier", "cover.summary"),
    )


def _exhibit(words: Words, case: Case, piece: Piece) -> Exhibit:
    opened = case.opened
    ours = opened.mandate.agent if opened.mandate is not None else opened.subject
    us, them = ours.organisation or ours.name, opened.controller.name
    kind = {"mandate": "mandate", "letter": "letter", "mail": "mail", "proof": "proof"}.get(piece.kind, "file")
    message = case.message(piece.entry)
    parties = f"{us} → {them}" if piece.kind == "letter" else ""
    if message is not None:
        # who really wrote: a forged or foreign sender must not read as the controller
        parties = f"{' '.join(shown(message.fact.sender).split()) or them} → {us}"
    if piece.kind == "mandate":
        parties = f"{opened.subject.name} → {us}"
    return Exhibit(
        number=piece.number,
        entry=piece.entry,
        kind=kind,
        title=_title(words, case, piece),
        on=piece.on,
        parties=parties,
        evidence=piece.evidence,
    )


def _title(words: Words, case: Case, piece: Piece) -> str:
    if piece.kind == "mandate":
        return words.say("dossier", "piece.mandate")
    letter = case.letter(piece.about)
    if piece.kind == "letter" and letter is not None:
        return letter.fact.subject
    message = case.message(piece.entry)
    if message is not None:
        return _message_title(words, case, message.fact, piece.entry)
    held = next((held.fact for held in case.held if held.n == piece.entry), None)
    if isinstance(held, Sent):
        return words.say("dossier", "piece.sent", channel=words.label("channel", held.channel))
    sending = case.sending(piece.about)
    if sending is not None:
        return words.say("dossier", "piece.delivered")
    return words.say("dossier", f"piece.{piece.kind}")


def _message_title(words: Words, case: Case, fact: Received, entry: int) -> str:
    from dsar.core.chronology import kind_of  # noqa: PLC0415 - for one word

    what = wording.capital(words.label("meaning", kind_of(case, entry)))
    return wording.pair(words, what, fact.subject) if fact.subject else what


def lacks(desk: Desk, ref: str | None, *, authority: str) -> tuple[tuple[str, str], ...]:
    """What speaks against filing today, each with the command that mends it; empty if nothing is known to."""
    file = read(desk, ref)
    case, name = file.case, file.case.ref
    found = [*_refusal(desk, file, authority), *_mandate_lacks(desk, file)]
    if case.request is None or not case.request.sendings:
        found.append(("The request was not sent:", f"`dsar letter KIND {name} --issue`, `dsar sent {name}`"))
    reply = file.deadline("reply")
    if reply is not None and reply.safe is None:
        found.append(("No safe date can be computed:", f"`dsar why {name}` says what is missing"))
    if not file.breaches:
        found.append(("No breach may be alleged today:", f"`dsar next {name}`"))
    found += [
        (f"Entry {odd.n} looks odd:", f"`dsar confirm {name} {odd.n}`") for odd in file.oddities if not odd.confirmed
    ]
    found += [
        (f"Message {message.n} is not classified:", f"`dsar classify {name} {message.n} KIND`")
        for message in case.messages
        if message.meaning is None
    ]
    found += [
        (f"Message {message.n} says that a letter did not arrive:", f"`dsar sent {name}`")
        for message in open_bounces(case)
    ]
    found += [(f"The answer in entry {one.n} is not reviewed:", f"`dsar review {name}`") for one in unreviewed(case)]
    found += [
        (f"Their question in entry {one.n} is open:", f"`dsar replied {name} --to {one.n}`")
        for one in open_questions(case)
    ]
    found += [
        (f"Sending {sent.n} has no proof:", f"`dsar delivered {name} --sending {sent.n} --proof FILE`")
        for letter in case.letters
        for sent in letter.sendings
        if sent.fact.proof is None and not any(fact.proof for _, fact in sent.deliveries)
    ]
    return tuple(found)


def _refusal(desk: Desk, file: File, authority: str) -> list[tuple[str, str]]:
    """Why binding would refuse, by the same checks; what has a line of its own is left to it."""
    try:
        complaint(desk, file, authority=authority, lang="")
    except NoComplaintError:
        return [("No authority is chosen:", f"`dsar dossier {file.case.ref} --authority ID`")]
    except (NotJudgedError, NotClassifiedError, BouncedError, NoMandateError, NothingToAllegeError):
        return []
    except DsarError as error:
        return [(str(error), "")]
    return []


def _mandate_lacks(desk: Desk, file: File) -> list[tuple[str, str]]:
    held = mandate(desk, file.case)
    why = ended(held, desk.today) if held is not None else ""
    if held is None or not why:
        return []
    return [
        (f"The mandate {held.id} no longer holds ({why}):", "`dsar mandate new` drafts another, `dsar mandate signed`")
    ]
