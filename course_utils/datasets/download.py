"""Fetch files once from the first mirror that answers, check their SHA-256, and leave none half-written."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from course_utils.datasets.unavailable import UnusableSourceError
from course_utils.environment import progress
from course_utils.whole_files import replacing

CONNECT_TIMEOUT, READ_TIMEOUT = 10, 60  # seconds
PATIENCE, SLOWEST = 60, 20_000  # seconds, and bytes a second: a download that takes longer is given up
PIECE = 2**16  # bytes that are received at once


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
    except requests.exceptions.SSLError:
        return "its certificate is not trusted (a proxy, a virus scanner, or a wrong clock?)"
    except (requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL, TypeError):
        # The last is what requests raises for a proxy whose address has a password and no more.
        return "the proxy that HTTPS_PROXY or HTTP_PROXY names cannot be used"
    except requests.exceptions.TooManyRedirects:
        return "the server leads from one address to the next without end"
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        return "no answer in time"
    except (requests.exceptions.ChunkedEncodingError, urllib3.exceptions.HTTPError):
        return "the connection broke off half-way"
    except requests.exceptions.RequestException:
        return "no connection"
    except OSError as error:
        if "CA certificate bundle" in str(error):  # requests has no class of its own for it
            return "the file of certificates that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is not there"
        return f"could not be written to {folder}: {error.strerror or error}"
    return None


def _receive(file: RemoteFile, url: str, part: Path) -> None:
    """Write what a mirror sends to a file, as far as it is not too long and does not take too long."""
    import requests

    end = time.monotonic() + PATIENCE + file.largest / SLOWEST
    with requests.get(url, stream=True, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT)) as response, part.open("wb") as opened:
        response.raise_for_status()
        announced = response.headers.get("Content-Length", "")
        total = int(announced) if announced.isdigit() else None
        with progress(None, file.filename, total=total, unit="B", unit_scale=True, delay=2) as bar:
            received = 0
            # What has arrived, however little: a server that sends a byte a second would never fill a larger piece.
            while piece := response.raw.read1(PIECE, decode_content=True):
                received += len(piece)
                if max(received, total or 0) > file.largest:
                    raise UnusableSourceError(f"it sends more than the {file.largest:,} bytes that the file may have")
                if time.monotonic() > end:
                    raise UnusableSourceError(
                        f"too slow: {received:,} bytes in {PATIENCE + file.largest / SLOWEST:.0f} s"
                    )
                opened.write(piece)
                bar.update(len(piece))
