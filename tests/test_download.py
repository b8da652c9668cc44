"""Downloads from a server on this machine: complete, interrupted, wrong, refused, killed."""

import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from faces_on_disk import Server, names_in, sha256
from named_pipes import needs_named_pipes

from course_utils.datasets import download
from course_utils.datasets.download import RemoteFile, fetch
from course_utils.datasets.unavailable import UnusableSourceError
from tools.machine_speed import allowed

CONTENT = bytes(range(256)) * 2000  # half a megabyte
DEAD = "http://127.0.0.1:9/faces.bin"  # port 9: nobody listens


@pytest.fixture
def server():
    server = Server()
    server.contents["/faces.bin"] = CONTENT
    yield server
    server.close()


def remote(*urls: str, content: bytes = CONTENT) -> RemoteFile:
    return RemoteFile("faces.bin", sha256(content), urls)


def test_a_good_download_is_fetched_once(server, tmp_path):
    file = remote(f"{server.url}/faces.bin")
    assert fetch(file, tmp_path / "new").read_bytes() == CONTENT
    assert fetch(file, tmp_path / "new").read_bytes() == CONTENT
    assert server.requests == ["/faces.bin"]
    assert names_in(tmp_path / "new") == ["faces.bin"]


def test_a_stored_lesson_shows_nothing_of_the_download(server, tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("TQDM_DISABLE", "1")
    fetch(remote(f"{server.url}/faces.bin"), tmp_path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("behaviour", "reason"), [(403, "answered 403"), (500, "answered 500"), ("break off", "broke off half-way")]
)
def test_a_failed_download_leaves_nothing(server, tmp_path, behaviour, reason):
    server.behaviour["/faces.bin"] = behaviour
    with pytest.raises(UnusableSourceError, match=reason):
        fetch(remote(f"{server.url}/faces.bin"), tmp_path)
    assert names_in(tmp_path) == []


def test_a_wrong_content_is_thrown_away(server, tmp_path):
    with pytest.raises(UnusableSourceError, match="SHA-256 differs"):
        fetch(remote(f"{server.url}/faces.bin", content=b"what was expected"), tmp_path)
    assert names_in(tmp_path) == []


def test_the_second_mirror_helps_out(server, tmp_path):
    server.contents["/wrong.bin"] = b"something else"
    urls = (DEAD, f"{server.url}/missing.bin", f"{server.url}/wrong.bin", f"{server.url}/faces.bin")
    assert fetch(remote(*urls), tmp_path).read_bytes() == CONTENT
    assert server.requests == ["/missing.bin", "/wrong.bin", "/faces.bin"]


def test_each_mirror_is_named_with_its_reason(server, tmp_path):
    with pytest.raises(UnusableSourceError) as caught:
        fetch(remote(DEAD, f"{server.url}/missing.bin"), tmp_path)
    assert f"{DEAD}: no connection" in str(caught.value)
    assert f"{server.url}/missing.bin: the server answered 404" in str(caught.value)


def test_a_server_that_stalls_is_given_up(server, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "READ_TIMEOUT", 0.3)
    server.behaviour["/faces.bin"] = "stall"
    with pytest.raises(UnusableSourceError, match=r"no answer in time|no connection|broke off"):
        fetch(remote(f"{server.url}/faces.bin"), tmp_path)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("behaviour", ["without end", "without end, length unknown", "announced"])
def test_a_body_that_is_too_long_is_given_up(server, tmp_path, behaviour):
    server.behaviour["/faces.bin"] = behaviour
    with pytest.raises(UnusableSourceError, match="sends more than the 600,000 bytes that the file may have"):
        fetch(replace(remote(f"{server.url}/faces.bin"), largest=600_000), tmp_path)
    assert names_in(tmp_path) == []


def test_a_server_that_sends_byte_by_byte_is_given_up_and_the_next_one_helps_out(server, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", 0.5)
    monkeypatch.setattr(download, "SLOWEST", 10**9)
    server.contents["/slow.bin"] = CONTENT
    server.behaviour["/slow.bin"] = "drip"
    with pytest.raises(UnusableSourceError, match=r"slow\.bin: too slow: [\d,]+ bytes in"):
        fetch(remote(f"{server.url}/slow.bin"), tmp_path)
    monkeypatch.setattr(download, "PATIENCE", allowed(10))
    server.behaviour["/slow.bin"] = 404
    assert fetch(remote(f"{server.url}/slow.bin", f"{server.url}/faces.bin"), tmp_path).read_bytes() == CONTENT


@pytest.fixture(scope="module")
def untrusted(tmp_path_factory):
    """Return the address of a server whose certificate nobody knows, as a proxy has that opens connections."""
    if not shutil.which("openssl"):
        pytest.skip("the program openssl, which makes certificates, is not installed")
    files = {name: str(tmp_path_factory.mktemp("tls") / name) for name in ("key", "certificate")}
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=nobody")
    command = ["openssl", "req", "-x509", *kind, "-keyout", files["key"], "-out", files["certificate"]]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files["certificate"], files["key"])
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/faces.bin"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({}, "certificate is not trusted"),
        ({"REQUESTS_CA_BUNDLE": "/nowhere/certificates.pem"}, "certificates that REQUESTS_CA_BUNDLE .* is not there"),
        ({"REQUESTS_CA_BUNDLE": os.devnull}, "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names holds no certificate"),
        ({"https_proxy": "http://127.0.0.1:9"}, "the proxy that HTTPS_PROXY or HTTP_PROXY names cannot be used"),
        ({"https_proxy": "http://:secret@"}, "the proxy that HTTPS_PROXY or HTTP_PROXY names cannot be used"),
    ],
)
def test_a_fault_of_encryption_or_proxy_is_named(untrusted, tmp_path, monkeypatch, variables, reason):
    for name in ("no_proxy", "NO_PROXY", "https_proxy", "HTTPS_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UnusableSourceError, match=reason) as caught:
        fetch(remote(untrusted), tmp_path)
    assert "secret" not in str(caught.value)
    assert names_in(tmp_path) == []


@needs_named_pipes
def test_a_pipe_in_the_place_of_a_download_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "faces.bin")
    with pytest.raises(UnusableSourceError, match="is not a regular file: remove it"):
        fetch(remote(DEAD), tmp_path)


def test_a_damaged_file_is_fetched_again(server, tmp_path):
    (tmp_path / "faces.bin").write_bytes(CONTENT[:1000])
    assert fetch(remote(f"{server.url}/faces.bin"), tmp_path).read_bytes() == CONTENT


def test_a_folder_that_cannot_be_written_is_a_plain_reason(server, tmp_path):
    (tmp_path / "in the way").write_text("a file")
    with pytest.raises(UnusableSourceError, match="could not be written"):
        fetch(remote(f"{server.url}/faces.bin"), tmp_path / "in the way")


def test_a_kill_in_the_middle_leaves_nothing_that_looks_complete(server, tmp_path):
    server.behaviour["/faces.bin"] = "stall"
    file = remote(f"{server.url}/faces.bin")
    code = f"""
from pathlib import Path
from course_utils.datasets.download import RemoteFile, fetch
fetch({file!r}, Path({str(tmp_path)!r}))
"""
    process = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + allowed(30)
    while not any(path.stat().st_size > 0 for path in tmp_path.rglob("faces.bin")):
        assert process.poll() is None and time.monotonic() < deadline, "the download never started"
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "faces.bin").exists()
    del server.behaviour["/faces.bin"]
    assert fetch(file, tmp_path).read_bytes() == CONTENT
    assert names_in(tmp_path) == ["faces.bin"], "what was left is removed"
