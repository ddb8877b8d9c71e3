"""A campaign: many people, many controllers, one question; what is planned, and where each of its cases stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dsar.core.parties import Evidence

Seated = Literal["planned", "opened", "issued", "sent", "left-out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The questions of a campaign, in their order, and its reason, in one language."""

    lang: str
    questions: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What is asked of whom, for whom. `id` is short, upper case, chosen by the organisation: `FACES26`.

    `rights`, `letter` and `questions` are those of each request (see `dsar request`), `regime` the law, if it is not
    left to the places of both sides. `languages` are those in which letters may go out, best first; empty: that of each
    person. `purpose` is the sentence for people who gave none of their own. `worded_in` is the language of questions
    and purpose, `wordings` says them in others.
    """

    id: str
    title: str
    rights: tuple[str, ...]
    letter: str = ""
    questions: tuple[str, ...] = ()
    purpose: str = ""
    regime: str = ""
    languages: tuple[str, ...] = ()
    opened_on: date | None = None
    owner: str = ""
    worded_in: str = ""
    wordings: tuple[Wording, ...] = ()

    def said(self, lang: str) -> Wording:
        """Questions and reason in that language; in the language of the campaign where nobody worded them so."""
        own = Wording(lang=self.worded_in, questions=self.questions, purpose=self.purpose)
        return next((one for one in self.wordings if one.lang == lang), own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person against one controller in a wave of a campaign: the place that a case takes.

    `subject` and `controller` are the ids of their records; `ref` is the case, once it is opened; `why` the reason for
    which it was left out.
    """

    campaign: str
    wave: int
    subject: str
    controller: str
    state: Seated = "planned"
    mandate: str = ""
    ref: str = ""
    why: str = ""

    @property
    def id(self) -> str:
        """Under which it is kept: there is one seat for a person against a controller in a wave."""
        return f"{self.campaign}/{self.wave}/{self.subject}/{self.controller}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTable:
    """A table of the post, whole: evidence of a campaign. `refs` are the cases that stand in it, `on` when it came.

    No case holds it, for it names them all: each has an extract of its own lines, which names the table by its hash.
    """

    campaign: str
    on: date
    document: Evidence
    refs: tuple[str, ...]

    @property
    def id(self) -> str:
        """Under which it is kept: once in a campaign, however often it is read."""
        return f"{self.campaign}/{self.document.sha256}"


def language(campaign: Campaign, person: str, accepted: tuple[str, ...]) -> str:
    """The language of a letter of a campaign, for a person of that language to a controller that accepts some.

    The first of the campaign's that is the person's own or that the controller is noted to accept; if none is, the
    campaign's first. A campaign without languages writes in that of the person.
    """
    fitting = (one for one in campaign.languages if one == person or one in accepted)
    return next(fitting, next(iter(campaign.languages), person))
