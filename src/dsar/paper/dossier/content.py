"""The plain data of a mail and of a slip, as the template prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsar.paper.dossier.text import amount, one_line

if TYPE_CHECKING:
    from dsar.core.dossier import Dossier
    from dsar.paper.dossier.pieces import Mail, Piece, Slip

# As many hex digits as tell the files of a dossier apart, and fit in a column.
HASH_SHOWN = 12
# Quoted lines of a mail begin so (RFC 3676, 4.5), and everything below the line that introduces them stays in order.
_QUOTE = ">"


def mail_data(mail: Mail) -> dict[str, object]:
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
        "runs": _runs(message.text),
        "attachments": [
            {
                "number": number,
                "name": one_line(attachment.name),
                "size": amount(len(attachment.data)),
                "hash": attachment.sha256[:HASH_SHOWN],
            }
            for attachment, number in zip(message.attachments, mail.numbers, strict=True)
        ],
    }


def _runs(text: str) -> list[dict[str, object]]:
    """The body as runs of lines, quoted or not, in their order."""
    if not text.strip():
        return []
    runs: list[tuple[bool, list[str]]] = []
    for line in text.strip("\n").splitlines():
        quoted = line.startswith(_QUOTE)
        if not runs or runs[-1][0] != quoted:
            runs.append((quoted, []))
        runs[-1][1].append(line)
    return [{"quoted": quoted, "text": "\n".join(lines)} for quoted, lines in runs]


def slip_data(dossier: Dossier, piece: Piece, slip: Slip) -> dict[str, str]:
    """What is not shown, why, and by which hash it is found in the ZIP."""
    said = dossier.word("not_shown").format(name=one_line(piece.name), reason=dossier.word(slip.reason))
    return {
        "said": said,
        "name": one_line(piece.name),
        "media": one_line(piece.media),
        "size": amount(len(piece.data)),
        "hash": piece.sha256,
    }
