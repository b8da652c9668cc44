"""Fetch files once from the first mirror that answers, check their SHA-256, and leave none half-written."""

import hashlib
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from course_utils.datasets.unavailable import UnusableSourceError
from course_utils.environment import progress
from course_utils.whole_files import replacing

CONNECT_TIMEOUT, READ_TIMEOUT = 10, 60  # seconds
# A mirror may take PATIENCE seconds, and one more for every SLOWEST bytes of the file that have arrived.  All that it
# does before the first of them counts too: its name is looked up, it answers, it leads elsewhere.
PATIENCE, SLOWEST = 60, 10_000
CERTIFICATES = "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE"
PIECE = 2**16  # bytes that are received at once
PIECES_AHEAD = 16  # that are received before they are written


@dataclass(frozen=True)
class RemoteFile:
    """A file on the network: its name, the SHA-256 that it must have, and its mirrors in the order to try.

    A body with more than ``largest`` bytes is not received.
    """

    filename: str
    sha256: str
    urls: tuple[str, ...]
    largest: int = 10_000_000


def is_downloaded(file: RemoteFile, folder: Path) -> bool:
    """Tell whether the file is in ``folder`` (by name; `fetch` checks the content)."""
    return (folder / file.filename).is_file()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def fetch(file: RemoteFile, folder: Path) -> Path:
    """Return the path of ``file`` in ``folder``, downloading it where it is missing or has the wrong content.

    The file is there under its name only when its SHA-256 is right.  A mirror that sends too much or too slowly
    is given up.

    Raises
    ------
    UnusableSourceError
        With each mirror and its short reason.
    """
    path = folder / file.filename
    if path.exists() and not path.is_file():
        raise UnusableSourceError(f"{path} is not a regular file: remove it")
    if path.is_file() and file_sha256(path) == file.sha256:
        return path
    failures = []
    for url in file.urls:
        failure = _download(file, url, folder)
        if failure is None:
            return path
        failures.append(f"\n      {url}: {failure}")
    raise UnusableSourceError(f"{file.filename} could not be downloaded:{''.join(failures)}")


def _download(file: RemoteFile, url: str, folder: Path) -> str | None:
    """Download from one mirror; return None, or the short reason why not."""
    import requests
    import urllib3

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder / file.filename) as part:
            _receive(file, url, part)
            if file_sha256(part) != file.sha256:
                raise UnusableSourceError(
                    "the content is not the expected one (its SHA-256 differs); it was thrown away"
                )
    except UnusableSourceError as error:
        return str(error)
    except requests.exceptions.HTTPError as error:
        return f"the server answered {error.response.status_code}"
    except requests.exceptions.SSLError as error:
        if "CERTIFICATE_VERIFY_FAILED" not in str(error):
            return f"it does not speak TLS, or the file that {CERTIFICATES} names holds no certificate"
        return "its certificate is not trusted (a proxy, a virus scanner, or a wrong clock?)"
    except (requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL, TypeError):
        # The last is what requests raises for a proxy whose address has a password and no more.
        return "the proxy that HTTPS_PROXY or HTTP_PROXY names cannot be used"
    except requests.exceptions.TooManyRedirects:
        return "the server leads from one address to the next without end"
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        return "no answer in time"
    except ValueError:  # of requests, urllib3 and urllib
        return "its answer makes no sense, or leads to an impossible address"
    except (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.HTTPError):
        return "the connection broke off half-way"
    except requests.exceptions.ConnectionError as error:
        answered = error.args and isinstance(error.args[0], urllib3.exceptions.ProtocolError)
        return "the connection broke off, or what it answered is not HTTP" if answered else "no connection"
    except requests.exceptions.RequestException:
        return "no connection"
    except OSError as error:
        if "CA certificate bundle" in str(error):  # requests has no class of its own for it
            return f"the file of certificates that {CERTIFICATES} names is not there"
        return f"could not be written to {folder}: {error.strerror or error}"
    return None


def _receive(file: RemoteFile, url: str, part: Path) -> None:
    """Write what a mirror sends to a file, as far as it is not too long and does not take too long."""
    with closing(_pieces(url)) as pieces, part.open("wb") as opened:
        total = next(pieces)
        with progress(None, file.filename, total=total, unit="B", unit_scale=True, delay=2) as bar:
            received = 0
            for piece in pieces:
                received += len(piece)
                if max(received, total or 0) > file.largest:
                    raise UnusableSourceError(f"it sends more than the {file.largest:,} bytes that the file may have")
                opened.write(piece)
                bar.update(len(piece))


def _pieces(url: str) -> Iterator[int | bytes | None]:
    """Yield the number of bytes that a mirror announces, None if it does not, and then what it sends, piece by piece.

    A thread waits for the mirror.  The time-outs of requests cannot limit the whole: each of them begins again with
    every byte, so a mirror that sends a byte of its answer's first lines now and then would never be given up.

    Raises
    ------
    UnusableSourceError
        If the mirror is too slow.  The thread goes on waiting, and ends with the connection or with the program.
    """
    arrivals, given_up = queue.Queue(PIECES_AHEAD), threading.Event()
    threading.Thread(target=_wait_for, args=(url, arrivals, given_up), name=f"download {url}", daemon=True).start()
    start, received = time.monotonic(), 0
    try:
        while True:
            arrival = _next(arrivals, start, received)
            if isinstance(arrival, Exception):
                raise arrival
            if arrival == b"":
                return
            yield arrival
            received += len(arrival) if isinstance(arrival, bytes) else 0
    finally:
        given_up.set()
        with suppress(queue.Empty):  # room for the piece that the thread may just be handing over
            while True:
                arrivals.get_nowait()


def _next(arrivals: queue.Queue, start: float, received: int):
    """Return what arrives next, if it comes in time."""
    left = start + PATIENCE + received / SLOWEST - time.monotonic()
    with suppress(queue.Empty):
        if left > 0:
            return arrivals.get(timeout=left)
    if not received:
        raise UnusableSourceError("no answer in time")
    raise UnusableSourceError(f"too slow: {received:,} bytes in {time.monotonic() - start:.0f} s")


def _wait_for(url: str, arrivals: queue.Queue, given_up: threading.Event) -> None:
    """Put into a queue how many bytes a mirror announces, what it sends, and b"" at the end, or what goes wrong."""
    import requests

    class Session(requests.Session):
        def get_redirect_target(self, resp):
            """Return the next address; requests would read all that is sent with it, even if it has no end."""
            target = None if given_up.is_set() else super().get_redirect_target(resp)
            if target is not None:
                resp.close()
            return target

    try:
        with (
            Session() as session,
            session.get(url, stream=True, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT)) as response,
        ):
            response.raise_for_status()
            arrivals.put(response.raw.length_remaining)
            # What has arrived, however little: a mirror that sends a byte a second would never fill a larger piece.
            while not given_up.is_set() and (piece := response.raw.read1(PIECE, decode_content=True)):
                arrivals.put(piece)
        arrivals.put(b"")
    except Exception as error:  # whatever it is, `_download` judges it
        arrivals.put(error)
