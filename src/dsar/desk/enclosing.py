"""What a letter says of itself that somebody has to make true: what it encloses, and the ways by which it goes."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from dsar.desk import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsar.core.case import Outgoing
    from dsar.core.events import Channel, Opened
    from dsar.desk.office import Desk, File

PHOTO = "photo"
_BOTH: tuple[Channel, ...] = ("registered", "email")
_NAMED: dict[Channel, str] = {"registered": "registered post", "email": "e-mail"}


def announced(opened: Opened) -> tuple[str, ...]:
    """What to know of a request that names a photo: its letter says that one is enclosed, and the vault holds none."""
    if not any(kind == PHOTO for kind, _ in opened.id_data):
        return ()
    body = opened.controller
    wanted = body.required_identity or body.identity_data
    unused = (
        f" {body.name} is not known to find people by a photo: leave it out." if wanted and PHOTO not in wanted else ""
    )
    return (f"The letter announces a photo of the person, and dsar encloses none: put it in by hand.{unused}",)


def lacking(desk: Desk, file: File, listed: Iterable[str], lang: str) -> tuple[str, ...]:
    """The enclosures that a letter lists and no document of the vault stands for: the photo, evidence of one's own."""
    photo = wording.speaker(desk, lang).say("labels", f"enclosure.{PHOTO}")
    ours = {photo, *file.case.opened.details.evidence}
    return tuple(one for one in listed if one in ours)


def by_hand(missing: Iterable[str]) -> str:
    """The sentence for enclosures that somebody has to add; empty if there are none."""
    said = "; ".join(missing)
    return f"The letter says that it encloses what dsar does not: {said}. Put it in by hand." if said else ""


def listed(desk: Desk, letter: Outgoing) -> tuple[str, ...]:
    """The enclosures that an issued letter lists."""
    from dsar.letters.front import split_front  # noqa: PLC0415 - loads the letters

    front, _ = split_front(desk.vault.evidence_bytes(letter.fact.text.sha256).decode()) or ("", "")
    return tuple(str(line) for line in tomllib.loads(front).get("enclosures", ()))


def goes_both_ways(desk: Desk, via: str, lang: str) -> bool:
    """Whether the heading of a letter says that it goes by registered post and by e-mail."""
    return bool(via) and via == wording.speaker(desk, lang).say("labels", "layout.both_channels")


def other_way(desk: Desk, file: File, letter: Outgoing) -> tuple[str, ...]:
    """Where a letter says that it goes two ways and was sent by fewer: which is missing, and how to mend that."""
    from dsar.desk.frozen import Frozen, as_letter  # noqa: PLC0415 - loads the letters
    from dsar.letters.find import template  # noqa: PLC0415 - as above

    controller, fact = file.case.opened.controller, letter.fact
    if not (controller.address.known and controller.emails) or not template(desk.letters, fact.kind, fact.lang).via:
        return ()
    now = file.case.letter(letter.n) or letter
    missing = [way for way in _BOTH if way not in {sending.fact.channel for sending in now.sendings}]
    if not missing or not goes_both_ways(desk, as_letter(desk, Frozen(file=file, letter=now)).via, fact.lang):
        return ()
    how = " and ".join(f"`dsar sent {file.case.ref} --letter {letter.n} --via {way}`" for way in missing)
    said = (
        f"The heading of letter {letter.n} says that it goes by registered post and by e-mail, and no sending by "
        f"{' or by '.join(_NAMED[way] for way in missing)} is recorded: send it so too, and record it with {how}."
    )
    return (said,)
