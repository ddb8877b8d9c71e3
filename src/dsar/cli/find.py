"""`dsar find`: the words in messages, notes, letters and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dsar.cli import ask, out
from dsar.cli.options import Options
from dsar.cli.session import at_desk

if TYPE_CHECKING:
    from dsar.vault.search import Hit, Marked


def find(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words, as they begin; in quotes, a phrase.")],
    ref: Annotated[str | None, typer.Option(help="Only in this case.")] = None,
    subject: Annotated[str, typer.Option("--for", help="Only in the cases of this person.")] = "",
    kind: Annotated[str, typer.Option("--in", help="Only in messages, notes, letters or files.")] = "",
    limit: Annotated[int, typer.Option(help="How many hits to show.", min=1, max=1000)] = 20,
) -> None:
    """Find words in messages, notes, letters and the text of files; accents and capitals do not matter."""
    from dsar.desk.finding import find as act  # noqa: PLC0415 - loaded with the vault
    from dsar.vault.search import KINDS, RANKED  # noqa: PLC0415 - as above

    options = ctx.ensure_object(Options)
    chosen = ask.choose(options, kind, "where", "--in", KINDS) if kind else None
    with at_desk(options) as desk:
        found = act(
            desk,
            " ".join(words),
            ref=ref,
            subject=subject,
            kind=next((one for one in KINDS if one == chosen), None),
            limit=limit,
        )
    if options.json:
        out.emit({"count": found.count, "hits": [_row(hit) for hit in found.hits]})
        return
    if not found.hits:
        out.say("Nothing found.", "", "Next: dsar inbox, or dsar agenda")
        return
    for hit in found.hits:
        where = f"{hit.ref}, entry {hit.n}" if hit.ref else f"inbox, message {hit.n}"
        out.say(f"{where}  {hit.on}  ({hit.kind})  {_shown(hit.title)}", f"    {_shown(hit.snippet)}")
    if found.count > len(found.hits):
        many = f"more than {RANKED}, of which the newest are" if found.count > RANKED else f"{found.count}, the best"
        out.say("", f"{many} shown: add a word, --ref or --in.")
    first = found.hits[0]
    out.say("", f"Next: dsar show {first.ref}" if first.ref else f"Next: dsar inbox show {first.n}")


def _row(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "ref": hit.ref or None,
        "n": hit.n,
        "date": hit.on or None,
        "sha256": hit.sha256 or None,
        "title": hit.title.text,
        "snippet": hit.snippet.text,
        "matches": [list(mark) for mark in hit.snippet.marks],
    }


def _shown(said: Marked) -> str:
    """On one line, what was looked for in brackets; cleaned first, so that the brackets are ours."""
    parts, at = [], 0
    for start, end in said.marks:
        parts += [said.text[at:start], "[", said.text[start:end], "]"]
        at = end
    return out.line("".join([*parts, said.text[at:]]))
