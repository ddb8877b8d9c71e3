"""What is signed, or taken back, in words: the letter of a mandate, which belongs to no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.brief import Brief, IdentitySoFar, ReplyDue, RequestMade
from dsar.desk import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.letter import Letter
    from dsar.core.parties import Controller, Mandate, Person
    from dsar.desk.office import Desk


def written(
    desk: Desk,
    mandate: Mandate,
    subject: Person,
    controller: Controller,
    lang: str,
    *,
    kind: str,
    others: Sequence[Controller] = (),
) -> Letter:
    """The letter of that kind (`mandate`, `capacity`, `mandate-revocation`), filled as of the desk's day.

    `others` are the records of the further controllers that it names, for their addresses.
    """
    from dsar.lawbook.load import law  # noqa: PLC0415 - only letters need it
    from dsar.letters.fill import fill  # noqa: PLC0415 - jinja2 is loaded with the letters
    from dsar.letters.find import template  # noqa: PLC0415 - as above

    words = wording.speaker(desk, lang)
    told = Brief(
        kind=kind,
        lang=lang,
        ref=mandate.id,
        today=desk.today,
        regime="gdpr",
        rights=mandate.rights,
        subject=subject,
        sender=mandate.agent if mandate.statutory else subject,
        agent=mandate.agent,
        on_behalf=True,
        mandate=mandate,
        controller=controller,
        purpose="",
        id_data=(),
        demands=(),
        request=RequestMade(issued_on=None, sent_on=None, channels=(), received_on=None),
        reply=ReplyDue(strict=None, safe=None, late_days=0),
        messages=(),
        question=None,
        answer=None,
        identity=IdentitySoFar(demanded=(), given=(), refused=(), known=()),
        notice=None,
        grievances=(),
        chronology=(),
        authority=None,
        previous=(),
        enclosures=(),
        others=tuple(others),
    )
    return fill(template(desk.letters, kind, lang), told, law(), words, banner=desk.banner)
