import json
import shutil

import pytest

from tools import links

OLD = links.Repository("old", "course", "v0")
SETUP = f'''    address = "{OLD.address}"
    ![ -d course ] || git clone -q --depth 1 -b {OLD.tag} {{address}} course
'''
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "markdown",
            "source": [f"[badge]({OLD.badge}notebooks/00_start_here.ipynb)"],
        },
        {
            "cell_type": "code",
            "source": [SETUP, "x = 1"],
        },
    ]
}


@pytest.fixture
def checkout(tmp_path):
    shutil.copy(links.ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "README.md").write_text("nothing linked here\n")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00.ipynb").write_text(json.dumps(NOTEBOOK))
    return tmp_path


def test_the_course_is_in_step():
    assert links.stale_files() == {}


def test_every_notebook_has_a_badge_that_opens_it_and_a_fetching_cell():
    repository = links.read_repository()
    notebooks = links.linked_files()[1:]
    assert {path.parent.name for path in notebooks} == {"notebooks", "exercises", "solutions"}
    for path in notebooks:
        text = path.read_text(encoding="utf-8")
        assert text.count(repository.badge) == 1
        assert f"{repository.badge}{path.relative_to(links.ROOT).as_posix()})" in text
        assert f'address = \\"{repository.address}\\"' in text
        assert f"-b {repository.tag} {{address}} course" in text


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/faces",
        "https://github.com/ada/faces.git",
        "git@github.com:ada/faces.git",
        "ssh://git@github.com/ada/faces/",
    ],
)
def test_addresses(address):
    assert links.parse_address(address) == ("ada", "faces")


def test_other_hosts_are_refused_with_the_reason():
    with pytest.raises(links.LinksError, match="not the address of a GitHub repository"):
        links.parse_address("https://example.org/ada/faces.git")


def test_the_remote_is_written_everywhere(checkout):
    links.write_repository("git@github.com:ada/faces.git", checkout)
    stale = links.stale_files(checkout)
    assert [path.name for path in stale] == ["00.ipynb"]
    written = json.loads(stale[checkout / "notebooks" / "00.ipynb"])
    tag = links.read_repository().tag
    assert f"github/ada/faces/blob/{tag}/notebooks/00_start_here.ipynb" in written["cells"][0]["source"][0]
    address, clone = written["cells"][1]["source"][0].splitlines()
    assert address == '    address = "https://github.com/ada/faces"'
    assert clone == f"    ![ -d course ] || git clone -q --depth 1 -b {tag} {{address}} course"
    assert written["cells"][1]["source"][1] == "x = 1"
