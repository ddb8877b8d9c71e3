"""A wave of a campaign: cases opened and letters issued as PDF, beside the typesetting of the same letters alone."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.timing import Measured
from dsar.core.campaign import Campaign, Seat
from dsar.core.parties import Address, Controller, Mandate
from dsar.core.register import Enrolled
from dsar.desk import campaign_plan, campaigning, enrolling, people
from dsar.desk.campaign_run import Around, Wanted, run
from dsar.desk.campaign_show import samples
from dsar.desk.campaign_whom import Rolls
from dsar.desk.directory import directory
from dsar.desk.mandate_register import MANDATE
from dsar.desk.office import Desk
from dsar.letters.find import roots
from dsar.paper.letter_pdf import render_pdf
from dsar.vault.keys import KeyFileSlot
from dsar.vault.vault import Vault
from dsar.vault.wire import to_plain

if TYPE_CHECKING:
    from dsar.core.letter import Letter

PEOPLE = 500
LETTER_SECONDS = 1 / 15
MOST_MEGABYTES = 300.0
_ROUNDS = 10
_DAY, _NOW = date(2026, 11, 20), "2026-11-20T09:00:00+01:00"


def a_wave(folder: Path, count: int = PEOPLE) -> tuple[Measured, float]:
    """The mean of a letter, the best tenth of the wave, and the most memory that the process ever held (MB).

    The machine does other things too: the mean of all would measure those.
    """
    vault, _ = Vault.create(folder / "campaign.dsar", KeyFileSlot(folder / "campaign.key"), now=_NOW)
    with vault, directory(vault, None) as known:
        desk = Desk(vault=vault, today=_DAY, now=_NOW, by="benchmark", letters=roots())
        _coalition(desk, count)
    key = KeyFileSlot(folder / "campaign.key")
    with Vault.open(folder / "campaign.dsar", key) as vault, directory(vault, None) as known:
        desk = Desk(vault=vault, today=_DAY, now=_NOW, by="benchmark", letters=roots())
        rolls, part = Rolls(known), max(count // _ROUNDS, 1)
        letter = _sample(desk, rolls)
        marks = [time.perf_counter()]

        def told(_seat: Seat, done: int, _of: int) -> None:
            if done % part == 0:
                marks.append(time.perf_counter())

        ran = run(desk, rolls, "BENCH", Wanted(), Around(told=told))
    if ran.issued != count:
        raise RuntimeError(f"{ran.issued} of {count} letters were issued: {ran.left_out}")
    best = min(after - before for before, after in pairwise(marks)) / part
    floor = min(_set(letter, number) for number in range(20))
    return _measured(best, floor), megabytes()


def _set(letter: Letter, number: int) -> float:
    other = replace(letter, subject=f"{letter.subject} ({number})", body=f"{number}. {letter.body}")
    start = time.perf_counter()
    render_pdf(other)
    return time.perf_counter() - start


def _sample(desk: Desk, rolls: Rolls) -> Letter:
    plan = campaigning.campaign(desk, "BENCH")
    (first, *_) = campaigning.seats(desk, plan.id)
    (one,) = samples(desk, rolls, plan, {("miroir", "fr"): [first]}, 1)
    if one.letter is None:
        raise RuntimeError(one.why)
    return one.letter


def _coalition(desk: Desk, count: int) -> None:
    """Oneself, `count` people with mandates, a controller, and a seat for each."""
    home = Address(lines=("1 rue du Moulin", "75001 Paris"), country="FR")
    miroir = Controller(id="miroir", name="Miroir SAS", address=home, emails=("dpo@miroir.example",))
    with desk.vault.transaction():
        me = people.person(people.SELF, name="Ana Agent", email="ana@ngo.example", address=home, language="fr")
        people.set_self(desk.vault, replace(me, organisation="Faces"))
        desk.vault.put_record("controller", miroir.id, to_plain(miroir))
        for n in range(count):
            who = people.person(f"p{n:05}", name=f"Person {n}", email=f"p{n}@p.example", address=home, language="fr")
            desk.vault.put_record(people.SUBJECT, who.id, to_plain(who))
            enrolling.put(desk, Enrolled(subject=who.id, pseudonym=f"P-{n:05}", purpose=f"Je veux vérifier ({n})."))
            mandate = Mandate(
                id=f"M-{n:05}",
                kind="art80",
                agent=people.myself(desk.vault),
                subject=who.id,
                controller=miroir.name,
                rights=("access",),
                signed_on=date(2026, 10, 1),
            )
            desk.vault.put_record(MANDATE, mandate.id, to_plain(mandate))
        campaigning.new(desk, Campaign(id="BENCH", title="Benchmark", rights=("access",), owner="benchmark"))
        pairs = [(f"p{n:05}", miroir.id) for n in range(count)]
        campaign_plan.add(desk, campaign_plan.planned(desk, "BENCH", 1, pairs))


def megabytes() -> float:
    """The most memory that this process ever held."""
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - not on every system

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def apart() -> tuple[Measured, float]:
    """`a_wave` in a process of its own, whose memory is that of the wave alone."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.campaign", str(PEOPLE), "--figures"],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    seconds, floor, most = (float(one) for one in done.stdout.split())
    return _measured(seconds, floor), most


def _measured(seconds: float, floor: float) -> Measured:
    return Measured(
        name="a letter of a campaign",
        seconds=seconds,
        floor_name="its typesetting alone",
        floor=floor,
        limit_seconds=LETTER_SECONDS,
    )


def main(arguments: list[str]) -> int:
    """`python -m benchmarks.campaign 10000`: the whole wave."""
    count = int(arguments[0]) if arguments else PEOPLE
    with TemporaryDirectory(prefix="dsar-bench-") as name:
        start = time.perf_counter()
        measured, most = a_wave(Path(name), count)
        taken = time.perf_counter() - start
    if "--figures" in arguments:
        print(measured.seconds, measured.floor, most)
        return 0
    best = f"the best tenth {1 / measured.seconds:.1f} a second, {measured.ratio:.2f} x its typesetting alone"
    print(f"{count} letters in {taken:.0f} s; {best}; {most:.0f} MB at most (limit {MOST_MEGABYTES:.0f})")
    return 0 if measured.kept and most <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
