"""The plain data of what is laid out in words: a mail, a text, a slip, the note at the head of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dsar.paper.dossier.blocks import block_data
from dsar.paper.dossier.pieces import Mail, Plain, Slip, Words
from dsar.paper.dossier.text import amount, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dsar.core.dossier import Dossier, Listed
    from dsar.paper.dossier.pieces import Attached, Piece, Shown

# As many hex digits as tell the files of a dossier apart, and fit in a column.
HASH_SHOWN = 12
# Quoted lines of a mail begin so (RFC 3676, 4.5), and everything below the line that introduces them stays in order.
_QUOTE = ">"
# A quotation that is longer repeats an earlier mail: its first lines tell which, and the untouched mail has them all.
_FOLD_FROM = 10
_FOLD_TO = 3
# Files that are listed on paper; the manifest has no more of them, and the archive of an answer may have thousands.
_MOST_LISTED = 400


def shown_data(dossier: Dossier, piece: Piece, shown: Shown) -> dict[str, object]:
    """What the template `flow.typ` prints of a piece."""
    match shown:
        case Mail():
            return {"number": piece.number, "kind": "mail", **_mail(dossier, shown, veiled=piece.exhibit.veiled)}
        case Plain():
            return {"number": piece.number, "kind": "plain", "text": shown.text}
        case Slip():
            return {"number": piece.number, "kind": "slip", **_slip(dossier, piece, shown)}
        case Words(blocks=blocks):
            data = [block_data(block) for block in blocks]
            return {"number": piece.number, "kind": "annex", "title": one_line(piece.title), "blocks": data}
        case _:
            assert_never(shown)


def _mail(dossier: Dossier, mail: Mail, *, veiled: bool) -> dict[str, object]:
    """Headers as they stand, body, and the list of what was attached."""
    message = mail.message
    return {
        "headers": [
            ["from", message.sender],
            ["to", ", ".join(message.to)],
            ["cc", ", ".join(message.cc)],
            ["sent", message.date],
            ["subject", message.subject],
            ["message_id", message.message_id],
        ],
        "subject": one_line(message.subject),
        "runs": _runs(dossier, message.text),
        "attachments": [] if mail.inventory else [_row(one, veiled=veiled) for one in mail.attached],
        "inventory": _listed(mail.inventory),
    }


def _row(one: Attached, *, veiled: bool) -> dict[str, str]:
    """A row of the list; what stands for a file has no size and no hash that anybody should read."""
    size, hash_ = ("", "") if veiled else (amount(one.size), one.sha256[:HASH_SHOWN])
    return {"number": one.number, "name": one_line(one.name), "size": size, "hash": hash_}


def _listed(files: Sequence[Listed]) -> list[dict[str, str]]:
    rows = [
        {
            "name": one_line(" > ".join((*one.within, one.name))),
            "size": amount(one.size),
            "hash": one.sha256[:HASH_SHOWN] or "–",
        }
        for one in files[:_MOST_LISTED]
    ]
    more = len(files) - len(rows)
    return [*rows, {"name": f"+ {more}", "size": "", "hash": ""}] if more else rows


def _runs(dossier: Dossier, text: str) -> list[dict[str, object]]:
    """The body as runs of lines, quoted or not, in their order; long quotations folded."""
    if not text.strip():
        return []
    runs: list[tuple[bool, list[str]]] = []
    for line in text.strip("\n").splitlines():
        quoted = line.startswith(_QUOTE)
        if not runs or runs[-1][0] != quoted:
            runs.append((quoted, []))
        runs[-1][1].append(line)
    return [{"quoted": quoted, **_folded(dossier, lines, quoted=quoted)} for quoted, lines in runs]


def _folded(dossier: Dossier, lines: list[str], *, quoted: bool) -> dict[str, str]:
    if not quoted or len(lines) <= _FOLD_FROM:
        return {"text": "\n".join(lines), "folded": ""}
    left = len(lines) - _FOLD_TO
    return {"text": "\n".join(lines[:_FOLD_TO]), "folded": dossier.word("folded").format(n=left)}


def _slip(dossier: Dossier, piece: Piece, slip: Slip) -> dict[str, object]:
    """What is not shown, why, and by which hash it is found."""
    veiled = piece.exhibit.veiled
    said = dossier.word("not_shown").format(name=one_line(piece.name), reason=dossier.word(slip.reason))
    return {
        "said": said,
        "name": one_line(piece.name),
        "media": "" if veiled else one_line(piece.media),
        "size": "" if veiled else amount(piece.file.size),
        "hash": "" if veiled else piece.sha256,
        "inventory": _listed(slip.inventory),
    }
