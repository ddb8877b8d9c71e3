"""`dsar dossier --check`: what the authority would look at first, in sentences, each with the command that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.admissibility import Filing, Point, points
from dsar.core.exhibits import pieces
from dsar.desk import wording
from dsar.desk.allowing import BouncedError, NotClassifiedError, mandate, open_bounces
from dsar.desk.bundling import Wish
from dsar.desk.complaining import complaint
from dsar.desk.errors import NoComplaintError, NoMandateError, NothingToAllegeError, NotJudgedError
from dsar.desk.evidence import parsed, shown
from dsar.desk.office import read
from dsar.desk.redacting import returned
from dsar.errors import DsarError

if TYPE_CHECKING:
    from dsar.core.admissibility import Verdict
    from dsar.core.law import Authority
    from dsar.desk.office import Desk, File
    from dsar.desk.strangers import Naming

CONTENT = {
    "identity": "the name of the data subject",
    "contact": "a way to reach the data subject",
    "address": "the postal address of the data subject",
    "email": "the e-mail address of the data subject",
    "respondent": "who is complained of, with an address",
    "prior-request": "that the right was exercised first",
    "mandate": "the signed mandate",
    "facts": "the facts, with their days",
    "evidence": "the documents that prove them",
    "date": "the date",
    "right-infringed": "the right that was infringed",
    "grounds": "why that is unlawful",
    "provisions": "the provisions infringed",
    "measures": "the measures asked for",
    "request-to-establish": "the request to establish the infringement",
    "timeliness": "what shows that it is in time",
    "signature": "a signature",
    "phone": "a telephone number",
    "national-id": "a national identity number, which dsar does not hold",
    "processing": "which processing it is about",
    "processor": "the processor, if there is one",
    "competence": "why this authority is competent",
}

SAID = {
    "procreg-closed-list": (
        "Across borders, Art. 4(1) of Regulation (EU) 2025/2518 lists all that may be asked; national extras do not "
        "count, but language, form and signature do."
    ),
    "form-mandatory": "The authority's own form is mandatory; another one makes the complaint invalid: {form}",
    "signature-scan": "Sign it; a scan of the signature is accepted.",
    "signature-handwritten": "Sign it by hand; the original is asked for.",
    "signature-qualified": "Sign it with a qualified electronic signature, or on paper.",
    "signature-e-id": "Sign in with the national electronic identity, or use another channel.",
    "signature-required": "Sign it; which kind of signature is asked for was not found.",
    "identity-copy-required": "A copy of an identity document is asked for: send a masked one.",
    "identity-copy-with-handwritten": "With a handwritten signature, a copy of an identity document is asked for.",
    "translation": "A certified translation is asked for.",
    "published": "What is sent to this authority is a public record: leave out what nobody need read.",
    "prior-contact-required": (
        "The authority takes the complaint only after the request reached the controller, and nothing here shows that"
        " it did."
    ),
    "prior-contact-required-there": "The request reached the controller first, which the authority requires.",
    "prior-contact-expected": (
        "The authority expects that the controller was asked first, and nothing here shows that the request arrived."
    ),
    "prior-contact-expected-there": "The controller was asked first, as the authority expects.",
    "no-proof": "Of the sending in entry {n} no proof is kept, nor of its arrival.",
    "too-early": "It is too early: the controller may still answer in time until {day}.",
    "no-safe-date": "No safe date can be computed, so nobody may allege lateness or silence.",
    "no-breach": "No breach may be alleged today.",
    "limit": "The complaint is in time until {day}.",
    "limit-soon": "The complaint is in time only until {day}: file soon.",
    "limit-passed": "The time limit to complain ended on {day} in its earliest reading.",
    "not-sent": "The request was not sent.",
    "mandate-revoked": "The mandate {id} was revoked on {day}.",
    "mandate-expired": "The mandate {id} expired on {day}.",
    "mandate-unsigned": "No signed copy of the mandate {id} is in force.",
    "agent-commercial": (
        "The agent is a company for profit and cannot complain (Art. 80(1) GDPR): {name} complains in person, as"
        " drafted."
    ),
    "mandate-younger": "The mandate was signed on {day}, after the request was sent on {sent}.",
    "mandate-before-grievance": (
        "Nothing shows that the grievance existed before the mandate; an authority has dismissed such a complaint"
        " (APD/GBA 112/2024)."
    ),
    "constitution-proof": "Enclose what proves that the body is constituted: statutes, register, activity report.",
    "odd": "Entry {n} looks odd.",
    "unread": "Message {n} is not classified.",
    "unreviewed": "The answer in entry {n} is not reviewed.",
    "question": "Their question in entry {n} is open.",
    "reply-letter": (
        "The files of the answer in exhibit {n} stay out of the dossier. If one of them is the answer itself ({names}),"
        " show it: {shows}."
    ),
    "strangers": "{said}.",
    "bounced": "Message {n} says that a letter did not arrive.",
    "refused": "{why}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One point in words. `command` is whole, or empty."""

    id: str
    verdict: Verdict
    text: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was looked at. `ok`: nothing is missing, and nothing speaks against filing today."""

    ref: str
    authority: str
    checked: bool
    points: tuple[Checked, ...]

    @property
    def ok(self) -> bool:
        """Whether the complaint could be filed as far as dsar can see; what is left by hand is the person's."""
        return not any(point.verdict in {"missing", "against"} for point in self.points)


def check(desk: Desk, ref: str | None, *, authority: str = "", lang: str = "") -> Check:
    """Look at a case as the authority would; `authority` is an id, else the one of the complaint."""
    file = read(desk, ref)
    found, chosen, tongue = _refusal(desk, file, authority, lang)
    found += [
        Point(id="bounced", verdict="against", command=f"sent {file.case.ref}", values=(("n", one.n),))
        for one in open_bounces(file.case)
    ]
    found += _reply_letters(desk, file)
    found += _strangers(desk, file)
    found += points(
        Filing(
            case=file.case,
            authority=chosen,
            due=file.due,
            breaches=file.breaches,
            oddities=file.oddities,
            mandate=mandate(desk, file.case),
            lang=tongue,
            today=desk.today,
        )
    )
    return Check(
        ref=file.case.ref,
        authority=chosen.id if chosen is not None else "",
        checked=chosen.checked if chosen is not None else True,
        points=tuple(in_words(point) for point in found),
    )


def _reply_letters(desk: Desk, file: File) -> list[Point]:
    """Answers that came with a file which may be the letter: it stays out with the data, unless somebody says so."""
    from dsar.paper.dossier.sniff import LETTER_MEDIA  # noqa: PLC0415 - loads the paper

    found = []
    for piece in pieces(file.entries, file.case):
        message = parsed(desk, piece.evidence) if returned(desk, file.case, piece) else None
        attached = enumerate(message.attachments if message is not None else (), start=1)
        letters = [(f"{piece.number}.{n}", shown(one.name)) for n, one in attached if one.media in LETTER_MEDIA]
        if letters:
            values = (
                ("n", piece.number),
                ("names", ", ".join(name for _, name in letters)),
                ("shows", " ".join(f"--show {number}" for number, _ in letters)),
            )
            command = f"dossier {file.case.ref} --show {letters[0][0]}"
            found.append(Point(id="reply-letter", verdict="by-hand", command=command, values=values))
    return found


def _strangers(desk: Desk, file: File) -> list[Point]:
    """Exhibits that name people whom the dossier is not about: only somebody who reads them can tell what to do."""
    from dsar.desk.filing import exhibit  # noqa: PLC0415 - it is not needed to say what is known
    from dsar.desk.strangers import of_case  # noqa: PLC0415 - reads what is in the files

    words, case = wording.speaker(desk, "en"), file.case
    made = [exhibit(words, desk, case, piece, Wish()) for piece in pieces(file.entries, case)]
    return [naming(one, f"dossier {case.ref} --grid {one.number}") for one in of_case(desk, file).naming(made)]


def naming(one: Naming, command: str = "") -> Point:
    """The point of an exhibit that names others."""
    return Point(id="strangers", verdict="by-hand", command=command, values=(("said", wording.capital(one.sentence)),))


def _refusal(desk: Desk, file: File, authority: str, lang: str) -> tuple[list[Point], Authority | None, str]:
    """Why binding would refuse, by the same checks; what has a line of its own is left to it."""
    chosen = file.law.authorities.get(authority)
    own = lang or file.case.opened.language
    try:
        filed = complaint(desk, file, authority=authority, lang=lang)
    except NoComplaintError as error:
        values = (("why", str(error)),)
        command = f"dossier {file.case.ref} --authority ID"
        return [Point(id="refused", verdict="missing", command=command, values=values)], chosen, own
    except (NotJudgedError, NotClassifiedError, BouncedError, NoMandateError, NothingToAllegeError):
        return [], chosen, own
    except DsarError as error:
        return [Point(id="refused", verdict="against", values=(("why", str(error)),))], chosen, own
    return [], filed.authority, filed.lang


def in_words(point: Point) -> Checked:
    """A point as a sentence, with its whole command."""
    command = f"dsar {point.command}" if point.command else ""
    if point.id.startswith("content-"):
        what = CONTENT.get(point.id.removeprefix("content-"), point.id.removeprefix("content-").replace("-", " "))
        begin = {"there": "There", "missing": "Missing", "by-hand": "To add by hand", "against": "Missing"}[
            point.verdict
        ]
        return Checked(id=point.id, verdict=point.verdict, text=f"{begin}: {what}.", command=command)
    if point.id == "language":
        values = dict(point.values)
        text = (
            f"The complaint is in a language that the authority takes ({values['lang']})."
            if point.verdict == "there"
            else f"The authority does not take {values['lang']}, but {values['languages'] or 'a language not found'}."
        )
        return Checked(id=point.id, verdict=point.verdict, text=text, command=command)
    own = f"{point.id}-{point.verdict}"
    text = SAID[own if own in SAID else point.id].format(**dict(point.values))
    return Checked(id=point.id, verdict=point.verdict, text=text, command=command)
