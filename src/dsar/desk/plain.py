"""What the calculator and the books show, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsar.desk.projecting import iso

if TYPE_CHECKING:
    from dsar.desk.calculator import Result


def result_json(found: Result) -> dict[str, Any]:
    """A computed deadline: `strict`, `safe`, and each step with its date, rule, citation and sentence."""
    from dsar.desk.views import step_json  # noqa: PLC0415 - only where words are needed
    from dsar.letters.find import roots  # noqa: PLC0415 - as above
    from dsar.letters.words import Words  # noqa: PLC0415 - as above

    words = Words("en", roots())
    return {
        "regime": found.regime,
        "country": found.country or None,
        "received": found.start.isoformat(),
        "strict": iso(found.strict),
        "safe": iso(found.safe),
        "steps": [step_json(words, step) for step in found.steps],
        "warnings": list(found.warnings),
    }
