"""The copies of a dossier: one for the controller, one to share. Same numbers, less in them, and a log of what went.

For the controller: without what it cannot know yet of the data subject, and without files that it has not had. To
share: without anything by which a stranger could tell who this is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dsar.core.dossier import Frozen, Row, Section, Table
from dsar.core.letter import Letter
from dsar.desk import wording
from dsar.desk.evidence import parsed
from dsar.desk.standins import StandIns, header_names
from dsar.desk.veiling import MASKED, over, reached, veil
from dsar.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dsar.core.dossier import Block, Dossier, Exhibit, Kind
    from dsar.core.message import Message
    from dsar.core.timeline import Timeline
    from dsar.core.veil import Veil
    from dsar.desk.office import Desk, File
    from dsar.letters.words import Words
    from dsar.paper.dossier.bind import Source

_SHORT_HASH = 8
_BYTES = ("sha256", "size")


class LeakError(StateError):
    """What must be masked is still there."""

    sentence = (
        "The copy was not written: {what} would still stand in it, in a form that no rule could take out. Leave the "
        "exhibit out of the file, or redact it by hand."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is bound in place of the dossier: its words, the case as data, its page, and where its bytes are."""

    dossier: Dossier
    facts: bytes
    page: Timeline
    standins: StandIns

    def source(self, own: Source) -> Source:
        """Where the binder gets the bytes: the stand-ins first, then what the copy has as it is."""
        data, mails = self.standins.data, self.standins.mails

        def parse(raw: bytes) -> Message | None:
            return mails.get(sha256(raw).hexdigest()) or own.parse_mail(raw)

        return replace(own, read=lambda name: (data[name],) if name in data else own.read(name), parse_mail=parse)


def copied(
    desk: Desk, file: File, dossier: Dossier, *, kind: Kind, manifest: bytes, facts: bytes, page: Timeline
) -> Copy:
    """The copy of a dossier, which has that manifest.

    Raises:
        LeakError: a text still holds what it must not; nothing of it may be written.
    """
    words = wording.speaker(desk, dossier.lang)
    seen = veil(desk, file, words, kind, header_names(desk, file.case))
    made = StandIns(desk=desk, file=file, veil=seen, kept=_kept(desk, file, dossier, kind))
    mask = made.veil.mask
    digest = sha256(manifest).hexdigest()
    ref = f"share-{digest[:_SHORT_HASH]}" if kind == "share" else f"{dossier.ref}-controller"
    exhibits = tuple(_exhibit(made, dossier, exhibit, kind) for exhibit in dossier.exhibits)
    sections = tuple(_section(made, section) for section in dossier.sections)
    cover = over(made.veil, dossier.cover)
    plain = _facts(made.veil, facts, exhibits)
    shown = replace(over(made.veil, replace(page, ref="", labels=())), ref=ref, labels=page.labels, lang=page.lang)
    said = (words.say("dossier", "copy.head"), words.say("dossier", f"copy.for_{kind}", hash=digest))
    title, author = mask(dossier.title), mask(dossier.author)
    counts = tuple((name, made.veil.counts[name]) for name in MASKED if made.veil.counts[name])
    bound = replace(
        dossier,
        ref=ref,
        title=title,
        author=author,
        cover=replace(cover, lines=(said, *cover.lines)),
        sections=(*sections, _log(words, counts, exhibits)),
        exhibits=exhibits,
        words=tuple({**dict(dossier.words), **_words(words)}.items()),
        redactions=tuple(one for one in dossier.redactions if _whole(exhibits, one.exhibit)),
        kind=kind,
        copy_of=digest,
        masks=counts,
    )
    _refuse_leaks(made, bound, plain, shown)
    return Copy(dossier=bound, facts=plain, page=shown, standins=made)


def _exhibit(made: StandIns, dossier: Dossier, exhibit: Exhibit, kind: Kind) -> Exhibit:
    if kind == "controller" and _had(made.file, exhibit):
        return exhibit
    if any(one.exhibit.partition(".")[0] == str(exhibit.number) for one in dossier.redactions):
        return made.left_out(exhibit)
    return made.exhibit(exhibit)


def _kept(desk: Desk, file: File, dossier: Dossier, kind: Kind) -> frozenset[str]:
    """The hashes of what the copy has as it is, and of what was attached to it."""
    had = [one for one in dossier.exhibits if kind == "controller" and _had(file, one)]
    mails = (parsed(desk, one.evidence) for one in had)
    inside = {attached.sha256 for mail in mails if mail is not None for attached in mail.attachments}
    return frozenset(inside | {one.evidence.sha256 for one in had})


def _had(file: File, exhibit: Exhibit) -> bool:
    """Whether it came from the controller, or reached it."""
    if any(message.n == exhibit.entry for message in file.case.messages):
        return True
    issued = (one for one in file.case.letters if one.fact.pdf.sha256 == exhibit.evidence.sha256)
    return any(reached(file.case, letter) for letter in issued)


def _whole(exhibits: tuple[Exhibit, ...], number: str) -> bool:
    return any(str(one.number) == number.partition(".")[0] and not one.veiled for one in exhibits)


def _section(made: StandIns, section: Section) -> Section:
    return replace(
        section, title=made.veil.mask(section.title), blocks=tuple(_block(made, block) for block in section.blocks)
    )


def _block(made: StandIns, block: Block) -> Block:
    match block:
        case Letter():
            return made.letter(block)
        case Frozen(evidence=evidence):
            return made.issued(evidence.sha256)
        case _:
            return over(made.veil, block)


def _log(words: Words, counts: tuple[tuple[str, int], ...], exhibits: tuple[Exhibit, ...]) -> Section:
    """Which rules were applied, and how often: never to what."""
    rows = [Row(cells=(words.say("dossier", f"copy.rule_{name}"), str(count))) for name, count in counts]
    veiled = tuple(one.number for one in exhibits if one.veiled)
    rows.append(Row(cells=(words.say("dossier", "copy.rule_exhibit"), str(len(veiled))), exhibits=veiled))
    heads = (words.say("dossier", "copy.rule"), words.say("dossier", "copy.times"))
    title = words.say("dossier", "copy.section")
    return Section(id="masks", title=title, blocks=(Table(heads=heads, widths=(7.0, 1.4), rows=tuple(rows)),))


def _words(words: Words) -> dict[str, str]:
    """What a copy says in other words than its dossier: there is no original in it."""
    found = words.section("dossier").items()
    prefix = "copy_words."
    return {key.removeprefix(prefix): text for key, text in found if key.startswith(prefix)}


def _facts(veil: Veil, facts: bytes, exhibits: tuple[Exhibit, ...]) -> bytes:
    """The case as data, masked; of an exhibit that is not in it as it came, neither hash nor size."""
    document = _masked(veil, json.loads(facts))
    veiled = {one.number for one in exhibits if one.veiled}
    for one in document["exhibits"]:
        if one["n"] in veiled:
            one.update(dict.fromkeys(_BYTES))
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _masked(veil: Veil, thing: Any) -> Any:  # noqa: ANN401 - plain data as JSON holds it
    match thing:
        case str():
            return veil.mask(thing)
        case list():
            return [_masked(veil, one) for one in thing]
        case dict():
            return {key: value if key in _BYTES else _masked(veil, value) for key, value in thing.items()}
        case _:
            return thing


def _refuse_leaks(made: StandIns, dossier: Dossier, facts: bytes, page: Timeline) -> None:
    """Look through all that is to be written once more, with the same eyes."""
    own = replace(dossier, words=(), exhibits=tuple(one for one in dossier.exhibits if one.veiled))
    left_alone = {one.sha256 for one in _evidence(own)} | {dossier.copy_of}
    texts = (*_texts(own), *_texts(replace(page, labels=())), facts.decode(), *made.texts())
    found = {name for text in texts if text not in left_alone for name in made.veil.finds(text)}
    if found:
        raise LeakError(what=", ".join(sorted(found)))


def _evidence(dossier: Dossier) -> Iterator[Any]:
    return (one.evidence for one in dossier.exhibits)


def _texts(thing: object) -> Iterator[str]:
    match thing:
        case str():
            yield thing
        case tuple():
            for one in thing:
                yield from _texts(one)
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            for one in fields(thing):
                yield from _texts(getattr(thing, one.name))
        case _:
            return
