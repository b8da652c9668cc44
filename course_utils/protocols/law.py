"""Read the legal statements and scenarios of lesson 11, each with its article, its source and its dates.

They are in ``law.toml``.  This is not legal advice: a statement is what its source says, in short, as of the day on
which it was checked.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("law.toml")
VERDICTS = ("allowed", "not allowed", "prohibited")
BEGINNINGS = ("from", "decided", "published")  # what happened on a statement's day


class LawFileError(ValueError):
    """The file of statements is damaged, or an entry in it lacks something; the message says which and what."""


@dataclass(frozen=True)
class Statement:
    """What an act or a decision says.

    Attributes
    ----------
    id : str
        What scenarios call it.
    says : str
        The statement, in short.
    act, article, place : str
        Which act or decision, where in it, and where it holds.
    beginning : str
        One of `BEGINNINGS`: an act applies from a day, a decision was decided, guidance was published.
    since : datetime.date
        The day on which this happened.
    source : str
        Address of the text.
    checked_on : datetime.date
        When somebody last compared the statement with what it says.
    checked_against : str
        With what it was compared.
    """

    id: str
    says: str
    act: str
    article: str
    place: str
    beginning: str
    since: datetime.date
    source: str
    checked_on: datetime.date
    checked_against: str

    def __str__(self) -> str:
        return f"{self.act}, {self.article}; {self.beginning} {self.since}, as of {self.checked_on}"


@dataclass(frozen=True)
class Scenario:
    """A case for the reader to decide.

    Attributes
    ----------
    title, case : str
    verdict : str
        One of `VERDICTS`: "prohibited" where an act names the practice itself, "not allowed" where no ground covers it.
    because : str
        The reason, in a sentence.
    statements : tuple of str
        Identifiers of the statements that decide it.
    """

    title: str
    case: str
    verdict: str
    because: str
    statements: tuple[str, ...]


def load(path: Path = FILE) -> tuple[dict[str, Statement], list[Scenario]]:
    """Return the statements by their identifiers, and the scenarios in order.

    Raises
    ------
    LawFileError
        If a statement lacks one of its attributes, or its beginning is none of the known ones, or a scenario has a
        verdict or a statement that there is not.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LawFileError(f"{path.name} cannot be read: {error}.") from error
    statements = {}
    for entry in entries.get("statements", []):
        statement = _complete(Statement, entry, entry.get("id", "without id"))
        if statement.beginning not in BEGINNINGS:
            raise LawFileError(
                f"The statement {statement.id!r} has the beginning {statement.beginning!r}; write one of "
                f"{', '.join(BEGINNINGS)}."
            )
        statements[statement.id] = statement
    scenarios = []
    for entry in entries.get("scenarios", []):
        scenario = _complete(Scenario, entry, entry.get("title", "without title"))
        if scenario.verdict not in VERDICTS:
            raise LawFileError(
                f"The scenario {scenario.title!r} has the verdict {scenario.verdict!r}; write one of "
                f"{', '.join(VERDICTS)}."
            )
        if missing := [name for name in scenario.statements if name not in statements]:
            raise LawFileError(f"The scenario {scenario.title!r} names the statement {missing[0]!r}, which is missing.")
        scenarios.append(scenario)
    return statements, scenarios


def _complete(kind: type, entry: dict, title: str):
    """Return a statement or scenario with everything that it must have, dates as dates."""
    for name, wanted in kind.__annotations__.items():
        value = entry.get(name)
        is_right = (
            isinstance(value, datetime.date)
            if "date" in wanted
            else isinstance(value, list)
            if "tuple" in wanted
            else isinstance(value, str) and value.strip()
        )
        if not value or not is_right:
            raise LawFileError(f"The entry {title!r} has no {name}; write it as the other entries do.")
    if unknown := entry.keys() - kind.__annotations__.keys():
        raise LawFileError(f"The entry {title!r} has {min(unknown)!r}, which no entry has; correct its name.")
    if kind is Scenario:
        entry = entry | {"statements": tuple(entry["statements"])}
    return kind(**entry)


def not_checked_since(statements: dict[str, Statement], day: datetime.date) -> list[Statement]:
    """Return the statements that nobody has checked since a day, the oldest first."""
    old = [statement for statement in statements.values() if statement.checked_on < day]
    return sorted(old, key=lambda statement: statement.checked_on)
