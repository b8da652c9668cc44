"""The proof that the regression test of the notebooks catches what it must, and at the right cell.

Faults are planted in copies of two small executed notebooks beside this file: ``training.ipynb`` (TensorFlow, a few
epochs) and ``display.ipynb`` (no TensorFlow: text, figures, widgets, an exception).  pytest then runs the copies in a
process of its own, with the plugin that tests the lessons.  Each class is a unit of work for pytest-xdist.
"""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.notebooks.tidy import executed_code, read_notebook

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run_pytest(folder: Path, environment: dict[str, str] | None = None) -> dict[str, dict[str, str]]:
    """Test the notebooks in a folder.

    Return for each notebook, by the stem of its name, what became of each item: "passed", "skipped" or the message of
    its failure.
    """
    report = folder / "report.xml"
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [
        *(sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"),
        *("-p", "tools.notebook_regression", "-p", "no:cacheprovider", f"--junitxml={report}", str(folder)),
    ]
    run = subprocess.run(command, cwd=ROOT, env=passed_on | (environment or {}), capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stdout + run.stderr
    results = defaultdict(dict)
    for case in ElementTree.parse(report).iter("testcase"):
        results[case.get("classname").removesuffix(".ipynb")][case.get("name")] = outcome(case)
    return results


def outcome(case: ElementTree.Element) -> str:
    if case.find("skipped") is not None:
        return "skipped"
    failure = case.find("failure")
    return "passed" if failure is None else failure.text


def failures(outcomes: dict[str, str]) -> list[str]:
    return [name for name, result in outcomes.items() if result not in ("passed", "skipped")]


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@dataclass(frozen=True)
class Fault:
    """A fault: the cell that it is planted in, numbered as JupyterLab does, and where and how it must be reported.

    With `signed`, the notebook says that its outputs come from the faulty code, so that only a run can find the fault.
    """

    cell: int
    plant: Callable[[dict], None]
    message: str
    seen_at: int | None = None
    signed: bool = True

    @property
    def reported_by(self) -> str:
        return f"Cell {self.seen_at or self.cell}"


def run_with_faults(source: str, faults: dict[str, Fault], folder: Path) -> dict[str, dict[str, str]]:
    """Plant each fault in a copy of a notebook and test all copies."""
    text = (HERE / source).read_text(encoding="utf-8")
    for name, fault in faults.items():
        notebook = json.loads(text)
        fault.plant(code_cells(notebook)[fault.cell - 1])
        if fault.signed:
            sign(notebook)
        (folder / f"{name}.ipynb").write_text(
            json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return run_pytest(folder)


def sign(notebook: dict) -> None:
    """Store the digests of the code that stands there, as an execution would."""
    digests = executed_code(read_notebook(json.dumps(notebook)))
    notebook["metadata"]["course"] = {"executed_code": digests}


def code(old: str, new: str) -> Callable[[dict], None]:
    """Change the code of a cell."""

    def plant(cell: dict) -> None:
        source = "".join(cell["source"])
        assert source.count(old) == 1
        cell["source"] = source.replace(old, new).splitlines(keepends=True)

    return plant


def stored(old: str, new: str) -> Callable[[dict], None]:
    """Change the stored outputs of a cell."""

    def plant(cell: dict) -> None:
        outputs = json.dumps(cell["outputs"])
        assert outputs.count(old) == 1
        cell["outputs"] = json.loads(outputs.replace(old, new))

    return plant


def strip(cell: dict) -> None:
    cell["outputs"], cell["execution_count"] = [], None


def no_outputs(cell: dict) -> None:
    cell["outputs"] = []


def out_of_order(cell: dict) -> None:
    cell["execution_count"] = 7


def stderr(cell: dict) -> None:
    cell["outputs"].append({"name": "stderr", "output_type": "stream", "text": ["UserWarning: a warning\n"]})


def tags(*names: str) -> Callable[[dict], None]:
    def plant(cell: dict) -> None:
        cell["metadata"]["tags"] = list(names)

    return plant


def no_tags(cell: dict) -> None:
    del cell["metadata"]["tags"]


def large_figure(cell: dict) -> None:
    cell["outputs"][0]["data"]["image/png"] = "A" * 600_000


TRAINING_FAULTS = {
    "learning rate": Fault(4, code("learning_rate=0.01", "learning_rate=0.02"), "number 2: stored 0.68"),
    "filters": Fault(3, code("filters=8", "filters=9"), "number 1: stored 89, new 100"),
    "one more epoch": Fault(4, code("epochs=4", "epochs=5"), "text differs", seen_at=5),
}

DISPLAY_FAULTS = {
    "stale text": Fault(2, stored("Alan", "Alain"), "-Alain     0.875"),
    "stale number": Fault(2, stored("0.875", "0.895"), "stored 0.895, new 0.875, difference 0.02"),
    "integer off by one": Fault(2, stored("2 of 3", "1 of 3"), "stored 1, new 2, difference 1"),
    "new stderr": Fault(
        2, code('print(f"{name', "import sys; print(end='!', file=sys.stderr); print(f\"{name"), "stderr"
    ),
    "colour map": Fault(3, code("viridis", "plasma"), "figure differs near"),
    "title of a figure": Fault(3, code("distance from", "nearness of"), "figure differs near"),
    "missing figure": Fault(3, code("plt.show", "plt.close"), "new:    no output"),
    "turned picture": Fault(3, code("-1:1:50j, -1:1:50j", "-1:1:50j, -1:0:50j"), "figure differs near"),
    "missing figure that may differ": Fault(4, code("display(", "dict(a="), "new:    no output"),
    "alternative text in the code": Fault(4, code("left up, right down", "right up, left down"), "-A line: left up"),
    "stored alternative text": Fault(4, stored("left up, right down", "right up, left down"), "-A line: right up"),
    "missing stored figure": Fault(4, no_outputs, "stored: no output"),
    "value of a widget": Fault(5, code("value=3", "value=4"), "widget: number 1: stored 3, new 4"),
    "range of a widget": Fault(5, code("min=0", "min=1"), "widget: number 2: stored 0, new 1"),
    "value in interact": Fault(6, code("exponent=(0, 3)", "exponent=(2, 3)"), "widget: number 4: stored 1, new 2"),
    "text in interact": Fault(6, code("to the power", "raised to"), "+5 raised to 1 is 5"),
    "text in an Output widget": Fault(7, code("a panel", "the panel"), "+the panel with 3 scores"),
    "clear_output": Fault(8, code("clear_output()", ""), "number or kind of outputs differs"),
    "message of an exception": Fault(9, code("scores[3]", "scores[4]"), "stored 3, new 4"),
    "name of an exception": Fault(9, code("scores[3]", "x_train"), "+NameError: name 'x_train' is not defined"),
    "no exception": Fault(9, code("scores[3]", "scores[2];"), "no exception was raised"),
    "unexpected exception": Fault(
        8, code("clear_output()", "clear_outputs()"), "raised NameError: name 'clear_outputs'"
    ),
}

CHANGED = "its code was changed after its outputs were stored"

STORED_FAULTS = {
    "seed in the code": Fault(2, code("0.125", "0.126"), CHANGED, signed=False),
    "swapped arguments": Fault(6, code("base, exponent):", "exponent, base):"), CHANGED, signed=False),
    "colour map never drawn": Fault(3, code("viridis", "plasma"), CHANGED, signed=False),
    "never run": Fault(4, strip, "never run"),
    "out of order": Fault(4, out_of_order, "it is [7] and must be [4]"),
    "stderr": Fault(2, stderr, "output on stderr: 'UserWarning: a warning'"),
    "absolute path": Fault(2, stored("Alan  ", "/home/ada/faces"), "absolute path in the output: '/home/ada/faces"),
    "stored error": Fault(9, no_tags, "raised IndexError"),
    "malformed tag": Fault(3, tags("check-image:much"), "malformed tag 'check-image:much'"),
    "unknown tag": Fault(2, tags("rtoll:1e-2"), "unknown tag 'rtoll:1e-2'"),
    "large figure": Fault(4, large_figure, "image of 450 kB"),
}


@pytest.fixture(scope="class")
def training_outcomes(tmp_path_factory):
    return run_with_faults("training.ipynb", TRAINING_FAULTS, tmp_path_factory.mktemp("training"))


class TestTrainingFaults:
    """What follows a changed training differs too, so only the first failure is the fault's own."""

    @pytest.mark.parametrize("name", TRAINING_FAULTS)
    def test_is_caught(self, name, training_outcomes):
        fault = TRAINING_FAULTS[name]
        assert failures(training_outcomes[name])[0] == fault.reported_by
        assert fault.message in training_outcomes[name][fault.reported_by]
        assert "skipped" not in training_outcomes[name].values()


@pytest.fixture(scope="class")
def display_outcomes(tmp_path_factory):
    return run_with_faults("display.ipynb", DISPLAY_FAULTS, tmp_path_factory.mktemp("display"))


class TestDisplayFaults:
    @pytest.mark.parametrize("name", DISPLAY_FAULTS)
    def test_is_caught_and_nothing_else_fails(self, name, display_outcomes):
        fault = DISPLAY_FAULTS[name]
        assert failures(display_outcomes[name]) == [fault.reported_by]
        assert fault.message in display_outcomes[name][fault.reported_by]
        assert "skipped" not in display_outcomes[name].values()


@pytest.fixture(scope="class")
def stored_outcomes(tmp_path_factory):
    return run_with_faults("display.ipynb", STORED_FAULTS, tmp_path_factory.mktemp("stored"))


class TestStoredFaults:
    """Faults that can be seen without a kernel: nothing runs."""

    @pytest.mark.parametrize("name", STORED_FAULTS)
    def test_is_caught_and_nothing_runs(self, name, stored_outcomes):
        fault = STORED_FAULTS[name]
        assert failures(stored_outcomes[name]) == [fault.reported_by]
        assert fault.message in stored_outcomes[name][fault.reported_by]
        others = {item: result for item, result in stored_outcomes[name].items() if item != fault.reported_by}
        assert others == dict.fromkeys(others, "skipped") | {"Notebook": "passed"}

    def test_stripped_notebook_fails_at_every_cell(self, tmp_path):
        notebook = json.loads((HERE / "training.ipynb").read_text(encoding="utf-8"))
        for cell in code_cells(notebook):
            strip(cell)
        (tmp_path / "stripped.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        outcomes = run_pytest(tmp_path)["stripped"]
        cells = [f"Cell {number}" for number in range(1, 7)]
        assert failures(outcomes) == ["Notebook", *cells]
        assert all("make notebooks" in outcomes[cell] for cell in cells)

    def test_widget_state_is_caught_at_the_file(self, tmp_path):
        notebook = json.loads((HERE / "display.ipynb").read_text(encoding="utf-8"))
        notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
        strip(code_cells(notebook)[0])  # so that nothing runs
        (tmp_path / "widgets.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        outcomes = run_pytest(tmp_path)["widgets"]
        assert failures(outcomes) == ["Notebook", "Cell 1"]
        assert "the state of widgets is stored" in outcomes["Notebook"]


def machine(threads: int, onednn: int) -> dict[str, str]:
    """Return the settings that make this machine compute like another one."""
    names = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return dict.fromkeys(names, str(threads)) | {"TF_ENABLE_ONEDNN_OPTS": str(onednn)}


@pytest.mark.parametrize("onednn", [0, 1])
@pytest.mark.parametrize("threads", [1, 2])
class TestOtherMachines:
    def test_the_untouched_notebook_passes(self, threads, onednn, tmp_path):
        (tmp_path / "training.ipynb").write_bytes((HERE / "training.ipynb").read_bytes())
        outcomes = run_pytest(tmp_path, machine(threads, onednn))["training"]
        assert outcomes == dict.fromkeys(["Notebook", *(f"Cell {number}" for number in range(1, 7))], "passed")


class TestEnds:
    def test_cells_after_a_dead_kernel_are_skipped(self, tmp_path):
        fault = Fault(8, code("clear_output()", "import os; os._exit(1)"), "Kernel died")
        outcomes = run_with_faults("display.ipynb", {"dead": fault}, tmp_path)["dead"]
        assert failures(outcomes) == ["Cell 8"]
        assert fault.message in outcomes["Cell 8"]
        assert outcomes["Cell 9"] == "skipped"

    def test_the_display_notebook_passes(self, tmp_path):
        (tmp_path / "display.ipynb").write_bytes((HERE / "display.ipynb").read_bytes())
        assert set(run_pytest(tmp_path)["display"].values()) == {"passed"}
