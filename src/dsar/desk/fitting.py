"""Whether the case is in the situation that a letter is for, and which message of theirs the letter replies to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.chronology import meaning_name
from dsar.core.demands import asked
from dsar.core.meanings import (
    Answer,
    AutoReply,
    Bounce,
    Clarification,
    Extension,
    Fee,
    IdentityDemand,
    MandateDoubt,
    Meaning,
    NoData,
    Other,
    OtherLanguage,
    PortalRedirect,
    Refusal,
    WrongContact,
)
from dsar.desk.errors import NoEntryError
from dsar.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dsar.core.case import Incoming
    from dsar.desk.office import File
    from dsar.letters.front import Template

# What a letter replies to, by the situation that its front matter names.
_REPLIES: dict[str, type[Meaning]] = {
    "identity-demand": IdentityDemand,
    "mandate-doubt": MandateDoubt,
    "clarification": Clarification,
    "extension": Extension,
    "fee": Fee,
    "portal": PortalRedirect,
    "wrong-contact": WrongContact,
    "other-language": OtherLanguage,
    "no-data": NoData,
}
_NEWS = ("art-78-2", "led-53-2", "eudpr-63-3")


class NoMessageError(StateError):
    """The letter replies to a kind of message that the case does not hold."""

    sentence = (
        "“{kind}” replies to a message of theirs that case {ref} does not hold: record it with `dsar received {ref} "
        "FILE --as {what}`, or say what one is with `dsar classify {ref} N {what}`."
    )


class NotJudgedUnjustifiedError(StateError):
    """A letter contests what nobody has found unjustified: that judgment is a person's."""

    sentence = (
        "“{kind}” contests message {n} of case {ref}, and nobody has found it unjustified yet: say why with `dsar "
        "identity {ref} --to {n} --judge unjustified --because TEXT`."
    )


class MisfitError(StateError):
    """The case is not in the situation that the letter is for."""

    sentence = "“{kind}” does not fit case {ref} as it stands: {why}."


def question_of(file: File, template: Template, to: int | None = None) -> Incoming | None:
    """The message of theirs that a letter replies to: `to`, or the last one of its kind; None if it replies to none.

    Where the letter can only be written on a judgment, the last message that was found unjustified comes first.

    Raises:
        NoEntryError: `to` is no message of the kind that the letter replies to.
        NoMessageError: there is none of that kind.
    """
    kinds = [_REPLIES[one] for one in template.fits if one in _REPLIES]
    if not kinds:
        return None
    found = file.case.meaning(*kinds)
    what = next(one for one in template.fits if one in _REPLIES)
    if to is not None:
        chosen = next((message for message in found if message.n == to), None)
        if chosen is None:
            raise NoEntryError(ref=file.case.ref, what=f"message classified as {what}", n=to)
        return chosen
    if not found:
        raise NoMessageError(kind=template.kind, ref=file.case.ref, what=what)
    contested = [message for message in found if _unjustified(message)]
    return contested[-1] if contested and "breaches" in template.asserts else found[-1]


def refuse_misfit(file: File, template: Template, today: date, to: int | None = None) -> None:
    """Refuse a letter whose situation is not that of the case.

    Raises:
        NoMessageError, NotJudgedUnjustifiedError, MisfitError: the sentence says what is missing.
    """
    message = question_of(file, template, to)
    if message is not None:
        _refuse_unjudged(file, template, message)
    reasons = [_SITUATIONS[one](file, today) for one in template.fits if one in _SITUATIONS]
    if reasons and all(reasons):
        raise MisfitError(kind=template.kind, ref=file.case.ref, why=reasons[0])


def _refuse_unjudged(file: File, template: Template, message: Incoming) -> None:
    """A fee, a portal, an extension that is in order by its form: that it is wrong is for a person to say."""
    ref, contests = file.case.ref, isinstance(message.meaning, Fee | PortalRedirect)
    match message.meaning:
        case Extension(reasons=None) if not _late(file, message) and not _unjustified(message):
            why = (
                f"nobody noted whether message {message.n} says why it extends; say it with `dsar classify {ref} "
                f"{message.n} extension --reasons` or --no-reasons"
            )
            raise MisfitError(kind=template.kind, ref=ref, why=why)
        case Extension(reasons=True):
            contests = not _late(file, message)
        case _:
            pass
    if contests and not _unjustified(message):
        raise NotJudgedUnjustifiedError(kind=template.kind, ref=ref, n=message.n)


def _late(file: File, message: Incoming) -> bool:
    return any(one.id == "extension-late" and message.n in one.messages for one in file.breaches)


def _unjustified(message: Incoming) -> bool:
    return message.judged is not None and not message.judged[1].justified


def _unconfirmed(file: File, today: date) -> str:
    request, reply = file.case.request, file.deadline("reply")
    if request is None or not request.sendings:
        return "the request has not been sent yet"
    for message in file.case.messages:
        if message.meaning is not None and not isinstance(message.meaning, AutoReply | Bounce | Other):
            return (
                f"they wrote since ({meaning_name(message.meaning)}, entry {message.n}), so that they have the request"
            )
    if reply is not None and reply.strict is not None and today > reply.strict:
        return f"by the earliest reading the answer was due on {reply.strict}; a reminder is the letter now"
    return ""


def _with_authority(file: File, _today: date) -> str:
    if not file.case.escalations:
        return f"no complaint was lodged (`dsar complaint {file.case.ref} --authority ID --on DATE` records one)"
    if any(fact.act in {"decision", "closure"} for _, fact in file.case.authority_acts):
        return "the authority has decided or closed its file"
    return ""


def _authority_silent(file: File, today: date) -> str:
    # GDPR Art. 78(2): three months without information; the authority's own term, with its own roll
    if why := _with_authority(file, today):
        return why
    news = next((deadline for name in _NEWS if (deadline := file.deadline(name)) is not None), None)
    if news is None or news.safe is None:
        return "no term binds the authority here"
    if news.met is not None:
        return f"the authority gave news on {news.met}"
    return "" if today > news.safe else f"the authority has until {news.safe} to give news"


def _notice_expired(file: File, today: date) -> str:
    given = [deadline for deadline in file.due if deadline.id.startswith("notice")]
    if not given:
        return "no formal notice was given before"
    safe = given[-1].safe
    if safe is None:
        return "nothing proves that the formal notice arrived, so that its term cannot be said to have ended"
    if not _satisfied(file, today):
        return "every point of the request was given"
    return "" if today > safe else f"the term of the formal notice runs until {safe}"


def _satisfied(file: File, _today: date) -> str:
    if not file.case.meaning(Answer, Refusal, NoData):
        return "there is no answer"
    unread = [str(item.n) for item in asked(file.case) if item.status is None]
    if unread:
        return f"no review has spoken of these points of the request yet: {', '.join(unread)}"
    lacking = [str(item.n) for item in asked(file.case) if item.lacking]
    return f"these points of the request are not satisfied: {', '.join(lacking)}" if lacking else ""


def _third_party(file: File, _today: date) -> str:
    if any(one.id == "third-party-data" for one in file.breaches):
        return ""
    return f"no review noted data of another person (`dsar review {file.case.ref} --fault third-party-data=TEXT`)"


def _represented(file: File, _today: date) -> str:
    return "" if file.case.opened.mandate is not None else "nobody acts for the data subject in it"


def _of_mandate(_file: File, _today: date) -> str:
    return "it is written for a mandate and not for a case, see `dsar mandate --help`"


_SITUATIONS: dict[str, Callable[[File, date], str]] = {
    "mandate": _of_mandate,
    "revocation": _of_mandate,
    "unconfirmed": _unconfirmed,
    "mandate-doubt": _represented,
    "third-party-data": _third_party,
    "notice-expired": _notice_expired,
    "with-authority": _with_authority,
    "authority-silent": _authority_silent,
    "satisfied": _satisfied,
}
