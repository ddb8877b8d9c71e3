"""The whole case on one page of a plain terminal: 78 columns, at most 45 lines, in English like the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.core.exhibits import pieces
from dsar.core.meanings import AutoReply, IdentityDemand
from dsar.core.receipts import receipt
from dsar.demo import words as told
from dsar.letters.words import Words

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dsar.core.case import Case
    from dsar.demo.stage import Stage
    from dsar.desk.office import File
    from dsar.paper.dossier.bind import BoundDossier

WIDTH = 78
_BAR = 27


def lines(scene: Stage, file: File, out: Path, bound: BoundDossier) -> tuple[str, ...]:
    """The page: stages, messages, identity data, the notice with its proofs, grievances, and where everything is."""
    words = Words("en", scene.at("2020-07-15T16:00:00+02:00").letters)
    parts = (
        _head(words, file),
        _stages(words, file),
        _identity(words, scene, file),
        _notice(words, file),
        _grievances(words, file),
        _files(scene, file, out, bound),
    )
    return tuple(line for part in parts for line in (*part, ""))[:-1]


def short(words: Words, day: date) -> str:
    """A day of the year of the case: `27 Jan`."""
    number, month, _ = words.day(day).split()
    return f"{number} {month[:3]}"


def stages(file: File) -> tuple[tuple[str, date, date], ...]:
    """The stages of the case, each with its first and last day; each begins on the day on which the last one ended."""
    case, reply = file.case, file.deadline("reply")
    request = case.request
    proved = receipt(case, request).safe if request is not None else None
    if request is None or reply is None or proved is None or reply.safe is None or reply.met is None:
        raise LookupError("the demo's case has lost its request, its receipt or its answer")
    ends = (
        ("request sent; receipt proved", proved),
        ("their month, until its last day", reply.safe),
        ("overdue, until the formal notice", case.notices[0].sendings[0].fact.on),
        ("formal notice, until the answer", reply.met),
        ("answer read; complaint lodged", case.escalations[-1][1].on),
    )
    begins = (request.sendings[0].fact.on, *(end for _, end in ends))
    return tuple((name, begin, end) for begin, (name, end) in zip(begins, ends, strict=False))


def _head(words: Words, file: File) -> tuple[str, ...]:
    opened = file.case.opened
    agent = opened.mandate.agent.organisation if opened.mandate is not None else ""
    year = stages(file)[0][1].year
    return (
        words.say("dossier", "banner.reconstruction").upper(),
        "═" * WIDTH,
        f"{opened.subject.name} v. {opened.controller.name}, {year} (case {file.case.ref})",
        f"{', then '.join(opened.rights).capitalize()}. Asked by {agent}; complaint by herself.",
    )


def _stages(words: Words, file: File) -> tuple[str, ...]:
    found = stages(file)
    first, last = found[0][1], found[-1][2]
    total = (last - first).days
    rows = [f"{'STAGES':<44}{'days':>5}"]
    for name, begin, end in found:
        start, stop = ((day - first).days * _BAR // total for day in (begin, end))
        bar = " " * start + ("█" * (stop - start) or "▏")
        rows.append(f"  {short(words, end):>6}  {name:<34}{(end - begin).days:>5}  {bar}".rstrip())
    reply = file.deadline("reply")
    late = (reply.met - reply.safe).days if reply and reply.met and reply.safe else 0
    asked = (reply.met - first).days if reply and reply.met else 0
    rows.append(f"  {'all':>6}  {f'answered on day {asked}, {late} days late':<34}{total:>5}")
    return (*rows, *_messages(file.case))


def _messages(case: Case) -> tuple[str, ...]:
    ways = [sending.fact.channel for letter in case.letters for sending in letter.sendings]
    machine = len(case.meaning(AutoReply))
    theirs = len(case.messages) - machine
    ours = ways.count("email")
    mails = f"{ours + theirs} e-mails ({ours} sent, {theirs} received)"
    return (f"  {mails}, {machine} automatic reply, {ways.count('registered')} registered letter",)


def _identity(words: Words, scene: Stage, file: File) -> tuple[str, ...]:
    case = file.case
    keys = {said: key for key, said in scene.script["items"].items()}
    names = {"name": "name"} | told.table("en")["items"]
    ledger: dict[str, tuple[list[str], list[str], list[str]]] = {
        kind: ([], ["request"], []) for kind, _ in case.opened.id_data
    }
    for message in case.meaning(IdentityDemand):
        asked = message.meaning.items if isinstance(message.meaning, IdentityDemand) else ()
        happened = [(0, item, message.fact.on) for item in asked]
        happened += [(1, item, fact.on) for _, fact in message.supplied for item in fact.items]
        happened += [(2, item, fact.on) for _, fact in message.refused for item in fact.items]
        for column, item, day in happened:
            ledger.setdefault(keys[item], ([], [], []))[column].append(short(words, day))
    rows = [f"{'IDENTITY DATA':<42}{'demanded':<10}{'given':<18}{'refused'}"]
    for key, (demanded, given, refused) in ledger.items():
        cells = [", ".join(cell) or "–" for cell in (demanded, given, refused)]
        rows.append(f"  {names[key]:<40}{cells[0]:<10}{cells[1]:<18}{cells[2]}")
    return tuple(rows)


def _notice(words: Words, file: File) -> tuple[str, ...]:
    letter, due = file.case.notices[0], file.deadline("notice")
    proofs = {piece.entry: piece.number for piece in pieces(file.entries, file.case) if piece.kind == "proof"}
    if due is None or due.strict is None or due.safe is None:
        raise LookupError("the demo's notice has lost its deadline")
    ends = f"until {short(words, due.strict)} at the earliest, {short(words, due.safe)} at the latest"
    rows = [f"FORMAL NOTICE, {letter.fact.term_days} days: {ends}"]
    for sending in letter.sendings:
        channel = f"by {words.label('channel', sending.fact.channel)}"
        left = f"sent {short(words, sending.fact.on)} (exhibit {proofs[sending.n]})"
        came = [f"arrived {short(words, fact.on)} (exhibit {proofs[n]})" for n, fact in sending.deliveries]
        rows.append(f"  {channel:<21}{left:<26}{', '.join(came)}")
    return tuple(rows)


def _grievances(words: Words, file: File) -> tuple[str, ...]:
    rows = [f"{'GRIEVANCES':<45}GDPR"]
    for number, breach in enumerate(file.breaches, start=1):
        title = words.say("breaches", f"{breach.id}.title")
        cited = words.cites(breach.cites).removeprefix("Articles ").removeprefix("Article ").removesuffix(" GDPR")
        rows.append(f"  {number}  {title:<40}{cited}")
    return tuple(rows)


def _files(scene: Stage, file: File, out: Path, bound: BoundDossier) -> tuple[str, ...]:
    authority = file.law.authorities[file.case.escalations[-1][1].authority]
    exhibits = len(pieces(file.entries, file.case))
    rows = [
        f"FILES in {out}",
        f"  dossier/{bound.pdf.name}  {bound.pages} pages, {exhibits} exhibits; beside it its ZIP",
        "  letters/  mails/              as drafted, as sent and as received",
        "  published-facts.pdf  .md      the real case that this one is modelled on",
    ]
    if scene.lang not in authority.languages:
        rows.append("  In English for you to read: the CNIL takes complaints in French.")
    return (
        *rows,
        f"Next: dsar verify {out / 'dossier' / bound.zip.name}",
        "dsar informs and drafts; it is not a lawyer.",
    )
