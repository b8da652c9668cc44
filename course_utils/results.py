"""Stored results of the benchmarks: long measurements that lessons show without repeating them."""

from __future__ import annotations

import datetime
import json
import os
import platform
from importlib import metadata
from pathlib import Path

from course_utils.datasets import rendered
from course_utils.datasets.unavailable import DatasetUnavailableError
from course_utils.environment import ROOT

FOLDER = ROOT / "benchmarks" / "results"
PACKAGES = ("keras", "tensorflow", "jax", "numpy", "scikit-image", "scikit-learn")


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


def store(name: str, rows: list[dict], folder: Path = FOLDER) -> Path:
    """Write a benchmark's table as ``name``.json, with the machine it comes from and the version of the rendered set.

    Parameters
    ----------
    name
        Name of the benchmark's module.
    rows
        The table: one dict per row, of numbers and strings.
    folder
        Where results are kept; tests pass another one.

    Returns
    -------
    Path of the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    stored = {"machine": machine(), "rendered": _rendered_version(), "rows": rows}
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return path


def replace_rows(name: str, rows: list[dict], key: str, folder: Path = FOLDER) -> Path:
    """Put rows into a stored table in place of those that are called the same; the others stay as they were measured.

    For tables of which one row takes an hour.

    Parameters
    ----------
    name, folder
        As `store` takes them.
    rows
        New rows; one whose name the table does not have yet is put at the end.
    key
        The column that names a row.

    Returns
    -------
    Path of the file.

    Raises
    ------
    FileNotFoundError
        If there is no stored table.
    ValueError
        If it was measured on another version of the rendered set: its rows could not be compared with the new ones.
    """
    stored = load(name, folder)
    if stored["rendered"] != _rendered_version():
        raise ValueError(
            f"The stored table {name!r} was measured on another version of the rendered set: measure all of it again, "
            f"python -m benchmarks.{name}"
        )
    new = {row[key]: row for row in rows}
    return store(name, [new.pop(row[key], row) for row in stored["rows"]] + list(new.values()), folder=folder)


def _rendered_version() -> str | None:
    """Return the version of the rendered set that comes with the course; None where it is missing."""
    try:
        return rendered.version()
    except DatasetUnavailableError:
        return None


def load(name: str, folder: Path = FOLDER) -> dict:
    """Return the stored result of a benchmark: ``{"machine": {...}, "rendered": "...", "rows": [...]}``.

    ``rendered`` is the version of the rendered set at the time, None where there was none.

    Raises
    ------
    FileNotFoundError
        If it was never stored; the message names those that were, and the command that makes it.
    """
    path = folder / f"{name}.json"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.json"))) or "none"
        raise FileNotFoundError(
            f"There is no stored result {name!r} (stored: {known}). Make it with: python -m benchmarks.{name}"
        )
    return json.loads(path.read_text(encoding="utf-8"))
