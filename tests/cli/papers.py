"""Papers as they come, made for a test with made-up parties: mails with attachments, slips as PDFs."""

from __future__ import annotations

import shutil
import subprocess
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pikepdf
import pytest


def pdf(*lines: str, password: str = "") -> bytes:
    """A PDF of one page with these lines; with a password, encrypted."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    page.obj.Contents = made.make_stream(f"BT /F1 14 Tf 72 770 Td {shown} ET".encode())
    target = BytesIO()
    locked = pikepdf.Encryption(user=password, owner=password) if password else False
    made.save(target, encryption=locked)
    return target.getvalue()


def mail(
    date: str, text: str, *, subject: str = "Re: your request", number: int = 1, attached: bytes | None = None
) -> bytes:
    """A mail of the company, dated as written (RFC 5322), as a mail program saves it."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "Privacy Team <privacy@clearface.example>"
    made["To"] = "zoe@person.example"
    made["Subject"] = subject
    made["Date"] = date
    made["Message-ID"] = f"<{number}@clearface.example>"
    made.set_content(text)
    if attached is not None:
        made.add_attachment(attached, maintype="application", subtype="pdf", filename="réponse.pdf")
    return made.as_bytes()


def text_of(pdf: bytes) -> str:
    """The text of a PDF on one line, as poppler reads it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed: PDFs are not read")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True)
    return " ".join(done.stdout.decode("utf-8").split())
