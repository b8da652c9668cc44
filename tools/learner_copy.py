"""Lay out the learner's copy of lessons and exercises, and bring it up to date without touching what was typed.

    python -m tools.learner_copy

The copy lies in ``my_course/``, which git ignores, so that an update can be pulled whatever a learner did.  It is as
deep below the course's folder as ``notebooks/``, so every link works in both.  In the copy there is no output that
answers a prediction, and no picture of an explorer, which would look like one that does not react.  Other outputs stay,
so that a lesson can be read before it is run, and no cell has a number, so that one sees which ones were run.

A notebook in the copy says itself what was laid there: its metadata hold a digest of its cells.  So no list can get out
of step with the files.  A notebook whose cells still have this digest was at most run, and a newer version replaces it.
In every other one somebody may have written: it stays, and the newer version is laid next to it.  Only the standard
library is used, because learners run this in an installation without the maintainers' packages.
"""

import contextlib
import hashlib
import itertools
import json
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tools.notebooks.predictions import COLLAPSED, cell_source, is_answer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "my_course"
RECORD = ".laid_out.json"
FOLDERS = ("", "exercises")  # of notebooks/; its third one, solutions, is not for the learner's eyes
_TEMPORARY = ".laying-out-"
_FORGOTTEN_AFTER = 3600  # seconds: a temporary file as old as that was left by a run that was interrupted


class LearnerCopyError(Exception):
    """The copy cannot be laid out at all; the message says why and what to do."""


def sources(root: Path = ROOT) -> dict[str, Path]:
    """Return the notebooks that the copy holds, by their path in the copy, in the course's order."""
    found = (path for folder in FOLDERS for path in sorted((root / "notebooks" / folder).glob("[0-9][0-9]_*.ipynb")))
    return {path.relative_to(root / "notebooks").as_posix(): path for path in found}


def lay_out(root: Path = ROOT) -> list[str]:
    """Make the learner's copy, or bring it up to date.

    Parameters
    ----------
    root
        The course's folder.

    Returns
    -------
    list of str
        What was done, in sentences for the learner; empty if nothing was.

    Raises
    ------
    LearnerCopyError
        If there are no notebooks to copy, or no folder to copy them to.
    """
    wanted = sources(root)
    if not wanted:
        raise LearnerCopyError(f"There are no lessons in {root / 'notebooks'}: download the course again.")
    copy = root / FOLDER
    try:
        for folder in FOLDERS:
            (copy / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LearnerCopyError(
            f"The folder {copy} for your copy of the lessons cannot be made ({_reason(error)}). If something else has "
            "this name, rename it; then start again."
        ) from error
    _remove_leftovers(copy)
    record = Record.read(copy)
    said = [sentence for name, path in wanted.items() if (sentence := _lay_out_one(copy, name, path, record))]
    said += record.forget_all_but(wanted)
    with contextlib.suppress(OSError):  # without a record, the next run says once more what this one has said
        record.write()
    return said if record.begun else ["The lessons and the exercises were copied there just now.", *said]


def _lay_out_one(copy: Path, name: str, path: Path, record: "Record") -> str:
    """Bring one notebook of the copy up to date; return what the learner has to know."""
    try:
        text = learners_text(path.read_bytes())
    except (OSError, ValueError):
        return f"notebooks/{name} cannot be read as a notebook; `git checkout notebooks/{name}` restores it."
    try:
        return Notebook(copy, name, record).update(text)
    except OSError as error:
        return f"{name} could not be brought up to date ({_reason(error)}). It is as it was; `make lab` tries again."


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


# --- what is laid out ---


def learners_text(data: bytes) -> bytes:
    """Return a lesson or a notebook of exercises as a learner gets it.

    Raises
    ------
    ValueError
        If the data are no notebook.
    """
    notebook = read(data)
    try:
        made = notebook | {
            "cells": [_learners_cell(cell) for cell in notebook["cells"]],
            "metadata": notebook["metadata"] | {"course": {"laid_out": digest(notebook)}},
        }
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a notebook") from error
    return (json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _learners_cell(cell: dict) -> dict:
    """Return a cell without the outputs that give something away, and as one that was not run yet."""
    metadata = {key: value for key, value in cell["metadata"].items() if key not in {"course", *COLLAPSED}}
    if cell["cell_type"] != "code":
        return cell | {"metadata": metadata}
    explorer = "widgets" in cell["metadata"].get("course", {})
    kept = [] if explorer or is_answer(cell) else cell["outputs"]
    outputs = [output | {"execution_count": None} if "execution_count" in output else output for output in kept]
    return cell | {"metadata": metadata, "outputs": outputs, "execution_count": None}


def read(data: bytes) -> dict | None:
    """Return what a file holds if it is a notebook, or None."""
    try:
        notebook = json.loads(data)
        digest(notebook)
        return notebook if isinstance(notebook["metadata"], dict) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def digest(notebook: dict) -> str:
    """Return a digest of what is written in a notebook's cells, pasted pictures included.

    Empty cells do not count: JupyterLab adds one when the last cell is run.  Learners' copies hold such digests: after
    a change of this function, all of them would count as written in.
    """
    written = [
        [cell["cell_type"], cell_source(cell), cell.get("attachments") or {}]
        for cell in notebook["cells"]
        if cell_source(cell).strip()
    ]
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()


# --- one notebook of the copy ---


@dataclass
class Notebook:
    """A notebook of the copy, and what may be done to it.

    Attributes
    ----------
    copy
        The folder of the copy.
    name
        Path of the notebook in it, such as ``exercises/01_convolutional_networks.ipynb``.
    record
        What earlier runs did.
    """

    copy: Path
    name: str
    record: "Record"

    def update(self, text: bytes) -> str:
        """Lay out a text, here or next to what stays; return what the learner has to know, or nothing."""
        place = self.copy / self.name
        present = _bytes(place)
        said = ""
        if present is None:
            said = f"{self.name} was missing from your copy; it is there now." if self.record.begun else ""
            _write(place, text, None)
        elif present != text:
            kept = self._why_kept(place, present)
            if kept:
                return self._offer(text, present, kept)
            if _written_in(present) == _written_in(text) and self.record.laid.get(self.name) != _hash(present):
                return ""  # the same lesson, which was run: its outputs are newer than the stored ones
            _write(place, text, present)
            said = (
                f"{self.name} has changed in the course. You wrote nothing in yours, so the newer version replaced it."
            )
        self.record.laid[self.name] = _hash(text)
        return said

    def _why_kept(self, place: Path, present: bytes) -> str:
        """Say why a file must stay as it is; empty if it may be replaced."""
        notebook = read(present)
        if notebook is None:
            return "cannot be read as a notebook"
        if laid_as(notebook) is None:
            return "was not made by the course"
        if laid_as(notebook) != digest(notebook):
            return "has changed in the course, and you have written in yours"
        return "" if _writable(place) else "has changed in the course, and yours is write-protected"

    def _offer(self, text: bytes, present: bytes, kept: str) -> str:
        """Lay a text next to the learner's notebook, unless that was done or it holds nothing new."""
        new, mine = _written_in(text), read(present)
        known = {laid_as(mine), digest(mine)} if mine else set()
        if new in known | {self.record.offered.get(self.name)}:
            return ""
        place, present = self._free_place(new)
        if present is None or _written_in(present) != new:
            _write(place, text, present)
        self.record.offered[self.name] = new
        shown = place.relative_to(self.copy).as_posix()
        return f"{self.name} {kept}. It stays as it is; the course's version is next to it: {shown}."

    def _free_place(self, new: str) -> tuple[Path, bytes | None]:
        """Return the first place next to the notebook that is free, or holds this version, or one nobody wrote in."""
        for place in self._places_next_to_it():
            present = _bytes(place)
            notebook = read(present) if present is not None else None
            if present is None:
                return place, None
            if notebook and laid_as(notebook) == digest(notebook) and (digest(notebook) == new or _writable(place)):
                return place, present

    def _places_next_to_it(self) -> Iterator[Path]:
        """Yield, without end, files that stand next to the notebook in a list of files.

        JupyterLab shows about the first fifteen letters of a name, so what differs comes early.
        """
        name = PurePosixPath(self.name)
        lesson, _, rest = name.name.partition("_")
        for number in itertools.count(1):
            mark = "newer" if number == 1 else f"newer {number}"
            yield self.copy / name.with_name(f"{lesson} ({mark}) {rest}")


def laid_as(notebook: dict) -> str | None:
    """Return the digest of a notebook's cells when they were laid out, or None if they never were."""
    course = notebook["metadata"].get("course")
    return course.get("laid_out") if isinstance(course, dict) else None


def _written_in(data: bytes) -> str | None:
    notebook = read(data)
    return digest(notebook) if notebook else None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _writable(place: Path) -> bool:
    """Tell whether a file's owner may write it; unlike `os.access`, this holds for the administrator too."""
    return bool(place.stat().st_mode & stat.S_IWUSR)


# --- files ---


def _bytes(place: Path) -> bytes | None:
    """Return what a file holds, or None if there is none."""
    try:
        return place.read_bytes()
    except FileNotFoundError:
        if place.is_symlink():  # one that leads nowhere, for now
            raise
        return None


def _write(place: Path, data: bytes, expected: bytes | None) -> None:
    """Put data in place of what is expected there, in one step: an interruption leaves the old file or the new one.

    Raises
    ------
    OSError
        If it cannot be written, or if there is something else by now.
    """
    temporary = place.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if _bytes(place) != expected:
            raise OSError("another program has just changed it")
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def _remove_leftovers(copy: Path) -> None:
    """Remove what an interrupted run left, but not what another one is writing."""
    for folder in FOLDERS:
        for path in (copy / folder).glob(_TEMPORARY + 16 * "[0-9a-f]"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _FORGOTTEN_AFTER:
                    path.unlink()


@dataclass
class Record:
    """What earlier runs did.  It is a convenience: without it, at most a sentence and a version come a second time.

    Attributes
    ----------
    copy
        The folder of the copy.
    laid
        Hash of each file as it was laid out, by its name: one that still has it was not even run.
    offered
        Digest of the newest version that was laid next to a notebook: it does not come again once it is deleted.
    begun
        Whether an earlier run has left a record, be it one that cannot be read.
    """

    copy: Path
    laid: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    begun: bool = False

    @classmethod
    def read(cls, copy: Path) -> "Record":
        """Return the record of a copy; an empty one if there is none that can be read."""
        begun = (copy / RECORD).exists()
        try:
            held = json.loads((copy / RECORD).read_bytes())
            laid, offered = (
                {name: value for name, value in held[part].items() if isinstance(value, str)}
                for part in ("laid", "offered")
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls(copy, begun=begun)
        return cls(copy, laid, offered, begun)

    def forget_all_but(self, wanted: dict[str, Path]) -> list[str]:
        """Forget notebooks that the course no longer has; their files stay."""
        gone = [name for name in self.laid if name not in wanted]
        for name in gone:
            del self.laid[name]
            self.offered.pop(name, None)
        return [f"{name} is no longer part of the course; yours stays." for name in gone if (self.copy / name).exists()]

    def write(self) -> None:
        """Store the record if it has changed."""
        held = json.dumps({"laid": self.laid, "offered": self.offered}, indent=1, sort_keys=True).encode() + b"\n"
        place = self.copy / RECORD
        present = _bytes(place)
        if present != held:
            _write(place, held, present)


def main() -> int:
    """Lay out the copy and say what was done; return the exit status."""
    try:
        said = lay_out()
    except LearnerCopyError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([f"Your copy of the lessons is in {ROOT / FOLDER}.", *said]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
