"""`dsar timestamp` as a person uses it, with a real authority on loopback."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from servers.timestamps import authority

if TYPE_CHECKING:
    from pathlib import Path

    from .office import Office

DAY = "2026-03-10"
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
pytest.importorskip("rfc3161_client", reason="needs the extra dsar[timestamp]")


def test_a_case_a_vault_and_a_file_are_stamped_checked_and_exported(office: Office, tmp_path: Path) -> None:
    office.init(DAY)
    ref = office.request(DAY)
    file, reply = tmp_path / "manifest.json", tmp_path / "m.tsr"
    file.write_text("{}")
    office.on(DAY, "timestamp", "verify", ref, code=3)
    assert "--authority" in office.on(DAY, "timestamp", ref, code=2).all
    with authority(tmp_path) as tsa:
        made = office.json(DAY, "timestamp", ref, "--authority", tsa.url)
        assert (made["what"], made["up_to"]) == ("case", 1)
        assert "only a qualified one" in office.on(DAY, "timestamp", "--whole").out
        office.on(DAY, "timestamp", file, "--ref", ref, "--save", reply)
        office.on(DAY, "timestamp", file, "--save", reply, code=4)
    found = office.json(DAY, "timestamp", "verify", "--root", tmp_path / "root.pem")
    assert [(one["ok"], one["trusted"]) for one in found] == [(True, True)] * 3
    assert "was not checked" in office.on(DAY, "timestamp", "verify", ref).out
    assert office.json(DAY, "timestamp", "verify", file, reply, "--root", tmp_path / "root.pem")["trusted"]
    file.write_text("{ }")
    assert "not ok" in office.on(DAY, "timestamp", "verify", file, reply, code=1).out
    office.on(DAY, "timestamp", ref, code=8)  # the authority has gone
    office.on(DAY, "timestamp", "verify", file, file, code=5)
    office.on(DAY, "timestamp", "a", "b", code=2)
    office.on(DAY, "vault", "export", tmp_path / "out", "--ref", ref)
    assert (tmp_path / "out" / "stamps" / "2.tsr").read_bytes() == reply.read_bytes()
