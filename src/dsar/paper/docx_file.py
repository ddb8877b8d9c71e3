"""An empty DOCX of ours: our styles, an A4 page, no trace of the library's template; and its bytes, always the same.

python-docx begins with a template that brings a thumbnail, a colour theme, seventy styles in American English and the
record of somebody's editing sessions. Nothing of that is kept.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from importlib import resources
from typing import TYPE_CHECKING, Final

from dsar.paper.envelope import one_line
from dsar.paper.glyphs import visible

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.rel import Relationships

    from dsar.core.letter import Letter

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# English as it is spelled in the courts of this law; every other language is spelled as in the country of its name.
_PLACES: Final = {
    "en": "en-GB",
    "cs": "cs-CZ",
    "da": "da-DK",
    "el": "el-GR",
    "et": "et-EE",
    "sl": "sl-SI",
    "sv": "sv-SE",
}
# What of the template's parts a letter needs; the rest (theme, fonts seen, web settings, custom data) goes.
_PARTS: Final = {"styles", "settings", "numbering"}
_PACKAGE: Final = {"officeDocument", "core-properties"}
_SETTINGS: Final = f"""<w:settings xmlns:w="{_W}">
<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat></w:settings>"""
# python-docx refuses a longer property.
_LONGEST: Final = 255
_FIRST: Final = "[Content_Types].xml"


def blank(lang: str) -> Document:
    """A new document in our styles, its language set, without content.

    Args:
        lang: the language of the text, `fr` or `fr-BE`.
    """
    from docx import Document as new  # noqa: N813, PLC0415 - heavy, loaded on use; it is a function
    from docx.oxml import parse_xml  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    document = new()
    source = (resources.files("dsar.paper") / "templates" / "docx-styles.xml").read_bytes()
    for held, made in (
        (document.styles.element, parse_xml(source)),
        (document.settings.element, parse_xml(_SETTINGS)),
        (document.part.numbering_part.element, parse_xml(f'<w:numbering xmlns:w="{_W}"/>')),
    ):
        held[:] = list(made)
    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language_tag(lang))
    # the numbers of the template's editing sessions
    document.sections[0]._sectPr.attrib.clear()  # noqa: SLF001 - python-docx has no public door for them
    _only(document.part.rels, _PARTS)
    _only(document.part.package.rels, _PACKAGE)
    return document


def language_tag(lang: str) -> str:
    """A language as Word's spell checker knows it: with a country (`fr` becomes `fr-FR`)."""
    short = lang.partition("-")[0].lower()
    return lang if "-" in lang else _PLACES.get(short, f"{short}-{short.upper()}")


def describe(document: Document, letter: Letter, author: str) -> None:
    """Say what the file is. Its day is the letter's and no clock's, so that the same letter gives the same bytes."""
    core = document.core_properties
    core.title, core.author, core.subject = (
        visible(one_line(text))[:_LONGEST] for text in (letter.title, author, letter.subject)
    )
    core.created = core.modified = datetime.combine(letter.on, time.min, tzinfo=UTC).replace(tzinfo=None)
    core.last_modified_by, core.comments, core.revision = core.author, "", 1
    core.language = language_tag(letter.lang)


def saved(document: Document) -> bytes:
    """The bytes of the file: the same document gives the same ones, whenever it is saved."""
    made = io.BytesIO()
    document.save(made)
    return _timeless(made.getvalue())


def _only(relations: Relationships, kept: set[str]) -> None:
    for key in [key for key, one in relations.items() if one.reltype.rpartition("/")[2] not in kept]:
        del relations[key]


def _timeless(data: bytes) -> bytes:
    """The same archive with its parts in a fixed order, and no time of day in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(entry, old.read(name))
    return made.getvalue()
