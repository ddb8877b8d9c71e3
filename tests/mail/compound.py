"""A compound file (the format of Outlook's `.msg`) written by hand, to its published description (MS-CFB, MS-OXMSG).

Streams below the cut-off lie in the mini stream, whose bytes are those of the root entry; the others in full sectors.
"""

from __future__ import annotations

import struct

SECTOR, MINI, CUT_OFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """The bytes of a file with these storages and streams."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, type, right sibling, child, first sector, size
    sectors: list[bytes] = []
    chain: list[int] = []
    minis: list[bytes] = []
    mini_chain: list[int] = []

    def put(data: bytes, size: int, parts: list[bytes], links: list[int]) -> int:
        if not data:
            return _END
        first = len(parts)
        parts.extend(data[at : at + size].ljust(size, b"\0") for at in range(0, len(data), size))
        links.extend([*range(first + 1, len(parts)), _END])
        return first

    def stream(data: bytes) -> int:
        if len(data) < CUT_OFF:
            return put(data, MINI, minis, mini_chain)
        return put(data, SECTOR, sectors, chain)

    def add(name: str, node: bytes | Tree, kind: int) -> int:
        number = len(entries)
        entries.append(("", 0, _NONE, _NONE, 0, 0))
        if isinstance(node, bytes):
            entries[number] = (name, 2, _NONE, _NONE, stream(node), len(node))
            return number
        kids = [add(key, value, 1) for key, value in sorted(node.items(), key=lambda item: (len(item[0]), item[0]))]
        for one, following in zip(kids, [*kids[1:], _NONE], strict=True):
            label, type_, _, child, first, size = entries[one]
            entries[one] = (label, type_, following, child, first, size)
        entries[number] = (name, kind, _NONE, kids[0] if kids else _NONE, _END if kind == 5 else 0, 0)
        return number

    add("Root Entry", tree, 5)
    label, kind_, right, child, _, _ = entries[0]
    small = b"".join(minis)
    entries[0] = (label, kind_, right, child, put(small, SECTOR, sectors, chain), len(small))
    unused = [-1] * (-len(mini_chain) % (SECTOR // 4))
    mini_fat = struct.pack(f"<{len(mini_chain)}I", *mini_chain) + struct.pack(f"<{len(unused)}i", *unused)
    mini_at = put(mini_fat, SECTOR, sectors, chain)
    listed = [_entry(*one) for one in entries]
    listed += [_entry("", 0, _NONE, _NONE, 0, 0)] * (-len(entries) % 4)
    directory = put(b"".join(listed), SECTOR, sectors, chain)
    tables = 1
    while (len(sectors) + tables) * 4 > tables * SECTOR:
        tables += 1
    fat_at = len(sectors)
    fat = [*chain, *([_FAT] * tables)]
    fat += [_FREE] * (tables * SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, CUT_OFF,
        mini_at, len(mini_fat) // SECTOR, _END, 0,
    )  # fmt: skip
    difat = [*range(fat_at, fat_at + tables), *([_FREE] * (109 - tables))]
    return header + struct.pack("<109I", *difat) + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:  # noqa: PLR0913, PLR0917 - the fields of an entry
    label = name.encode("utf-16-le")
    length = len(label) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", label, length, kind, 1, _NONE, right, child, b"", 0, b"", b"", first, size
    )


def outlook(texts: dict[int, str], *, attachments: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """A `.msg` with these text properties (by their id) and files."""
    tree: Tree = {f"__substg1.0_{key:04X}001F": text.encode("utf-16-le") for key, text in texts.items()}
    tree["__properties_version1.0"] = struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments)) + b"".join(
        _variable(key, len(text) * 2 + 2) for key, text in texts.items()
    )
    for number, (name, data) in enumerate(attachments):
        inner: Tree = {
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": data,
            "__properties_version1.0": bytes(8)
            + _variable(0x3707, len(name) * 2 + 2)
            + struct.pack("<IIQ", 0x37010102, 6, len(data))
            + struct.pack("<IIII", 0x37050003, 6, 1, 0),
        }
        tree[f"__attach_version1.0_#{number:08X}"] = inner
    return compound(tree)


def _variable(key: int, size: int) -> bytes:
    return struct.pack("<IIQ", (key << 16) | 0x1F, 6, size)
