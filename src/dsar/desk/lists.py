"""Today's list of cases, read from the projection: neither the law nor a holiday is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dsar.desk.office import Desk


def agenda(desk: Desk) -> list[dict[str, Any]]:
    """All cases as they stand on the desk's day: who must act, what is due, what comes next; ours to do first.

    Read from the projection, except for a day before the last fact of some case: a projection knows later facts.
    """
    rows = _projected(desk)
    order = {"us": 0, "controller": 1, "authority": 2, "nobody": 3}
    return sorted(rows, key=lambda row: (order[row["who"]], row["due"] or "9999", row["ref"]))


def stored(desk: Desk) -> dict[str, dict[str, Any]]:
    """The rows of all cases, written anew where another version of the program wrote them."""
    from dsar import __version__  # noqa: PLC0415 - one string

    rows = desk.vault.projection()
    if any(row.get("version") != __version__ for row in rows.values()):
        from dsar.desk.projecting import rebuild  # noqa: PLC0415 - only after an update

        rebuild(desk)
        rows = desk.vault.projection()
    return rows


def _projected(desk: Desk) -> list[dict[str, Any]]:
    today = desk.today.isoformat()
    found = []
    for body in stored(desk).values():
        row: dict[str, Any] = dict(body)
        phases = row["phases"]
        if today < phases[0]["from"]:
            return folded(desk)
        current = [one for one in phases if one["from"] <= today][-1]
        found.append(_agenda_row(row, current))
    return found


def folded(desk: Desk) -> list[dict[str, Any]]:
    """The same rows, read from the logs: what the projection must equal."""
    from dsar.desk import wording  # noqa: PLC0415 - only a day in the past needs every log
    from dsar.desk.office import read  # noqa: PLC0415 - as above
    from dsar.desk.projecting import phase  # noqa: PLC0415 - as above

    words = wording.speaker(desk, "en")
    rows = []
    for ref in desk.vault.cases():
        file = read(desk, ref)
        if file.case.opened.on > desk.today:
            continue
        opened = file.case.opened
        head = {"ref": ref, "subject": opened.subject.name, "controller": opened.controller.name}
        rows.append(_agenda_row({**head, "owner": file.case.owner}, phase(words, file, desk.today)))
    return rows


def _agenda_row(head: dict[str, Any], current: dict[str, Any]) -> dict[str, Any]:
    upcoming = [step["due"] for step in current["next"] if step.get("due")]
    return {
        "ref": head["ref"],
        "subject": head["subject"],
        "controller": head["controller"],
        "owner": head["owner"],
        "who": current["who"],
        "outcome": current["outcome"],
        "due": upcoming[0] if upcoming else None,
        "next": current["next"],
        "deadlines": current["deadlines"],
    }
