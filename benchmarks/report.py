"""The report over 50,000 made-up cases: counted, drawn and written in every form, against counting alone.

`python -m benchmarks.report [N] [FOLDER]` does it once in a fresh process, and writes the files if a folder is given.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import Measured
from dsar.core.casefacts import CaseFacts, Happening
from dsar.core.coding import Coding
from dsar.desk.coding import settled
from dsar.lawbook.load import law
from dsar.letters.find import roots
from dsar.letters.words import Words
from dsar.paper.report_html import render_report
from dsar.study import exported
from dsar.study.bodies import bodies
from dsar.study.cases_csv import cases_csv
from dsar.study.charts.all import charts
from dsar.study.charts.style import inline
from dsar.study.ledger import Ledger
from dsar.study.page import Told, page
from dsar.study.protocol import Made
from dsar.study.sample import Sample
from dsar.study.statistics import statistics
from dsar.study.survey import Survey
from dsar.study.wording import ReportWords

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = 50_000
SECONDS = 30.0
MOST_MEGABYTES = 600.0
DAY = date(2026, 11, 22)

_SECTORS = ("data-broker", "face-search", "platform", "credit", "public", "police", "employer", "general")
_COUNTRIES = ("DE", "FR", "IE", "AT", "IT", "NL", "ES", "US", "GB", "PL")
_ITEMS = (
    *("confirmation", "purposes", "categories", "recipients", "retention", "rights", "complaint", "source"),
    *("automated-decisions", "transfers", "copy"),
)
_STATUSES = ("generic", "pointed", "missing", "refused", "na")


def fifty_thousand() -> tuple[Measured, float]:
    """The time of the whole report, and its memory in megabytes."""
    program = [sys.executable, "-m", "benchmarks.report", str(CASES)]
    done = subprocess.run(program, check=True, capture_output=True, stdin=subprocess.DEVNULL, text=True)
    found = json.loads(done.stdout)
    time_ = Measured(
        name="report over 50,000 cases",
        seconds=found["seconds"],
        floor_name="counting alone",
        floor=found["counting"],
        limit_seconds=SECONDS,
    )
    return time_, found["megabytes"]


def cases(n: int, *, controllers: int = 0, today: date = DAY, seed: int = 8) -> tuple[CaseFacts, ...]:
    """Made-up cases of a campaign, the same each time."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    many = controllers or max(3, min(2000, n // 12))
    return tuple(_case(rng, k, many, today) for k in range(n))


def _case(rng: random.Random, k: int, controllers: int, today: date) -> CaseFacts:
    body = k % controllers
    own = random.Random(body)  # noqa: S311 - as above: what a body is does not change from case to case
    sector, country, diligence = own.choice(_SECTORS), own.choice(_COUNTRIES), own.random()
    name = f"{_name(own)} {own.choice(('GmbH', 'SAS', 'Ltd', 'S.p.A.', 'B.V.'))}"
    sent = today - timedelta(days=rng.randint(20, 240))
    arrived = None if rng.random() < 0.03 else sent + timedelta(days=rng.randint(0, 4))
    start = CaseFacts(
        ref=f"2026-{k:05}", opened_on=sent, subject=f"p-{k // controllers}", controller=f"c-{body}", last_on=sent,
        controller_name=name, sector=sector, country=country, lives_in=rng.choice(_COUNTRIES[:5]), regime="gdpr",
        rights=("access",), language=rng.choice(("de", "fr", "en", "it")), letter="access", length=8,
        campaign="MADEUP26", wave=1 + k % 2, issued_on=sent, template="9f2c" * 16, law="0a1b2c3d4e5f", sent_on=sent,
        channels=(rng.choice(("email", "registered")),), bounced=arrived is None, letters_out=1,
    )  # fmt: skip
    return start if arrived is None else _arrived(rng, start, arrived, diligence, today)


def _arrived(rng: random.Random, case: CaseFacts, arrived: date, diligence: float, today: date) -> CaseFacts:
    def day(low: int, high: int) -> date:
        return arrived + timedelta(days=rng.randint(low, high))

    first = arrived + timedelta(days=31)
    wait = arrived + timedelta(days=round(rng.expovariate(1 / (18 + 90 * (1 - diligence)))))
    answered = wait if wait <= today and rng.random() < 0.35 + 0.6 * diligence else None
    kind = rng.choices(("answer", "no-data", "refusal"), (7, 2, 1))[0]
    happenings, until = _happenings(rng, day, first)
    term = until or first
    if answered is not None:
        ground = "manifestly excessive" if kind == "refusal" else ""
        happenings.append(Happening(kind=kind, on=answered, n=6, ground=ground))
    given = 0.45 + 0.55 * diligence
    read = answered is not None and kind == "answer" and rng.random() < 0.7
    review = (
        tuple((item, "given" if rng.random() < given else rng.choice(_STATUSES)) for item in _ITEMS) if read else ()
    )
    past = answered or today
    steps = [arrived + timedelta(days=days) for days in (35, 50, 70)]
    reminders = tuple(step for step in steps[:2] if step < past)
    answer = (answered, kind) if answered else None
    return replace(
        case, arrived_on=arrived, proved_on=arrived if rng.random() < 0.8 else None, safe=term, first_safe=first,
        acknowledged_on=arrived + timedelta(days=1) if rng.random() < 0.4 else None, met=answered, met_safe=answered,
        strict=arrived + timedelta(days=30), first_answer=answer, last_answer=answer, happenings=tuple(happenings),
        reminders=reminders, notices=tuple(step for step in steps[2:] if step < past), messages_in=len(happenings),
        letters_out=1 + len(reminders), findings=review, first_findings=review,
        breaches=(("no-answer", term + timedelta(days=1)),) if answered is None and today > term else (),
    )  # fmt: skip


def _happenings(
    rng: random.Random, day: Callable[[int, int], date], first: date
) -> tuple[list[Happening], date | None]:
    """A demand for identity and an extension, sometimes; the day up to which a lawful one extends."""
    found: list[Happening] = []
    until = None
    if rng.random() < 0.3:
        asked, items = day(1, 20), tuple(rng.sample(("id-copy", "redacted-copy", "code", "selfie"), rng.randint(1, 2)))
        wrong = ("identity-excessive",) if rng.random() < 0.3 else ()
        ends = asked + timedelta(days=rng.randint(1, 25)) if rng.random() < 0.8 else None
        found.append(Happening(kind="identity-demand", on=asked, n=4, items=items, ends=ends, breaches=wrong))
    if rng.random() < 0.18:
        announced, reasons = day(5, 45), rng.random() < 0.7
        found.append(Happening(kind="extension", on=announced, n=5, reasons=reasons, in_time=announced <= first))
        until = first + timedelta(days=61) if reasons and announced <= first else None
    return found, until


def _name(rng: random.Random) -> str:
    syllables = ("ba", "dor", "fi", "gran", "ka", "lum", "mo", "nex", "ri", "sol", "ta", "ver")
    return "".join(rng.choice(syllables) for _ in range(3)).capitalize()


def codings(found: tuple[CaseFacts, ...]) -> dict[str, tuple[Coding, ...]]:
    """Codings of every third case that was answered, every ninth of them by two coders."""
    rng = random.Random(9)  # noqa: S311 - no secret
    made: dict[str, tuple[Coding, ...]] = {}
    for k, case in enumerate(found):
        if case.first_answer is not None and k % 3 == 0:
            coders = ("ana", "ben") if k % 9 == 0 else ("ana",)
            made[case.ref] = tuple(_coding(rng, case, coder) for coder in coders)
    return made


def _coding(rng: random.Random, case: CaseFacts, coder: str) -> Coding:
    values = [("said", rng.choice(("yes", "no", "nothing"))), ("size-class", rng.choice(("small", "large")))]
    values += [("effort-minutes", str(rng.randint(10, 120))), ("insecure-channel", rng.choice(("yes", "no", "no")))]
    values += [(f"{kind}-returned", rng.choice(("yes", "partly", "no"))) for kind in ("volunteered", "observed")]
    return Coding(ref=case.ref, coder=coder, version=1, at="", scheme="1-made-up", length=8, values=tuple(values))


def written(n: int, folder: Path | None = None, *, least: int = 5) -> tuple[float, float]:
    """Count `n` cases, and write the report in all its forms; the seconds of counting, and of all."""
    found = cases(n)
    coded = codings(found)
    law()
    letters = Words("en", roots())
    labels = dict(letters.section("labels"))
    labels |= {f"demand.{key[:-6]}": text for key, text in letters.section("demands").items() if key.endswith(".short")}
    labels |= {
        f"breach.{key[:-6]}": text for key, text in letters.section("breaches").items() if key.endswith(".title")
    }
    start = time.perf_counter()
    sample = Sample(
        cases=found, today=DAY, codings=coded,
        settled={ref: one for ref, several in coded.items() if (one := settled(several))},
        kinds={"said": "choice", "size-class": "choice"}, planned=n // 40, left_out=("mandate",) * (n // 30),
        erased=n // 100,
    )  # fmt: skip
    survey = Survey(sample=sample, ledger=Ledger(least), words=ReportWords("en", labels))
    asked = bodies(sample)
    proofs = {one: f"{DAY}, SHA-256 0123456789abcdef…" for body in asked for one in body.proofs}
    rules = (("General Data Protection Regulation (EU) 2016/679", "1 month(s) from receipt", "Art. 12"),)
    made = Made(program="dsar", senders=("Example Privacy Union",), rules=rules)
    counted = statistics(survey, made, asked, proofs)
    counting = time.perf_counter() - start
    drawn = charts(survey, counted, png=True)
    inside = {section: tuple(inline(one) for one in several) for section, several in drawn.items()}
    told = Told(title="Who answers? A made-up campaign", campaign="MADEUP26", version="0")
    html = render_report(page(survey, counted, inside, told))
    files = {
        "report.html": html,
        "report.json": exported.as_json(survey, counted, campaign="MADEUP26", title="Made up"),
        "tables.csv": exported.tables_csv(counted.sections),
        "cases.csv": cases_csv(survey, {}),
    }
    whole = time.perf_counter() - start
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        for chart in (chart for several in drawn.values() for chart in several):
            (folder / f"{chart.id}.svg").write_text(chart.svg)
            (folder / f"{chart.id}.png").write_bytes(chart.png)
    return counting, whole


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    seconds = written(number, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"counting": seconds[0], "seconds": seconds[1], "megabytes": round(used)}))
