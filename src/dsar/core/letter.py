"""A letter as every output format sees it: parties, words and dates, filled in, without layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A filled letter. All text is in `lang`; nothing here is markup except `body`.

    `body` is CommonMark with tables (data from outside already escaped in it); `sender` and `recipient` are the lines
    of the address blocks; `refs` label-value pairs such as ("Our reference", "2026-7QX2M"); `place_date` the finished
    line "Paris, le 5 mars 2026"; `via` how it goes ("Par lettre recommandée …"), or empty; `labels` the few words that
    the layout itself prints (`subject`, `enclosures`, `page` as "Page {n} / {total}"); `banner` is printed on every
    page where it is not empty; `posted_from` is the sender's country (ISO 3166-1), whose envelopes the layout fits.
    """

    kind: str
    lang: str
    title: str
    subject: str
    body: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    sender_email: str
    recipient_email: str
    on: date
    place_date: str
    refs: tuple[tuple[str, str], ...]
    via: str
    signature: tuple[str, ...]
    enclosures: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    banner: str = ""
    posted_from: str = ""

    def label(self, name: str) -> str:
        """The word that the layout prints for `name`; KeyError if the language lacks it (letters check finds it)."""
        return dict(self.labels)[name]
