"""The purpose of a first request, in the data subject's own words: what the Court of Justice reads abuse into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dsar.errors import UsageError

if TYPE_CHECKING:
    from dsar.letters.words import Words

_NEXT_SENTENCE = re.compile(r"[.!?]\s+\S")


class SeveralSentencesError(UsageError):
    """A purpose that is a story."""

    sentence = "The purpose of a request is one sentence: say with --purpose only what is to be known or verified."


class AbusivePurposeError(UsageError):
    """A purpose that invites the objection of abuse."""

    sentence = (
        "The purpose speaks of “{word}”: a first request that does may be refused as abusive (Court of Justice, "
        "C-526/24). Say with --purpose what is to be known or verified."
    )


def refuse_abusive(purpose: str, words: Words) -> None:
    """Refuse a purpose that says more than one sentence, or speaks of money or of a campaign.

    Raises:
        SeveralSentencesError, AbusivePurposeError: what to say instead.
    """
    if _NEXT_SENTENCE.search(purpose.strip()):
        raise SeveralSentencesError
    text = " ".join(purpose.casefold().split())
    for word in (*words.lang.damages, *words.lang.campaign):
        if word.casefold() in text:
            raise AbusivePurposeError(word=word)
