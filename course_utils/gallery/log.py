"""Log who was enrolled, identified and withdrawn, when somebody searched, and at what time, without holding a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

EVENTS = ("enrolled", "searched", "identified", "withdrawn")


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    Attributes
    ----------
    when : str
        The time in UTC, such as "2026-11-30 08:15:02 UTC".
    event : str
        One of `EVENTS`.
    who : tuple of str
        The people whom it concerns, each once.  The file stores random references; `Gallery.log` shows the names of
        those who are enrolled, and the references of those who were withdrawn.  Empty for a search.
    count : int
        Templates that were enrolled or withdrawn, or probes that were asked about.
    """

    when: str
    event: str
    who: tuple[str, ...]
    count: int

    def __str__(self) -> str:
        noun = "probe" if self.event in ("searched", "identified") else "template"
        people = ", ".join(self.who) or ("nobody" if self.event == "identified" else "")
        return f"{self.when}  {self.event:10}  {self.count} {noun}{'s' * (self.count != 1)}  {people}".rstrip()


class Log:
    """The entries of a gallery's log, the oldest first.

    Parameters
    ----------
    entries : iterable of Entry
    clock : callable
        Returns the time in UTC.
    """

    def __init__(self, entries=(), clock: Callable[[], datetime] = now):
        self.entries = list(entries)
        self.clock = clock

    def entry(self, event: str, who=(), count: int = 1) -> Entry:
        """Return an entry for now, which is not noted yet."""
        return Entry(f"{self.clock():%Y-%m-%d %H:%M:%S} UTC", event, tuple(dict.fromkeys(who)), int(count))

    def note(self, event: str, who=(), count: int = 1) -> None:
        """Note what happened now."""
        self.entries.append(self.entry(event, who, count))

    def shown(self, names: dict[str, str]) -> list[Entry]:
        """Return the entries with names in place of the references that have one."""
        return [
            Entry(entry.when, entry.event, tuple(names.get(who, who) for who in entry.who), entry.count)
            for entry in self.entries
        ]


def as_json(entries: list[Entry]) -> list[list]:
    """Return entries as lists of JSON's types."""
    return [[entry.when, entry.event, list(entry.who), entry.count] for entry in entries]


def from_json(stored: list[list]) -> list[Entry]:
    """Return the entries that `as_json` made lists of."""
    return [Entry(str(when), str(event), tuple(map(str, who)), int(count)) for when, event, who, count in stored]
