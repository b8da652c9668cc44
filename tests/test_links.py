"""Where the course is published: what is accepted as a repository's address, and what a message may repeat of it."""

import shutil
import subprocess

import pytest

from tools.outline import links
from tools.outline.read import ROOT, OutlineError

SECRET = "ghp_A1b2C3"


@pytest.fixture
def checkout(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/faces",
        "https://github.com/ada/faces.git",
        "https://GitHub.com/ada/faces/",
        "https://www.github.com/ada/faces",
        "https://github.com:443/ada/faces.git",
        f"https://{SECRET}@github.com/ada/faces.git",
        f"https://ada:{SECRET}@github.com/ada/faces.git",
        "git@github.com:ada/faces.git",
        "github.com:ada/faces.git",
        "git@GITHUB.COM:/ada/faces.git",
        "ssh://git@github.com/ada/faces/",
        "ssh://git@github.com:22/ada/faces.git",
        "ssh://git@ssh.github.com:443/ada/faces.git",
        "git+ssh://git@github.com/ada/faces.git",
        "git://github.com/ada/faces.git",
        "https://github.com/ada/faces.git\n",
    ],
)
def test_addresses_on_github(address):
    assert links.parse_address(address) == ("ada", "faces")


def test_names_with_other_signs():
    assert links.parse_address("git@github.com:Ada-99/face.recognition_2.git") == ("Ada-99", "face.recognition_2")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/ada/faces.git",
        "https://notgithub.com/ada/faces",
        "https://evil-github.com/ada/faces",
        "https://github.com.evil.org/ada/faces",
        "https://github.com@evil.org/ada/faces",
        "https://gist.github.com/ada/faces",
        "https://mirror.org/github.com/ada/faces",
        "https://mirror.org/https://github.com/ada/faces",
        "git@mirror.org:github.com/ada/faces.git",
        "file:///srv/github.com/ada/faces",
        "file://github.com/ada/faces",
        "/srv/github.com/ada/faces",
        "../github.com:ada/faces",
        r"C:\github.com\ada\faces",
        "https://github.com/ada",
        "https://github.com/ada/faces/tree/main",
        "https://github.com/ada/..",
        "https://github.com/ada/.git",
        "https://github.com/-ada/faces",
        "https://github.com/ada/fa ces",
        'https://github.com/ada/fa"ces',
        "https://github.com:port/ada/faces",
        "https://[github.com/ada/faces",
        "",
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(OutlineError, match=r"^Colab opens notebooks from https://github\.com/OWNER/NAME, but .*:"):
        links.parse_address(address)


@pytest.mark.parametrize(
    "address",
    [
        f"https://{SECRET}@gitlab.com/ada/faces.git",
        f"https://ada:{SECRET}@gitlab.com/ada/faces.git",
        f"https://gitlab.com/ada/faces.git?private_token={SECRET}",
        f"https://gitlab.com/{SECRET}/faces.git",
        f"ada:{SECRET}@gitlab.com:ada/faces.git",
        f"https://ada:{SECRET}@github.com/ada",
        f"https://ada:1/{SECRET}@gitlab.com/ada/faces",
    ],
)
def test_no_message_repeats_a_password(address):
    with pytest.raises(OutlineError) as raised:
        links.parse_address(address)
    assert SECRET.lower() not in str(raised.value).lower()
    assert raised.value.__cause__ is None


def test_the_message_names_the_host():
    with pytest.raises(OutlineError, match=r"is at gitlab\.com: correct"):
        links.parse_address("git@gitlab.com:ada/faces.git")


def test_the_remote_is_written_into_pyproject(checkout):
    subprocess.run(["git", "init", "--quiet", checkout], check=True)
    subprocess.run(["git", "-C", checkout, "remote", "add", "origin", "git@github.com:ada/faces.git"], check=True)
    before = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    links.write_repository(links.remote_address(checkout), checkout)
    assert links.read_repository(checkout) == links.Repository("ada", "faces", links.read_repository().tag)
    after = (checkout / "pyproject.toml").read_text(encoding="utf-8")
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert changed == ['Repository = "https://github.com/ada/faces"']
    assert [path.name for path in checkout.iterdir() if path.name != ".git"] == ["pyproject.toml"]


def test_without_a_remote_a_sentence_says_so(checkout):
    subprocess.run(["git", "init", "--quiet", checkout], check=True)
    with pytest.raises(OutlineError, match="no git remote origin"):
        links.remote_address(checkout)


def test_a_pyproject_without_the_line_is_not_written(checkout):
    (checkout / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(OutlineError, match="one line `Repository ="):
        links.write_repository("git@github.com:ada/faces.git", checkout)
    assert (checkout / "pyproject.toml").read_text(encoding="utf-8") == "[project]\n"
