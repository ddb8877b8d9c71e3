"""Many people against one controller: cases of a campaign, written as a case worker would have left them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

from dsar.core.demands import default_demands
from dsar.core.events import Classified, Delivered, Issued, Opened, Received, Sent
from dsar.core.meanings import Answer, IdentityDemand
from dsar.core.parties import Address, Controller, Mandate, Person
from dsar.core.under import Under
from dsar.desk.evidence import take_bytes
from dsar.desk.projecting import project
from dsar.lawbook.load import law
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dsar.core.events import Event
    from dsar.core.parties import Evidence
    from dsar.desk.office import Desk

CAMPAIGN = "FACES26"
BODY = Person(
    id="body",
    name="Odile Marchetti",
    email="rights@halcyon.example",
    address=Address(lines=("4 rue des Tanneurs", "1000 Brussels"), country="BE"),
    language="en",
    organisation="Halcyon Privacy",
)
CLEARFACE = Controller(
    id="clearface",
    name="Clearface AI, Inc.",
    address=Address(lines=("99 Lens Street", "New York"), country="US"),
    emails=("privacy@clearface.example",),
    established=False,
    sector="face-search",
)
SENT = date(2026, 3, 2)
NAMES = ("Anna Aalto", "Bruno Bianchi", "Carla Conti", "Diego Duarte", "Emma Eder", "Farid Fournier", "Greta Groen")


def page(text: str, *, ballast: int = 0) -> bytes:
    """A PDF of one page that says so, made by hand: a thousand of them take no time; `ballast` is not compressible."""
    noise = random.Random(text).randbytes(ballast // 2).hex()  # noqa: S311 - no secret
    drawn = f"% {noise}\nBT /F 14 Tf 72 760 Td ({text}) Tj ET".encode("ascii")
    things = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def mail(subject: str, text: str, to: str) -> bytes:
    """A mail of the controller."""
    message = EmailMessage()
    message["From"] = "privacy@clearface.example"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Mon, 16 Mar 2026 09:00:00 +0000"
    message["Message-ID"] = "<1@clearface.example>"
    message.set_content(text)
    return bytes(message)


def pdf(desk: Desk, text: str) -> Evidence:
    """The same page in the vault."""
    return take_bytes(desk, page(text), name=f"{text}.pdf", media="application/pdf")


def person(n: int, name: str, country: str) -> Person:
    """Somebody with an address in that country."""
    return Person(
        id=f"p{n}",
        name=name,
        email=f"p{n}@people.example",
        address=Address(lines=(f"{n} Example Road", "Town"), country=country),
        language="en",
    )


def mandate(desk: Desk, one: Person, **changes: object) -> Mandate:
    """The signed mandate of somebody, in the register."""
    made = Mandate(
        id=f"M-{one.id.upper()}",
        kind="art80",
        agent=BODY,
        subject=one.id,
        controller=CLEARFACE.name,
        rights=("access", "erasure"),
        processing="photographs of faces are collected from the web and searched by face",
        may_receive_data=True,
        grievance_on=date(2026, 1, 10),
        drafted_on=date(2026, 2, 1),
        signed_on=date(2026, 2, 3),
        document=pdf(desk, f"Signed mandate {one.id}"),
    )
    made = replace(made, **changes)  # type: ignore[arg-type]  # fields of a mandate by name
    desk.vault.put_record("mandate", made.id, to_plain(made))
    return made


def opened(one: Person, held: Mandate | None, *, controller: Controller = CLEARFACE) -> Opened:
    """The fact that opens the case of somebody in the campaign."""
    rights = ("access", "erasure")
    return Opened(
        on=SENT,
        subject=one,
        controller=controller,
        mandate=held,
        regime="gdpr",
        rights=rights,
        language="en",
        demands=default_demands(Under(law=law(), regime="gdpr", on=SENT), rights, controller.sector, ()),
        id_data=(("email", one.email),),
        letter="access-erasure",
        campaign=CAMPAIGN,
        wave=1,
    )


def asked(desk: Desk, ref: str, *, arrived: date = SENT + timedelta(days=3)) -> tuple[Event, ...]:
    """The request was issued, sent and delivered with a slip."""
    text = take_bytes(desk, f"Request {ref}".encode(), name="request.md", media="text/markdown")
    issued = Issued(
        on=SENT,
        kind="access-erasure",
        lang="en",
        subject="Request for access and erasure",
        text=text,
        pdf=pdf(desk, f"Request {ref}"),
        template="",
        law="",
    )
    sent = Sent(on=SENT, letter=2, channel="registered", to=CLEARFACE.name)
    return issued, sent, Delivered(on=arrived, sending=3, basis="proved", proof=pdf(desk, f"Slip {ref}"))


def answered(evidence: Evidence, on: date, *, n: int) -> tuple[Event, ...]:
    """An answer came as entry `n`."""
    came = Received(on=on, message=evidence, sender="privacy@clearface.example", subject="Your request")
    return came, Classified(on=on, message=n, meaning=Answer())


def demanded(evidence: Evidence, on: date, *, n: int) -> tuple[Event, ...]:
    """They asked for a copy of an identity document, as entry `n`."""
    came = Received(on=on, message=evidence, sender="privacy@clearface.example", subject="Your identity")
    return came, Classified(on=on, message=n, meaning=IdentityDemand(items=("id-copy",)))


def case(  # noqa: PLR0913 - a story
    desk: Desk,
    n: int,
    name: str = "",
    country: str = "FR",
    *more: Event,
    controller: Controller = CLEARFACE,
    changes: Mapping[str, object] | None = None,
) -> str:
    """A case of the campaign whose request was delivered on 5 March 2026 and not answered; its reference.

    `more` are the facts after the delivery, entry 5 and so on; `changes` those of the mandate in the register.
    """
    one = person(n, name or f"Person {n:03}", country)
    held = mandate(desk, one, **{"controller": controller.name, **(changes or {})})
    ref = f"2026-C{n:04}"
    facts = (opened(one, held, controller=controller), *asked(desk, ref), *more)
    with desk.vault.transaction():
        # as `begin` does, but for the index of words: it would ask another program what stands in each PDF
        project(desk, ref, desk.vault.append(ref, facts, expect=0, now=desk.now, by=desk.by))
    return ref
