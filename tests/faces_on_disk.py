"""Faces for tests: small made-up sets, the real ones where they are, and a server that behaves as badly as told."""

import contextlib
import hashlib
import io
import os
import tarfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from course_utils.datasets.download import RemoteFile

ROOT = Path(__file__).resolve().parents[1]
REAL = Path(os.environ.get("COURSE_REAL_DATA") or ROOT.parent / "shared" / "data" / "scikit_learn_data")
needs_real_data = pytest.mark.skipif(
    not (REAL / "lfw_home").is_dir(),
    reason="real faces are not here: set COURSE_REAL_DATA to a scikit-learn data folder with Olivetti and LFW",
)

PEOPLE = {"Ann_Able": 3, "Bob_Baker": 2, "Cid": 1}
PAIR_TEXTS = {
    "pairsDevTrain.txt": "2\nAnn_Able\t1\t2\nBob_Baker\t1\t2\nAnn_Able\t3\tCid\t1\nBob_Baker\t1\tCid\t1\n",
    "pairsDevTest.txt": "1\nAnn_Able\t1\t3\nAnn_Able\t1\tBob_Baker\t2\n",
    "pairs.txt": (
        "2\t1\nAnn_Able\t2\t3\nAnn_Able\t2\tBob_Baker\t1\n"  # fold 0
        "Bob_Baker\t1\t2\nCid\t1\tBob_Baker\t2\n"  # fold 1
    ),
}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def lfw_pictures() -> dict[str, bytes]:
    """JPEGs of 250 x 250 by file name: red is the column, green the row, blue tells the person."""
    column, row = np.meshgrid(np.arange(250), np.arange(250))
    pictures = {}
    for number, (person, count) in enumerate(PEOPLE.items()):
        pixels = np.stack([column, row, np.full_like(row, 80 * number)], axis=-1).astype(np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=100, subsampling=0)
        for index in range(1, count + 1):
            pictures[f"{person}/{person}_{index:04d}.jpg"] = buffer.getvalue()
    return pictures


def write_lfw(root: Path) -> Path:
    """Lay the pictures and pair files out as scikit-learn does; return the data folder."""
    home = root / "lfw_home"
    for name, content in lfw_pictures().items():
        path = home / "lfw_funneled" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, text in PAIR_TEXTS.items():
        (home / name).write_text(text)
    return root


def lfw_archive() -> bytes:
    """The pictures as the official archive holds them, not in the order of the names."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in reversed(lfw_pictures().items()):
            member = tarfile.TarInfo(f"lfw_funneled/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def make_small_lfw_official(monkeypatch, lfw, url: str = "http://127.0.0.1:9") -> dict[str, bytes]:
    """Let the module take the small set for the official one; return what a server has to serve, by path."""
    served = {f"/{name}": text.encode() for name, text in PAIR_TEXTS.items()}
    served["/lfw-funneled.tgz"] = lfw_archive()
    monkeypatch.setattr(lfw, "N_PICTURES", sum(PEOPLE.values()))
    monkeypatch.setattr(lfw, "N_PEOPLE", len(PEOPLE))
    monkeypatch.setattr(lfw, "ARCHIVE", small(lfw.ARCHIVE, served, url))
    files = {view: small(file, served, url) for view, file in lfw.PAIR_FILES.items()}
    monkeypatch.setattr(lfw, "PAIR_FILES", files)
    return served


def small(file: RemoteFile, served: dict[str, bytes], url: str) -> RemoteFile:
    """The same file name, with the content and the address of the test's server."""
    return RemoteFile(file.filename, sha256(served[f"/{file.filename}"]), (f"{url}/{file.filename}",))


class Server:
    """Serves ``contents`` (path -> bytes) on 127.0.0.1; ``behaviour[path]`` makes it misbehave.

    An int: answer with that status.  "break off": close after half the content.  "stall": send half, then wait.
    "drip": send it byte by byte.  "without end": send it again and again, with a length that is right, or unknown.
    "announced": say that it has a million bytes, and send it.
    """

    def __init__(self):
        self.contents: dict[str, bytes] = {}
        self.behaviour: dict[str, int | str] = {}
        self.requests: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                owner._answer(self)

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler):
        self.requests.append(handler.path)
        behaviour = self.behaviour.get(handler.path)
        if isinstance(behaviour, int) or handler.path not in self.contents:
            handler.send_error(behaviour or 404)
            return
        content = self.contents[handler.path]
        lengths = {"without end, length unknown": None, "without end": 10**12, "announced": 10**6}
        length = lengths.get(behaviour, len(content))
        handler.send_response(200)
        if length is not None:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        with contextlib.suppress(OSError):  # the other side has had enough
            self._send(handler, content, behaviour)

    def _send(self, handler: BaseHTTPRequestHandler, content: bytes, behaviour: str | None):
        """Send a body, as it is or as badly as told."""
        if behaviour in ("without end", "without end, length unknown"):
            while True:
                handler.wfile.write(content)
        if behaviour == "drip":
            for number in range(len(content)):
                handler.wfile.write(content[number : number + 1])
                time.sleep(0.02)
        whole = behaviour in (None, "announced")
        handler.wfile.write(content if whole else content[: len(content) // 2])
        if behaviour == "stall":
            handler.wfile.flush()
            time.sleep(20)
