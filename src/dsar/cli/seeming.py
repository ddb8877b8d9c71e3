"""What a message seems to be, as a person reads it before deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dsar.desk.hinting import Seeming


def seems(found: Seeming) -> dict[str, Any]:
    """The suggestions as `--json` shows them; none of them is recorded."""
    claims = found.claims
    return {
        "seems": [{"kind": found.machine, "because": "its headers"}] * bool(found.machine)
        + [{"kind": one.kind, "because": one.sentence} for one in found.hints],
        "dead_address": found.dead or None,
        "signed_by": list(claims.signed_by) if claims else [],
        "server": claims.server if claims else "",
        "results": dict(claims.results) if claims else {},
    }


def seems_lines(found: Seeming) -> list[str]:
    """The suggestions in lines; empty where there is none."""
    lines = []
    if found.machine == "bounce":
        of = f" of {found.dead}" if found.dead else ""
        lines.append(
            f"Its headers say: a notice of non-delivery{of}; never an answer. Try another address or the post."
        )
    elif found.machine:
        lines.append("Its headers say that a machine wrote it: never an answer.")
    lines += [f"It may be: {one.kind} (“{one.sentence}”)" for one in found.hints]
    claims = found.claims
    if claims is not None and claims.signed_by:
        lines.append(f"It bears a signature in the name of {', '.join(claims.signed_by)}, which was not checked.")
    if claims is not None and claims.results:
        said = ", ".join(f"{method} {result}" for method, result in claims.results)
        lines.append(f"The server {claims.server} found: {said}. That is worth as much as that server is yours.")
    return lines
