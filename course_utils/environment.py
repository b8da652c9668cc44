"""Set up a lesson quietly, and say in one line whether the machine is ready for it.

Nothing here imports TensorFlow until `setup` is called, which hides the log lines that TensorFlow prints from C++.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
import sys
import tempfile
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from course_utils import keras_settings, theme

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
MEMORY_NEEDED_GIB = 4
GIB = 2**30
SECONDS_BETWEEN_LINES = 60  # of a progress bar that goes into a file


def on_colab() -> bool:
    """Tell whether this kernel runs on Google Colab."""
    return "google.colab" in sys.modules


def setup(seed: int = 0) -> None:
    """Prepare a lesson: quiet imports, one seed for all random numbers, one look for all figures.

    Call it in the first cell, before anything imports TensorFlow or Keras.  It prints nothing, unless Keras was set in
    a way that the lessons cannot use, for instance to pictures with the channels first: then it changes that for this
    session, and says so.

    Parameters
    ----------
    seed
        Seed of Python's, NumPy's and the Keras backend's random numbers.

    Raises
    ------
    RuntimeError
        If Keras cannot start with the settings in the environment or in a ``keras.json`` that another course has
        left, for instance because they name a backend that is not here.

    Notes
    -----
    With the same seed, a training repeats itself to the last digit on the same machine, with the same packages and the
    same number of cores; otherwise sums are rounded in another order, and the last digits differ.  On a GPU, TensorFlow
    does not promise even that, unless ``tf.config.experimental.enable_op_determinism()`` is called; that is slower.

    On a GPU, TensorFlow is told to take memory as it needs it rather than all at once, so that two open notebooks
    can share one GPU.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if problems := keras_settings.what_stops_keras():
        raise RuntimeError(f"Keras cannot start: {problems[0]}.")
    with quiet_stderr():
        import keras

        if keras.backend.backend() == "tensorflow":
            _grow_gpu_memory()
            # A lesson builds many networks; TensorFlow takes that for a mistake ("triggered tf.function retracing").
            logging.getLogger("tensorflow").setLevel(logging.ERROR)
    for sentence in keras_settings.set_as_needed():
        print(sentence)
    keras.utils.set_random_seed(seed)
    theme.style()


def progress(iterable, description: str, **options):
    """Go through `iterable` with a progress bar, which vanishes at the end.

    Where standard error goes into a file, it gets one line a minute.  The bar is hidden where the environment variable
    ``TQDM_DISABLE`` is set, as the tools do that store a lesson's outputs: tqdm's own notebook bar does not look at it.

    Parameters
    ----------
    iterable
        What to go through.
    description
        Text in front of the bar.
    **options
        Further arguments of `tqdm.tqdm`, such as ``total``.

    Returns
    -------
    tqdm.tqdm
    """
    from tqdm.auto import tqdm

    return tqdm(iterable, desc=description, leave=False, disable=progress_hidden(), **{**progress_pace(), **options})


def progress_hidden() -> bool:
    """Tell whether progress bars are switched off."""
    return bool(os.environ.get("TQDM_DISABLE"))


def progress_pace() -> dict[str, float]:
    """Return arguments of tqdm that keep a bar from filling a log: one line a minute where nobody looks on."""
    if getattr(sys.stderr, "isatty", lambda: False)() or type(sys.stderr).__module__.startswith("ipykernel"):
        return {}
    return {"mininterval": SECONDS_BETWEEN_LINES, "maxinterval": SECONDS_BETWEEN_LINES}


def _grow_gpu_memory() -> None:
    import tensorflow as tf

    for gpu in tf.config.list_physical_devices("GPU"):
        # TensorFlow refuses once the GPU is in use, that is, when a reader runs the setup cell a second time.
        with contextlib.suppress(RuntimeError):
            tf.config.experimental.set_memory_growth(gpu, True)


@contextlib.contextmanager
def quiet_stderr():
    """Hide what C++ libraries write to standard error; show it after all if the block raises.

    TensorFlow 2.21 prints "Could not find cuda drivers" on every machine without a GPU, whatever its log level says.
    """
    sys.stderr.flush()
    with tempfile.TemporaryFile() as hidden:
        saved = os.dup(2)
        os.dup2(hidden.fileno(), 2)
        try:
            yield
        except BaseException:
            hidden.seek(0)
            os.write(saved, hidden.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


@dataclass(frozen=True)
class Readiness:
    """What `check` found; shown as one line."""

    uses: str
    problems: list[str] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """True when nothing stands in the way."""
        return not self.problems

    def __repr__(self) -> str:
        return f"Ready: {self.uses}." if self.ready else "Not ready: " + "; ".join(self.problems)


def readiness(requirements: Path = ROOT / "requirements.txt") -> Readiness:
    """Check this machine against what the course needs.

    Parameters
    ----------
    requirements
        File of the direct dependencies with their ranges; tests pass another one.

    Returns
    -------
    Readiness
        Its `repr` is one line: what the lessons will use, or what is wrong and what to do about it.
    """
    problems = [*_python_problems(), *_package_problems(requirements), *keras_settings.problems(), *_memory_problems()]
    return Readiness(uses="" if problems else _describe(), problems=problems)


def _python_problems() -> list[str]:
    version = sys.version_info[:2]
    if OLDEST_PYTHON <= version <= NEWEST_PYTHON or on_colab():
        return []
    return [f"Python {platform.python_version()} runs here, the course needs 3.11 to 3.13 (make lab PYTHON=python3.12)"]


def _package_problems(requirements: Path) -> list[str]:
    """Return a line for each package that is missing or too old."""
    from packaging.requirements import Requirement

    problems = []
    for line in _requirement_lines(requirements):
        text = line.partition("#")[0].strip()
        if not text or (on_colab() and text.startswith("jupyterlab")):
            continue
        wanted = Requirement(text)
        try:
            found = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            problems.append(f"{wanted.name} is not installed ({_remedy()})")
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            problems.append(f"{wanted.name} {found} is installed, {wanted} is needed ({_remedy()})")
    return problems


def _requirement_lines(requirements: Path) -> list[str]:
    """Return the lines of the file, or, where `course_utils` is installed without it, what its package declares."""
    if requirements.exists():
        return requirements.read_text(encoding="utf-8").splitlines()
    try:
        declared = metadata.requires("face-recognition-course") or []
    except metadata.PackageNotFoundError:
        return []
    return [line for line in declared if "extra ==" not in line]


def _remedy() -> str:
    if on_colab():
        return "Runtime > Disconnect and delete runtime, then run the setup cell again"
    return "open the course with: make lab"


def _memory_problems() -> list[str]:
    free = _free_memory_gib()
    if free >= MEMORY_NEEDED_GIB:
        return []
    return [f"{free:.1f} GiB of memory is free, {MEMORY_NEEDED_GIB} GiB is needed: close other programs or notebooks"]


def _free_memory_gib() -> float:
    import psutil

    return min(psutil.virtual_memory().available, *container_memory(), *_process_memory()) / GIB


def _process_memory() -> list[int]:
    """Return how many bytes of addresses this process may still take (`ulimit -v`); nothing without a limit."""
    import psutil

    try:
        import resource
    except ImportError:  # on Windows
        return []
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return [] if limit == resource.RLIM_INFINITY else [limit - psutil.Process().memory_info().vms]


def container_memory(root: Path = Path("/")) -> list[int]:
    """Return how many bytes are left below each limit that a container sets; an empty list where there is none.

    Linux keeps a limit for each control group; those of the groups around it hold too.  Version 2 has one tree of
    groups, version 1 one for memory.  What the system would give back at once, files that it has read, counts as free.

    Parameters
    ----------
    root : Path
        The root of the file system; tests pass another one.
    """
    try:
        lines = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    left = []
    for line in lines:
        _, controllers, group = line.split(":", 2)
        if not controllers:
            tree, names = root / "sys/fs/cgroup", ("memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            tree = root / "sys/fs/cgroup/memory"
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        else:
            continue
        # Inside a container, the group's path may be the one that it has outside: only its tree's root is there then.
        group = tree / group.lstrip("/")
        groups = [group, *(folder for folder in group.parents if folder.is_relative_to(tree))]
        left += [free for folder in groups if (free := _left_in_group(folder, *names)) is not None]
    return left


def _left_in_group(folder: Path, limit_file: str, used_file: str, reclaimable: str) -> int | None:
    """Return the bytes left in a control group; None where it has no limit."""
    try:
        limit, used = (int((folder / name).read_text(encoding="utf-8")) for name in (limit_file, used_file))
        statistics = dict(line.split() for line in (folder / "memory.stat").read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError):  # no such file, or the limit "max"
        return None
    return limit - used + int(statistics.get(reclaimable, 0))


def _describe() -> str:
    import keras

    backend = keras.backend.backend()
    place = "Colab" if on_colab() else platform.system()
    return (
        f"Python {platform.python_version()} on {place}, "
        f"Keras {keras.__version__} with {backend} {metadata.version(backend)}, "
        f"training on {_device()}, {_free_memory_gib():.0f} GiB of memory free"
    )


def _device() -> str:
    """Name what Keras will compute on."""
    import keras

    gpus = [device for device in keras.distribution.list_devices() if "gpu" in device or "cuda" in device]
    if gpus:
        return f"{len(gpus)} GPU" + ("s" if len(gpus) > 1 else "")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} CPU cores (no GPU)"
