"""The proof that the regression test of the notebooks catches what it must, and at the right cell.

Faults are planted in copies of two small executed notebooks beside this file: ``training.ipynb`` (TensorFlow, a few
epochs) and ``display.ipynb`` (no TensorFlow: text, figures, widgets, an exception).  pytest then runs the copies in a
process of its own, with the plugin that tests the lessons.  Each class is a unit of work for pytest-xdist.

The cells of ``display.ipynb`` do not depend on each other, so one copy holds a fault in each of several cells.  In
``training.ipynb`` everything after a fault differs too: there each fault has a copy of its own.
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


def plant(source: str, faults: list[Fault], path: Path) -> None:
    """Write a copy of a notebook with some faults in it."""
    notebook = json.loads((HERE / source).read_text(encoding="utf-8"))
    for signed in (True, False):  # first those of whose code the digests are stored
        for fault in faults:
            if fault.signed == signed:
                fault.plant(code_cells(notebook)[fault.cell - 1])
        if signed:
            sign(notebook)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def share_out(faults: dict[str, Fault]) -> list[dict[str, Fault]]:
    """Share faults out among as few copies as there can be with no two faults in one cell."""
    copies: list[dict[str, Fault]] = []
    for name, fault in faults.items():
        free = (copy for copy in copies if fault.cell not in {other.cell for other in copy.values()})
        copy = next(free, None)
        if copy is None:
            copies.append(copy := {})
        copy[name] = fault
    return copies


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
    folder = tmp_path_factory.mktemp("training")
    for name, fault in TRAINING_FAULTS.items():
        plant("training.ipynb", [fault], folder / f"{name}.ipynb")
    return run_pytest(folder)


class TestTrainingFaults:
    """What follows a changed training differs too, so only the first failure is the fault's own."""

    @pytest.mark.parametrize("name", TRAINING_FAULTS)
    def test_is_caught(self, name, training_outcomes):
        fault = TRAINING_FAULTS[name]
        assert failures(training_outcomes[name])[0] == fault.reported_by
        assert fault.message in training_outcomes[name][fault.reported_by]
        assert "skipped" not in training_outcomes[name].values()


COPIES = {f"copy {number}": faults for number, faults in enumerate(share_out(DISPLAY_FAULTS))}
DEAD = Fault(8, code("clear_output()", "import os; os._exit(1)"), "Kernel died")


@pytest.fixture(scope="class")
def outcomes(tmp_path_factory):
    """What becomes of all the copies that need no TensorFlow, tested in one run."""
    folder = tmp_path_factory.mktemp("display")
    plant("display.ipynb", [], folder / "untouched.ipynb")
    plant("display.ipynb", [DEAD], folder / "dead.ipynb")
    for name, faults in COPIES.items():
        plant("display.ipynb", list(faults.values()), folder / f"{name}.ipynb")
    for name, fault in STORED_FAULTS.items():
        plant("display.ipynb", [fault], folder / f"{name}.ipynb")
    strip_every_cell(folder / "stripped.ipynb")
    store_widget_state(folder / "widget state.ipynb")
    return run_pytest(folder)


def strip_every_cell(path: Path) -> None:
    notebook = json.loads((HERE / "training.ipynb").read_text(encoding="utf-8"))
    for cell in code_cells(notebook):
        strip(cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def store_widget_state(path: Path) -> None:
    notebook = json.loads((HERE / "display.ipynb").read_text(encoding="utf-8"))
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    strip(code_cells(notebook)[0])  # so that nothing runs
    path.write_text(json.dumps(notebook), encoding="utf-8")


class TestFaultsWithoutTensorFlow:
    def test_the_untouched_notebook_passes(self, outcomes):
        assert set(outcomes["untouched"].values()) == {"passed"}

    @pytest.mark.parametrize("name", DISPLAY_FAULTS)
    def test_is_caught(self, name, outcomes):
        fault = DISPLAY_FAULTS[name]
        (copy,) = (copy for copy, faults in COPIES.items() if name in faults)
        assert fault.message in outcomes[copy][fault.reported_by]

    @pytest.mark.parametrize("copy", COPIES)
    def test_nothing_else_fails(self, copy, outcomes):
        assert set(failures(outcomes[copy])) == {fault.reported_by for fault in COPIES[copy].values()}
        assert "skipped" not in outcomes[copy].values()

    @pytest.mark.parametrize("name", STORED_FAULTS)
    def test_is_caught_and_nothing_runs(self, name, outcomes):
        """Faults that can be seen without a kernel."""
        fault = STORED_FAULTS[name]
        assert failures(outcomes[name]) == [fault.reported_by]
        assert fault.message in outcomes[name][fault.reported_by]
        others = {item: result for item, result in outcomes[name].items() if item != fault.reported_by}
        assert others == dict.fromkeys(others, "skipped") | {"Notebook": "passed"}

    def test_stripped_notebook_fails_at_every_cell(self, outcomes):
        cells = [f"Cell {number}" for number in range(1, 7)]
        assert failures(outcomes["stripped"]) == ["Notebook", *cells]
        assert all("make notebooks" in outcomes["stripped"][cell] for cell in cells)

    def test_widget_state_is_caught_at_the_file(self, outcomes):
        assert failures(outcomes["widget state"]) == ["Notebook", "Cell 1"]
        assert "the state of widgets is stored" in outcomes["widget state"]["Notebook"]

    def test_cells_after_a_dead_kernel_are_skipped(self, outcomes):
        assert failures(outcomes["dead"]) == [DEAD.reported_by]
        assert DEAD.message in outcomes["dead"][DEAD.reported_by]
        assert outcomes["dead"]["Cell 9"] == "skipped"


def machine(threads: int, onednn: int) -> dict[str, str]:
    """Return the settings that make this machine compute like another one."""
    names = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return dict.fromkeys(names, str(threads)) | {"TF_ENABLE_ONEDNN_OPTS": str(onednn)}


@pytest.mark.parametrize(("threads", "onednn"), [(1, 0), (2, 1)])  # the two that differ most
class TestOtherMachines:
    def test_the_untouched_notebook_passes(self, threads, onednn, tmp_path):
        plant("training.ipynb", [], tmp_path / "training.ipynb")
        outcomes = run_pytest(tmp_path, machine(threads, onednn))["training"]
        assert outcomes == dict.fromkeys(["Notebook", *(f"Cell {number}" for number in range(1, 7))], "passed")
