"""The coalition's year, command by command: from two tables to a dossier for each authority and one report.

`python -m coalition.story --out DIR` (with `tests` in the path) plays it whole: 300 people, 5 countries, 88 bodies.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import shutil
import sys
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dsar.cli import run

from .world import DOMAIN, Body, Member, bodies, members, write_bodies, write_members

if TYPE_CHECKING:
    from collections.abc import Iterator

CAMPAIGN = "FACES26"
QUESTION = "Which images of my face did you compare with others, when, and at whose request?"
MANDATED, SIGNED, ISSUED, POSTED, ARRIVED = "2026-03-02", "2026-03-06", "2026-03-09", "2026-03-10", "2026-03-12"
REMINDED, BULK, NOTICED = "2026-04-20", "2026-05-18", "2026-06-18"
COMPLAINED = "2026-07-06"
REPORTED = "2026-09-01"


YES = "We compared one photograph of you with others on 3 February 2026, at the request of our security desk."
NO = "We hold no image of you."
Step = tuple[str, tuple[str | Path, ...]]
"""A day, and a command on it."""


class WrongEndError(AssertionError):
    """A command ended otherwise than the story has it."""


@dataclass
class Teller:
    """Runs `dsar` in this process, in a folder of its own."""

    folder: Path
    said: list[str] = field(default_factory=list)

    @property
    def opened(self) -> tuple[str, ...]:
        return ("--vault", str(self.folder / "vault.dsar"), "--key-file", str(self.folder / "vault.key"))

    def run(self, day: str, *arguments: str | Path, code: int = 0) -> str:
        """A command on a day; what it printed."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            ended = run([*self.opened, "--as-of", day, "--yes", *map(str, arguments)])
        if ended != code:
            raise WrongEndError(f"dsar {arguments} ended with {ended}\n{out.getvalue()}\n{err.getvalue()}")
        self.said.append(f"$ dsar --as-of {day} {' '.join(map(str, arguments))}\n{err.getvalue()}{out.getvalue()}")
        return out.getvalue()

    def json(self, day: str, *arguments: str | Path, code: int = 0) -> Any:
        """The document that a command prints."""
        return json.loads(self.run(day, "--json", *arguments, code=code))


@dataclass(frozen=True)
class Coalition:
    """Who is in it, and how many of a country ask each of its bodies."""

    people: list[Member]
    bodies: list[Body]
    askers: int

    def of(self, country: str) -> list[Member]:
        return [one for one in self.people if one.country.code == country]


def made(*, each: int, count: int, askers: int) -> Coalition:
    """A coalition of so many people of each country, that asks so many bodies."""
    return Coalition(people=list(members(each)), bodies=list(bodies(count)), askers=askers)


def enrol(teller: Teller, us: Coalition) -> None:
    """The organisation, the bodies, the people, and a signed mandate of each."""
    where = ("--country", "AT", "--address", "Lindengasse 90", "--address", "1000 Sankt Aurel")
    who = ("--name", "Ana Agent", "--email", "ana@faces.example", "--organisation", "Gesichter sind privat, Verein")
    teller.run(MANDATED, "init", *who, "--language", "en", *where)
    write_bodies(teller.folder / "bodies.csv", us.bodies)
    write_members(teller.folder / "people.csv", us.people)
    teller.run(MANDATED, "controllers", "add", "--from", teller.folder / "bodies.csv")
    teller.run(MANDATED, "subject", "import", teller.folder / "people.csv")
    drafted, signed = teller.folder / "mandates", teller.folder / "signed"
    drafted.mkdir()
    for place in dict.fromkeys(one.country for one in us.people):
        country = place.code
        asked = [one for body in us.bodies if body.country in {country, "US"} for one in ("--controller", body.id)]
        what = ("--right", "access", "--processing", place.processing, "--kind", "art80")
        since = ("--grievance", "2026-02-01", "--until", "2027-12-31")
        out = ("--out", drafted)
        teller.run(MANDATED, "mandate", "new", "--group", country, *asked, *what, *since, *out)
        teller.run(MANDATED, "mandate", "sent", "--group", country, "--on", MANDATED)
    shutil.copytree(drafted, signed)
    teller.run(SIGNED, "mandate", "signed", "--from", signed, "--on", SIGNED)


def ask(teller: Teller, us: Coalition) -> None:
    """Two waves: everybody asks the company, some ask the bodies of their country; by registered post, with slips."""
    said = ("--title", "Faces in five countries", "--right", "access", "--question", QUESTION)
    teller.run(ISSUED, "campaign", "new", CAMPAIGN, *said, "--owner", "ana")
    for country in dict.fromkeys(one.country for one in us.people):
        teller.run(ISSUED, "campaign", "word", CAMPAIGN, country.language, "--question", country.question)
    teller.run(ISSUED, "campaign", "plan", CAMPAIGN, "--all", "--controller", "visagora")
    pairs = teller.folder / "pairs.csv"
    with pairs.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("number", "body"))
        for n, body in enumerate(us.bodies[1:]):
            there = us.of(body.country)
            sheet.writerows((there[(n + k) % len(there)].number, body.id) for k in range(us.askers))
    teller.run(ISSUED, "campaign", "plan", CAMPAIGN, "--wave", "2", "--pairs", pairs)
    teller.run(ISSUED, "campaign", "check", CAMPAIGN)
    teller.run(ISSUED, "campaign", "preview", CAMPAIGN, "--samples", "5", "--out", teller.folder / "samples")
    teller.run(ISSUED, "campaign", "run", CAMPAIGN, "--out", teller.folder / "letters")
    teller.run(POSTED, "campaign", "sent", CAMPAIGN, "--on", POSTED, "--via", "registered")
    slips = teller.folder / "post.csv"
    with slips.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow(("Ref", "Date", "Status"))
        sheet.writerows((one["ref"], ARRIVED, "delivered") for one in seats(teller, ARRIVED))
    teller.run(ARRIVED, "campaign", "delivered", CAMPAIGN, "--from", slips)


def seats(teller: Teller, day: str) -> list[dict[str, Any]]:
    """The seats of the campaign that have a case."""
    found: list[dict[str, Any]] = teller.json(day, "campaign", "people", CAMPAIGN)
    return [one for one in found if one["ref"]]


def mail(teller: Teller, name: str, day: str, head: tuple[str, str], text: str) -> Path:
    """A mail of the other side, of ten o'clock on that day; `head` is who sent it, and its subject."""
    sender, about = head
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "ana@faces.example", about
    message["Date"] = format_datetime(datetime.fromisoformat(f"{day}T10:00:00+00:00"))
    message["Message-ID"] = f"<{name}@{sender.partition('@')[2]}>"
    message.set_content(text)
    path = teller.folder / "mails" / f"{name}.eml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(message.as_bytes())
    return path


def who_asks_first(teller: Teller, mine: list[str]) -> Iterator[Step]:
    """Of ten, two are asked by the company who they are, and one is told that there is nothing."""
    sender = f"privacy@{DOMAIN}"
    for n, ref in enumerate(mine):
        if n % 10 in {6, 7}:
            text = "Send a copy of your identity card, both sides, before we look at your request."
            asked = mail(teller, f"who-{n}", "2026-03-20", (sender, f"Your request {ref}"), text)
            kind = ("--as", "identity-demand", "--item", "identity card")
            yield "2026-03-20", ("received", ref, asked, *kind)
            yield "2026-03-24", ("identity", ref, "--judge", "unjustified", "--because", "a photograph was given")
        if n % 10 == 8:
            none = mail(teller, f"none-{n}", "2026-04-02", (sender, f"Your request {ref}"), NO)
            yield "2026-04-02", ("received", ref, none, "--as", "no-data")
            yield "2026-04-03", ("review", ref, "--rest", "na")


def one_mail_for_all(teller: Teller, mine: list[str]) -> None:
    """Six of ten get the same mail, too late; one of ten never hears anything."""
    text = "To all who asked: we process images that are public, for our customers. Our policy says the rest."
    path = mail(teller, "bulk", BULK, (f"privacy@{DOMAIN}", "Your requests"), text)
    teller.run(BULK, "mail", "import", path)
    (waiting,) = [one["n"] for one in teller.json(BULK, "inbox") if one["subject"] == "Your requests"]
    chosen = [ref for n, ref in enumerate(mine) if n % 10 < 6]
    teller.run(BULK, "inbox", "assign", str(waiting), *chosen)
    teller.run(BULK, "classify", "answer", "--message", str(waiting), "--campaign", CAMPAIGN)
    for ref in chosen:
        teller.run(BULK, "review", ref, "--set", "purposes=generic", "--set", "source=pointed", "--rest", "missing")


def what_the_bodies_say(teller: Teller, theirs: list[dict[str, Any]]) -> Iterator[Step]:
    """Yes, no, nothing, only that it came, first denied and then admitted, extended: each body in its own way."""
    for n, one in enumerate(theirs):
        ref, head = one["ref"], (f"dpo@{one['controller']}.example", f"Re: {one['ref']}")

        def came(day: str, name: str, text: str, *kind: str) -> Step:
            path = mail(teller, f"{name}-{n}", day, head, text)  # noqa: B023 - called at once
            return day, ("received", ref, path, "--as", *kind)  # noqa: B023 - as above

        match manner(one):
            case 1:
                yield came("2026-04-02", "yes", YES, "answer")
                yield "2026-04-03", ("review", ref, "--set", "recipients=missing", "--rest", "given")
            case 2:
                yield came("2026-04-07", "no", NO, "no-data")
                yield "2026-04-08", ("review", ref, "--rest", "na")
            case 3:
                yield came("2026-03-16", "ack", "We received your letter.", "acknowledgement")
            case 4:
                yield came("2026-03-30", "denied", NO, "no-data")
                yield "2026-03-31", ("review", ref, "--rest", "na")
                yield came("2026-06-15", "admitted", YES, "answer")
                yield "2026-06-16", ("review", ref, "--set", "recipients=missing", "--rest", "given")
            case 5:
                why = "We need two further months, because many asked us at once."
                yield came("2026-04-08", "more", why, "extension", "--reasons", "--until", "2026-06-12")
                yield came("2026-06-02", "then", YES, "answer")
                yield "2026-06-03", ("review", ref, "--rest", "given")
            case _:
                pass


def manner(seat: dict[str, Any]) -> int:
    """How a body behaves: all who ask the same one are treated alike."""
    return int(seat["controller"].rpartition("-")[2]) % 6


def a_year_goes_by(teller: Teller) -> None:
    """What comes in, day by day; reminders after the strict date, formal notices after the safe one."""
    known = seats(teller, ARRIVED)
    mine = [one["ref"] for one in known if one["controller"] == "visagora"]
    theirs = [one for one in known if one["controller"] != "visagora"]
    steps = [*who_asks_first(teller, mine), *what_the_bodies_say(teller, theirs)]
    for first, last in (("", REMINDED), (REMINDED, BULK), (BULK, NOTICED), (NOTICED, "9999")):
        for day, command in sorted(steps, key=lambda step: step[0]):
            if first <= day < last:
                teller.run(day, *command)
        if last == BULK:
            one_mail_for_all(teller, mine)
        elif last in {REMINDED, NOTICED}:
            insist(teller, "remind" if last == REMINDED else "notice", last)


def insist(teller: Teller, command: str, day: str) -> None:
    """A letter to each body that has let its day pass; all of them arrive on the next day."""
    teller.run(day, "campaign", command, CAMPAIGN, "--out", teller.folder / command)
    teller.run(day, "campaign", "sent", CAMPAIGN, "--on", day, "--via", "registered")
    arrived = f"{day[:-2]}{int(day[-2:]) + 1:02}"
    slips = teller.folder / f"{command}.csv"
    with slips.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("ref", "date", "status"))
        letters = {path.name[:10] for path in (teller.folder / command).glob("*.pdf")}
        sheet.writerows((ref, arrived, "delivered") for ref in sorted(letters))
    teller.run(arrived, "campaign", "delivered", CAMPAIGN, "--from", slips)


def code(teller: Teller) -> None:
    """What the bodies said, judged by one coder; every fifth case by a second one."""
    said = {1: "yes", 2: "no", 4: "yes", 5: "yes"}
    bodies_only = [one for one in seats(teller, REPORTED) if one["controller"] != "visagora"]
    for n, one in enumerate(bodies_only):
        value = said.get(manner(one))
        if value:
            teller.run(REPORTED, "code", "case", one["ref"], "--set", f"said={value}", "--coder", "ana")
            if n % 5 == 0:
                second = "unclear" if n % 15 == 0 else value
                teller.run(REPORTED, "code", "case", one["ref"], "--set", f"said={second}", "--coder", "ben")


def prove(teller: Teller) -> None:
    """What the body that acts must show: its statutes, its register, its last report."""
    from cli.papers import pdf  # noqa: PLC0415 - the tests' own maker of small PDFs

    for kind in ("statutes", "register", "report"):
        path = teller.folder / f"{kind}.pdf"
        path.write_bytes(pdf(f"{kind} of the association"))
        teller.run(COMPLAINED, "mandate", "body", path, "--as", kind)


def complain(teller: Teller) -> None:
    """One dossier against the company for each authority, in its language; and the lodging of each."""
    out = teller.folder / "dossiers"
    chosen = ("--campaign", CAMPAIGN, "--controller", "visagora")
    teller.run(COMPLAINED, "dossier", *chosen, "--authority", "each", "--out", out)


def report(teller: Teller) -> None:
    """The page, its charts and its tables."""
    teller.run(REPORTED, "report", CAMPAIGN, "--out", teller.folder / "report")


def tell(teller: Teller, us: Coalition) -> None:
    """The whole story."""
    enrol(teller, us)
    ask(teller, us)
    a_year_goes_by(teller)
    prove(teller)
    complain(teller)
    code(teller)
    report(teller)


def main() -> int:
    """Play it, and write down every command with what it said."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--each", type=int, default=60)
    options.add_argument("--bodies", type=int, default=88)
    options.add_argument("--askers", type=int, default=2)
    said = options.parse_args()
    said.out.mkdir(parents=True)
    os.environ["DSAR_USER"] = "ana"
    teller = Teller(said.out)
    try:
        tell(teller, made(each=said.each, count=said.bodies, askers=said.askers))
    finally:
        (said.out / "said.txt").write_text("\n".join(teller.said), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
