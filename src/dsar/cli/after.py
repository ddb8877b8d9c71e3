"""How a command that recorded something ends: what was written down, where the case stands, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsar import clock
from dsar.cli import out

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dsar.cli.options import Options
    from dsar.desk.office import Desk, File


def recorded(
    options: Options, desk: Desk, file: File, what: str, warnings: Sequence[str] = (), keep: Sequence[str] = ()
) -> None:
    """Print the end of a recording command, or its JSON; `keep` is what to keep as proof."""
    from dsar.desk.projecting import step_row  # noqa: PLC0415 - only commands that recorded something
    from dsar.desk.wording import oddity_words, speaker  # noqa: PLC0415 - as above

    words = speaker(desk, "en")
    steps: list[dict[str, Any]] = [step_row(words, step) for step in file.standing.steps]
    ahead = _ahead(desk.today)
    odd = [f"Entry {one.n} looks odd: {oddity_words(words, one)}." for one in file.oddities if not one.confirmed]
    if options.json:
        out.emit(
            {
                "ref": file.case.ref,
                "n": len(file.entries),
                "state": {"who": file.standing.who, "outcome": file.standing.outcome},
                "warnings": [*file.warnings, *warnings, *ahead, *odd],
                **({"keep": list(keep)} if keep else {}),
                "next": steps,
            }
        )
        return
    out.say(f"{what} (case {file.case.ref}, entry {len(file.entries)}).")
    if keep:
        out.say("Keep as proof:", *(f"  - {one}" for one in keep))
    out.tell(*file.warnings, *warnings, *ahead, *odd)
    if steps:
        out.next_step(steps)
    else:  # a closed case
        out.say("", "Next: dsar agenda")


def _ahead(today: date) -> tuple[str, ...]:
    """A word of warning where a simulated day lies ahead: what is recorded on it is in the log for good."""
    if today <= clock.today():
        return ()
    said = f"{today} has not come yet (--as-of, DSAR_TODAY), and what was recorded stays: correct it if not meant."
    return (said,)
