"""From a case to its dossier: the words of every part, in the language of the reader, ready to be bound."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.dossier import Cover, Dossier, Exhibit
from dsar.core.events import Received, Sent
from dsar.core.exhibits import Piece, pieces
from dsar.core.under import of_case
from dsar.desk import briefing, redacting, sections, wording
from dsar.desk.bundling import Wish, changed, stamp
from dsar.desk.complaining import complaint
from dsar.desk.evidence import shown
from dsar.desk.office import read
from dsar.desk.timeline import timeline

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.case import Case
    from dsar.core.dossier import Kind
    from dsar.core.law import Authority
    from dsar.desk.complaining import Filed
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words
    from dsar.paper.dossier.bind import BoundDossier, Source

_COMPLAINT = "gdpr:77"


def bind(
    desk: Desk, ref: str | None, *, authority: str, lang: str, out: Path, wish: Wish | None = None
) -> BoundDossier:
    """Build the dossier of a case into a folder: the combined PDF, the ZIP with the originals, the page to look at.

    Raises:
        NoComplaintError: no authority was named and no complaint was drafted or lodged.
        NothingToRedactError: the wish names an exhibit or a page that is not there.
        OtherTokenError: the wish brings a timestamp of something else.
    """
    from dsar.desk.strangers import of_case  # noqa: PLC0415 - reads what is in the files
    from dsar.desk.views import case_json  # noqa: PLC0415 - avoids a cycle of imports
    from dsar.paper.dossier import bind as binder  # noqa: PLC0415 - typst and pikepdf are loaded with it
    from dsar.paper.timeline_html import render_timeline  # noqa: PLC0415 - jinja2 is loaded with it

    file, wish = read(desk, ref), wish or Wish()
    filed = complaint(desk, file, authority=authority, lang=lang)
    made = dossier(desk, file, authority=authority, lang=lang, wish=wish, filed=filed)
    bound = binder.bind(
        made,
        source=source(desk, ocr=wish.ocr),
        out=out,
        program=program(),
        facts=case_json(desk, file),
        page=render_timeline(timeline(desk, file.case.ref, lang=made.lang)),
        enclosed=stamps(desk, file),
        max_part=wish.max_part,
        stamp=stamp(wish.token),
    )
    others = (one.sentence for one in of_case(desk, file).naming(made.exhibits, wish.redactions))
    return replace(bound, warnings=(*bound.warnings, *over_limit(filed.authority, bound), *others))


def copy(
    desk: Desk,
    ref: str | None,
    kind: Kind,
    *,
    of: BoundDossier,
    authority: str,
    lang: str,
    out: Path,
    wish: Wish | None = None,
) -> BoundDossier:
    """Build a copy of a dossier that was just bound: for the controller, or to share.

    Raises:
        LeakError: something that must be masked could not be; nothing was written.
    """
    from dsar.desk.copying import copied  # noqa: PLC0415 - only for a copy
    from dsar.desk.views import case_json  # noqa: PLC0415 - avoids a cycle of imports
    from dsar.paper.dossier import bind as binder  # noqa: PLC0415 - typst and pikepdf are loaded with it
    from dsar.paper.timeline_html import render_timeline  # noqa: PLC0415 - jinja2 is loaded with it

    file, wish = read(desk, ref), wish or Wish()
    whole = dossier(desk, file, authority=authority, lang=lang, wish=wish)
    made = copied(
        desk,
        file,
        whole,
        kind=kind,
        manifest=of.manifest.read_bytes(),
        facts=case_json(desk, file),
        page=timeline(desk, file.case.ref, lang=whole.lang),
    )
    return binder.bind(
        made.dossier,
        source=made.source(source(desk, ocr=False)),
        out=out,
        program=program(),
        facts=made.facts,
        page=render_timeline(made.page),
        max_part=wish.max_part,
    )


def over_limit(authority: Authority, bound: BoundDossier) -> tuple[str, ...]:
    """A warning where a file is larger than what the authority says it takes; nothing where it says nothing (B16)."""
    sizes = [float(size) * 1e6 for size in re.findall(r"(\d+(?:\.\d+)?) ?MB", authority.max_attachment)]
    files = bound.parts or (bound.pdf,)
    if not sizes or all(path.stat().st_size <= min(sizes) for path in files):
        return ()
    what = f"{authority.name} takes {authority.max_attachment}, and this is larger"
    return (f"{what}: --max-size splits the dossier, or ask it for another way in",)


def program() -> str:
    """What made a dossier, with its versions."""
    from dsar import __version__  # noqa: PLC0415 - one string
    from dsar.lawbook.calendars import library_version  # noqa: PLC0415 - only the dossier names it

    return f"dsar {__version__}, holidays {library_version()}"


def stamps(desk: Desk, file: File) -> dict[str, bytes]:
    """The timestamps over the log of the case, each with the line that was stamped.

    Those of files are left out: one may be over the manifest of this very dossier, which it would change.
    """
    known = [one for one in desk.vault.stamps.listed(file.case.ref) if one.what == "case"]
    found: dict[str, bytes] = {}
    for number, one in enumerate(known, start=1):
        found |= {f"stamps/{number}.json": one.statement.encode("ascii"), f"stamps/{number}.tsr": one.reply}
    return found


def grids(desk: Desk, ref: str | None, number: str, *, authority: str, lang: str, out: Path) -> tuple[Path, ...]:
    """The pages of an exhibit under the grid that redactions are named by, as pictures; they show everything.

    Raises:
        NoComplaintError: see `bind`.
        NothingToRedactError: there is no such exhibit, or nothing of it is shown.
    """
    from dsar.paper.dossier.grid import draw  # noqa: PLC0415 - typst and pikepdf are loaded with it

    file = read(desk, ref)
    shown = dossier(desk, file, authority=authority, lang=lang, wish=Wish(with_returned=True))
    return draw(shown, number, source=source(desk, ocr=False), out=out)


def source(desk: Desk, *, ocr: bool) -> Source:
    """Where the binder gets the bytes, and who reads mails, office files and scans for it."""
    from dsar.desk.evidence import mail_reader  # noqa: PLC0415 - only the dossier needs it here
    from dsar.paper.dossier.bind import Source  # noqa: PLC0415 - as above
    from dsar.paper.dossier.helpers import helpers  # noqa: PLC0415 - as above

    return Source(read=desk.vault.evidence, parse_mail=mail_reader(), helpers=helpers(ocr=ocr))


def dossier(
    desk: Desk, file: File, *, authority: str, lang: str, wish: Wish | None = None, filed: Filed | None = None
) -> Dossier:
    """The dossier in words."""
    case, wish = file.case, wish or Wish()
    filed = filed or complaint(desk, file, authority=authority, lang=lang)
    words = wording.speaker(desk, filed.lang)
    found = pieces(file.entries, case)
    exhibits = tuple(exhibit(words, desk, case, piece, wish) for piece in found)
    parts = (
        sections.complaint(words, filed.block) if filed.block is not None else None,
        sections.facts(words, file),
        sections.deadlines(words, file),
        sections.identity(words, file),
        sections.grievances(words, desk, file),
        sections.asked_and_answered(words, file),
        redacting.section(words, wish.redactions, [exhibit.number for exhibit in exhibits]),
        changed(words, desk, file, found, exhibits),
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
        words=tuple({**labels(wording.speaker(desk, "en")), **labels(words)}.items()),
        days=tuple({exhibit.on.isoformat(): words.day(exhibit.on) for exhibit in exhibits}.items()),
        banner=desk.banner,
        redactions=wish.redactions,
        roman=wish.roman,
    )


def labels(words: Words) -> dict[str, str]:
    """The labels of the layout in a language; one that is new in English may be missing in another for a while."""
    found = words.section("dossier").items()
    return {key.removeprefix("words."): text for key, text in found if key.startswith("words.")}


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
        subheading=_right_to_complain(words, file, desk.today),
        lines=lines,
        summary=summary,
        summary_heading=words.say("dossier", "cover.summary"),
    )


def _right_to_complain(words: Words, file: File, today: date) -> str:
    """The provision under which the authority is asked; nothing where the law of the case knows no complaint."""
    under = of_case(file.case, file.law, today)
    if under.home:
        return words.say("dossier", "cover.subheading")
    cite = under.cite(_COMPLAINT)
    return wording.capital(words.cite(cite)) if cite is not None else ""


def exhibit(words: Words, desk: Desk, case: Case, piece: Piece, wish: Wish) -> Exhibit:
    """A piece of a case as an exhibit: its title, who wrote it to whom, and what of it stays out."""
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
    inventory = () if wish.with_returned else redacting.returned(desk, case, piece)
    return Exhibit(
        number=piece.number,
        entry=piece.entry,
        kind=kind,
        title=_title(words, case, piece),
        on=piece.on,
        parties=parties,
        evidence=piece.evidence,
        returned=bool(inventory),
        inventory=inventory,
        shows=wish.shows,
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
