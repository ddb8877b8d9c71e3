"""Reads a DOCX as the XML that it is: what a word processor is told, independent of how it was written."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, ET.Element]:
    """Every XML part by its name; each must be well-formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ET.fromstring(archive.read(name)) for name in names}  # noqa: S314 - our own file


def all_text(data: bytes) -> str:
    """The text of every part that is printed, paragraphs as lines."""
    found = []
    for name, root in parts(data).items():
        if re.match(r"word/(document|header|footer)", name):
            found += [paragraph_text(one) for one in root.iter(f"{_W}p")]
    return "\n".join(found)


def paragraph_text(paragraph: ET.Element) -> str:
    """The words of a paragraph; a tab and a line end are themselves."""
    said = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    return "".join(one.text or "" if one.tag == f"{_W}t" else said.get(one.tag, "") for one in _runs(paragraph))


def _runs(paragraph: ET.Element) -> list[ET.Element]:
    return [part for run in paragraph.iter(f"{_W}r") for part in run]


def printed(data: bytes) -> list[tuple[str, str, str]]:
    """Each paragraph of the body as (style, its number as printed, words), numbers counted as a word processor does."""
    whole = parts(data)
    starts, texts = _numbering(whole["word/numbering.xml"])
    counts: dict[str, int] = {}
    found = []
    for paragraph in whole["word/document.xml"].iter(f"{_W}p"):
        style = paragraph.find(f"./{_W}pPr/{_W}pStyle")
        number = paragraph.find(f"./{_W}pPr/{_W}numPr/{_W}numId")
        shown = ""
        if number is not None:
            key = number.attrib[f"{_W}val"]
            counts[key] = counts.get(key, starts[key] - 1) + 1
            shown = re.sub(r"%\d", str(counts[key]), texts[key])
        found.append(("" if style is None else style.attrib[f"{_W}val"], shown, paragraph_text(paragraph)))
    return found


def _numbering(root: ET.Element) -> tuple[dict[str, int], dict[str, str]]:
    texts = {}
    for one in root.iter(f"{_W}abstractNum"):
        level = one.find(f"./{_W}lvl/{_W}lvlText")
        assert level is not None
        texts[one.attrib[f"{_W}abstractNumId"]] = level.attrib[f"{_W}val"]
    starts, shown = {}, {}
    for one in root.iter(f"{_W}num"):
        key, abstract = one.attrib[f"{_W}numId"], one.find(f"./{_W}abstractNumId")
        start = one.find(f"./{_W}lvlOverride/{_W}startOverride")
        assert abstract is not None
        starts[key] = 1 if start is None else int(start.attrib[f"{_W}val"])
        shown[key] = texts[abstract.attrib[f"{_W}val"]]
    return starts, shown
