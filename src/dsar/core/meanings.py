"""What a message of theirs can be, once a person has said so. Nothing has a legal effect before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """They confirm receipt. It never moves a deadline (EDPB Guidelines 01/2022, para. 57)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoReply:
    """A machine answered. Never an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """It did not arrive: voids a presumed delivery of the sending."""

    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDemand:
    """They ask who we are (Art. 12(6) GDPR). `items` are the pieces of identity asked for, in the user's words."""

    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarification:
    """They ask to specify the request. `large`: they process a large quantity of data (Recital 63); None: not said."""

    large: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """They ask for money (Art. 12(5) GDPR); `amount` with its currency, as they wrote it."""

    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """They take two further months (Art. 12(3) GDPR). `reasons`: whether they said why; None: nobody noted it."""

    reasons: bool | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """They refuse to act (Art. 12(4) GDPR); `ground` in their words."""

    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalRedirect:
    """They send us to a form or an account. It does not stop the clock (EDPB Guidelines 01/2022, paras 52-53)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateDoubt:
    """They doubt that we may act for the data subject (EDPB Guidelines 01/2022, paras 80-82)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongContact:
    """They send us to another address, a company of their group or a customer of theirs. It does not stop the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLanguage:
    """They answer, or ask us to write, in a language that is not that of the request. It does not stop the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoData:
    """They say that they hold nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """They answer in substance; what it is worth is judged by the review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Anything else, without legal effect."""


Meaning = (
    Acknowledgement
    | AutoReply
    | Bounce
    | IdentityDemand
    | Clarification
    | Fee
    | Extension
    | Refusal
    | PortalRedirect
    | MandateDoubt
    | WrongContact
    | OtherLanguage
    | NoData
    | Answer
    | Other
)
