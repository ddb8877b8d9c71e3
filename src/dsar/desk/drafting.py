"""Letters of a case: drafted from the log, kept replaceable in the vault, shown in any format, issued once for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dsar.core.events import Issued
from dsar.desk import briefing, wording
from dsar.desk.errors import (
    ClosedCaseError,
    NoMandateError,
    NothingToAllegeError,
    NotJudgedError,
    UnknownItemError,
)
from dsar.desk.evidence import take_bytes
from dsar.desk.office import DRAFT, Desk, File, read
from dsar.desk.recording import append

if TYPE_CHECKING:
    from dsar.core.brief import Brief
    from dsar.core.law import Authority
    from dsar.core.letter import Letter
    from dsar.letters.front import Template
    from dsar.letters.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a letter is to be: its kind, language (default: the case's), term in days, authority."""

    kind: str
    lang: str = ""
    term_days: int = briefing.DEFAULT_NOTICE_DAYS
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft: the letter, whether it was edited by hand, whether the case has changed since it was made."""

    file: File
    letter: Letter
    template: Template
    key: str
    edited: bool
    stale: bool
    discloses: tuple[str, ...]
    claims: tuple[str, ...]
    demands: tuple[str, ...]
    term_days: int


def draft(desk: Desk, ref: str | None, wish: Wish, *, anew: bool = False) -> Drafted:
    """The draft of a letter: the one edited by hand, if there is one (unless `anew`), else filled from the case.

    Raises:
        MissingValueError, TooEarlyError: the case does not allow the letter; the sentence says what to do.
        NothingToAllegeError: the letter accuses, and no breach may be asserted on the desk's day.
        NotJudgedError: the letter accuses, and an entry looks odd.
    """
    from dsar.letters import draft as drafts  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.fill import fill  # noqa: PLC0415 - as above
    from dsar.letters.find import template as find_template  # noqa: PLC0415 - as above

    file = read(desk, ref)
    if file.case.closed is not None:
        raise ClosedCaseError(ref=file.case.ref)
    lang = wish.lang or file.case.opened.language
    template = find_template(desk.letters, wish.kind, lang)
    _refuse_odd(desk, file, template)
    words = wording.speaker(desk, lang)
    told = _brief(desk, file, words, wish, lang)
    if "grievances" in template.needs and not told.grievances:
        raise NothingToAllegeError(ref=file.case.ref, kind=wish.kind, today=desk.today.isoformat())
    letter = fill(template, told, file.law, words, banner=desk.banner)
    key = f"{file.case.ref}/{wish.kind}/{lang}"
    kept = None if anew else desk.vault.record(DRAFT, key)
    edited = kept is not None and bool(kept.get("edited"))
    if kept is not None and edited:
        letter = drafts.from_text(str(kept["text"]), letter)
    stale = kept is not None and kept.get("length") != len(file.entries)
    return Drafted(
        file=file,
        letter=letter,
        template=template,
        key=key,
        edited=edited,
        stale=stale,
        discloses=_newly_disclosed(file, wish.kind),
        claims=tuple(grievance.id for grievance in told.grievances) if template.asserts else (),
        demands=tuple(item.id for item in told.demands if item.right in template.demands),
        term_days=wish.term_days,
    )


def _refuse_odd(desk: Desk, file: File, template: Template) -> None:
    if not template.asserts:
        return
    for odd in file.oddities:
        if not odd.confirmed:
            why = wording.oddity_words(wording.speaker(desk, "en"), odd)
            raise NotJudgedError(ref=file.case.ref, n=odd.n, why=why)


def _brief(desk: Desk, file: File, words: Words, wish: Wish, lang: str) -> Brief:
    authority = _authority(file, wish.authority)
    told = briefing.brief(desk, file, words, kind=wish.kind, lang=lang, term_days=wish.term_days, authority=authority)
    return replace(told, enclosures=_enclosures(told, words))


def _authority(file: File, name: str) -> Authority | None:
    if name and name not in file.law.authorities:
        raise UnknownItemError(name=name, known=", ".join(sorted(file.law.authorities)))
    if name:
        return file.law.authorities[name]
    if file.case.escalations:
        return file.law.authorities.get(file.case.escalations[-1][1].authority)
    return None


def _enclosures(told: Brief, words: Words) -> tuple[str, ...]:
    """What goes with the letter: the mandate where an agent writes, the photo of a request by face, the exhibits."""
    found = []
    if told.mandate is not None and told.mandate.signed_on is not None and told.kind != "complaint":
        found.append(words.say("labels", "enclosure.mandate", day=told.mandate.signed_on))
    if told.kind == "complaint":
        found.append(words.say("labels", "enclosure.exhibits"))
    photo = words.say("labels", "identifier.photo")
    if any(label == photo for label, _ in told.id_data) and not told.previous:
        found.append(words.say("labels", "enclosure.photo"))
    return tuple(found)


def _newly_disclosed(file: File, kind: str) -> tuple[str, ...]:
    """Every kind of identifier that the addressee newly learns: from the first letter on, it knows those."""
    if file.case.letters or kind == "complaint":
        return ()
    opened = file.case.opened
    own = opened.subject if opened.mandate is None else None
    found = ["name"]
    found += ["address"] if own is not None and own.address.known else []
    found += ["email"] if own is not None and own.email else []
    return tuple(dict.fromkeys([*found, *(name for name, _ in opened.id_data)]))


def keep(desk: Desk, drafted: Drafted, text: str | None = None) -> Drafted:
    """Put the draft into the vault: as filled, or as edited (`text`).

    Raises:
        DraftError: the edited text is no letter, or a placeholder was left in it; the kept draft stays as it was.
    """
    from dsar.letters import draft as drafts  # noqa: PLC0415 - jinja2 is loaded with the letters

    letter = drafts.from_text(text, drafted.letter) if text is not None else drafted.letter
    edited = drafted.edited or text is not None
    body = {
        "kind": drafted.letter.kind,
        "lang": drafted.letter.lang,
        "text": drafts.to_text(letter),
        "edited": edited,
        "length": len(drafted.file.entries),
        "made_on": desk.today.isoformat(),
    }
    with desk.vault.transaction():
        desk.vault.put_record(DRAFT, drafted.key, body)
        _project(desk, drafted.file)
    return replace(drafted, letter=letter, edited=edited, stale=False)


def _project(desk: Desk, file: File) -> None:
    from dsar.desk.projecting import project  # noqa: PLC0415 - avoids a cycle of imports

    project(desk, file.case.ref, file.entries)


def issue(desk: Desk, drafted: Drafted) -> tuple[File, int]:
    """Freeze a draft into the log: its exact text and PDF, never rendered again; the case, and the entry's number.

    Raises:
        NoMandateError: an agent writes and the mandate does not hold today.
    """
    from dsar.letters import draft as drafts  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.paper.letter_pdf import render_pdf  # noqa: PLC0415 - typst is loaded with the paper

    _need_mandate(desk, drafted.file)
    letter = drafted.letter
    pdf = render_pdf(letter)
    number = len(drafted.file.entries) + 1
    name = f"{drafted.file.case.ref}-{number:02}-{letter.kind}"
    with desk.vault.transaction():
        fact = Issued(
            on=desk.today,
            kind=letter.kind,
            lang=letter.lang,
            subject=letter.subject,
            text=take_bytes(desk, drafts.to_text(letter).encode(), name=f"{name}.md", media="text/markdown"),
            pdf=take_bytes(desk, pdf, name=f"{name}.pdf", media="application/pdf"),
            template=drafted.template.digest,
            law=drafted.file.law.version,
            demands=drafted.demands,
            claims=drafted.claims,
            term_days=drafted.term_days if letter.kind == "notice" else None,
            discloses=drafted.discloses,
        )
        desk.vault.drop_record(DRAFT, drafted.key)
        return append(desk, drafted.file, fact), number


def _need_mandate(desk: Desk, file: File) -> None:
    mandate = file.case.opened.mandate
    if mandate is None or mandate.valid(desk.today):
        return
    if mandate.signed_on is None:
        why = "no signed copy is filed"
    elif mandate.revoked_on is not None and mandate.revoked_on <= desk.today:
        why = f"it was revoked on {mandate.revoked_on.isoformat()}"
    else:
        why = "it is not in force on that day"
    raise NoMandateError(id=mandate.id, today=desk.today.isoformat(), why=why)
