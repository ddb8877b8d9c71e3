"""The rights that a request exercises, in the order of a letter, and which of them start the clock of the answer."""

from __future__ import annotations

ACCESS = "access"
ERASURE = "erasure"
QUESTIONS = "questions"
"""Questions of the data subject's own: no right, but asked in a letter and tracked like every demand."""

# Erasure comes last: a controller may not erase before it has answered the rest (EDPB Guidelines 01/2022, para. 39).
RIGHTS = (
    ACCESS,
    "rectification",
    "consent-withdrawal",
    "objection",
    "marketing-objection",
    "restriction",
    "portability",
    "automated-decision",
    ERASURE,
)
ASKABLE = (*RIGHTS, QUESTIONS)

# GDPR Art. 12(3) speaks of requests under Articles 15 to 22; Art. 7(3) sets no period of its own.
_CLOCKED = frozenset(RIGHTS) - {"consent-withdrawal"}

REQUESTS = (
    ACCESS,
    "access-tracking",
    "access-face",
    "access-employer",
    "access-police",
    "access-institution",
    "access-uk",
    "access-ch",
    ERASURE,
    "access-erasure",
    "rectification",
    "restriction",
    "portability",
    "objection",
    "marketing-objection",
    "automated-decision",
    "consent-withdrawal",
    "cease-and-desist",
    "request",
    "questionnaire",
)
"""The kinds of letter that are a first request, as they come with dsar."""


def ordered(rights: tuple[str, ...]) -> tuple[str, ...]:
    """The rights once each, in the order in which a letter exercises them."""
    return tuple(right for right in ASKABLE if right in rights)


def clocked(rights: tuple[str, ...]) -> bool:
    """Whether the receipt of a request for these rights starts a period that a law sets."""
    return any(right in _CLOCKED for right in rights)
