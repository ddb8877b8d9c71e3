"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Ref = Annotated[str | None, typer.Argument(help="The case (may be left out where there is only one).")]
On = Annotated[str, typer.Option("--on", help="The day, YYYY-MM-DD.")]
Proof = Annotated[Path | None, typer.Option(help="The document that proves it.")]
