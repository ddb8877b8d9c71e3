"""Sending an issued letter as a mail: its exact bytes are in the vault before any server has them.

The outbox says how far a mail came (`vault/outbox.py`). A run that ends at any point leaves one of three things behind:
nothing was sent; it was sent, and the log says so; or nobody knows, and only a person may decide.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.events import Sent
from dsar.core.parties import Evidence
from dsar.desk.accounts import NoServerError
from dsar.desk.acts import address_of, letter_of
from dsar.desk.allowing import need_mandate
from dsar.desk.errors import ClosedCaseError, NothingToDoError
from dsar.desk.evidence import MAIL, take_bytes
from dsar.desk.export_letter import attached
from dsar.desk.frozen import Frozen, as_letter, enclosed
from dsar.desk.recording import append, working_on
from dsar.errors import ConflictError, NetworkError, StateError, UsageError
from dsar.vault.outbox import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.case import Outgoing
    from dsar.desk.office import Desk, File
    from dsar.mail.account import Account
    from dsar.vault.outbox import Outbound


class NoRecipientError(UsageError):
    """Nobody to send to."""

    sentence = "No e-mail address is known for this letter: give one with --to, or send it by post."


class OtherDayError(StateError):
    """A mail leaves now, whatever day is reasoned from."""

    sentence = "A mail leaves today, on {today}, and cannot be recorded on {said}: leave --as-of and DSAR_TODAY away."


class ReconstructionError(StateError):
    """The demo's letters are nobody's."""

    sentence = "This vault replays a case, and its letters must reach nobody: nothing is sent from it."


class SentBeforeError(StateError):
    """The letter left by mail already."""

    sentence = "Letter {n} of case {ref} went to {to} by e-mail on {on}: add --again to send it once more."


class UnsureError(StateError):
    """Nobody knows whether the letter left."""

    sentence = (
        "It is unsure whether letter {n} of case {ref} left for {to} (tried {at}, Message-ID {id}): look into your "
        "Sent folder, then say `dsar send {ref} --letter {n} --resolve sent`, or `--resolve not-sent`."
    )


class NowUnsureError(NetworkError):
    """The connection broke when the mail was on its way."""

    sentence = (
        "{why} Whether letter {n} of case {ref} left for {to} is unsure: look into your Sent folder (Message-ID {id}), "
        "then say `dsar send {ref} --letter {n} --resolve sent`, or `--resolve not-sent`."
    )


class SettledError(ConflictError):
    """Somebody said what became of a mail before the server did."""

    sentence = (
        "The server took letter {n} of case {ref} for {to} (Message-ID {id}), but somebody had already said what "
        "became of it: look at `dsar show {ref}`, and record it with `dsar sent {ref}` if it is not there."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to send: the entry of the letter (default: the last), another address, exhibits or files besides."""

    letter: int | None = None
    to: str = ""
    attach: Sequence[str] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A mail that could leave as it is: `mail` are its exact bytes, `files` the names and sizes of what is attached."""

    file: File
    letter: Outgoing
    account: Account
    to: str
    message_id: str
    mail: bytes
    files: tuple[tuple[str, int], ...]


def prepare(desk: Desk, ref: str | None, account: Account, wish: Wish) -> Ready:
    """Make the mail of an issued letter; nothing is written down.

    Raises:
        OtherDayError, ReconstructionError, ClosedCaseError, NoMandateError: nothing may leave.
        NoRecipientError, MailAddressError: no address, or none that is one.
        UnsureError: an earlier try is open.
        SentBeforeError: it was sent before.
    """
    from dsar.desk.office import read  # noqa: PLC0415 - beside its use
    from dsar.paper.letter_eml import mail_address, render_eml  # noqa: PLC0415 - loads the paper

    file = read(desk, ref)
    _refuse_case(desk, file)
    letter = letter_of(file.case, wish.letter)
    paper = as_letter(desk, Frozen(file=file, letter=letter))
    said = wish.to.strip() or address_of(file, letter, "email") or paper.recipient_email
    if not said:
        raise NoRecipientError
    to, sender = mail_address(said), mail_address(account.address)
    _refuse_again(desk, file, letter, wish)
    besides = (*enclosed(desk, file, paper), *attached(desk, file, paper.lang, wish.attach))
    pdf = desk.vault.evidence_bytes(letter.fact.pdf.sha256)
    # random, and of the sender's own domain: it tells nothing of the machine, the case or the number of mails
    message_id = f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2]}>"
    mail = render_eml(
        replace(paper, recipient_email=to),
        message_id=message_id,
        date=desk.now,
        from_name=next(iter(paper.sender), ""),
        pdf=pdf,
        attachments=besides,
        sent_from=sender,
    )
    return Ready(file=file, letter=letter, account=account, to=to, message_id=message_id, mail=mail, files=_files(mail))


def _files(mail: bytes) -> tuple[tuple[str, int], ...]:
    """What is attached, by the names that the other side will see."""
    from email import message_from_bytes  # noqa: PLC0415 - beside its use

    parts = [part for part in message_from_bytes(mail).walk() if part.get_filename()]
    return tuple((str(part.get_filename()), len(bytes(part.get_payload(decode=True)))) for part in parts)


def _refuse_case(desk: Desk, file: File) -> None:
    if desk.banner:
        raise ReconstructionError
    if desk.now[:10] != desk.today.isoformat():
        raise OtherDayError(today=desk.now[:10], said=desk.today.isoformat())
    if file.case.closed is not None:
        raise ClosedCaseError(ref=file.case.ref)
    need_mandate(desk, file)


def _refuse_again(desk: Desk, file: File, letter: Outgoing, wish: Wish) -> None:
    for tried in desk.vault.outbox.of_letter(file.case.ref, letter.n):
        if tried.state == "sending":
            raise _unsure(tried)
    if not wish.again:
        _refuse_more(file, letter, than=0)


def _refuse_more(file: File, letter: Outgoing, *, than: int) -> None:
    """Refuse to go on where the letter left by mail more often than that."""
    mails = _mails(letter)
    if len(mails) > than:
        raise SentBeforeError(ref=file.case.ref, n=letter.n, to=mails[-1].to, on=mails[-1].on.isoformat())


def _mails(letter: Outgoing) -> list[Sent]:
    return [sending.fact for sending in letter.sendings if sending.fact.channel == "email"]


def send(desk: Desk, ready: Ready, password: str) -> tuple[File, bool]:
    """Send a mail and record it; the case, and whether the server promised a notice of delivery.

    Raises:
        NoServerError: the account cannot send.
        OvertakenError, UnsureError, SentBeforeError: another run sends or sent the same letter.
        ClosedCaseError, NoMandateError: since it was prepared, nothing may leave any more.
        NetworkError: nothing was sent.
        NowUnsureError: nobody knows.
        SettledError: it was sent, and another run had already said what became of it.
    """
    from dsar.mail.send import LeftOpenError, submit  # noqa: PLC0415 - only where a mail leaves

    account, outbox = ready.account, desk.vault.outbox
    if account.smtp is None:
        raise NoServerError(name=account.name, what="smtp")
    number = _written(desk, ready)

    def about_to() -> None:
        outbox.step(number, "ready", "sending", at=desk.now)

    try:
        taken = submit(account, account.smtp, password, ready.mail, to=ready.to, about_to=about_to)
    except LeftOpenError as error:
        one = outbox.get(number)
        raise NowUnsureError(why=str(error), n=one.letter, ref=one.ref, to=one.recipient, id=one.message_id) from error
    except NetworkError as error:
        outbox.step(number, outbox.get(number).state, "failed", at=desk.now, reply=str(error))
        raise
    one = outbox.get(number)
    try:
        return _recorded(desk, one, taken.reply), taken.notice
    except OvertakenError as error:
        raise SettledError(n=one.letter, ref=one.ref, to=one.recipient, id=one.message_id) from error


def _written(desk: Desk, ready: Ready) -> int:
    """The bytes in the vault, and a line in the outbox; its number."""
    outbox, ref = desk.vault.outbox, ready.file.case.ref
    with working_on(desk, ref) as file:
        # a person was asked meanwhile, and that takes its time
        _refuse_case(desk, file)
        _refuse_more(file, letter_of(file.case, ready.letter.n), than=len(_mails(ready.letter)))
        for before in outbox.of_letter(ref, ready.letter.n):
            if before.state == "sending":
                raise _unsure(before)
            if before.state == "ready":  # a run that ended before it said anything to a server
                outbox.step(before.id, "ready", "failed", at=desk.now, reply="interrupted before it was sent")
        kept = take_bytes(desk, ready.mail, name=_name(ref, ready.letter.n), media=MAIL)
        desk.vault.mail.know(ref, (ready.message_id,))
        return outbox.add(
            ref=ref,
            letter=ready.letter.n,
            account=ready.account.name,
            recipient=ready.to,
            message_id=ready.message_id,
            sha256=kept.sha256,
            on=desk.today.isoformat(),
            at=desk.now,
        )


def _recorded(desk: Desk, one: Outbound, reply: str) -> File:
    """Write down that a mail left, with its bytes as the proof."""
    with working_on(desk, one.ref) as file:
        desk.vault.outbox.step(one.id, "sending", "sent", at=desk.now, reply=reply)
        size = sum(len(chunk) for chunk in desk.vault.evidence(one.sha256))
        proof = Evidence(sha256=one.sha256, size=size, name=_name(one.ref, one.letter), media=MAIL)
        fact = Sent(on=date.fromisoformat(one.on), letter=one.letter, channel="email", to=one.recipient, proof=proof)
        after = append(desk, file, fact)
        desk.vault.outbox.entered(one.id, len(after.entries))
        return after


def resolve(desk: Desk, ref: str | None, *, left: bool, letter: int | None = None) -> File:
    """A person looked, and says whether an unsure mail left.

    Raises:
        NothingToDoError: nothing is unsure in the case.
        UnsureError: several letters are; the sentence names the first.
    """
    with working_on(desk, ref) as file:
        open_ = [one for one in desk.vault.outbox.unsure(file.case.ref) if letter in {None, one.letter}]
        if not open_:
            mend = f"`dsar show {file.case.ref}` says what was sent"
            raise NothingToDoError(ref=file.case.ref, what="mail that is unsure", mend=mend)
        if len(open_) > 1:
            raise _unsure(open_[0])
        if left:
            return _recorded(desk, open_[0], "the case worker found it among the sent mails")
        desk.vault.outbox.step(open_[0].id, "sending", "failed", at=desk.now, reply="the case worker says so")
        return file


def _unsure(one: Outbound) -> UnsureError:
    return UnsureError(n=one.letter, ref=one.ref, to=one.recipient, at=one.at, id=one.message_id)


def _name(ref: str, letter: int) -> str:
    return f"{ref}-{letter}.eml"
