"""The process that lays out one document of many: what a layout takes of memory is free again when it ends.

`python -m dsar.paper.typeset_child`: template, data and day as JSON on its standard input, the PDF on its standard
output. Ends with 3 if the text cannot be laid out, with the sentence's values as JSON on its standard error.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Final

from dsar.paper.typeset import TypesettingError, compile_pdf

REFUSED: Final = 3


def main() -> int:
    """Lay it out; 0 when it is written."""
    asked = json.loads(sys.stdin.buffer.read())
    on = date.fromisoformat(asked["on"])
    try:
        made = compile_pdf(asked["template"], asked["data"], on=on, tagged=asked["tagged"])
    except TypesettingError as error:
        sys.stderr.write(json.dumps({"what": error.values["what"], "reason": error.values["reason"]}))
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
