"""The sheets that the demo itself needs: the company's answer, two slips of the post, the published facts.

They are laid out like everything else in the house (`dsar.paper.typeset`): data as JSON, a private folder, the fonts
inside typst, no network. They have their own small door because their templates are no letters.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

_DOTS_PER_INCH = 150.0


def sheet(
    template: str,
    data: Mapping[str, object],
    *,
    on: date,
    files: Mapping[str, bytes] | None = None,
    form: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """Lay out `sheets/<template>.typ`; the same input gives the same bytes. `png` is one page, as if scanned."""
    told = {**data, "year": on.year, "month": on.month, "day": on.day}
    with TemporaryDirectory(prefix="dsar-demo-sheet-") as folder:
        root = Path(folder)
        for name in ("common", template):
            source = resources.files("dsar.demo") / "sheets" / f"{name}.typ"
            (root / f"{name}.typ").write_bytes(source.read_bytes())
        for name, content in (files or {}).items():
            (root / name).write_bytes(content)
        return _compiled(root, template, json.dumps(told, ensure_ascii=False, sort_keys=True), on, form)


def _compiled(root: Path, template: str, data: str, on: date, form: Literal["pdf", "png"]) -> bytes:
    import typst  # noqa: PLC0415 - heavy, loaded on use

    compiler = typst.Compiler(
        input=str(root / f"{template}.typ"),
        root=str(root),
        font_paths=_fonts(),
        sys_inputs={"data": data},
        package_path=str(root),
        package_cache_path=str(root),
    )
    if form == "png":
        made = compiler.compile(format="png", ppi=_DOTS_PER_INCH)
    else:
        created = datetime.combine(on, time.min, tzinfo=UTC)
        # PDF/A: a glyph that no font has is an error, not a gap
        made = compiler.compile(format="pdf", pdf_standards="a-2a", timestamp=created)
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one sheet")
    return made


@cache
def _fonts() -> typst.Fonts:
    import typst  # noqa: PLC0415 - heavy, loaded on use

    return typst.Fonts(include_system_fonts=False)
