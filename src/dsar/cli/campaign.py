"""`dsar campaign`: many people, many controllers, one question: make it, plan its waves, look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, campaign_plan, campaign_run, campaign_steps, out
from dsar.cli.campaign_common import Id, Wave
from dsar.cli.options import Options
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.core.campaign import Campaign, Seat

campaign = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Campaigns: many people, one question.", rich_markup_mode=None
)
campaign.command("plan")(campaign_plan.plan)
campaign.command("check")(campaign_plan.check)
campaign.command("preview")(campaign_run.preview)
campaign.command("run")(campaign_run.run)
campaign.command("sent")(campaign_steps.sent)
campaign.command("delivered")(campaign_steps.delivered)
campaign.command("remind")(campaign_steps.remind)
campaign.command("notice")(campaign_steps.notice)
campaign.command("incomplete")(campaign_steps.incomplete)

SHOWN = 20


@campaign.command("new")
def new(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(help="A short id in capitals, such as FACES26.")],  # noqa: A002 - its own name
    title: Annotated[str, typer.Option(help="What it is called; no letter says it.")] = "",
    right: Annotated[list[str] | None, typer.Option(help="access, erasure, objection … (repeat).")] = None,
    letter: Annotated[str, typer.Option(help="The kind of letter (default: the one that fits).")] = "",
    question: Annotated[list[str] | None, typer.Option(help="A question of your own (repeat).")] = None,
    purpose: Annotated[str, typer.Option(help="Why, in one sentence, for people who gave none of their own.")] = "",
    lang: Annotated[list[str] | None, typer.Option(help="A language of the letters, best first (repeat).")] = None,
    regime: Annotated[str, typer.Option(help="The law (default: proposed, case by case).")] = "",
    owner: Annotated[str, typer.Option(help="The case worker whose cases they become.")] = "",
    worded_in: Annotated[
        str, typer.Option(help="The language of --question and --purpose (default: yours); others: campaign word.")
    ] = "",
) -> None:
    """Make a campaign; nothing is written to anybody."""
    from dsar.core.campaign import Campaign  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import campaigning  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        made = campaigning.new(
            desk,
            Campaign(
                id=id,
                title=ask.need(options, title, "its title", "--title"),
                rights=tuple(right or ("access",)),
                letter=letter,
                questions=tuple(question or ()),
                purpose=purpose,
                regime=regime,
                languages=tuple(one.casefold() for one in lang or ()),
                owner=owner,
                worded_in=worded_in.casefold(),
            ),
        )
    if options.json:
        out.emit(_row(made))
        return
    out.say(f"Campaign {made.id}: {made.title} ({', '.join(made.rights)}).")
    out.say("", f"Next: dsar campaign plan {made.id} --all --controller NAME")


@campaign.command("word")
def word(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    lang: Annotated[str, typer.Argument(help="The language of these words, such as fr.")],
    question: Annotated[list[str] | None, typer.Option(help="Each question, in their order (repeat).")] = None,
    purpose: Annotated[str, typer.Option(help="Why, in one sentence, for people who gave no reason.")] = "",
) -> None:
    """Say the questions and the reason of a campaign in another language, for the letters in that language."""
    from dsar.core.campaign import Wording  # noqa: PLC0415 - loaded with the vault
    from dsar.desk import campaigning  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        said = Wording(lang=lang.casefold(), questions=tuple(question or ()), purpose=purpose)
        made = campaigning.word(desk, id, said)
    if options.json:
        out.emit(_row(made))
        return
    known = ", ".join((made.worded_in, *(one.lang for one in made.wordings)))
    out.say(f"{made.id} is worded in: {known}.", "", f"Next: dsar campaign check {made.id}")


@campaign.command("list")
def list_(ctx: typer.Context) -> None:
    """All campaigns, with their seats by state."""
    from dsar.desk import campaigning  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_show import STATES  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        found = [(one, _states(campaigning.seats(desk, one.id))) for one in campaigning.campaigns(desk)]
    if options.json:
        out.emit([{**_row(one), "seats": states} for one, states in found])
        return
    rows = [(one.id, one.title, *(states[name] for name in STATES)) for one, states in found]
    out.table(("id", "title", *STATES), rows)
    out.say("", f"Next: dsar campaign show {found[0][0].id}" if found else "Next: dsar campaign new ID --title TEXT")


@campaign.command("show")
def show(ctx: typer.Context, id: Id) -> None:  # noqa: A002 - its own name
    """A campaign: its seats by wave and state, and what comes next."""
    from dsar.desk import campaigning  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_proofs import tables  # noqa: PLC0415 - as above
    from dsar.desk.campaign_show import STATES, after, counts, reasons  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    with at_desk(options) as desk:
        one = campaigning.campaign(desk, id)
        seats = campaigning.seats(desk, one.id)
        kept = tables(desk, one.id)
    waves, why, step = counts(seats), reasons(seats), after(one, seats)
    if options.json:
        listed = [{"wave": wave, **{name: found[name] for name in STATES}} for wave, found in waves.items()]
        held = [
            {
                "name": each.document.name,
                "sha256": each.document.sha256,
                "on": each.on.isoformat(),
                "cases": len(each.refs),
            }
            for each in kept
        ]
        out.emit({**_row(one), "waves": listed, "reasons": why, "tables": held, "next": step})
        return
    out.say(f"{one.id}: {one.title}", f"Asks for: {', '.join(one.rights)}")
    out.say(*(f"Question: {text}" for text in one.questions))
    out.say(*([f"Reason, where a person gave none: {one.purpose}"] if one.purpose else []))
    if one.questions or one.purpose:
        out.say(f"Worded in: {', '.join((one.worded_in, *(said.lang for said in one.wordings)))}")
    out.say(*([f"Languages: {', '.join(one.languages)}"] if one.languages else []), "")
    out.table(("wave", *STATES), [(wave, *(found[name] for name in STATES)) for wave, found in waves.items()])
    for text, count in list(why.items())[:SHOWN]:
        out.tell(f"{count} × {out.line(text)}")
    for each in kept:
        named = f"“{out.line(each.document.name)}”, SHA-256 {each.document.sha256}"
        out.say(f"Table of the post: {named}, taken in on {each.on}; {len(each.refs)} case(s) stand in it.")
    if step.endswith("--send"):  # issued letters: the mail is one way, the post the other
        by_post = step.replace("--send", "--out FOLDER")
        out.say(f"By post: {by_post}, and once they are handed in: {campaign_run.sent_step(one.id)}")
    out.say("", f"Next: {step}")


@campaign.command("people")
def people(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    wave: Wave = None,
    state: Annotated[str, typer.Option(help="planned, opened, issued, sent or left-out.")] = "",
    subject: Annotated[str, typer.Option(help="Only this person.")] = "",
    controller: Annotated[str, typer.Option(help="Only against the controller of this id.")] = "",
    limit: Annotated[int, typer.Option(help="So many rows at most (0: all).", min=0)] = 100,
) -> None:
    """The seats, one by one: who against whom, the case, and why one was left out."""
    from dsar.desk import campaigning  # noqa: PLC0415 - loaded with the vault
    from dsar.desk.campaign_show import STATES  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    wanted = ask.choose(options, state, "the state", "--state", STATES) if state else ""
    with at_desk(options) as desk:
        found = [
            one
            for one in campaigning.seats(desk, id, wave)
            if wanted in {"", one.state} and subject in {"", one.subject} and controller in {"", one.controller}
        ]
    if options.json:
        out.emit([_seat_row(one) for one in found])
        return
    shown = found[:limit] if limit else found
    rows = [(one.wave, one.subject, one.controller, one.state, one.ref, one.why) for one in shown]
    out.table(("wave", "person", "controller", "state", "case", "why"), rows)
    if len(found) > len(shown):
        out.tell(f"{len(found) - len(shown)} more: --limit 0 shows all.")
    out.say("", f"Next: dsar campaign show {id.upper()}")


@campaign.command("stop")
def stop(
    ctx: typer.Context,
    id: Id,  # noqa: A002 - its own name
    because: Annotated[str, typer.Option(help="Why.")] = "",
    subject: Annotated[str, typer.Option(help="Only this person.")] = "",
    wave: Wave = None,
) -> None:
    """Take seats out whose letter has not left: of the campaign, a wave, or a person. What was issued stays issued."""
    from dsar.desk import campaigning  # noqa: PLC0415 - loaded with the vault

    options = ctx.ensure_object(Options)
    why = ask.need(options, because, "why", "--because TEXT")
    with at_desk(options) as desk:
        gone = campaigning.stop(desk, id, why, subject=subject, wave=wave)
    if options.json:
        out.emit([_seat_row(one) for one in gone])
        return
    out.say(f"Taken out: {out.many(len(gone), 'seat')}.", "", f"Next: dsar campaign show {id.upper()}")


def _states(seats: tuple[Seat, ...]) -> dict[str, int]:
    from dsar.desk.campaign_show import STATES  # noqa: PLC0415 - loaded with the vault

    return {name: sum(one.state == name for one in seats) for name in STATES}


def _row(one: Campaign) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "rights": list(one.rights),
        "letter": one.letter or None,
        "questions": list(one.questions),
        "purpose": one.purpose,
        "worded_in": one.worded_in,
        "wordings": [
            {"lang": said.lang, "questions": list(said.questions), "purpose": said.purpose} for said in one.wordings
        ],
        "regime": one.regime or None,
        "languages": list(one.languages),
        "opened_on": one.opened_on.isoformat() if one.opened_on else None,
        "owner": one.owner,
    }


def _seat_row(one: Seat) -> dict[str, Any]:
    return {
        "wave": one.wave,
        "subject": one.subject,
        "controller": one.controller,
        "state": one.state,
        "mandate": one.mandate or None,
        "ref": one.ref or None,
        "why": one.why,
    }
