"""Downloads from servers that answer slowly, without end, or with what is no answer: each is given up with a reason."""

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from faces_on_disk import names_in, sha256

from course_utils.datasets import download
from course_utils.datasets.download import RemoteFile, fetch
from course_utils.datasets.unavailable import UnusableSourceError
from tools.machine_speed import allowed

CONTENT = bytes(range(256)) * 40
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(CONTENT), CONTENT)
PAUSE = 0.02  # seconds between the bytes of a drip


class RawServer:
    """Serve on 127.0.0.1 what the function for the path yields, bytes by bytes; close when it ends."""

    def __init__(self, answers: dict[str, Callable[[], Iterator[bytes]]]):
        self.answers = answers
        self.sent = dict.fromkeys(answers, 0)
        self.requests: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._over.set()
        self._socket.close()

    def _serve(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket):
        with connection, contextlib.suppress(OSError):  # the other side has had enough
            path = connection.recv(65536).split()[1].decode()
            self.requests.append(path)
            for piece in self.answers[path]():
                if self._over.is_set():
                    return
                connection.sendall(piece)
                self.sent[path] += len(piece)


def drip(content: bytes) -> Iterator[bytes]:
    """Yield the content byte by byte, then the last byte again and again."""
    for number in range(10**9):
        yield content[min(number, len(content) - 1) :][:1]
        time.sleep(PAUSE)


def without_end(begin: bytes, piece: bytes) -> Iterator[bytes]:
    yield begin
    while True:
        yield piece


def redirect(to: str, more: bytes = b"Content-Length: 0\r\n") -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: %s\r\n%s\r\n" % (to.encode(), more)


def one(content: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([content])


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ZIPPED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"  # of a gzip stream: five bytes that hold nothing
SLOW = {
    "first line": lambda: drip(b"HTTP/1.1 200 O"),
    "header": lambda: drip(b"HTTP/1.1 200 OK\r\nX-Wait: a"),
    "headers without number": lambda: drip(b"HTTP/1.1 200 OK\r\n" + b"X-Wait: a\r\n" * 10_000),
    "continue": lambda: drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
    "redirect": lambda: drip(redirect("/elsewhere", more=b"X-Wait: a")[:-2]),
    "size of a chunk": lambda: drip(CHUNKED + b"0"),
    "gzip that holds nothing": lambda: drip(ZIPPED + gzip.compress(b"")[:10] + EMPTY_BLOCK * 10_000),
    "trailers": lambda: drip(CHUNKED + b"0\r\nX-Wait: a"),
    "nothing at all": lambda: (time.sleep(PAUSE) or b"" for _ in range(10**9)),
}


@pytest.fixture
def serve():
    servers = []

    def start(answers):
        servers.append(RawServer(answers))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def remote(*urls: str) -> RemoteFile:
    return RemoteFile("faces.bin", sha256(CONTENT), urls)


@pytest.mark.parametrize("kind", SLOW)
def test_who_drips_before_the_content_is_given_up_in_time(serve, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(download, "PATIENCE", 1)
    server = serve({"/slow": SLOW[kind]})
    started = time.monotonic()
    with pytest.raises(UnusableSourceError, match=r"/slow: (no answer in time|too slow: [\d,]+ bytes in \d+ s)$"):
        fetch(remote(f"{server.url}/slow"), tmp_path)
    assert time.monotonic() - started < allowed(5)
    assert names_in(tmp_path) == []


def test_the_next_mirror_helps_out_and_whom_we_gave_up_is_not_followed(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", allowed(1))
    server = serve({"/slow": SLOW["redirect"], "/good": one(GOOD), "/elsewhere": one(GOOD)})
    assert fetch(remote(f"{server.url}/slow", f"{server.url}/good"), tmp_path).read_bytes() == CONTENT
    server.close()  # to the one who still waits, the headers end here
    for thread in [thread for thread in threading.enumerate() if thread.name.startswith(f"download {server.url}")]:
        thread.join(allowed(5))
        assert not thread.is_alive()
    assert server.requests == ["/slow", "/good"]


def test_a_long_way_of_slow_redirects_counts_as_a_whole(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", 1)

    def slowly(number: int) -> Callable[[], Iterator[bytes]]:
        return lambda: (time.sleep(0.3) or redirect(f"/{number + 1}") for _ in range(1))

    server = serve({f"/{number}": slowly(number) for number in range(30)})
    with pytest.raises(UnusableSourceError, match="no answer in time"):
        fetch(remote(f"{server.url}/0"), tmp_path)
    assert len(server.requests) < 6


def test_what_is_sent_with_a_redirect_is_not_received(serve, tmp_path):
    answers = {"/endless": lambda: without_end(redirect("/good", more=b""), bytes(2**16)), "/good": one(GOOD)}
    server = serve(answers)
    assert fetch(remote(f"{server.url}/endless"), tmp_path).read_bytes() == CONTENT
    assert server.sent["/endless"] < 10_000_000


def test_who_is_slow_for_a_while_and_then_quick_enough_is_not_given_up(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", allowed(0.5))
    monkeypatch.setattr(download, "SLOWEST", 10)

    def answer() -> Iterator[bytes]:
        half = len(GOOD) // 2
        yield GOOD[:half]
        time.sleep(allowed(0.5) + 0.5)  # longer than the patience alone, but half of the file has bought minutes
        yield GOOD[half:]

    server = serve({"/faces": answer})
    assert fetch(remote(f"{server.url}/faces"), tmp_path).read_bytes() == CONTENT


BROKEN = "the connection broke off, or what it answered is not HTTP"
NONSENSE = "its answer makes no sense, or leads to an impossible address"
NO_ANSWER = {
    "another protocol": (b"SSH-2.0-OpenSSH_9\r\n", BROKEN),
    "nothing": (b"", BROKEN),
    "a header without end": (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000, BROKEN),
    "two lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", NONSENSE),
    "no number": (b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\nabc", "SHA-256 differs"),
    "5,000 digits": (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nabc", "SHA-256 differs"),
    "no size of a chunk": (CHUNKED + b"zz\r\n", "the connection broke off half-way"),
    "no gzip": (ZIPPED + b"abc", "the connection broke off half-way"),
    "half an address": (redirect("http://[::1"), NONSENSE),
    "a file": (redirect("file:///etc/passwd"), NONSENSE),
    "no port": (redirect("http://127.0.0.1:99999/"), NONSENSE),
    "no host": (redirect("http://.a./"), NONSENSE),
    "no text": (redirect("http://a").replace(b"//a", b"//\xff\xfe/"), NONSENSE),
    "nobody there": (redirect("http://127.0.0.1:9/"), "no connection"),
}


@pytest.mark.parametrize("kind", NO_ANSWER)
def test_what_is_no_answer_is_a_plain_reason(serve, tmp_path, kind):
    content, reason = NO_ANSWER[kind]
    server = serve({"/faces": one(content)})
    with pytest.raises(UnusableSourceError, match=f"/faces: .*{reason}"):
        fetch(remote(f"{server.url}/faces"), tmp_path)
    assert names_in(tmp_path) == []
