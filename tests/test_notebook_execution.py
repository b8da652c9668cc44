"""Running the cells of a notebook in a kernel, and storing what they show."""

import json
import os

import pytest
from made_up_notebooks import notebook, outputs, stream, write

from tools.notebooks.execute import NotebookError, execute
from tools.notebooks.kernel import NotebookKernel, describe_widget, kernel_environment
from tools.notebooks.tidy import find_problems, normalise, read_notebook, write_notebook

# --- the kernel ---


def test_a_setting_made_on_purpose_passes_through(tmp_path):
    given = {"TF_ENABLE_ONEDNN_OPTS": "1", "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "0"}
    environment = kernel_environment(tmp_path, given)
    assert given.items() <= environment.items()
    assert environment["TF_CPP_MIN_LOG_LEVEL"] == "3"
    assert environment["TQDM_DISABLE"] == "1"


def test_what_this_machine_has_does_not_reach_the_notebook(tmp_path):
    data = ("COURSE_DATA", "SCIKIT_LEARN_DATA")
    settings = ("KERAS_HOME", "KERAS_MAX_EPOCHS", "MATPLOTLIBRC", "MPLBACKEND", "PYTEST_CURRENT_TEST")
    terminal = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
    given = dict.fromkeys((*data, *settings, *terminal), "mine")
    environment = kernel_environment(tmp_path, given)
    assert "mine" not in environment.values()
    assert list((tmp_path / "course_data").iterdir()) == []
    assert environment["COURSE_DATA"] == str(tmp_path / "course_data")
    assert (tmp_path / "matplotlibrc").read_text() == ""  # it comes before the one in the user's folder


def test_the_kernel_is_this_python_and_widgets_get_no_answer(tmp_path, monkeypatch):
    fake = tmp_path / "kernels" / "python3"
    fake.mkdir(parents=True)
    (fake / "kernel.json").write_text(json.dumps({"argv": ["no-such-python"], "display_name": "", "language": ""}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    cells = [
        "import sys, os, ipywidgets; sys.prefix",
        "panel = ipywidgets.Output()\nwith panel:\n    print('inside')",
        "len(panel.outputs)",
        "import time\nos.system('echo from below >&2')\ntime.sleep(2)",  # a thread of the kernel has to pick it up
    ]
    with NotebookKernel(notebook(*cells), tmp_path) as kernel:
        results = [kernel.run(index) for index in range(len(cells))]
    assert results[0].outputs[0].data["text/plain"] == repr(os.path.normpath(os.sys.prefix))
    assert results[1].outputs == []
    assert results[1].widgets == ["inside\n"]
    assert results[2].outputs[0].data["text/plain"] == "0"
    assert (results[3].outputs[0].name, results[3].outputs[0].text) == ("stderr", "from below\n")


def test_widgets_are_described_by_what_a_reader_can_set():
    slider = {
        "_model_name": "IntSliderModel",
        "value": 3,
        "min": 0,
        "max": 5,
        "description": "size",
        "layout": "random",
    }
    choice = {"_model_name": "DropdownModel", "index": 1, "_options_labels": ["a", "b"], "description": ""}
    assert describe_widget(slider) == "IntSlider(value=3, min=0, max=5) size"
    assert describe_widget(choice) == "Dropdown(index=1, options_labels=['a', 'b'])"
    assert describe_widget({"_model_name": "VBoxModel", "children": ["random"]}) == ""
    assert describe_widget({"_model_name": "FloatProgressModel", "value": 3}) == ""


def test_a_picture_in_a_widget_is_described_by_its_alternative_text():
    picture = {
        "_model_name": "HTMLModel",
        "value": '<img src="data:image/png;base64,iVBOR+/w0==" alt="A face, 3 lines.">',
    }
    assert describe_widget(picture) == """HTML(value='<img src="data:image/png;base64,..." alt="A face, 3 lines.">')"""


# --- execute ---


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lesson.ipynb"


def test_executing_stores_outputs_and_a_second_run_changes_nothing(path):
    write(path, "import os\nos.path.basename(os.getcwd())", "", "print(object())", "1 / 0")
    notebook_with_tag = read_notebook(path.read_text(encoding="utf-8"))
    notebook_with_tag.cells[3].metadata["tags"] = ["raises-exception"]
    path.write_text(write_notebook(notebook_with_tag), encoding="utf-8")
    path.chmod(0o640)

    first = execute(path)
    text = path.read_text(encoding="utf-8")
    assert first.changed
    assert first.seconds > 0
    assert find_problems(text) == {}
    assert [cell.execution_count for cell in read_notebook(text).cells] == [1, None, 2, 3]
    assert outputs(path)[0].data["text/plain"] == repr(path.parent.name)
    assert outputs(path)[1].text == "<object object>\n"
    assert path.stat().st_mode & 0o777 == 0o640

    assert not execute(path).changed
    assert path.read_text(encoding="utf-8") == text


def test_stored_outputs_stay_while_the_code_is_the_same_and_they_match(path):
    write(path, "print(0.500)", "print(0.700)", "print(0.900)")
    execute(path)
    text = path.read_text(encoding="utf-8")

    drifted = (
        text.replace('"0.5\\n"', '"0.5001\\n"').replace('"0.7\\n"', '"0.8765\\n"').replace('"0.9\\n"', '"0.9001\\n"')
    )
    path.write_text(drifted, encoding="utf-8")
    execute(path)
    assert [output.text for output in outputs(path)] == ["0.5001\n", "0.7\n", "0.9001\n"]

    path.write_text(drifted.replace("print(0.700)", "print(0.7 + 0)"), encoding="utf-8")
    execute(path)
    assert [output.text for output in outputs(path)] == ["0.5001\n", "0.7\n", "0.9\n"]

    path.write_text(drifted, encoding="utf-8")
    execute(path, fresh=True)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 / 0", "raised ZeroDivisionError: division by zero"),
        ("import sys; print('hm', file=sys.stderr)", "output on stderr: 'hm'"),
        ("print('/home/ada/faces')", "absolute path in the output: '/home/ada/faces'"),
        ("import time; time.sleep(30)", "timed out"),
        ("import os; os._exit(1)", "Kernel died"),
    ],
)
def test_a_failing_execution_leaves_the_notebook_untouched(path, source, message):
    write(path, "print('fine')", source)
    before = path.read_bytes()
    with pytest.raises(NotebookError) as caught:
        execute(path, timeout=3)
    assert "cell [2]" in str(caught.value)
    assert message in str(caught.value)
    assert source in str(caught.value)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_edit_that_changes_nothing_keeps_all_outputs(path):
    write(path, "score = 0.5000\nprint(score)", "print(0.7)")
    execute(path)
    text = path.read_text(encoding="utf-8").replace('"0.7\\n"', '"0.7001\\n"')
    renamed = text.replace("score", "share")
    path.write_text(renamed, encoding="utf-8")
    assert find_problems(renamed).keys() == {1}
    execute(path, unchanged=True)
    assert [output.text for output in outputs(path)] == ["0.5\n", "0.7001\n"]
    assert find_problems(path.read_text(encoding="utf-8")) == {}

    path.write_text(text.replace("0.5000", "0.9000"), encoding="utf-8")
    with pytest.raises(NotebookError, match=r"(?s)cell \[1\].*stored 0.5, new 0.9.*without --unchanged"):
        execute(path, unchanged=True)
    assert "0.9000" in path.read_text(encoding="utf-8")
    assert '"0.5\\n"' in path.read_text(encoding="utf-8")


def test_executing_keeps_the_sources_of_numbers(path):
    about = {"course": {"numbers": {"42": "6 × 7"}, "widgets": ["an old one"]}}
    write(path, {"source": "1", "metadata": about})
    execute(path)
    [cell] = read_notebook(path.read_text(encoding="utf-8")).cells
    assert cell.metadata["course"] == {"numbers": {"42": "6 × 7"}}


def test_a_cell_never_run_is_no_edit_that_changes_nothing(path):
    write(path, "1")
    with pytest.raises(NotebookError, match="never run"):
        execute(path, unchanged=True)


def test_a_skipped_cell_keeps_what_is_stored(path):
    skipped = {"source": "1 / 0", "metadata": {"tags": ["nbval-skip"]}, "outputs": [stream("from a GPU\n")]}
    write(path, "print('fine')", skipped)
    execute(path)
    assert [output.text for output in outputs(path)] == ["fine\n", "from a GPU\n"]


TOO_MUCH = {
    "a file of megabytes": ("for _ in range(20_000):\n    print('x' * 99)", "the file has 2.", "at most 1 MB"),
    "a cell without end": ("for _ in range(3_000):\n    print('x' * 99)", "shows more than 0 MB", "print less"),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_a_notebook_that_shows_too_much_is_not_stored(path, monkeypatch, kind):
    source, *said = TOO_MUCH[kind]
    if kind == "a cell without end":
        monkeypatch.setattr("tools.notebooks.kernel.MOST_SHOWN", 100_000)
        monkeypatch.setattr("tools.notebooks.execute.MOST_SHOWN", 100_000)
    before = write_notebook(normalise(notebook(source)))
    path.write_text(before, encoding="utf-8")
    with pytest.raises(NotebookError, match=".*".join(said)) as caught:
        execute(path)
    assert str(path) in str(caught.value)
    assert path.read_text(encoding="utf-8") == before
