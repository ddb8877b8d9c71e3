"""The complaint that opens a dossier: as it was issued, else as it is drafted; to whom it goes, and who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.core.dossier import Frozen
from dsar.desk import kept
from dsar.desk.authorities import known, sort
from dsar.desk.drafting import Wish, draft, refuse_unusable
from dsar.desk.errors import NoComplaintError, NothingToAllegeError
from dsar.desk.regime import LetterElsewhereError
from dsar.errors import StateError

if TYPE_CHECKING:
    from dsar.core.case import Outgoing
    from dsar.core.law import Authority
    from dsar.core.letter import Letter
    from dsar.desk.drafting import Drafted
    from dsar.desk.office import Desk, File


class OtherAuthorityError(StateError):
    """The complaint was issued, to another authority."""

    sentence = (
        "The complaint of case {ref} was issued to {own}, and its text cannot be changed: issue a new one with `dsar "
        "letter complaint {ref} --authority {authority} --issue`, then build the dossier."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The complaint that opens a dossier (None: no letter is written for the law of the case), and whose it is."""

    block: Letter | Frozen | None
    lang: str
    author: str
    authority: Authority


def complaint(desk: Desk, file: File, *, authority: str, lang: str) -> Filed:
    """The complaint that opens the dossier: the issued one as its stored pages, else the draft.

    Raises:
        NoComplaintError: nobody said to which authority.
        OtherAuthorityError: a complaint was issued, to another authority than the one asked for.
        UnknownAuthorityError: no such authority.
        UnfinishedDraftError, StaleDraftError: the edited draft must not go out as it lies.
    """
    issued = _issued(file, authority)
    escalated = file.case.escalations[-1][1].authority if file.case.escalations else ""
    name = authority or (issued.fact.authority if issued is not None else "") or escalated
    if issued is not None:
        if not name:
            raise _no_complaint(desk, file)
        block = Frozen(evidence=issued.fact.pdf)
        chosen = _authority(file, name)
        return Filed(block=block, lang=lang or issued.fact.lang, author=_author(file), authority=chosen)
    try:
        drafted = _drafted(desk, file, lang, name)
    except LetterElsewhereError:
        return _without(desk, file, lang, name)
    refuse_unusable(drafted)
    letter = drafted.letter
    author = letter.sender[0] if letter.sender else file.case.opened.subject.name
    return Filed(block=letter, lang=letter.lang, author=author, authority=_authority(file, drafted.authority))


def _drafted(desk: Desk, file: File, lang: str, name: str) -> Drafted:
    if name:
        return draft(desk, file.case.ref, Wish(kind="complaint", lang=lang, authority=name))
    return _kept_complaint(desk, file, lang)


def _without(desk: Desk, file: File, lang: str, name: str) -> Filed:
    """A dossier without a complaint in our words: none is written for the law of the case, the authority has a form."""
    if not name:
        raise _no_complaint(desk, file)
    if not file.breaches:
        raise NothingToAllegeError(ref=file.case.ref, kind="complaint", today=desk.today.isoformat())
    chosen = _authority(file, name)
    return Filed(block=None, lang=lang or file.case.opened.language, author=_author(file), authority=chosen)


def _kept_complaint(desk: Desk, file: File, lang: str) -> Drafted:
    """The draft of a complaint that was edited and knows its authority."""
    own = file.case.opened.language
    found = kept.kept(desk, file.case.ref, "complaint", lang=lang, own=own)
    if found is None or not found.authority:
        raise _no_complaint(desk, file)
    return draft(desk, file.case.ref, Wish(kind="complaint", lang=lang))


def _no_complaint(desk: Desk, file: File) -> NoComplaintError:
    best = sort(desk, file.case.opened, file.law).best
    return NoComplaintError(ref=file.case.ref, advice=f", here {best.authority.id}" if best is not None else "")


def _issued(file: File, authority: str) -> Outgoing | None:
    """The last complaint that was issued to that authority (to any, where none is asked for).

    Complaints of a time that did not record their authority fit any.
    """
    issued = [letter for letter in file.case.letters if letter.fact.kind == "complaint"]
    fitting = [one for one in issued if not authority or one.fact.authority in {"", authority}]
    if issued and not fitting:
        raise OtherAuthorityError(ref=file.case.ref, authority=authority, own=issued[-1].fact.authority)
    return fitting[-1] if fitting else None


def _authority(file: File, name: str) -> Authority:
    return known(name, file.law)


def _author(file: File) -> str:
    """Who signs a complaint: a company that is a mere agent cannot complain for somebody (Art. 80(1) GDPR)."""
    opened = file.case.opened
    mandate = opened.mandate
    if mandate is None or not mandate.may_complain:
        return opened.subject.name
    return mandate.agent.organisation or mandate.agent.name
