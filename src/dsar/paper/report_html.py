"""The report of a study as one HTML file: nothing is loaded, it prints, in light and dark, and is read without sight.

The one script narrows a table to the rows that hold what is typed. It is allowed by its own hash and nothing else is;
without it the table is whole.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from dsar.core.report import Page

_TEMPLATES = Path(__file__).parent / "templates"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b( –)?")


def render_report(page: Page) -> bytes:
    """The file. Every text in it is escaped; the SVG of the charts is the program's own drawing and stands as it is."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - heavy, loaded on use
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["dated"] = _dated
    script = (_TEMPLATES / "report.js").read_text(encoding="utf-8")
    template = environment.get_template("report.html.j2")
    return template.render(
        page=page,
        label=dict(page.labels),
        script=Markup(script),  # noqa: S704 - the program's own file
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        drawn={chart.id: Markup(chart.svg) for section in page.sections for chart in section.charts},  # noqa: S704 - as above
    ).encode()


def _dated(text: str) -> Markup:
    """The text, escaped, with each ISO date kept on one line, and a dash with the date before it."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(text))))  # noqa: S704 - escaped just before
