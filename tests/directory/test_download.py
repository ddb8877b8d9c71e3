"""Downloading the public directory, from a server on this machine that does everything wrong that a server can."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from dsar.desk.directory_import import update
from dsar.directory import download as network
from dsar.directory.errors import BadDownloadAddressError, DownloadError, NoArchiveError, TooLargeError
from dsar.directory.shelf import opened
from dsar.errors import InputError, NetworkError
from servers.certificate import certificate

from .made import DAY, archive, company, shelved
from .serving import sends, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path


def test_a_download_takes_the_place_of_the_old_directory(tmp_path: Path) -> None:
    path = shelved(tmp_path, [company("old")])
    data = archive(tmp_path / "new.zip", [company("new")]).read_bytes()
    with serving(sends(data)) as url:
        done = update(path, DAY, f"{url}/archive/HEAD.zip")
    assert done.companies == 1
    with opened(path) as shelf:
        assert shelf is not None
        assert shelf.get("new") is not None
        assert shelf.get("old") is None


@pytest.mark.parametrize(
    ("answer", "error", "kind"),
    [
        (sends(b"", code=404), DownloadError, NetworkError),
        (sends(b"", code=500), DownloadError, NetworkError),
        (sends(b"half", length=1000), DownloadError, NetworkError),
        (sends(b"<html>a portal of the hotel</html>"), NoArchiveError, InputError),
    ],
    ids=["missing", "broken", "cut", "no-zip"],
)
def test_a_download_that_fails_leaves_the_old_directory_whole(
    tmp_path: Path, answer: Callable[[BaseHTTPRequestHandler], None], error: type[Exception], kind: type[Exception]
) -> None:
    path = shelved(tmp_path, [company("old")])
    before = path.read_bytes()
    with serving(answer) as url, pytest.raises(error) as caught:
        update(path, DAY, url)
    assert isinstance(caught.value, kind)
    assert path.read_bytes() == before


def test_nobody_there_is_the_network_and_not_a_broken_file(tmp_path: Path) -> None:
    with serving(sends(b"")) as url:
        pass  # the server has gone
    with pytest.raises(DownloadError):
        update(tmp_path / "directory.sqlite", DAY, url)


def test_a_server_that_sends_for_ever_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "ARCHIVE_BYTES", 100_000)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 10_000)
        except OSError:
            return

    with serving(endless) as url, pytest.raises(TooLargeError):
        update(tmp_path / "directory.sqlite", DAY, url)


def test_a_server_that_is_silent_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_SILENCE", 0.05)
    heard = threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        heard.wait(20)

    with serving(silent) as url:
        try:
            with pytest.raises(DownloadError):
                update(tmp_path / "directory.sqlite", DAY, url)
        finally:
            heard.set()


def test_a_server_that_drips_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_WHOLE", -1.0)
    with serving(sends(b"slow")) as url, pytest.raises(DownloadError, match="took more than"):
        update(tmp_path / "directory.sqlite", DAY, url)


@pytest.mark.parametrize(
    "url",
    [
        "http://data.example/x.zip",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "data.zip",
        "http://[",
        "https://ä..example/x",
        "",
    ],
)
def test_nothing_is_downloaded_from_elsewhere_than_https(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadDownloadAddressError):
        network.download(url, tmp_path / "x")


def test_a_redirect_leads_to_https_or_nowhere(tmp_path: Path) -> None:
    def away(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "http://elsewhere.example/data.zip")
        handler.end_headers()

    with serving(away) as url, pytest.raises(BadDownloadAddressError, match=r"elsewhere\.example"):
        network.download(url, tmp_path / "x")


def test_no_redirect_from_the_network_reaches_a_service_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    cert = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert[0]))

    def local(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        sends(b"")(handler)

    with serving(local) as target:

        def away(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(302)
            handler.send_header("Location", f"{target}/shutdown")
            handler.end_headers()

        with serving(away, cert) as url, pytest.raises(BadDownloadAddressError, match="shutdown"):
            network.download(url, tmp_path / "x")
    assert asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with serving(sends(b"data"), certificate(tmp_path)) as url, pytest.raises(DownloadError, match="CERTIFICATE"):
        network.download(url, tmp_path / "x")


def test_a_length_of_five_thousand_digits_is_no_length(tmp_path: Path) -> None:
    with serving(sends(b"data", length="9" * 5000)) as url, pytest.raises(DownloadError, match="half-way"):
        network.download(url, tmp_path / "x")


def test_a_redirect_is_followed(tmp_path: Path) -> None:
    data = archive(tmp_path / "new.zip", [company("new")]).read_bytes()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/there":
            sends(data)(handler)
            return
        handler.send_response(302)
        handler.send_header("Location", "/there")
        handler.end_headers()

    with serving(answer) as url:
        network.download(url, tmp_path / "got.zip")
    assert (tmp_path / "got.zip").read_bytes() == data


def test_the_public_address_is_the_archive_of_the_default_branch() -> None:
    assert network.URL == "https://github.com/datenanfragen/data/archive/HEAD.zip"
