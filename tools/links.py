"""Keep badges and Colab setup cells in step with the one place that names owner, repository and tag.

That place is pyproject.toml: ``project.urls.Repository`` and ``project.version``.  ``make links`` first writes the URL
of the git remote "origin" there, where there is one, and then everything else.

    python -m tools.links            report what is out of step; exit status 1 if anything is
    python -m tools.links --write    put it in step
"""

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REMOTE = re.compile(r"github\.com[:/](?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?$")
BADGE = re.compile(r"https://colab\.research\.google\.com/github/[^/\s]+/[^/\s]+/blob/[^/\s]+/")
ADDRESS = re.compile(r'(?<=address = \\")https://github\.com/[^/\s]+/[^/\s"\\]+')  # quotes as JSON writes them
TAG = re.compile(r"(?<=clone -q --depth 1 -b )\S+(?= \{address\} course)")
REPOSITORY_LINE = re.compile(r'^Repository = ".*"$', re.MULTILINE)


class LinksError(ValueError):
    """The repository's address cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Repository:
    """Where the course is published: owner and name on GitHub, and the tag that Colab fetches."""

    owner: str
    name: str
    tag: str

    @property
    def badge(self) -> str:
        """The beginning of a Colab badge's address; the notebook's path follows."""
        return f"https://colab.research.google.com/github/{self.owner}/{self.name}/blob/{self.tag}/"

    @property
    def address(self) -> str:
        """Where a setup cell fetches the course from."""
        return f"https://github.com/{self.owner}/{self.name}"

    def written_into(self, text: str) -> str:
        """Return the text of a file with every badge and every setup cell set to this repository."""
        for pattern, wanted in ((BADGE, self.badge), (ADDRESS, self.address), (TAG, self.tag)):
            text = pattern.sub(lambda _, wanted=wanted: wanted, text)
        return text


def parse_address(address: str) -> tuple[str, str]:
    """Return owner and name from an https or ssh address on GitHub."""
    match = REMOTE.search(address)
    if not match:
        raise LinksError(
            f"{address!r} is not the address of a GitHub repository; Colab badges open notebooks from GitHub"
        )
    return match["owner"], match["name"]


def read_repository(root: Path = ROOT) -> Repository:
    """Read owner, name and tag from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Repository(*parse_address(project["urls"]["Repository"]), tag=f"v{project['version']}")


def remote_address(root: Path = ROOT) -> str | None:
    """Return the address of the git remote "origin", or None where there is none."""
    command = ["git", "-C", str(root), "config", "--get", "remote.origin.url"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def write_repository(address: str, root: Path = ROOT) -> None:
    """Name the repository at this address in pyproject.toml."""
    owner, name = parse_address(address)
    path = root / "pyproject.toml"
    line = f'Repository = "https://github.com/{owner}/{name}"'
    path.write_text(REPOSITORY_LINE.sub(lambda _: line, path.read_text(encoding="utf-8")), encoding="utf-8")


def linked_files(root: Path = ROOT) -> list[Path]:
    """Return the files that may hold badges or setup cells."""
    notebooks = [
        path for path in sorted((root / "notebooks").rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts
    ]
    return [root / "README.md", *notebooks]


def stale_files(root: Path = ROOT) -> dict[Path, str]:
    """Return the files that are out of step, each with what it should hold."""
    repository = read_repository(root)
    texts = {path: path.read_text(encoding="utf-8") for path in linked_files(root)}
    wanted = {path: repository.written_into(text) for path, text in texts.items()}
    return {path: wanted[path] for path in texts if wanted[path] != texts[path]}


def main(options: list[str]) -> int:
    """Report or write; return the exit status."""
    write = "--write" in options
    address = remote_address()
    if write and address:
        write_repository(address)
    stale = stale_files()
    for path, text in stale.items():
        if write:
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'written' if write else 'out of step (make links)'}")
    repository = read_repository()
    print(f"badges and setup cells point at {repository.owner}/{repository.name}, tag {repository.tag}")
    return 0 if write or not stale else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LinksError as error:
        sys.exit(str(error))
