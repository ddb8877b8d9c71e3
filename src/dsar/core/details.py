"""What a request must say beside the rights it exercises: what is wrong, on which ground, for which reasons."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date  # noqa: TC003 - the linter of letters reads the types of the fields

GROUNDS = (
    "17.1.a",
    "17.1.b",
    "17.1.c",
    "17.1.d",
    "17.1.e",
    "17.1.f",
    "18.1.a",
    "18.1.b",
    "18.1.c",
    "18.1.d",
)
"""The grounds of the GDPR that a data subject relies on, by article, paragraph and point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the data subject said of the request, in words of their own; what is empty was not said.

    `corrections` are pairs: the data as they are held, and as they should read (Art. 16 GDPR). `supplement` is a
    supplementary statement that completes the data. `evidence` names what is enclosed to support either. `grounds` are
    the points of Art. 17(1) and 18(1) relied on, as in `GROUNDS`. `about` says which data or which processing is
    concerned. `reasons` are the grounds relating to the particular situation (Art. 21(1)). `decision` is the automated
    decision contested, `view` the point of view on it (Art. 22(3)). `consent` is the consent withdrawn (Art. 7(3)).
    `transmit_to` is the controller to whom the data are to be transmitted (Art. 20(2)). `respond_by` is a day that we
    ask for, which no law sets.
    """

    corrections: tuple[tuple[str, str], ...] = ()
    supplement: str = ""
    evidence: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    about: str = ""
    reasons: str = ""
    decision: str = ""
    view: str = ""
    consent: str = ""
    transmit_to: str = ""
    respond_by: date | None = None

    @property
    def rectify(self) -> bool:
        """Whether it was said what is to be rectified or completed."""
        return bool(self.corrections or self.supplement)

    @property
    def erasure_grounds(self) -> tuple[str, ...]:
        """The grounds of Art. 17(1) relied on."""
        return tuple(ground for ground in self.grounds if ground.startswith("17."))

    @property
    def restriction_grounds(self) -> tuple[str, ...]:
        """The grounds of Art. 18(1) relied on."""
        return tuple(ground for ground in self.grounds if ground.startswith("18."))

    def said(self, name: str) -> bool:
        """Whether the field of that name was filled in."""
        return name in {field.name for field in fields(self)} and bool(getattr(self, name))


NOTHING_SAID = Details()
"""A request for which nothing needs to be said."""
