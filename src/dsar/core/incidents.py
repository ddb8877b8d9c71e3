"""What moves, or does not move, the clock of a request: one vocabulary for the calculator and for recorded cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """They took more time on a day, saying why or not (None: not known); `until` is the day they named, if any."""

    on: date
    reasons: bool | None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAsked:
    """They asked for proof of identity. `given`: all that was asked; `refused`: some of it; `justified`: as judged.

    `about`: of the data subject's identity, or of the authority of whoever acts for them (`given`: we answered).
    """

    on: date
    given: date | None = None
    refused: date | None = None
    justified: bool | None = None
    about: Literal["identity", "mandate"] = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarificationAsked:
    """They asked to specify the request; `large`: a large quantity of data (Recital 63 GDPR; None: not known)."""

    on: date
    answered: date | None = None
    large: bool | None = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeAsked:
    """They asked for a fee; `paid` and `justified` as far as known."""

    on: date
    paid: date | None = None
    justified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """They confirmed receipt."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected:
    """They pointed to a portal."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """They answered, refused, or said that they hold nothing: the deadline is met or missed on that day."""

    on: date
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A Swiss controller named the later day on which it will answer (DSV Art. 18(2))."""

    on: date
    until: date


Incident = Extended | IdentityAsked | ClarificationAsked | FeeAsked | Acknowledged | Redirected | Answered | Announced
