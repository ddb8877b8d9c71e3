"""LibreOffice for office files and tesseract for scans, where they are installed: dsar itself does neither."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from dsar.paper.dossier.foreign import Sheets, damage
from dsar.paper.dossier.show import Helpers
from dsar.paper.private import private_folder
from dsar.paper.programs import found, run
from dsar.paper.raster import NoDocumentError, drawn

if TYPE_CHECKING:
    from pathlib import Path

    import pikepdf

    from dsar.paper.dossier.store import Kept

_SECONDS: Final = 120
_MOST_OFFICE: Final = 50_000_000
_MOST_SCANS: Final = 60
_CHUNK: Final = 1 << 20
_TEXT: Final = "/DsarText"
# No macro runs, nothing that a document links to is loaded (nor could it be: there is no network).
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""
# The names that tesseract has for the languages of the letters.
_LANGUAGES: Final = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "nl": "nld"}


def helpers(*, ocr: bool) -> Helpers:
    """The programs that this machine has; without `ocr` scans are left as they are."""
    return Helpers(office=_office, ocr=_ocr if ocr else lambda _sheets, _lang: None)


def _office(file: Kept, ending: str) -> bytes | None:
    """An office file as PDF; None where LibreOffice is not installed, or could not do it."""
    program = found("soffice", "libreoffice")
    if program is None or file.size > _MOST_OFFICE:
        return None
    with private_folder() as folder:
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"in.{ending}"
        with file.open() as stream, source.open("wb") as target:
            shutil.copyfileobj(stream, target, _CHUNK)
        command = [program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
        command += [
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ]
        made = folder / "in.pdf"
        return made.read_bytes() if run(command, folder, seconds=_SECONDS) and made.is_file() else None


def _ocr(sheets: Sheets, lang: str) -> Sheets | None:
    """The pages with the text that tesseract reads on them, invisible; None where it cannot."""
    program = found("tesseract")
    if program is None or len(sheets.flipped) > _MOST_SCANS:
        return None
    with private_folder() as folder:
        sheets.pdf.save(folder / "scan.pdf", static_id=True)
        try:
            pages = drawn(folder / "scan.pdf", folder, most=_MOST_SCANS)
        except NoDocumentError:
            return None
        for index, page in enumerate(pages):
            text = folder / f"text-{index}"
            command = [program, str(page), str(text), "--dpi", "300", "-l", _languages(program, lang)]
            if not run([*command, "-c", "textonly_pdf=1", "pdf"], folder, seconds=_SECONDS):
                return None
            try:
                _lay(sheets.pdf, index, text.with_suffix(".pdf"))
            except damage():
                return None
            page.unlink()
    return Sheets(pdf=sheets.pdf, flipped=sheets.flipped)


def _lay(pdf: pikepdf.Pdf, index: int, text: Path) -> None:
    """Lay the invisible text under a page, where its letters are seen."""
    import pikepdf  # noqa: PLC0415 - heavy, loaded on use

    page = pdf.pages[index]
    with pikepdf.open(text) as source:
        form = pdf.copy_foreign(source.pages[0].as_form_xobject())
    name = pikepdf.Name(_TEXT)
    placed = page.calc_form_xobject_placement(
        form,
        name,
        pikepdf.Rectangle(*(float(side) for side in page.cropbox.as_list())),
        invert_transformations=True,
        allow_shrink=True,
        allow_expand=True,
    )
    page.add_resource(form, pikepdf.Name.XObject, name)
    page.contents_add(placed, prepend=True)


def _languages(program: str, lang: str) -> str:
    """The language of the dossier and English, as far as tesseract knows them."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 - no input
    known = listed.stdout.decode(errors="replace").split()
    wanted = dict.fromkeys((_LANGUAGES.get(lang, "eng"), "eng"))
    return "+".join(name for name in wanted if name in known) or "eng"
