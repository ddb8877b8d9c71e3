"""What a mandate may cover, and what one of its kind covers where nothing else was said."""

from __future__ import annotations

from typing import Literal, get_args

Power = Literal[
    "request",
    "receive-data",
    "complaint",
    "remedy-authority",
    "remedy-controller",
    "compensation",
]
POWERS: tuple[str, ...] = get_args(Power)
"""To write to the controller; to receive the data; Art. 77, 78, 79 and 82 GDPR. An authority reads a mandate for them
line by line (APD/GBA 112/2024)."""

BEYOND = POWERS[2:]
"""The powers towards an authority or a court."""


def usual(kind: str, *, commercial: bool) -> tuple[str, ...]:
    """The powers beyond the request that the text of a mandate of that kind gives, if none are chosen.

    Art. 80(1) GDPR carries Art. 77, 78 and 79; Art. 82 only where national law says so, and so never by itself. A
    company for profit is no body of Art. 80(1) and complains for nobody (APD/GBA 39/2024).
    """
    match kind:
        case "art80" | "lawyer":
            return ("complaint", "remedy-authority", "remedy-controller")
        case "agent" if not commercial:
            return ("complaint",)
        case _:
            return ()
