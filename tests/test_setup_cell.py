"""The setup cell where something is missing: it ends with one sentence that says what to do.

Colab is played by a module `google.colab`, GitHub by other addresses that git is told to use in its place.
"""

import http.server
import threading

import pytest
from nbformat import v4
from published_course import git

from tools.notebooks.kernel import NotebookKernel
from tools.outline import links
from tools.outline.notebooks import setup_code

REPOSITORY = links.Repository("ada", "faces", "v1.2.3")
NOT_FETCHED = "The course was not fetched: run this cell again, or report what git says: fatal: "
# A kernel that does not have the course, as long as none was fetched.
WITHOUT_THE_COURSE = """
import sys
from pathlib import Path

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "course_utils" and not Path("course/course_utils").exists():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hidden())
"""
ON_COLAB = """
import types
sys.modules["google.colab"] = types.ModuleType("google.colab")
"""
A_COURSE = "def setup(seed):\n    assert seed == 7\n"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A folder of a machine; a function that says what Python is there, and where git finds GitHub."""
    folder = tmp_path / "content"
    folder.mkdir()
    (tmp_path / "startup").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "startup"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_ASKPASS", "SSH_ASKPASS", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)

    def prepare(python, github="file:///nowhere"):
        (tmp_path / "startup" / "sitecustomize.py").write_text(python, encoding="utf-8")
        settings = f'[url "{github}"]\n\tinsteadOf = {REPOSITORY.address}\n'
        (tmp_path / "gitconfig").write_text(settings, encoding="utf-8")
        return folder

    return prepare


def run_setup(folder, times=1):
    """Run the setup cell and return its outputs."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell(setup_code(REPOSITORY, seed=7)) for _ in range(times)])
    with NotebookKernel(notebook, folder) as kernel:
        return [output for number in range(times) for output in kernel.run(number).outputs]


def the_sentence(outputs):
    """Return all that is shown, after making sure that it is an error, one line, and not one of a missing package."""
    (output,) = outputs
    assert (output.output_type, output.ename) == ("error", "RuntimeError")  # to an ImportError, Colab adds: pip install
    (line,) = output.traceback
    assert line == output.evalue
    assert "\n" not in line
    assert "course_utils" not in line
    return line


def repository(folder, tag):
    """Make a git repository with a small course in it."""
    (folder / "course_utils").mkdir(parents=True)
    (folder / "course_utils" / "environment.py").write_text(A_COURSE, encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A course")
    git(folder, "tag", tag)
    return folder


def test_another_kernel_is_told_to_choose_the_right_one(machine):
    line = the_sentence(run_setup(machine(WITHOUT_THE_COURSE)))
    assert line.startswith("This kernel cannot find the course: open the course as the README says, or choose .venv ")


def test_on_colab_the_course_is_fetched_once_and_nothing_is_shown(machine, tmp_path):
    published = repository(tmp_path / "published", REPOSITORY.tag)
    folder = machine(WITHOUT_THE_COURSE + ON_COLAB, published.as_uri())
    assert run_setup(folder) == []
    published.rename(tmp_path / "gone")
    assert run_setup(folder, times=2) == []
    assert [path.name for path in folder.iterdir()] == ["course"]


def test_on_colab_a_tag_that_is_not_there(machine, tmp_path):
    published = repository(tmp_path / "published", "v0.0.1")
    line = the_sentence(run_setup(machine(WITHOUT_THE_COURSE + ON_COLAB, published.as_uri())))
    assert line == f"{NOT_FETCHED}Remote branch {REPOSITORY.tag} not found in upstream origin"


def test_on_colab_a_folder_in_the_way(machine):
    folder = machine(WITHOUT_THE_COURSE + ON_COLAB)
    (folder / "course").mkdir()
    (folder / "course" / "mine.txt").touch()
    line = the_sentence(run_setup(folder))
    assert line == f"{NOT_FETCHED}destination path 'course' already exists and is not an empty directory."


def test_on_colab_without_a_connection(machine):
    unreachable = "http://127.0.0.1:9/ada/faces"  # the port of a service that discards what it gets; nothing listens
    line = the_sentence(run_setup(machine(WITHOUT_THE_COURSE + ON_COLAB, unreachable)))
    assert line.startswith(f"{NOT_FETCHED}unable to access '{unreachable}/'")


class AsksWhoYouAre(http.server.BaseHTTPRequestHandler):
    """As GitHub does where there is no such repository, or a private one."""

    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="GitHub"')
        self.end_headers()

    def log_message(self, *_):
        pass


def test_on_colab_a_repository_that_is_not_there_or_private(machine):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), AsksWhoYouAre) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        line = the_sentence(run_setup(machine(WITHOUT_THE_COURSE + ON_COLAB, f"{address}/ada/faces")))
        server.shutdown()
    assert line == f"{NOT_FETCHED}could not read Username for '{address}': terminal prompts disabled"
