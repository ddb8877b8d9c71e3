"""Where a vault may live: SQLite's locks and shared memory do not hold across a network."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from dsar.errors import StateError

# https://www.sqlite.org/wal.html: "WAL does not work over a network filesystem."
NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "beegfs", "gfs2",
     "ocfs2", "davfs", "davfs2", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
     "fuse.s3fs", "fuse.ceph", "fuse.curlftpfs", "fuse.gvfsd-fuse", "fuse.vmhgfs-fuse")
)  # fmt: skip


class NetworkFolderError(StateError):
    """The folder is on another machine."""

    sentence = (
        "The folder {folder} is on a network file system ({kind}), where two writers can damage a vault:"
        " choose a folder on this machine's own disk."
    )


def refuse_network(path: Path) -> None:
    """NetworkFolderError if the folder of `path` is known to be on a network file system (Linux mounts, UNC paths)."""
    folder = path.parent.resolve()
    if str(folder).startswith("\\\\"):
        raise NetworkFolderError(folder=folder, kind="UNC")
    mounts = Path("/proc/mounts")
    if mounts.exists():
        kind = file_system(folder, mounts.read_text(encoding="utf-8", errors="surrogateescape"))
        if kind in NETWORK:
            raise NetworkFolderError(folder=folder, kind=kind)


def file_system(folder: PurePath, mounts: str) -> str:
    """The type of file system under an absolute folder, by a text in the form of /proc/mounts; empty if none fits."""
    best, found = -1, ""
    for line in mounts.splitlines():
        match line.split(" "):
            case [_device, escaped, kind, *_rest]:
                point = PurePath(_unescape(escaped))
                # A later mount on the same point hides the earlier one, hence >=.
                if folder.is_relative_to(point) and len(point.parts) >= best:
                    best, found = len(point.parts), kind
    return found


def _unescape(text: str) -> str:
    """A mount point without the octal escapes of getmntent(3)."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
