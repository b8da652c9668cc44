"""Remember, on this machine only, which exercises were tried and which are passed.

The file is ``progress.json`` in the learner's copy of the course, or in the folder that the environment variable
``COURSE_PROGRESS`` names.  Nothing of an answer is kept: for each exercise the number of tries, and the day on which it
was passed.
"""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

from course_utils import whole_files
from course_utils.environment import ROOT

FOLDER = ROOT / "my_course"


def file() -> Path:
    """Return where progress is kept."""
    return Path(os.environ.get("COURSE_PROGRESS") or FOLDER) / "progress.json"


def load() -> dict[str, dict]:
    """Return ``{"5.1": {"tries": 2, "passed": "2027-01-31"}, ...}``; nothing where the file is missing or damaged."""
    try:
        if not file().is_file():  # a pipe would wait for someone to write
            return {}
        records = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    records = records if isinstance(records, dict) else {}
    return {name: record for name, record in records.items() if isinstance(record, dict)}


def note(exercise: str, passed: bool) -> None:
    """Note a try.  Where nothing can be written, nothing is noted: feedback matters more than the record of it."""
    records = load()
    record = records.setdefault(exercise, {"tries": 0})
    if "passed" in record:
        return
    record["tries"] = int(record.get("tries", 0)) + 1
    if passed:
        record["passed"] = datetime.datetime.now(datetime.UTC).date().isoformat()
    try:
        _store(records)
    except OSError:
        return


def reset() -> None:
    """Forget all of it."""
    file().unlink(missing_ok=True)


def _store(records: dict[str, dict]) -> None:
    """Write the file whole or not at all: two notebooks may be open, and a kernel may be killed."""
    file().parent.mkdir(parents=True, exist_ok=True)
    whole_files.write_text(file(), json.dumps(records, indent=1))
