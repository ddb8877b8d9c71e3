"""Laying out in a process of its own: the engine keeps what it laid out before, and a dossier of many has no end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from dsar.paper.typeset import TypesettingError, compile_pdf
from dsar.paper.typeset_child import REFUSED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def compile_apart(
    template: str, data: Mapping[str, object], *, on: date, tagged: bool = True, apart: bool = True
) -> bytes:
    """As `compile_pdf`, for a document without pictures, and the same bytes; `apart` False: in this process after all.

    Raises:
        TypesettingError: the text cannot be laid out, or the process was ended (out of memory).
    """
    if not apart:
        return compile_pdf(template, data, on=on, tagged=tagged)
    asked = {"template": template, "data": data, "on": on.isoformat(), "tagged": tagged}
    # it needs no secret
    env = {key: value for key, value in os.environ.items() if not key.startswith("DSAR_")}
    done = subprocess.run(  # this very program, with no argument from outside
        [sys.executable, "-m", "dsar.paper.typeset_child"],
        env=env,
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode == REFUSED:
        raise TypesettingError(**json.loads(done.stderr))
    if done.returncode:
        raise TypesettingError(what=template.removesuffix(".typ"), reason=f"its process ended with {done.returncode}")
    return done.stdout
