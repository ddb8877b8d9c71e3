"""The process that turns the pages of a PDF from outside into pictures: it may crash, hang or swell, and is alone.

`python -m dsar.paper.raster_child` in a private folder: reads `in.pdf` and `sheet.typ` there, and on its standard
input a pair for each page to draw, its number and its dots an inch; writes `page-1.png` and so on. The files are its
only answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

_MEMORY = 3 * 1024**3
_SECONDS = 60


def main() -> int:
    """Draw every page; 0 when all are written."""
    import typst  # noqa: PLC0415 - after the limits are set

    here = str(Path.cwd())
    compiler = typst.Compiler(
        input=str(Path(here) / "sheet.typ"),
        root=here,
        font_paths=typst.Fonts(include_system_fonts=False),
        package_path=here,
        package_cache_path=here,
    )
    for number, dots in json.loads(sys.stdin.read()):
        made = compiler.compile(format="png", ppi=float(dots), sys_inputs={"page": str(number)})
        if not isinstance(made, bytes):
            return 1
        Path(f"page-{number}.png").write_bytes(made)
    return 0


def limit() -> None:
    """Let the system end this process before it takes the machine; Windows has no such limits, only the time."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    limit()
    sys.exit(main())
