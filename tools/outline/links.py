"""Where the course is published: the one place that names owner, repository and tag is pyproject.toml.

There, ``project.urls.Repository`` and ``project.version``.
"""

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tools.notebooks.execute import write_if_changed
from tools.outline.read import ROOT, OutlineError

_HOSTS = {"github.com", "www.github.com", "ssh.github.com"}  # the last: ssh through the port of https
_SCHEMES = {"https", "http", "ssh", "git+ssh", "git"}
_AS_SCP = re.compile(r"(?:[^@/]+@)?(?P<host>[^@:/]+):(?P<path>.+)")  # git@github.com:owner/name.git
_PATH = re.compile(r"/?(?P<owner>[A-Za-z0-9][A-Za-z0-9-]*)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?")
_REPOSITORY_LINE = re.compile(r'^Repository = ".*"$', re.MULTILINE)
_BADGE_PICTURE = "https://colab.research.google.com/assets/colab-badge.svg"


@dataclass(frozen=True)
class Repository:
    """Where the course is published: owner and name on GitHub, and the tag that Colab fetches."""

    owner: str
    name: str
    tag: str

    @property
    def address(self) -> str:
        """Where a setup cell fetches the course from."""
        return f"https://github.com/{self.owner}/{self.name}"

    def badge(self, path: str) -> str:
        """Return the badge, in Markdown, that opens a notebook on Colab; its path is from the course's folder on."""
        page = f"https://colab.research.google.com/github/{self.owner}/{self.name}/blob/{self.tag}/{path}"
        return f"[![Open in Colab]({_BADGE_PICTURE})]({page})"


def parse_address(address: str) -> tuple[str, str]:
    """Return owner and name from the address of a repository on GitHub, as https, ssh or git write it.

    Raises
    ------
    OutlineError
        If it is any other address.  The message repeats the host only, for an address may hold a password.
    """
    host, path = _host_and_path(address.strip())
    match = _PATH.fullmatch(path)
    if host not in _HOSTS or not match or match["name"] in {".", "..", ".git"}:
        found = f"is at {host}" if host and host not in _HOSTS else "has another form"
        raise OutlineError(
            f"Colab opens notebooks from https://github.com/OWNER/NAME, but the repository's address {found}: correct "
            "Repository in pyproject.toml, or the git remote origin."
        )
    return match["owner"], match["name"]


def _host_and_path(address: str) -> tuple[str, str]:
    """Return the host of an address in small letters, and its path; an empty host where it has none."""
    if "://" not in address:
        match = _AS_SCP.fullmatch(address)
        return (match["host"].lower(), match["path"]) if match else ("", "")
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  it raises ValueError where the port is no number
    except ValueError:
        return "", ""
    return (parts.hostname or "", parts.path) if parts.scheme in _SCHEMES else ("", "")


def read_repository(root: Path = ROOT) -> Repository:
    """Read owner, name and tag from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Repository(*parse_address(project["urls"]["Repository"]), tag=f"v{project['version']}")


def remote_address(root: Path = ROOT) -> str:
    """Return the address of the git remote "origin".

    Raises
    ------
    OutlineError
        If there is none.
    """
    command = ["git", "-C", str(root), "config", "--get", "remote.origin.url"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    if not found:
        raise OutlineError("There is no git remote origin: add it, or write Repository in pyproject.toml by hand.")
    return found


def write_repository(address: str, root: Path = ROOT) -> None:
    """Name the repository at this address in pyproject.toml."""
    owner, name = parse_address(address)
    path = root / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    line = f'Repository = "https://github.com/{owner}/{name}"'
    new, replaced = _REPOSITORY_LINE.subn(lambda _: line, text)
    if replaced != 1:
        raise OutlineError('pyproject.toml must have one line `Repository = "https://github.com/OWNER/NAME"`: add it.')
    write_if_changed(path, text, new)
