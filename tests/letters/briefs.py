"""Made-up cases as briefs, and the law book read straight from its files."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dsar.core.brief import (
    AskedItem,
    Brief,
    ChronologyLine,
    Grievance,
    IdentityPiece,
    IdentitySoFar,
    NoticeGiven,
    ReplyDue,
    RequestMade,
    TheirMessage,
)
from dsar.core.law import Authority, BreachRule, DemandRule, Law, Precedent
from dsar.core.parties import Address, Controller, Mandate, Person
from dsar.lawbook.load import parallels

if TYPE_CHECKING:
    from dsar.core.events import Status
    from dsar.letters.words import Words

REPO = Path(__file__).parents[2]
LETTERS = REPO / "letters"
LAW = REPO / "src" / "dsar" / "law"


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((LAW / f"{name}.toml").read_text(encoding="utf-8"))[
        name.removesuffix("es") if name == "breaches" else name.removesuffix("s")
    ]
    return [{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows]


@cache
def law() -> Law:
    """Demands, breaches, precedents and parallels as they stand in the law files."""
    return Law(
        version="test",
        regimes=(),
        terms={},
        parallels=parallels(),
        demands={row["id"]: DemandRule(**row) for row in _rows("demands")},
        breaches={row["id"]: BreachRule(**row) for row in _rows("breaches")},
        precedents={row["id"]: Precedent(**row) for row in _rows("precedents")},
    )


NINA = Person(
    id="nina",
    name="Nina Ferrand",
    email="nina@ferrand.example",
    address=Address(lines=("3 rue des Lilas", "75020 Paris"), country="FR"),
    language="en",
)
AGENT = Person(
    id="halcyon",
    name="Odile Marchetti",
    email="rights@halcyon.example",
    address=Address(lines=("12 quai du Port", "13002 Marseille"), country="FR"),
    language="en",
    organisation="Halcyon Privacy SAS",
    commercial=True,
)
CLEARFACE = Controller(
    id="clearface",
    name="Clearface AI, Inc.",
    address=Address(lines=("99 Example Plaza", "New York, NY 10001"), country="US"),
    emails=("privacy@clearface.example",),
    dpo="Data Protection Officer",
    established=False,
    sector="face-search",
)
SHOP = Controller(
    id="shop",
    name="Kelp & Sons Ltd",
    address=Address(lines=("1 Quay Street", "Dublin 2"), country="IE"),
    emails=("data@kelp.example",),
    established=True,
)
MANDATE = Mandate(
    id="m1",
    kind="agent",
    agent=AGENT,
    subject="nina",
    controller="clearface",
    rights=("access", "erasure"),
    processing="collection of photographs of faces from the web and their search by face",
    may_receive_data=False,
    until=date(2027, 1, 31),
    grievance_on=date(2026, 1, 18),
    drafted_on=date(2026, 1, 19),
    signed_on=date(2026, 1, 20),
)
AUTHORITY = Authority(
    id="xx-sa",
    name="Example Supervisory Authority",
    country="FR",
    address=("8 avenue des Exemples", "75007 Paris"),
    languages=("en", "fr"),
    source="made up",
    checked=True,
)
_IDS = {
    "access": [
        "confirmation",
        "purposes",
        "categories",
        "recipients",
        "retention",
        "rights",
        "complaint",
        "source",
        "automated-decisions",
        "transfers",
        "copy",
        "source-urls",
        "biometric-template",
        "searches",
    ],
    "erasure": ["erase", "erase-confirm", "notify-recipients", "no-reappearance"],
}
_FOUND: dict[str, tuple[Status, str]] = {
    "confirmation": ("given", ""),
    "recipients": ("generic", "Only “service providers and customers” are mentioned"),
    "source": ("pointed", "The answer refers to the privacy policy."),
    "copy": ("missing", ""),
    "biometric-template": ("refused", "Said to be a trade secret"),
}


def asked(words: Words, *rights: str, sector: str = "", question: str = "") -> tuple[AskedItem, ...]:
    """The demands of these rights, numbered through, as the desk puts them into a brief."""
    rules = law().demands
    ids = [(right, name) for right in rights for name in _IDS[right]]
    ids = [(right, name) for right, name in ids if not rules[name].sectors or sector in rules[name].sectors]
    items = [
        AskedItem(n=n, id=name, words=words.say("demands", f"{name}.words"), cites=rules[name].cites, right=right)
        for n, (right, name) in enumerate(ids, start=1)
    ]
    if question:
        items.append(AskedItem(n=len(items) + 1, id="q1", words=question, cites=(), right="access"))
    return tuple(items)


def reviewed(items: tuple[AskedItem, ...]) -> tuple[AskedItem, ...]:
    """The same demands after a review: a few given, a few lacking, the rest not applicable."""
    return tuple(
        replace(item, status=_FOUND.get(item.id, ("na", ""))[0], note=_FOUND.get(item.id, ("na", ""))[1])
        for item in items
    )


def brief(kind: str, words: Words, controller: Controller = CLEARFACE) -> Brief:
    """Nina's request to Clearface, carried by a commercial agent under mandate; the facts depend on the letter."""
    code = words.lang.code
    rights = (kind,) if kind in _IDS else ("access", "erasure")
    label = words.label
    base = Brief(
        kind=kind,
        lang=code,
        ref="2026-7QX2M",
        today=date(2026, 1, 21),
        regime="gdpr",
        rights=rights,
        subject=NINA,
        sender=AGENT,
        agent=AGENT,
        on_behalf=True,
        mandate=MANDATE,
        controller=controller,
        purpose={
            "de": "zu erfahren, ob Bilder ihres Gesichts verarbeitet werden, und die Rechtmäßigkeit zu überprüfen",
            "en": "to know whether images of the data subject’s face are processed and to verify that this is lawful",
            "nl": "te weten of afbeeldingen van het gezicht van de betrokkene worden verwerkt en te controleren of dat "
            "rechtmatig gebeurt",
            "es": "conocer si se tratan imágenes de su rostro y verificar la licitud de ese tratamiento",
            "it": "sapere se siano trattate immagini del volto della persona interessata e verificarne la liceità",
        }.get(code, "savoir si des images de son visage sont traitées et vérifier la licéité de ce traitement"),
        id_data=(
            (label("identifier", "name"), "Nina Ferrand"),
            (label("identifier", "email"), "nina@ferrand.example"),
            (label("identifier", "photo"), "portrait.jpg"),
        ),
        demands=asked(words, *rights, sector=controller.sector),
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
        enclosures=() if kind == "mandate" else ("Mandate of 20 January 2026", "portrait.jpg"),
    )
    return base if kind in ("access", "erasure", "access-erasure", "mandate") else _later(base, words)


def own(kind: str, words: Words) -> Brief:
    """The same person, writing for herself to a shop in Ireland, without a postal address of her own."""
    base = brief(kind, words, SHOP)
    return replace(
        base,
        sender=replace(NINA, address=Address(lines=(), country="FR")),
        subject=replace(NINA, address=Address(lines=(), country="FR")),
        agent=None,
        on_behalf=False,
        mandate=None,
        purpose={
            "de": "zu erfahren, welche Daten gespeichert sind, und die Rechtmäßigkeit ihrer Verarbeitung zu überprüfen",
            "en": "I wish to know which data you hold and to verify that they are processed lawfully",
            "es": "conocer los datos que se conservan y verificar la licitud de su tratamiento",
            "it": "sapere quali dati siano detenuti e verificare la liceità del loro trattamento",
            "nl": "te weten welke gegevens u verwerkt en de rechtmatigheid daarvan te controleren",
        }.get(words.lang.code, "connaître les données détenues et vérifier la licéité de leur traitement"),
        reply=replace(base.reply, late_days=0) if kind == "reminder" else base.reply,
        today=date(2026, 2, 16) if kind == "reminder" else base.today,
        id_data=((words.label("identifier", "customer-number"), "K-20417"),),
        enclosures=(),
    )


def body(kind: str, words: Words) -> Brief:
    """The same case carried by a not-for-profit body that may receive the data, with a question of her own."""
    base = brief(kind, words)
    agent = replace(AGENT, organisation="Lumen Rights e.V.", commercial=False)
    mandate = replace(MANDATE, kind="art80", agent=agent, may_receive_data=True, until=None)
    question = "Have images of me been shown to an employer?"
    demands = (*base.demands, *asked(words, question=question))
    last = len(demands)
    found: Status | None = "missing" if base.answer else None
    return replace(
        base,
        sender=agent,
        agent=agent,
        mandate=mandate,
        demands=tuple(replace(item, n=last, status=found) if item.id == "q1" else item for item in demands),
    )


def _later(base: Brief, words: Words) -> Brief:
    """Received on 22 January 2026, due on Monday 23 February, identity demand, poor answer on 6 March."""
    demand = TheirMessage(
        n=5,
        on=date(2026, 2, 2),
        kind="identity-demand",
        what=words.label("meaning", "identity-demand"),
        subject="Re: your request [#4411]",
        judged_unjustified=True,
    )
    answer = replace(demand, n=9, on=date(2026, 3, 6), kind="answer", what=words.label("meaning", "answer"))
    later = replace(
        base,
        today=date(2026, 2, 25),
        request=RequestMade(
            issued_on=date(2026, 1, 21),
            sent_on=date(2026, 1, 21),
            channels=(words.label("channel", "registered"),),
            received_on=date(2026, 1, 22),
        ),
        reply=ReplyDue(strict=date(2026, 2, 23), safe=date(2026, 2, 23), late_days=2),
        messages=(demand,),
        question=demand,
        identity=IdentitySoFar(
            demanded=(IdentityPiece(item="copy of a passport", on=date(2026, 2, 2)),),
            given=(IdentityPiece(item="second photo", on=date(2026, 2, 3)),),
            refused=(IdentityPiece(item="copy of a passport", on=date(2026, 2, 3)),),
            known=base.id_data,
        ),
        grievances=(_grievance("identity-excessive", base, words), _grievance("no-answer", base, words)),
        chronology=_chronology(base, words),
        enclosures=("Mandate of 20 January 2026",) if base.kind == "notice" else (),
    )
    match base.kind:
        case "identity-reply":
            return replace(later, today=date(2026, 2, 3), reply=replace(later.reply, late_days=0), grievances=())
        case "notice":
            return replace(
                later, notice=NoticeGiven(term_days=8, sent_on=None, received_on=None, last_day=None, channels=())
            )
        case "incomplete" | "complaint":
            return _answered(later, answer, words)
        case _:
            return later


def _answered(later: Brief, answer: TheirMessage, words: Words) -> Brief:
    notice = NoticeGiven(
        term_days=8,
        sent_on=date(2026, 2, 25),
        received_on=date(2026, 2, 27),
        last_day=date(2026, 3, 9),
        channels=(words.label("channel", "registered"), words.label("channel", "email")),
    )
    return replace(
        later,
        today=date(2026, 3, 12),
        answer=answer,
        messages=(*later.messages, answer),
        reply=replace(later.reply, late_days=11),
        demands=reviewed(later.demands),
        notice=notice,
        grievances=tuple(
            _grievance(name, later, words)
            for name in ("identity-excessive", "late-answer", "incomplete-answer", "third-party-data")
        ),
        authority=AUTHORITY,
        enclosures=("Request of 21 January 2026",),
    )


def _grievance(name: str, base: Brief, words: Words) -> Grievance:
    rule = law().breaches[name]
    facts = words.say(
        "breaches",
        f"{name}.facts",
        controller=base.controller.name,
        received=date(2026, 1, 22),
        safe=date(2026, 2, 23),
        today=date(2026, 2, 25),
        days=2 if name == "no-answer" else 11,
        answered=date(2026, 3, 6),
        items=("copy of a passport",),
        known=("name", "photo"),
        asked=date(2026, 2, 2),
        lacking=("4", "8"),
        count=2,
        note="",
    )
    return Grievance(
        id=name,
        title=words.say("breaches", f"{name}.title"),
        law=words.say("breaches", f"{name}.law"),
        facts=facts,
        cites=rule.cites,
        precedents=rule.precedents,
        since=date(2026, 2, 24),
        exhibits=(3, 5),
    )


def _chronology(base: Brief, words: Words) -> tuple[ChronologyLine, ...]:
    say = words.say
    return (
        ChronologyLine(
            on=date(2026, 1, 21),
            words=say(
                "events", "sent", title="Request", channel=words.label("channel", "registered"), to=base.controller.name
            ),
            exhibits=(1, 2),
        ),
        ChronologyLine(
            on=date(2026, 1, 22),
            words=say("events", "delivered-proved", title="Request", channel=words.label("channel", "registered")),
            exhibits=(3,),
        ),
        ChronologyLine(
            on=date(2026, 2, 2),
            words=say(
                "events", "received", what=words.label("meaning", "identity-demand"), subject="Re: your | request"
            ),
            exhibits=(),
        ),
    )
