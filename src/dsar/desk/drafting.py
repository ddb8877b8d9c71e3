"""Letters of a case: drafted from the log, kept replaceable in the vault, issued once for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dsar.core.events import Issued
from dsar.desk import kept
from dsar.desk.allowing import forbid, need_mandate
from dsar.desk.disclosing import NOTHING, newly_learnt
from dsar.desk.evidence import take_bytes
from dsar.desk.filling import SETS_TERM, Drafted, Wish, filled_in
from dsar.desk.office import Desk, File, read
from dsar.desk.recording import append
from dsar.errors import InputError, StateError

if TYPE_CHECKING:
    from dsar.paper.formats import Dress

__all__ = ["Drafted", "Wish", "draft", "issue", "keep", "refuse_unusable"]


class UnfinishedDraftError(InputError):
    """An edited text that cannot become a letter as it is; it is kept."""

    sentence = (
        "The edited draft is kept, but no letter can be made of it: {problem}. Open it again with `dsar letter {kind} "
        "{ref} --edit`, or drop it with --discard."
    )


class StaleDraftError(StateError):
    """An edited text that accuses, made from a case that has changed since."""

    sentence = (
        "The case {ref} has changed since the draft of “{kind}” was edited: read it again with `dsar letter {kind} "
        "{ref} --edit`, or fill it from the case with --anew."
    )


def draft(desk: Desk, ref: str | None, wish: Wish, *, anew: bool = False) -> Drafted:
    """The draft of a letter: the one edited by hand, if there is one (unless `anew`), else filled from the case.

    Raises:
        MissingValueError, TooEarlyError: the case does not allow the letter; the sentence says what to do.
        NothingToAllegeError: the letter accuses, and no breach may be asserted on the desk's day.
        ClosedCaseError, NoMandateError, NotJudgedError, NotClassifiedError, BouncedError: see `forbid`.
        NoMessageError, NotJudgedUnjustifiedError, MisfitError: see `fitting`.
        OtherDraftError: the wish contradicts the edited draft.
    """
    from dsar.letters.find import template as find_template  # noqa: PLC0415 - jinja2 is loaded with the letters

    file = read(desk, ref)
    found = kept.kept(desk, file.case.ref, wish.kind, lang=wish.lang, own=file.case.opened.language)
    lang = wish.lang or (found.lang if found is not None else file.case.opened.language)
    template = find_template(desk.letters, wish.kind, lang)
    if anew:
        found = None
    if found is not None:
        wish = replace(wish, to=wish.to or found.to, leave_out=wish.leave_out or found.leave_out)
    forbid(desk, file, template, wish.to)
    if found is not None:
        kept.refuse_other(found, term_days=wish.term_days, authority=wish.authority, to=wish.to)
        term_days = wish.term_days or found.term_days
        wish = replace(wish, term_days=term_days, authority=wish.authority or found.authority)
    filled = filled_in(desk, file, template, replace(wish, lang=lang))
    return _with_edited(filled, found) if found is not None and found.edited else filled


def first_draft(desk: Desk, file: File) -> Drafted:
    """The request of a case as the case fills it; the file may be one that is not written down yet.

    Raises:
        DsarError: the case does not allow the letter; see `draft`.
    """
    from dsar.letters.find import template as find_template  # noqa: PLC0415 - jinja2 is loaded with the letters

    wish = Wish(kind=file.case.request_kind, lang=file.case.opened.language)
    template = find_template(desk.letters, wish.kind, wish.lang)
    forbid(desk, file, template)
    return filled_in(desk, file, template, wish)


def _with_edited(filled: Drafted, found: kept.Kept) -> Drafted:
    """The edited text in place of the filled one; what it claims is what it was filled with."""
    from dsar.letters.draft import from_text  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.errors import DraftError  # noqa: PLC0415 - as above

    letter, problem = filled.letter, found.problem
    if not problem:
        try:
            letter = from_text(found.text, filled.letter)
        except DraftError as error:  # a placeholder that the case held then, and no longer
            problem = str(error.values["problem"])
    claims = tuple(name for name in found.claims if name in filled.claims)
    return replace(
        filled,
        letter=letter,
        text=found.text,
        edited=True,
        problem=problem,
        stale=found.length != len(filled.file.entries) or claims != found.claims,
        claims=claims,
        demands=found.demands,
        discloses=newly_learnt(filled.file, letter, filled.template),
    )


def keep(desk: Desk, drafted: Drafted, text: str | None = None, *, problem: str = "") -> Drafted:
    """Put the draft into the vault: as filled, or as edited (`text`); from now on it is of the case as it was read.

    An edited text is kept in any case. `problem` is why it cannot be issued, if that is known already.

    Raises:
        UnfinishedDraftError: the edited text is no letter, or a placeholder was left in it; it was kept.
        DraftError: it is empty; the kept draft stays as it was.
    """
    from dsar.letters.draft import from_text  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.errors import DraftError  # noqa: PLC0415 - as above

    letter, said = drafted.letter, drafted.text if text is None else text
    if not said.strip():
        raise DraftError(problem="it is empty")
    edited = drafted.edited or said != drafted.text
    if edited and not problem:
        try:
            letter = from_text(said, drafted.letter)
        except DraftError as error:
            problem = str(error.values["problem"])
    _put(desk, replace(drafted, text=said, edited=edited, problem=problem))
    if problem:
        raise UnfinishedDraftError(kind=letter.kind, ref=drafted.file.case.ref, problem=problem)
    learnt = newly_learnt(drafted.file, letter, drafted.template)
    return replace(drafted, letter=letter, text=said, edited=edited, stale=False, problem="", discloses=learnt)


def _put(desk: Desk, drafted: Drafted) -> None:
    letter = drafted.letter
    record = kept.Kept(
        kind=letter.kind,
        lang=letter.lang,
        text=drafted.text,
        edited=drafted.edited,
        length=len(drafted.file.entries),
        made_on=desk.today.isoformat(),
        problem=drafted.problem,
        term_days=drafted.term_days if letter.kind in SETS_TERM else None,
        authority=drafted.authority,
        to=drafted.to,
        leave_out=drafted.leaves_out or ((NOTHING,) if drafted.file.case.letters else ()),
        claims=drafted.claims,
        demands=drafted.demands,
    )
    kept.put(desk, drafted.file.case.ref, record)


def refuse_unusable(drafted: Drafted) -> None:
    """Refuse a draft that must not go out as it lies.

    Raises:
        UnfinishedDraftError: the edited text is no letter yet.
        StaleDraftError: it accuses, and the case has changed since it was edited.
    """
    kind, ref = drafted.letter.kind, drafted.file.case.ref
    if drafted.problem:
        raise UnfinishedDraftError(kind=kind, ref=ref, problem=drafted.problem)
    if drafted.stale and drafted.template.asserts:
        raise StaleDraftError(kind=kind, ref=ref)


def issue(desk: Desk, drafted: Drafted, dress: Dress | None = None) -> tuple[File, int]:
    """Freeze a draft into the log: its exact text and PDF, never rendered again; the case, and the entry's number.

    `dress` says how the PDF looks: a picture of the signature, an envelope.

    Raises:
        NoMandateError: an agent writes and the mandate does not hold today.
        UnfinishedDraftError, StaleDraftError: see `refuse_unusable`.
    """
    pdf = laid_out(desk, drafted, dress)
    with desk.vault.transaction():
        fact = frozen_as(desk, drafted, pdf)
        kept.settle(desk, drafted.file.case.ref, drafted.letter.kind, drafted.letter.lang)
        return append(desk, drafted.file, fact), len(drafted.file.entries) + 1


def laid_out(desk: Desk, drafted: Drafted, dress: Dress | None = None) -> bytes:
    """The PDF of a draft that may be issued today; nothing is written. See `issue`."""
    from dsar.paper.formats import PLAIN, pdf_of  # noqa: PLC0415 - typst is loaded with the paper

    need_mandate(desk, drafted.file)
    refuse_unusable(drafted)
    return pdf_of(drafted.letter, dress or PLAIN)


def frozen_as(desk: Desk, drafted: Drafted, pdf: bytes) -> Issued:
    """The fact that a draft was issued; its bytes are stored, in the transaction that appends it."""
    from dsar.letters.draft import to_text  # noqa: PLC0415 - jinja2 is loaded with the letters

    letter = drafted.letter
    name = f"{drafted.file.case.ref}-{len(drafted.file.entries) + 1:02}-{letter.kind}"
    return Issued(
        on=desk.today,
        kind=letter.kind,
        lang=letter.lang,
        subject=letter.subject,
        text=take_bytes(desk, to_text(letter).encode(), name=f"{name}.md", media="text/markdown"),
        pdf=take_bytes(desk, pdf, name=f"{name}.pdf", media="application/pdf"),
        template=drafted.template.digest,
        law=drafted.file.law.version,
        demands=drafted.demands,
        claims=drafted.claims,
        term_days=drafted.term_days if letter.kind in SETS_TERM else None,
        discloses=drafted.discloses,
        leaves_out=drafted.leaves_out,
        authority=drafted.authority if drafted.template.to == "authority" else "",
        answers=drafted.to,
    )
