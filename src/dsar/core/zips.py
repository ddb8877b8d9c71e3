"""What reading a ZIP from outside may raise, in one place: the library promises no common class."""

from __future__ import annotations

import zipfile
import zlib
from importlib import import_module


def _packers() -> tuple[type[Exception], ...]:
    """The errors of the decompressors that this Python has; each has a class of its own."""
    found = []
    for module, name in (("lzma", "LZMAError"), ("compression.zstd", "ZstdError")):
        try:
            found.append(getattr(import_module(module), name))
        except ImportError:
            continue  # built without it: then `zipfile` cannot unpack it either
    return tuple(found)


# an encrypted member and a way of packing that is not known here are RuntimeErrors of the library, a name that is not
# in the archive a KeyError
BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error),
    *_packers(),
)
