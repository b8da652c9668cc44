"""Fetch files once from the first mirror that answers, check their SHA-256, and leave none half-written."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from course_utils.datasets.unavailable import UnusableSourceError
from course_utils.environment import progress

CONNECT_TIMEOUT, READ_TIMEOUT = 10, 60  # seconds


@dataclass(frozen=True)
class RemoteFile:
    """A file on the network: its name, the SHA-256 that it must have, and its mirrors in the order to try."""

    filename: str
    sha256: str
    urls: tuple[str, ...]


def is_downloaded(file: RemoteFile, folder: Path) -> bool:
    """Tell whether the file is in ``folder`` (by name; `fetch` checks the content)."""
    return (folder / file.filename).is_file()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def fetch(file: RemoteFile, folder: Path) -> Path:
    """Return the path of ``file`` in ``folder``, downloading it where it is missing or has the wrong content.

    The download goes to a temporary name in ``folder`` and gets its own name only when its SHA-256 is right.

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
    import pooch
    import requests

    pooch.get_logger().setLevel("WARNING")  # its notes would go to stderr, into the lesson's stored output
    # pooch asks whether the bar is "true", which it is not without a total; it sets the right one itself.
    with progress(None, file.filename, total=1, unit="B", unit_scale=True, delay=2) as bar:
        downloader = pooch.HTTPDownloader(progressbar=bar, chunk_size=2**16, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT))
        try:
            pooch.retrieve(url, f"sha256:{file.sha256}", fname=file.filename, path=folder, downloader=downloader)
        except requests.exceptions.HTTPError as error:
            return f"the server answered {error.response.status_code}"
        except requests.exceptions.SSLError:
            return "its certificate is not trusted (a proxy, a virus scanner, or a wrong clock?)"
        except (requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL, TypeError):
            # The last is what requests raises for a proxy whose address has a password and no more.
            return "the proxy that HTTPS_PROXY or HTTP_PROXY names cannot be used"
        except requests.exceptions.TooManyRedirects:
            return "the server leads from one address to the next without end"
        except requests.exceptions.Timeout:
            return "no answer in time"
        except requests.exceptions.ChunkedEncodingError:
            return "the connection broke off half-way"
        except requests.exceptions.RequestException:
            return "no connection"
        except ValueError:  # what pooch raises for a wrong hash
            return "the content is not the expected one (its SHA-256 differs); it was thrown away"
        except OSError as error:
            if "CA certificate bundle" in str(error):  # requests has no class of its own for it
                return "the file of certificates that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is not there"
            return f"could not be written to {folder}: {error.strerror or error}"
    return None
