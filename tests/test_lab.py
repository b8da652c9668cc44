"""`make lab`: the learner's copy opens in JupyterLab, its links work, and an update does not disturb who is writing.

Where there is no Chromium, the tests in the browser are skipped and say how to install it; in CI they fail.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from private_jupyter import browser_page, find_browser, private_jupyter

from tools import lab
from tools.learner_copy import FOLDER
from tools.notebooks.predictions import ANSWER
from tools.notebooks.tidy import normalise, write_notebook

ROOT = Path(__file__).resolve().parents[1]
OPEN = "path => window.jupyterapp?.shell.currentWidget?.context?.path === path && window.jupyterapp.shell.currentWidget"
READY = f"path => ({OPEN})(path)?.sessionContext?.session?.kernel?.status === 'idle'"
COPY = f"{FOLDER}/00_start_here.ipynb"


def lesson(correction="Nothing to correct."):
    """Return a lesson that asks, answers, shows, and links to the data card."""
    outputs = [nbformat.v4.new_output("stream", text="the answer is 4\n")]
    shown = [nbformat.v4.new_output("stream", text="shown from the start\n")]
    cells = [
        nbformat.v4.new_markdown_cell(f"# Start\n\n[the data card](../data/README.md). {correction}", id="title"),
        nbformat.v4.new_code_cell("print('shown from the start')", id="shown", outputs=shown, execution_count=1),
        nbformat.v4.new_markdown_cell("**What is 2 + 2?**", id="question"),
        nbformat.v4.new_code_cell(
            "print('the answer is', 2 + 2)",
            id="answer",
            outputs=outputs,
            execution_count=2,
            metadata={"tags": [ANSWER]},
        ),
    ]
    return write_notebook(normalise(nbformat.v4.new_notebook(cells=cells)))


def publish(course, text):
    (course / "notebooks" / "00_start_here.ipynb").write_text(text, encoding="utf-8")


def lay_out(course):
    command = [sys.executable, "-m", "tools.learner_copy"]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("editable", [True, False])
def test_a_folder_that_was_moved_is_told_what_to_do(tmp_path, monkeypatch, editable):
    class Installed:
        def read_text(self, name):
            return json.dumps({"url": (tmp_path / "old place").as_uri(), "dir_info": {"editable": editable}})

    monkeypatch.setattr(lab.metadata, "distribution", lambda name: Installed())
    assert lab.moved_from(tmp_path / "new") is None  # this Python is none of its own
    for place, expected in (("old place", None), ("new", tmp_path / "old place" if editable else None)):
        monkeypatch.setattr(lab.sys, "prefix", str(tmp_path / place / ".venv"))
        assert lab.moved_from(tmp_path / place) == expected
    if editable:
        monkeypatch.setattr(lab, "moved_from", lambda: tmp_path / "old place")
        with pytest.raises(SystemExit, match="was moved, renamed or copied"):
            lab.main([])


def test_an_environment_that_lacks_jupyterlab_is_made_again(monkeypatch):
    """`make lab` alone would say the same for ever: it takes the environment for complete."""
    monkeypatch.setattr(lab.learner_copy, "lay_out", lambda root: [])
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    with pytest.raises(SystemExit, match=r"has no JupyterLab.*\n.*`make clean`, then `make lab`"):
        lab.main([])


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of one lesson, with the real tools."""
    course = tmp_path_factory.mktemp("course with a blank")
    shutil.copytree(ROOT / "tools", course / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    settings = course / "tools" / "jupyterlab" / "overrides.json"
    mark = {"@jupyterlab/notebook-extension:tracker": {"maxNumberOutputs": 49}}  # to tell these settings from others
    settings.write_text(json.dumps(json.loads(settings.read_text(encoding="utf-8")) | mark), encoding="utf-8")
    (course / "notebooks").mkdir()
    (course / "data").mkdir()
    (course / "data" / "README.md").write_text("# The data card", encoding="utf-8")
    publish(course, lesson())
    return course


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("jupyter") / "log"


@pytest.fixture(scope="module")
def address(course, log):
    """The address of JupyterLab as `make lab` starts it, with a place for the path."""
    find_browser()  # without one, start nothing
    with private_jupyter(course, log.parent, ["-m", "tools.lab"]) as address:
        yield address


@pytest.fixture(scope="module")
def page(address):
    """What the browser shows when `make lab` opens it."""
    with browser_page(address.format("")) as page:
        page.wait_for_function(READY, arg=COPY)
        yield page


def cell(page, number):
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").nth(number)


def open_notebook(page, path):
    page.evaluate("path => { window.jupyterapp.commands.execute('docmanager:open', {path}) }", path)
    page.wait_for_function(READY, arg=path)


def start(page, command):
    """Start a command of JupyterLab, without waiting for its end: it may ask something first."""
    page.evaluate("command => { window.jupyterapp.commands.execute(command) }", command)


def test_the_copy_opens_without_its_answer(page):
    assert cell(page, 1).locator(".jp-OutputArea-output").inner_text().strip() == "shown from the start"
    assert cell(page, 3).locator(".jp-OutputArea-output").count() == 0
    assert page.locator(".jp-DirListing-itemText").all_inner_texts() == ["exercises", "00_start_here.ipynb"]


def test_the_first_words_in_the_terminal_say_where_the_copy_is(page, course, log):
    first = log.read_text(encoding="utf-8").splitlines()[:3]
    assert first == [
        f"Your copy of the lessons is the folder {FOLDER} in {course}.",
        "What you write there stays: an update never overwrites it.",
        "The lessons and the exercises were copied there just now.",
    ]


def default_setting(page, plugin, name):
    fetched = page.evaluate("id => window.jupyterapp.serviceManager.settings.fetch(id)", f"@jupyterlab/{plugin}")
    return fetched["schema"]["properties"][name]["default"]


def test_the_courses_settings_hold_and_nobody_is_asked_about_news(page):
    assert default_setting(page, "notebook-extension:tracker", "maxNumberOutputs") == 49
    assert default_setting(page, "apputils-extension:notification", "fetchNews") == "false"
    assert page.get_by_text("official Jupyter news").count() == 0
    assert page.mistakes == []


def test_a_kernel_starts_without_a_warning_in_the_terminal(page, log):
    started = log.read_text(encoding="utf-8").partition("Kernel started")[2]
    assert started, "the page shows a kernel that is ready, but the terminal does not say that one was started"
    assert "WARNING" not in started


def test_the_link_to_the_data_card_opens_it(page):
    page.get_by_role("link", name="the data card").click()
    page.wait_for_function(OPEN, arg="data/README.md")
    page.get_by_role("heading", name="The data card").wait_for()
    start(page, "application:close")


def test_who_opens_the_lesson_itself_has_its_answer_folded_away(page):
    path = "notebooks/00_start_here.ipynb"
    open_notebook(page, path)
    answer = cell(page, 3)
    answer.locator(".jp-OutputPlaceholder").wait_for()
    assert not answer.locator(".jp-OutputArea-output").is_visible()
    assert cell(page, 1).locator(".jp-OutputArea-output").is_visible()
    start(page, "notebook:run-all-cells")
    answer.locator(".jp-OutputArea-output").wait_for()  # who runs it sees it


def test_what_was_run_and_saved_counts_as_not_written_in(page, course):
    """Running to the end adds an empty cell, and saving changes more of the file than its outputs."""
    open_notebook(page, COPY)
    start(page, "notebook:run-all-cells")
    cell(page, 3).locator(".jp-OutputArea-output").wait_for()
    cell(page, 3).click()
    page.keyboard.press("Shift+Enter")
    cell(page, 4).wait_for()
    page.wait_for_function(READY, arg=COPY)
    start(page, "docmanager:save")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    assert len(json.loads((course / COPY).read_text(encoding="utf-8"))["cells"]) == 5
    publish(course, lesson("A correction."))
    assert "You wrote nothing in yours, so the newer version replaced it" in lay_out(course)
    start(page, "docmanager:reload")
    page.get_by_text("A correction.").wait_for()


def test_an_update_while_the_lesson_is_open_loses_nothing(page, course):
    """Words that are not saved yet: JupyterLab sees that the file is another one, asks, and keeps them."""
    open_notebook(page, COPY)
    cell(page, 3).locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("  # my words")
    publish(course, lesson("Now it is right."))
    assert "You wrote nothing in yours, so the newer version replaced it" in lay_out(course)

    start(page, "docmanager:save")
    page.get_by_role("button", name="Overwrite").click()
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    saved = json.loads((course / COPY).read_text(encoding="utf-8"))
    assert "# my words" in "".join(saved["cells"][3]["source"])

    assert "you have written in yours" in lay_out(course)
    newer = json.loads((course / FOLDER / "00 (newer) start_here.ipynb").read_text(encoding="utf-8"))
    assert "Now it is right." in "".join(newer["cells"][0]["source"])
    assert json.loads((course / COPY).read_text(encoding="utf-8")) == saved


# --- without a browser ---


def test_arguments_of_the_caller_come_last_and_the_root_is_the_course():
    found = lab.arguments(["--no-browser"])
    assert found[0] == f"--notebook-dir={ROOT}"
    assert f"--LabApp.default_url=/lab/tree/{FOLDER}/00_start_here.ipynb" in found
    assert found[-1] == "--no-browser"
    assert json.loads((lab.SETTINGS / "overrides.json").read_text(encoding="utf-8"))


class OlderKernelManager:
    @staticmethod
    def class_trait_names():
        return ["transport"]


def test_kernels_are_encrypted_only_where_the_installed_jupyter_can(monkeypatch):
    asked = "--KernelManager.transport_encryption=auto"
    assert asked in lab.arguments([])
    assert lab.arguments(["--KernelManager.transport_encryption=disabled"])[-1].endswith(
        "disabled"
    )  # the last one wins
    monkeypatch.setattr("zmq.has", lambda ability: False)
    assert asked not in lab.arguments([])
    monkeypatch.undo()
    monkeypatch.setattr("jupyter_client.manager.KernelManager", OlderKernelManager)
    assert asked not in lab.arguments([])


def test_without_a_place_for_the_copy_one_sentence_says_so(tmp_path):
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "notebooks").mkdir()
    publish(tmp_path, lesson())
    (tmp_path / FOLDER).write_text("something else")
    done = subprocess.run(
        [sys.executable, "-m", "tools.lab"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"The folder {tmp_path / FOLDER} for your copy of the lessons cannot be made")
    assert len(done.stderr.splitlines()) == 1
