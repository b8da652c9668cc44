"""Run notebook cells the same way for storing their outputs and for testing them.

nbclient runs the cells, because it shows outputs as Jupyter does: `interact` and `Output` widgets catch what is
printed inside them, `clear_output` clears, `update_display` replaces.
"""

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import ipykernel.kernelspec
import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.output_widget import OutputWidget
from nbformat import NotebookNode

from tools.machine_speed import allowed
from tools.notebooks.embedded import with_smaller_figures
from tools.notebooks.tags import SKIP
from tools.notebooks.tidy import BAR_TIMES, tidy_outputs

CELL_TIMEOUT = 300  # seconds, on the machine that tools.machine_speed refers to
MOST_SHOWN = 20_000_000  # bytes that a cell may show, before its figures are made smaller

# Stored outputs must not depend on these; who sets one of them on purpose gets it.
_DEFAULTS = {
    "CUDA_VISIBLE_DEVICES": "",
    "KERAS_BACKEND": "tensorflow",
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
_ALWAYS = {"TQDM_DISABLE": "1"}
# MPLBACKEND: figures must go into the notebook.  PYTEST_CURRENT_TEST: ipykernel would not show what C++ code prints.
# KERAS_MAX_...: every training would end early.  The others: `model.summary()` asks how wide and colourful it may be.
_NEVER = {
    *("KERAS_MAX_EPOCHS", "KERAS_MAX_STEPS_PER_EPOCH", "MPLBACKEND", "PYTEST_CURRENT_TEST"),
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"),
}
# A newcomer has downloaded nothing and set up nothing, so each of these is an empty folder.
_EMPTY_FOLDERS = ("COURSE_DATA", "COURSE_PROGRESS", "IPYTHONDIR", "KERAS_HOME", "SCIKIT_LEARN_DATA")

# What a reader can set in a widget, in the words of its state.
_WIDGET_SETTINGS = ("value", "index", "min", "max", "_options_labels")
_EMBEDDED_PICTURE = re.compile(r"(data:image/\w+;base64,)[\w+/=]+")


def kernel_environment(empty_folder: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment variables that every notebook of the course runs with.

    Parameters
    ----------
    empty_folder
        Stands for the home of someone who starts the course; folders are made in it.
    given
        The environment of this process.  Numbers of threads, and whatever else is not named above, pass through.
    """
    folders = {name: empty_folder / name.lower() for name in _EMPTY_FOLDERS}
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    folders["MATPLOTLIBRC"] = (
        empty_folder / "matplotlibrc"
    )  # not MPLCONFIGDIR: Matplotlib keeps its list of fonts there
    folders["MATPLOTLIBRC"].touch()
    passed = {name: value for name, value in given.items() if name not in _NEVER}
    return _DEFAULTS | passed | _ALWAYS | {name: str(folder) for name, folder in folders.items()}


class _OnePython(KernelSpecManager):
    """Know one kernel, that of a given Python; a user's own kernel of the same name cannot take its place."""

    def __init__(self, python: str):
        super().__init__()
        self._python = python

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel of that Python, whatever the name."""
        # Without the level, ipykernel warns on every start that it talks to this very machine without encryption.
        kernel = ipykernel.kernelspec.get_kernel_dict(extra_arguments=["--log-level=ERROR"])
        kernel["argv"][0] = self._python
        return KernelSpec(resource_dir=ipykernel.kernelspec.RESOURCES, **kernel)


class _SilentOutput(OutputWidget):
    """nbclient's stand-in for an `Output` widget in the browser, without its answers to the kernel.

    nbclient sends them on the socket on which it awaits the end of the cell.  Now and then the end then goes unnoticed
    (pyzmq's sockets signal an arrival only once), and the run hangs.
    """

    def sync_state(self) -> None:
        """Keep what is shown here; the kernel has no use for it."""


class _LimitedClient(NotebookClient):
    """Run cells, and keep of what one shows `MOST_SHOWN` bytes at most, so that a loop without end fills no memory."""

    shown = 0

    def output(self, outs: list, msg: dict, display_id: str | None, cell_index: int) -> NotebookNode | None:
        """Keep an output, as far as there is room for it."""
        content = msg["content"]
        self.shown += len(content.get("text", "")) + sum(map(len, map(str, content.get("data", {}).values())))
        return super().output(outs, msg, display_id, cell_index) if self.shown <= MOST_SHOWN else None


@dataclass(frozen=True)
class CellResult:
    """What a cell shows.

    Attributes
    ----------
    outputs
        The outputs below the cell, tidied, their figures small enough for a file.
    widgets
        In words, the widgets that the cell made or changed: a slider's value and range, the text inside an `Output` or
        `interact` widget.  What Jupyter prints for a widget breaks off after 110 characters.
    is_complete
        Whether the cell showed no more than `MOST_SHOWN` bytes; what came after them is lost.
    """

    outputs: list[NotebookNode]
    widgets: list[str]
    is_complete: bool = True


class NotebookKernel:
    """A running kernel for one notebook; a context manager.

    Parameters
    ----------
    notebook
        It is copied, not changed.
    folder
        Where the notebook lies: its working directory.
    timeout
        Longest time for a cell, in seconds; by default CELL_TIMEOUT, and more on a slow or busy machine.
    python
        The interpreter that runs the cells; by default, the one that runs this.
    """

    def __init__(
        self, notebook: NotebookNode, folder: Path, timeout: float | None = None, python: Path | str = sys.executable
    ):
        manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=_OnePython(str(python)))
        self._client = _LimitedClient(
            deepcopy(notebook),
            km=manager,
            allow_errors=True,  # the caller judges what an error means
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
            shutdown_kernel="immediate",
            skip_cells_with_tag=SKIP,
            timeout=int(allowed(CELL_TIMEOUT) if timeout is None else timeout),
        )
        self._client.widget_registry = {"@jupyter-widgets/output": {"OutputModel": _SilentOutput}}
        self._resources = ExitStack()

    def __enter__(self) -> "NotebookKernel":
        with ExitStack() as resources:
            home = resources.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            environment = kernel_environment(Path(home))
            resources.enter_context(self._client.setup_kernel(env=environment, cleanup_kc=True))
            self._resources = resources.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    def run(self, index: int) -> CellResult:
        """Run one cell.

        Parameters
        ----------
        index
            Position of the cell among all cells of the notebook, from 0.

        Raises
        ------
        nbclient.exceptions.CellTimeoutError
            The cell took too long; the kernel is of no use any more.
        nbclient.exceptions.DeadKernelError
            The kernel died, for example for lack of memory.
        """
        before, self._client.shown = self._widgets(), 0
        cell = self._client.execute_cell(self._client.nb.cells[index], index)
        changed = [text for identity, text in self._widgets().items() if text and text != before.get(identity)]
        outputs = [with_smaller_figures(output) for output in tidy_outputs(cell.outputs)]
        return CellResult(outputs, changed, self._client.shown <= MOST_SHOWN)

    def _widgets(self) -> dict[str, str]:
        """Describe all widgets that exist now, in the order of their making."""
        return {identity: describe_widget(state) for identity, state in self._client.widget_state.items()}

    def peak_memory(self) -> int | None:
        """Return the most memory that the kernel has used so far, in bytes; None where Linux's /proc is missing."""
        status = Path(f"/proc/{self._client.km.provisioner.pid}/status")
        if not status.exists():
            return None
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return int(lines["VmHWM"].removesuffix("kB")) * 1024


def describe_widget(state: Mapping) -> str:
    """Describe a widget in words, by its state as Jupyter sends it; nothing about boxes, layouts, progress bars.

    Of a picture inside HTML the alternative text stays: the pixels differ from machine to machine.
    """
    kind = state.get("_model_name", "").removesuffix("Model")
    if kind == "Output":
        return "".join(_as_text(output) for output in tidy_outputs(map(nbformat.from_dict, state["outputs"])))
    words = {key: _without_pictures(state[key]) for key in _WIDGET_SETTINGS if state.get(key) is not None}
    if BAR_TIMES.search(str(words.get("value", ""))):
        return ""  # a bar of tqdm, with its speed
    settings = [f"{key.strip('_')}={value!r}" for key, value in words.items()]
    if not settings or kind.endswith("Progress"):
        return ""
    return f"{kind}({', '.join(settings)}) {state.get('description', '')}".rstrip()


def _without_pictures(value):
    """Return the setting of a widget; text in it without embedded pictures."""
    return _EMBEDDED_PICTURE.sub(r"\1...", value) if isinstance(value, str) else value


def _as_text(output: NotebookNode) -> str:
    """Return what an output says in words; a figure says its size and number of axes."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}\n"
    return output.data.get("text/plain", "") + "\n"
