"""What a message seems to be, for the person who decides: suggestions, and what its headers claim. No fact is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsar.desk.evidence import MAIL, parsed

if TYPE_CHECKING:
    from dsar.core.case import Case
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk
    from dsar.mail.auth import Claims
    from dsar.mail.hints import Hint

_PLAIN = "text/plain"
_MOST_TEXT = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeming:
    """What a message seems to be: `machine` by its headers (`bounce` or `auto-reply`, or empty), `hints` by its words.

    `dead` is the address that a bounce names.
    """

    machine: str = ""
    dead: str = ""
    hints: tuple[Hint, ...] = ()
    claims: Claims | None = None

    @property
    def kind(self) -> str:
        """The likeliest kind, as `dsar classify` names it; empty where nothing is suggested."""
        return self.machine or (self.hints[0].kind if self.hints else "")


def seeming(desk: Desk, piece: Evidence) -> Seeming:
    """What a file in the vault seems to be. A machine's mail is no answer, whatever its words are."""
    from dsar.mail.auth import claims  # noqa: PLC0415 - only when a message is looked at
    from dsar.mail.glance import ENOUGH, glance  # noqa: PLC0415 - as above
    from dsar.mail.hints import suggest  # noqa: PLC0415 - as above

    if piece.media == _PLAIN:
        return Seeming(hints=suggest(desk.vault.evidence_head(piece.sha256, _MOST_TEXT).decode("utf-8", "replace")))
    message = parsed(desk, piece)
    if piece.media != MAIL or message is None:
        return Seeming()
    head = desk.vault.evidence_head(piece.sha256, ENOUGH)
    claimed = claims(head)
    if message.bounce:
        return Seeming(machine="bounce", dead=glance(head).dead, claims=claimed)
    if message.automatic:
        return Seeming(machine="auto-reply", claims=claimed)
    return Seeming(hints=suggest(message.text), claims=claimed)


def unread(desk: Desk, case: Case) -> dict[int, Seeming]:
    """What the messages of a case that nobody classified seem to be, by their entry."""
    return {
        one.n: seeming(desk, one.fact.message)
        for one in case.messages
        if one.meaning is None and one.fact.message is not None
    }
