"""What a person finds of their messages: justified or not, and which breach an unjustified one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.chronology import meaning_name
from dsar.core.events import Judged
from dsar.core.meanings import IdentityDemand
from dsar.desk.errors import NothingToDoError, UnknownItemError
from dsar.desk.incoming import message_of
from dsar.desk.recording import append, working_on
from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.core.case import Incoming
    from dsar.desk.office import Desk, File


class JustifiedBreachError(UsageError):
    """A breach was named for a message that is said to be justified."""

    sentence = "A justified message is no breach: leave --breach away, or judge it unjustified."


def judge(desk: Desk, ref: str | None, *, to: int | None, justified: bool, because: str, breach: str = "") -> File:
    """A person found a message justified or not; without `to`, every identity demand not yet judged.

    `breach` is what an unjustified one is; left out, it is the usual breach of such a message, if there is one.

    Raises:
        NothingToDoError: there is nothing to judge, or nobody has said yet what the message is.
        UnknownItemError: a message of that kind cannot be that breach.
        JustifiedBreachError: a breach of a justified message.
    """
    if justified and breach:
        raise JustifiedBreachError
    with working_on(desk, ref) as file:
        case = file.case
        waiting = [message for message in case.meaning(IdentityDemand) if message.judged is None]
        chosen = [message_of(case, to)] if to is not None else waiting
        if not chosen:
            mend = "name the message with --to N to judge it again"
            raise NothingToDoError(ref=case.ref, what="identity demand left to judge", mend=mend)
        for message in chosen:
            _refuse_other(file, message, breach)
        facts = [
            Judged(on=desk.today, about=message.n, justified=justified, because=because, breach=breach)
            for message in chosen
        ]
        return append(desk, file, *facts)


def _refuse_other(file: File, message: Incoming, breach: str) -> None:
    if message.meaning is None:
        mend = f"say what message {message.n} is with `dsar classify {file.case.ref} {message.n} KIND`"
        raise NothingToDoError(ref=file.case.ref, what=f"meaning of message {message.n} yet", mend=mend)
    allowed = file.law.judged(meaning_name(message.meaning))
    if breach and breach not in allowed:
        raise UnknownItemError(name=breach, known=", ".join(allowed) or "none for such a message")
