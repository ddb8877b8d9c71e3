"""What bytes are, by how they begin: names and media types from outside are only hints."""

from __future__ import annotations

TEXT_MEDIA = frozenset({"text/plain", "text/csv", "text/markdown", "application/json"})
MAIL_MEDIA = frozenset({"message/rfc822", "message/global", "application/vnd.ms-outlook"})
LETTER_MEDIA = frozenset(
    {
        "application/pdf",
        "application/msword",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
"""What a letter is written in, where it came as a file."""
_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*")
# Readers look for the header of a PDF in the first kilobyte (Adobe's PDF Reference 1.7, appendix H, note 13).
_PDF_HEAD = 1024


def is_pdf(media: str, data: bytes) -> bool:
    """Whether it is a PDF: a text may speak of `%PDF-`, anything else may have a few bytes before its header."""
    return data.startswith(b"%PDF-") or (media not in TEXT_MEDIA and b"%PDF-" in data[:_PDF_HEAD])


def is_picture(data: bytes) -> bool:
    """Whether it begins as an image that `pictures` can open."""
    return (
        data.startswith(_PICTURE_STARTS)
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or (data.startswith(b"BM") and data[6:10] == bytes(4))
    )


def is_text(media: str, data: bytes) -> bool:
    """Whether it is called a text and reads like one: no text has the byte 0, but for UTF-16, which says that it is."""
    return media in TEXT_MEDIA and (data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in data)


def decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 if the bytes say so; else Windows' western encoding, in which every old office file is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


_ZIPPED = ("docx", "xlsx", "pptx", "odt", "ods", "odp")
_COMPOUND = ("doc", "xls", "ppt")


def office_ending(head: bytes, name: str) -> str:
    """The ending of an office file, one of a fixed list, where name and first bytes agree; empty for anything else."""
    ending = name.rpartition(".")[2].lower()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PK\x03\x04") and ending in _ZIPPED:
        return ending
    return ending if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") and ending in _COMPOUND else ""
