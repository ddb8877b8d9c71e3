"""A small coalition in a vault: people with signed mandates, two bodies, and a campaign that asks for access."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dsar.core.campaign import Campaign, Seat
from dsar.core.parties import Address, Controller, Mandate
from dsar.core.register import Enrolled
from dsar.desk import campaign_plan, campaign_run, campaign_show, campaigning, enrolling, people
from dsar.desk.campaign_whom import Rolls
from dsar.desk.directory import directory
from dsar.desk.evidence import take_bytes
from dsar.desk.mandates import MANDATE
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault
from dsar.vault.wire import from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 20)
NOW = "2026-11-20T10:00:00+01:00"
FIRST = ("Zoë", "Ulf", "Ida", "Max", "Eva", "Jan", "Lea", "Tom")
LAST = ("Ängström", "Brühl", "Corti", "Dubois", "Eriksen", "Ferrer", "Goossens", "Horvat")
BODIES = (
    Controller(
        id="miroir",
        name="Miroir SAS",
        address=Address(lines=("5 rue Neuve", "69001 Lyon"), country="FR"),
        emails=("dpo@miroir.example",),
    ),
    Controller(
        id="spiegel",
        name="=Spiegel & Söhne GmbH",  # a name that a spreadsheet program would run
        address=Address(lines=("@Weg 3", "10115 Berlin"), country="DE"),
        emails=("dsb@spiegel.example",),
        languages=("de",),
    ),
)
FACES = Campaign(id="FACES26", title="Thousands of faces: join us", rights=("access",), owner="worker-1")


def name(n: int) -> str:
    return f"{FIRST[n // 8 % 8]} {LAST[n % 8]}{'' if n < 64 else f' {n}'}"


def reason(n: int) -> str:
    return f"I want to verify what is kept about me since {1950 + n}."


def open_vault(folder: Path) -> Vault:
    return Vault.open(folder / "vault.dsar", KeyFileSlot(folder / "vault.key"))


def desk_on(vault: Vault, today: date = DAY) -> Desk:
    return Desk(vault=vault, today=today, now=f"{today.isoformat()}{NOW[10:]}", by="worker-1", letters=roots())


def coalition(folder: Path, count: int, campaign: Campaign = FACES, *, documents: bool = False) -> None:
    """Make the vault: oneself, `count` people with mandates, two bodies, the campaign; no seat is planned."""
    vault, _ = Vault.create(folder / "vault.dsar", KeyFileSlot(folder / "vault.key"), now=NOW)
    with vault, vault.transaction():
        desk = desk_on(vault)
        home = Address(lines=("1 rue du Moulin", "75001 Paris"), country="FR")
        me = people.person(people.SELF, name="Ana Agent", email="ana@ngo.example", address=home, language="en")
        people.set_self(vault, replace(me, organisation="Faces e.V."))
        for body in BODIES:
            vault.put_record("controller", body.id, to_plain(body))
        for n in range(count):
            join(desk, n, documents=documents)
        campaigning.new(desk, campaign)


def join(desk: Desk, n: int, *, documents: bool = False) -> str:
    """Person number `n` of the coalition: in the register, with a mandate against both bodies; the id."""
    address = Address(lines=(f"{n + 1} rue des Lilas", "75020 Paris"), country="FR" if n % 2 == 0 else "DE")
    language = "fr" if n % 2 == 0 else "de"
    who = people.person(f"p{n:05}", name=name(n), email=f"p{n}@person.example", address=address, language=language)
    desk.vault.put_record(people.SUBJECT, who.id, to_plain(who))
    kept = Enrolled(
        subject=who.id, pseudonym=f"P-{n:05}", purpose=reason(n), id_data=(("customer-number", f"K-{n:06}"),)
    )
    enrolling.put(desk, replace(kept, groups=("even",) if n % 2 == 0 else ("odd",), external=str(n)))
    paper = take_bytes(desk, f"mandate {n}".encode(), name=f"m{n}.pdf", media="application/pdf") if documents else None
    mandate = Mandate(
        id=f"M-{n:05}",
        kind="art80",
        agent=people.myself(desk.vault),
        subject=who.id,
        controller=BODIES[0].name,
        also=(BODIES[1].name,),
        rights=("access",),
        processing="faces",
        signed_on=min(date(2026, 10, 1), desk.today),
        document=paper,
    )
    desk.vault.put_record(MANDATE, mandate.id, to_plain(mandate))
    return who.id


def revoke(desk: Desk, n: int, on: date = DAY) -> None:
    """Person number `n` takes the mandate back."""
    held = desk.vault.record(MANDATE, f"M-{n:05}")
    desk.vault.put_record(MANDATE, f"M-{n:05}", to_plain(replace(from_plain(held, Mandate), revoked_on=on)))


def seat_all(desk: Desk, *bodies: str, wave: int = 1, plan: str = FACES.id) -> int:
    """Everybody against these bodies (or the first): how many seats are new."""
    who = campaign_plan.who(desk, groups=(), subjects=(), everyone=True)
    wanted = tuple((one, body) for body in bodies or ("miroir",) for one in who)
    return campaign_plan.add(desk, campaign_plan.planned(desk, plan, wave, wanted))


@contextmanager
def rolls(desk: Desk) -> Iterator[Rolls]:
    with directory(desk.vault, None) as where:
        yield Rolls(where)


def run(
    desk: Desk,
    wanted: campaign_run.Wanted | None = None,
    around: campaign_run.Around | None = None,
    plan: str = FACES.id,
) -> campaign_run.Ran:
    with rolls(desk) as known:
        return campaign_run.run(desk, known, plan, wanted or campaign_run.Wanted(), around or campaign_run.Around())


def rehearse(desk: Desk) -> campaign_run.Ran:
    with rolls(desk) as known:
        return campaign_show.rehearse(desk, known, FACES.id, campaign_run.Wanted(), campaign_run.Around())


def seats(desk: Desk, plan: str = FACES.id) -> dict[str, Seat]:
    """The seats by person, for campaigns against one body."""
    return {one.subject: one for one in campaigning.seats(desk, plan)}
