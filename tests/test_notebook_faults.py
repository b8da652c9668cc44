"""Normalising notebooks, and finding what is wrong in them; no kernel is started."""

import json
import time

import pytest
from made_up_notebooks import WIDGET_VIEW, notebook, shown, stored, stream
from nbformat import v4

from tools.notebooks.compare import compare_text
from tools.notebooks.digest import changed_code, code_digest
from tools.notebooks.ids import number_ids
from tools.notebooks.kernel import describe_widget
from tools.notebooks.tags import Tolerance
from tools.notebooks.tidy import ROOT, find_problems, normalise, read_notebook, tidy_outputs, write_notebook

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
