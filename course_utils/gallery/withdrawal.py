"""Look for what is left of somebody who was withdrawn from a gallery, and report which places were searched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils.gallery import files
from course_utils.gallery.log import Entry, Log
from course_utils.gallery.roster import Person, Roster
from course_utils.gallery.vector_index import ApproximateIndex, held_in

NOT_SEEN = "copies of the file, backups, and what other programs or variables hold"


@dataclass(frozen=True)
class Finding:
    """What was found in one place.

    Attributes
    ----------
    where : str
        "memory", "log", "index", "file", or "left-over files".
    what : str
        What was looked for, or why there was nothing to look in.
    found : int
        How many times it was found; it should be 0.
    """

    where: str
    what: str
    found: int


@dataclass(frozen=True)
class Withdrawal:
    """The report of a withdrawal: it names nobody, and can be given to the person.

    Attributes
    ----------
    reference : str
        The random reference that still stands for the person in the log.
    when : str
        The time in UTC.
    findings : tuple of Finding
        Each place that was looked in.
    """

    reference: str
    when: str
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """True where nothing was found anywhere."""
        return not any(finding.found for finding in self.findings)

    def __str__(self) -> str:
        width = max(len(finding.where) for finding in self.findings)
        lines = [f"  {finding.where:{width}}  {finding.found} found: {finding.what}" for finding in self.findings]
        verdict = "nothing is left" if self.complete else "SOMETHING IS LEFT"
        return "\n".join(
            [f"Withdrawn {self.when}, reference {self.reference}: {verdict}.", *lines, f"  Not seen: {NOT_SEEN}."]
        )


def look(
    name: str,
    person: Person,
    held: np.ndarray,
    entry: Entry,
    roster: Roster,
    log: Log,
    index: ApproximateIndex | None,
    path: Path | None,
) -> Withdrawal:
    """Look for somebody wherever a gallery keeps people.

    Parameters
    ----------
    name : str
    person : Person
        What was known of the person.
    held : ndarray of float32, shape (n, numbers)
        The references that the person had.
    entry : Entry
        What the log says of the withdrawal.
    roster, log, index, path
        What the gallery holds now: people, log, its approximate index if it has one, and the path of its file if it has
        one.

    Notes
    -----
    A picture that was also enrolled under a second name is found, as a template; that is intended.
    """
    templates = f"the {len(held)} template{'s' * (len(held) != 1)}"
    findings = [
        Finding("memory", "the name", int(name in roster.people)),
        Finding("memory", templates, roster.templates.copies_of(held)),
        Finding("log", "the name", sum(name in each.who for each in log.entries)),
        Finding("index", templates, int(np.isin(person.ids, index.ids()).sum()))
        if index is not None
        else Finding("index", "there is none, the exact search looks at memory", 0),
    ]
    if path is None:
        findings.append(Finding("file", "there is none, the gallery was never saved", 0))
    else:
        stored = files.read(path)
        quoted = json.dumps(name, ensure_ascii=False)
        named = json.dumps(stored.about, ensure_ascii=False).count(quoted)
        findings += [
            Finding("file", f"the name in {path.name}", named),
            Finding("file", f"{templates} in {path.name}", held_in(stored.references, held)),
            Finding("left-over files", f"files that a killed save left next to {path.name}", len(files.parts(path))),
        ]
    return Withdrawal(entry.who[0], entry.when, tuple(findings))
