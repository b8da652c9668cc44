"""Store and load the results of benchmarks: long measurements that lessons show without repeating them.

A stored row keeps what was measured: the score of every seed, counts of right answers, the accuracy of every fold.
Means and intervals are not stored.  `load` computes them, with `complete`, by the methods that the table names in its
entry ``intervals``; `course_utils.metrics.intervals` says which interval is for what.

===============  =====================================================  ===============================================
method           what a row keeps                                       what it gets
===============  =====================================================  ===============================================
``student_t``    ``runs``: one number per seed                          ``mean``, ``low``, ``high``
``student_t``    ``runs``: a dictionary of scores per seed              ``SCORE``, ``SCORE_low``, ``SCORE_high``
``mean``         ``runs``: a dictionary of scores per seed              ``SCORE``
``folds``        ``runs``: a dictionary with a list ``SCORE_by_fold``   ``SCORE_accuracy``, ``SCORE_standard_error``
``wilson``       ``successes`` and ``trials``                           ``SCORE``, ``low``, ``high``
===============  =====================================================  ===============================================

Some intervals come from the scores of many thousand comparisons, which are not stored.  Their bounds are kept as they
were measured, in an entry ``as_measured`` of the row or run: ``{SCORE: {"low": ..., "high": ..., "by": METHOD}}``.  The
table's own entry ``as_measured`` says what each METHOD is.  ``SCORE_low`` and ``SCORE_high`` are in the loaded row.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
from importlib import metadata
from pathlib import Path

import numpy as np

from course_utils import whole_files
from course_utils.datasets import rendered
from course_utils.datasets.unavailable import DatasetUnavailableError
from course_utils.environment import ROOT
from course_utils.metrics.intervals import mean_interval, wilson_interval

FOLDER = ROOT / "benchmarks" / "results"
PACKAGES = ("keras", "tensorflow", "jax", "numpy", "scikit-image", "scikit-learn")
AS_MEASURED = "as_measured"
DIGITS = 4  # that the runs are stored with; more digits of a mean of them would not be known


def machine() -> dict:
    """Describe this machine: processor, cores, Python and package versions, today's date.  No names, no paths."""
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": versions,
    }


def _processor() -> str:
    """Return the processor's model; Python's own answer is empty on Linux."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


# -- means and intervals -----------------------------------------------------------------------------------------------


def complete(row: dict, intervals: dict[str, list[str]]) -> dict:
    """Return a row with the means and intervals that follow from what it keeps.

    Parameters
    ----------
    row : dict
        As it is stored.
    intervals : dict of list of str
        The scores that each method is for; the module's table names the methods.  A score that this row does not have
        is left out.

    Returns
    -------
    dict
        The row's own columns, then the computed ones, then those that were kept as measured.

    Raises
    ------
    ValueError
        If the row already has a column that is computed: a stored number could differ from its runs.
    """
    numbers = computed(row, intervals) | _as_measured(row)
    if stored := sorted(numbers.keys() & row.keys()):
        raise ValueError(
            f"A row stores {', '.join(stored)}, computed from its runs: the two could differ. "
            f"`python -m tools.results recompute` takes such numbers out of the file."
        )
    return {name: value for name, value in row.items() if name != AS_MEASURED} | numbers


def computed(row: dict, intervals: dict[str, list[str]]) -> dict[str, float]:
    """Return the means and intervals that follow from what a row keeps; parameters as for `complete`."""
    numbers = {}
    for method, scores in intervals.items():
        for score in scores:
            numbers |= METHODS[method](row, score)
    return numbers


def _student_t(row: dict, score: str) -> dict[str, float]:
    """Return the mean of the runs and its interval by Student's t."""
    if not (values := _values(row, score)):
        return {}
    names = (score, "low", "high") if score == "mean" else (score, f"{score}_low", f"{score}_high")
    return {name: round(value, DIGITS) for name, value in zip(names, mean_interval(values), strict=True)}


def _mean(row: dict, score: str) -> dict[str, float]:
    """Return the mean of the runs."""
    values = _values(row, score)
    return {score: float(np.mean(values))} if values else {}


def _values(row: dict, score: str) -> list[float]:
    """Return a score of every run; nothing where the row has none."""
    runs = row.get("runs", [])
    if score == "mean":
        return runs
    return [run[score] for run in runs if score in run]


def _folds(row: dict, score: str) -> dict[str, float]:
    """Return the mean of the folds' accuracies and its standard error; of several runs, the means of these."""
    folds = np.array(_values(row, f"{score}_by_fold"))
    if not len(folds):
        return {}
    errors = folds.std(axis=1, ddof=1) / np.sqrt(folds.shape[1])
    return {f"{score}_accuracy": float(folds.mean()), f"{score}_standard_error": float(errors.mean())}


def _wilson(row: dict, score: str) -> dict[str, float]:
    """Return a proportion and its interval by Wilson."""
    if "successes" not in row:
        return {}
    low, high = wilson_interval(row["successes"], row["trials"])
    return {score: row["successes"] / row["trials"], "low": low, "high": high}


METHODS = {"student_t": _student_t, "mean": _mean, "folds": _folds, "wilson": _wilson}


def _as_measured(row: dict) -> dict[str, float]:
    """Return the bounds that were kept as measured; of several runs, the means of the bounds."""
    runs = [_bounds(run) for run in row.get("runs", []) if isinstance(run, dict)]
    names = runs[0] if runs else {}
    return _bounds(row) | {name: float(np.mean([run[name] for run in runs])) for name in names}


def _bounds(entry: dict) -> dict[str, float]:
    """Return what a row or a run keeps as measured, less the methods."""
    kept = entry.get(AS_MEASURED, {})
    return {f"{score}_{name}": value for score, known in kept.items() for name, value in known.items() if name != "by"}


# -- files -------------------------------------------------------------------------------------------------------------


def store(
    name: str,
    rows: list[dict],
    intervals: dict[str, list[str]] | None = None,
    as_measured: dict[str, str] | None = None,
    folder: Path | None = None,
    photographs: str | None = None,
) -> Path:
    """Write a benchmark's table as ``name``.json, with the machine that it ran on and the version of the rendered set.

    Parameters
    ----------
    name : str
        Name of the benchmark's module.
    rows : list of dict
        The table as it was measured: numbers, strings, and runs, but no mean and no interval.
    intervals : dict of list of str, optional
        The scores that `complete` computes, by method.
    as_measured : dict of str, optional
        What each method is, for the intervals that are kept as measured.
    folder : Path, optional
        Where results are kept; by default `FOLDER`.
    photographs : str, optional
        Which version of which set of real faces was measured, such as "LFW, deep-funneled".

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ValueError
        If a row has a column that is computed, or a bound that is neither computed nor marked as measured.
    OSError
        If the file cannot be written; the table that was there before is then unchanged.
    """
    table = {"machine": machine(), "rendered": _rendered_version(), "intervals": intervals or {}}
    if photographs:
        table["photographs"] = photographs
    if as_measured:
        table[AS_MEASURED] = as_measured
    table["rows"] = rows
    _completed(name, table)
    folder = folder or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return write(folder / f"{name}.json", table)


def write(path: Path, table: dict) -> Path:
    """Write a table so that its file is there complete or not at all, and return the path.

    Raises
    ------
    OSError
        If the disk refuses; the file that was there before is then unchanged.
    """
    return whole_files.write_text(path, json.dumps(table, indent=1) + "\n")


def replace_rows(name: str, rows: list[dict], key: str, folder: Path | None = None, **described) -> Path:
    """Replace the rows of a stored table that have the same names as new ones; the others stay as they were.

    For tables in which one row takes an hour.

    Parameters
    ----------
    name, folder
        As `store` takes them.
    rows : list of dict
        New rows; one whose name the table does not have yet is put at the end.
    key : str
        The column that names a row.
    **described
        `intervals`, `as_measured` and `photographs` of the new rows, as `store` takes them; what the stored table
        says about the others is kept.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    FileNotFoundError
        If there is no stored table.
    ValueError
        If it was measured on another version of the rendered set or of the photographs: its rows could not be compared
        with the new ones.
    """
    stored = read(name, folder)
    if stored["rendered"] != _rendered_version():
        raise ValueError(
            f"The stored table {name!r} was measured on another version of the rendered set: measure all of it again, "
            f"python -m benchmarks.{name}."
        )
    photographs = described.get("photographs", stored.get("photographs"))
    if photographs != stored.get("photographs"):
        raise ValueError(
            f"The stored table {name!r} was measured on {stored.get('photographs')}, the new rows on {photographs}: "
            f"measure all of it again, python -m benchmarks.{name}."
        )
    new = {row[key]: row for row in rows}
    rows = [new.pop(row[key], row) for row in stored["rows"]] + list(new.values())
    methods = stored.get(AS_MEASURED, {}) | described.get(AS_MEASURED, {})
    intervals = _union(stored["intervals"], described.get("intervals", {}))
    return store(name, rows, intervals, methods, folder, photographs)


def _union(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return for each method the scores that either names."""
    methods = dict.fromkeys([*first, *second])
    return {method: list(dict.fromkeys(first.get(method, []) + second.get(method, []))) for method in methods}


def _rendered_version() -> str | None:
    """Return the version of the rendered set that comes with the course; None where it is missing."""
    try:
        return rendered.version()
    except DatasetUnavailableError:
        return None


def read(name: str, folder: Path | None = None) -> dict:
    """Return a table as it is stored, without the numbers that are computed.

    Raises
    ------
    FileNotFoundError
        If it was never stored; the message names those that were, and the command that makes it.
    ValueError
        If the file is damaged.
    """
    folder = folder or FOLDER
    path = folder / f"{name}.json"
    if not path.exists():
        known = ", ".join(names(folder)) or "none"
        raise FileNotFoundError(
            f"There is no stored result {name!r} (stored: {known}). Make it with: python -m benchmarks.{name}"
        )
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is damaged ({error}). Restore it with: git checkout -- {path}") from error


def names(folder: Path | None = None) -> list[str]:
    """Return the names of the stored tables."""
    return sorted(file.stem for file in (folder or FOLDER).glob("*.json"))


def load(name: str, folder: Path | None = None) -> dict:
    """Return the stored result of a benchmark, its means and intervals computed from the runs.

    Parameters
    ----------
    name : str
        Name of the benchmark's module.
    folder : Path, optional
        Where results are kept; by default `FOLDER`.

    Returns
    -------
    dict
        ``{"machine": {...}, "rendered": "...", "intervals": {...}, "rows": [...]}``, and ``"as_measured"`` where
        intervals were kept so.  ``rendered`` is the version of the rendered set at the time, None where there was none.

    Raises
    ------
    FileNotFoundError
        If it was never stored; the message names those that were, and the command that makes it.
    ValueError
        If the file is damaged, or stores a number that is computed.
    """
    return _completed(name, read(name, folder))


def _completed(name: str, table: dict) -> dict:
    """Return a table with its means and intervals, or say what in it does not fit together."""
    rows = table["rows"]
    try:
        completed = [complete(row, table["intervals"]) for row in rows]
    except ValueError as error:
        raise ValueError(f"The table {name!r}: {error}") from error
    if unexplained := _unexplained_bounds(rows, table.get(AS_MEASURED, {})):
        raise ValueError(
            f"The table {name!r} stores {', '.join(sorted(unexplained))} and neither the runs that they follow from "
            f"nor, under {AS_MEASURED!r}, the method that they were computed by."
        )
    return {**table, "rows": completed}


def _unexplained_bounds(rows: list[dict], methods: dict[str, str]) -> set[str]:
    """Return stored bounds that are computed from nothing, and those marked as measured whose method is not told."""
    entries = [*rows, *(run for row in rows for run in row.get("runs", []) if isinstance(run, dict))]
    bounds = {name for entry in entries for name in entry if f"_{name}".endswith(("_low", "_high", "_standard_error"))}
    marked = [(score, kept) for entry in entries for score, kept in entry.get(AS_MEASURED, {}).items()]
    return bounds | {score for score, kept in marked if kept.get("by") not in methods}
