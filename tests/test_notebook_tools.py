"""Normalising, checking and executing notebooks."""

import json
import os
import time

import nbformat
import pytest
from nbformat import v4

from tools.notebooks.__main__ import main, parse_arguments
from tools.notebooks.compare import compare_text
from tools.notebooks.digest import changed_code, code_digest
from tools.notebooks.execute import NotebookError, execute
from tools.notebooks.ids import number_ids
from tools.notebooks.kernel import NotebookKernel, describe_widget, kernel_environment
from tools.notebooks.tags import Tolerance
from tools.notebooks.tidy import (
    ROOT,
    executed_code,
    find_problems,
    normalise,
    read_notebook,
    tidy_outputs,
    write_notebook,
)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def notebook(*cells, **metadata):
    """Return a notebook of code cells: each a source, or a dictionary that describes a cell."""
    described = [{"source": cell} if isinstance(cell, str) else cell for cell in cells]
    made = [v4.new_code_cell(**{"id": f"cell-{number}"} | cell) for number, cell in enumerate(described)]
    return nbformat.from_dict({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def stored(*cells, **metadata):
    """Return the text of a notebook as if it had been run: its cells are numbered, and it is normalised."""
    made = notebook(*cells, **metadata)
    for number, cell in enumerate(made.cells, start=1):
        cell.execution_count = number
    made.metadata["course"] = {**metadata.get("course", {}), "executed_code": executed_code(made)}
    return write_notebook(normalise(made))


def stream(text, name="stdout"):
    return v4.new_output("stream", name=name, text=text)


def shown(data):
    return v4.new_output("display_data", data=data)


# --- normalise ---


def test_what_is_not_part_of_the_lesson_goes():
    cell = {
        "source": "1  \n\n",
        "metadata": {
            "execution": {"iopub.status.busy": "2026"},
            "tags": ["hide-input"],
            "colab": {"id": "x"},
            "course": 1,
        },
    }
    noisy = notebook(
        cell, widgets={"state": {}}, kernelspec={"name": "venv"}, language_info={"version": "3.13"}, course=2
    )
    tidied = normalise(noisy)
    assert tidied.cells[0].metadata == {"tags": ["hide-input"], "course": 1}
    assert tidied.cells[0].source == "1"
    assert set(tidied.metadata) == {"course", "kernelspec", "language_info"}
    assert tidied.metadata.kernelspec.name == "python3"
    assert tidied.metadata.language_info == {"name": "python"}


def test_normalising_twice_changes_nothing_more():
    once = write_notebook(normalise(notebook("1", {"source": "2", "outputs": [stream("a "), stream("b\n")]})))
    assert write_notebook(normalise(read_notebook(once))) == once
    assert once.endswith("}\n")


def test_normalising_does_not_pretend_that_a_cell_was_run():
    tidied = normalise(notebook("1", {"source": "2", "execution_count": 7}))
    assert [cell.execution_count for cell in tidied.cells] == [None, 7]


def test_cells_without_an_id_get_the_same_one_each_time():
    made = notebook("1", "2", "1", {"source": "3", "id": "mine"}, {"source": "4", "id": "mine"})
    for cell in made.cells[:3]:
        del cell["id"]
    ids = [cell.id for cell in normalise(made).cells]
    assert ids == [cell.id for cell in normalise(made).cells]
    assert len(set(ids)) == 5
    assert ids[3:] == ["mine", "mine-2"]


def test_progress_bars_and_widget_views_go_and_text_stays():
    slider = shown({WIDGET_VIEW: {"model_id": "random"}, "text/plain": "IntSlider(value=3)"})
    bar = shown({WIDGET_VIEW: {"model_id": "random"}, "text/plain": "HBox(children=(FloatProgress(value=0.0)))"})
    [kept] = tidy_outputs([bar, slider])
    assert kept.data == {"text/plain": "IntSlider(value=3)"}


def test_texts_are_joined_and_cleaned():
    address = shown({"text/plain": "<Line2D at 0x7f01ab>"})
    first, second = tidy_outputs([stream("10 %\r20 %\ra"), stream("b  \nc\n"), address])
    assert first.text == "ab\nc\n"
    assert second.data["text/plain"] == "<Line2D>"


def test_a_figure_between_two_texts_stays_there():
    outputs = tidy_outputs([stream("a"), shown({"text/plain": "<Figure>"}), stream("b")])
    assert [output.output_type for output in outputs] == ["stream", "display_data", "stream"]


@pytest.mark.parametrize(
    ("line", "tidied"),
    [
        ("File \x1b[32m/home/a/.venv/lib/python3.11/site-packages/keras/src/a.py:3\x1b[39m", "keras/src/a.py:3"),
        ("File ~/venv/lib/python3.13/site-packages/numpy/b.py:3", "numpy/b.py:3"),
        ("File /usr/lib/python3.12/json/decoder.py:3", "python3.12/json/decoder.py:3"),
        (r"File C:\venv\Lib\site-packages\keras\a.py:3", r"keras\a.py:3"),
        (f"File {ROOT}/course_utils/models.py:3", "File course_utils/models.py:3"),
        ("File /home/a/.venv/lib/python3.11/site-packages/numpy/b.py:3, in inv(a)", "File numpy/b.py:3, in inv(a)"),
        ("File \x1b[32m/a/my course/venv/lib/python3.11/site-packages/numpy/b.py:3", "File \x1b[32mnumpy/b.py:3"),
        (f'File "{ROOT}/.venv/lib/python3.11/site-packages/numpy/b.py"', 'File "numpy/b.py"'),
        ("in (/usr/lib/python3/dist-packages/numpy/b.py)", "in (numpy/b.py)"),
    ],
)
def test_a_traceback_names_files_as_on_any_machine(line, tidied):
    [error] = tidy_outputs([v4.new_output("error", ename="E", evalue="", traceback=[line])])
    assert tidied in error.traceback[0]
    assert "venv" not in error.traceback[0]
    assert str(ROOT) not in error.traceback[0]


@pytest.mark.parametrize("text", ["/" * 300_000, ":/" * 150_000, " " * 300_000 + "x", "\n" * 300_000, "=/1m" * 75_000])
def test_a_long_line_takes_no_longer_than_its_length(text):
    started = time.process_time()
    error = v4.new_output("error", ename="E", evalue=text, traceback=[f"File {text}"])
    find_problems(write_notebook(notebook({"outputs": [error, stream(text)]})))
    compare_text(text, f"{text}1", Tolerance())
    assert time.process_time() - started < 5


def test_a_bar_of_tqdm_is_no_output_wherever_it_comes_from():
    bar = shown({WIDGET_VIEW: {}, "text/plain": "  0%|          | 0/3 [00:00<?, ?it/s]"})
    assert tidy_outputs([bar, stream("done\n")]) == [stream("done\n")]
    assert describe_widget({"_model_name": "HTMLModel", "value": " 3/3 [00:00&lt;00:00, 94.68it/s]"}) == ""


# --- find_problems ---


def test_a_notebook_in_order_has_no_problem():
    figure = shown({"image/png": "A" * 1000, "text/plain": "<Figure>"})
    text = stored({"source": "1", "outputs": [stream("168/256, see https://a.org/home/x and and/or\n"), figure]}, "2")
    assert find_problems(text) == {}


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ({"outputs": [stream("a warning", "stderr")]}, "output on stderr: 'a warning'"),
        ({"outputs": [stream("in /tmp/faces/a.png\n")]}, "absolute path in the output: '/tmp/faces/a.png'"),
        ({"outputs": [stream("in /content/data\n")]}, "absolute path"),
        ({"outputs": [shown({"text/plain": "PosixPath('/home/ada/faces')"})]}, "path in the output: '/home/ada/faces'"),
        ({"outputs": [shown({"text/html": "<td>C:\\Users\\ada</td>"})]}, "absolute path"),
        ({"outputs": [stream(f"{ROOT}\n")]}, "absolute path"),
        ({"outputs": [v4.new_output("error", ename="KeyError", evalue="3")]}, "raised KeyError: 3"),
        ({"outputs": [v4.new_output("execute_result", data={}, execution_count=3)]}, "is [3] and must be [2]"),
        ({"outputs": [shown({"image/png": "A" * 500_000})]}, "image of 375 kB"),
        ({"metadata": {"tags": ["rtol:abc"]}}, "malformed tag 'rtol:abc'"),
        ({"metadata": {"tags": ["raises-exception"]}}, "no exception was raised"),
    ],
)
def test_a_fault_is_found_at_its_cell(cell, message):
    problems = find_problems(stored("1", {"source": "2"} | cell, "3"))
    assert list(problems) == [2]
    assert message in problems[2][0]


def test_a_cell_never_run_and_one_out_of_order_are_found():
    text = write_notebook(normalise(notebook("1", {"source": "2", "execution_count": 5})))
    problems = find_problems(text)
    assert "never run" in problems[1][0]
    assert "it is [5] and must be [2]" in problems[2][0]


def test_a_skipped_cell_and_an_empty_one_need_not_be_run():
    skipped = {"source": "2", "metadata": {"tags": ["nbval-skip"]}}
    assert find_problems(write_notebook(normalise(notebook(skipped, " ")))) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (lambda: stored("1").rstrip(), "not normalised"),
        (lambda: json.dumps(json.loads(stored("1"))), "not normalised"),
        (lambda: write_notebook(notebook(widgets={"state": {}})), "state of widgets"),
        (lambda: stored("x" * 1_100_000), "the file has 1.10 MB"),
    ],
)
def test_a_fault_of_the_file_is_found(text, message):
    assert message in find_problems(text())[0][0]


# --- which code the outputs come from ---

CODE = "import keras\n\nkeras.utils.set_random_seed(0)\nnetwork = fit(train, test, rate=0.01, name=f'{x:.2f}')"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seed(0)", "seed(1)"),
        ("0.01", "0.02"),
        ("train, test", "test, train"),
        ("rate=", "speed="),
        (".2f", ".3f"),
        ("network = ", "network += "),
        ("(0)\n", "(0)\ndel keras\n"),
        ("(0)", "(-0)"),
    ],
)
def test_code_that_does_something_else_has_another_digest(old, new):
    assert code_digest(CODE) != code_digest(CODE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.01", "1e-2"),
        ("(0)", "(0)  # the same for everybody"),
        ("train, test", "\n    train,\n    test"),
        ("'{x:.2f}'", '"{x:.2f}"'),
        ("import keras", "from another_place import keras"),
    ],
)
def test_code_that_does_the_same_has_the_same_digest(old, new):
    assert code_digest(CODE) == code_digest(CODE.replace(old, new))


def test_addresses_and_version_tags_do_not_count_and_other_commands_do():
    fetch = "address = 'https://github.com/OWNER/course'\n!git clone -b v0.1.0 {address} course"
    assert code_digest(fetch) == code_digest(fetch.replace("OWNER", "someone").replace("v0.1.0", "v1.2.3"))
    assert code_digest(fetch) != code_digest(fetch.replace("clone", "clone -q"))
    assert code_digest("this is no Python") != code_digest("this is no code")


DRAWING = '<dc:date>{date}</dc:date><path id="m{a}"/><clipPath id="p{b}"/><use href="#m{a}" clip-path="url(#p{b})"/>'
STYLED = '<table id="T_{a}"><td id="T_{a}_row0_col0">0.50</td></table>'


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (DRAWING, {"a": "0123456789", "b": "abcdef0123"}, {"a": "fedcba9876", "b": "0a1b2c3d4e"}),
        (STYLED, {"a": "85e22"}, {"a": "8bd05"}),
    ],
)
def test_random_ids_are_numbered_and_nothing_else_is(text, first, second):
    one, other = (number_ids(text.format(date=date, **ids)) for date, ids in (("2026", first), ("2027", second)))
    assert one == other
    assert all(digits not in one for digits in first.values())
    assert number_ids(text.replace("row0", "row1").format(date="2026", **first)) == one.replace("row0", "row1")
    assert number_ids(text.replace('href="#m{a}"', 'href="#p{b}"').format(date="2026", **first)) == one.replace(
        'href="#m1"', 'href="#p2"'
    )


def test_changed_new_and_removed_cells_are_told_apart():
    run = ["a", "b", "c", "d"]
    assert changed_code(run, run) == ([], False)
    assert changed_code(run, ["a", "x", "c", "d"]) == ([1], False)
    assert changed_code(run, ["a", "b", "new", "c", "d"]) == ([2], False)
    assert changed_code(run, ["a", "c", "d"]) == ([], True)
    assert changed_code(run, ["a", "x", "d"]) == ([1], True)


def test_code_that_was_changed_after_the_run_is_found_at_its_cell():
    text = stored("seed = 0", "print(seed)  # shown")
    assert find_problems(text.replace("  # shown", "  # told")) == {}
    problems = find_problems(text.replace("seed = 0", "seed = 1"))
    assert list(problems) == [1]
    assert "changed after its outputs were stored" in problems[1][0]


def test_a_removed_cell_and_outputs_of_unknown_code_are_faults_of_the_file():
    run = read_notebook(stored("1", "2", "3"))
    del run.cells[0]
    for number, cell in enumerate(run.cells, start=1):
        cell.execution_count = number
    assert "a code cell is gone" in find_problems(write_notebook(run))[0][0]
    del run.metadata["course"]
    assert "nothing says which code" in find_problems(write_notebook(run))[0][0]


# --- the kernel ---


def test_a_setting_made_on_purpose_passes_through(tmp_path):
    given = {"TF_ENABLE_ONEDNN_OPTS": "1", "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "0"}
    environment = kernel_environment(tmp_path, given)
    assert given.items() <= environment.items()
    assert environment["TF_CPP_MIN_LOG_LEVEL"] == "3"
    assert environment["TQDM_DISABLE"] == "1"


def test_what_this_machine_has_does_not_reach_the_notebook(tmp_path):
    given = dict.fromkeys(
        ["COURSE_DATA", "SCIKIT_LEARN_DATA", "KERAS_HOME", "MATPLOTLIBRC", "MPLBACKEND", "PYTEST_CURRENT_TEST"], "mine"
    )
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


def write(path, *cells):
    path.write_text(write_notebook(notebook(*cells)), encoding="utf-8")


def outputs(path):
    return [output for cell in read_notebook(path.read_text(encoding="utf-8")).cells for output in cell.outputs]


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


# --- the command line ---


def test_check_says_what_is_wrong_and_where(path, capsys):
    write(path, "1")
    assert main(["check", str(path)]) == 1
    assert "cell [1]: never run" in capsys.readouterr().err
    path.write_text(stored("1"), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "in order" in capsys.readouterr().out


MALFORMED = {
    "conflict": ("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", "git's marks of a conflict"),
    "begin of a conflict": ("<<<<<<< HEAD\n{}\n", "git's marks of a conflict"),
    "end of a conflict": ("{}\n>>>>>>> other\n", "git's marks of a conflict"),
    "middle of a conflict": ("{}\n=======\n{}\n", "git's marks of a conflict"),
    "empty": ("", "no JSON"),
    "deep": ("[" * 100_000, "nested too deeply"),
    "list": ("[]", "does not say its format"),
    "format 3": ('{"metadata": {}, "nbformat": 3, "worksheets": []}', "its format is 3, not 4"),
    "no cells": ('{"metadata": {}, "nbformat": 4, "cells": null}', "it has no cells"),
    "no metadata": ('{"nbformat": 4, "cells": []}', "it has no metadata"),
    "no cell": ('{"metadata": {}, "nbformat": 4, "cells": [[]]}', "cell 1 of all cells has no type"),
    "no type": ('{"metadata": {}, "nbformat": 4, "cells": [{"source": "", "metadata": {}}]}', "has no type"),
    "no source": ('{"metadata": {}, "nbformat": 4, "cells": [{"cell_type": "raw", "metadata": {}}]}', "has no source"),
    "no output": (
        '{"metadata": {}, "nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [1]}'
        "]}",
        "has an output that is none",
    ),
}


def test_a_malformed_notebook_is_named_and_the_others_are_looked_at(tmp_path, capsys):
    files = {name: tmp_path / f"{name}.ipynb" for name in [*MALFORMED, "not UTF-8", "good"]}
    for name, (text, _) in MALFORMED.items():
        files[name].write_text(text, encoding="utf-8")
    files["not UTF-8"].write_bytes("[\u738b]".encode("gbk"))
    files["good"].write_text(stored("1"), encoding="utf-8")
    assert main(["check", *map(str, files.values())]) == 1
    printed = capsys.readouterr()
    assert "good.ipynb" in printed.out
    for name, message in [
        *((name, message) for name, (_, message) in MALFORMED.items()),
        ("not UTF-8", "no text in UTF-8"),
    ]:
        assert any(f"{name}.ipynb: " in line and message in line for line in printed.err.splitlines()), name


def test_the_mark_of_windows_before_a_text_is_taken_away(path):
    path.write_text("\ufeff" + stored("1"), encoding="utf-8")
    main(["normalise", str(path)])
    assert path.read_text(encoding="utf-8") == stored("1")


def test_a_full_disk_is_told_with_the_files_name(path, monkeypatch, capsys):
    path.write_text(stored("1").rstrip(), encoding="utf-8")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("course_utils.whole_files.tempfile.mkdtemp", full)
    assert main(["normalise", str(path)]) == 1
    assert "lesson.ipynb could not be written (No space left on device)" in capsys.readouterr().err


def test_normalise_says_whether_it_changed_the_file(path, capsys):
    path.write_text(stored("1").rstrip(), encoding="utf-8")
    assert main(["normalise", str(path)]) == 0
    assert "changed" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == stored("1")
    main(["normalise", str(path)])
    assert "unchanged" in capsys.readouterr().out


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


def test_execute_goes_on_after_a_failure(path, tmp_path, capsys):
    write(path, "1 / 0")
    good = tmp_path / "other.ipynb"
    write(good, "1")
    assert main(["execute", str(path), str(good)]) == 1
    printed = capsys.readouterr()
    assert "lesson.ipynb: cell [1]" in printed.err
    assert "other.ipynb" in printed.out
    assert "MiB  changed" in printed.out


def test_plain_pytest_runs_the_notebooks(pytestconfig):
    assert pytestconfig.getini("testpaths") == ["tests", "notebooks"]
    assert pytestconfig.option.nbval
    assert pytestconfig.pluginmanager.hasplugin("tools.notebook_regression")


def test_options_may_stand_before_and_behind_the_notebooks():
    before = parse_arguments(["execute", "--fresh", "a.ipynb"])
    assert before == parse_arguments(["execute", "a.ipynb", "--fresh"])
    assert (before.fresh, [path.name for path in before.notebooks]) == (True, ["a.ipynb"])
