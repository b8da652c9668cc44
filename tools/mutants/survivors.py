"""Read which mutants may pass, and why: ``survivors.toml``.

It holds three lists.  The entries of each have an ``exercise`` and ``changes``, as in `Mutant`; the first two also a
``reason``.

=============  ====================================================================================================
list           mutants that
=============  ====================================================================================================
`equivalent`   are right: they compute the same, or something else that is right too
`tolerated`    are wrong, and pass on purpose
`mended`       passed once, before their checker got a further case; the tests try each of them
=============  ====================================================================================================
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True)
class Survivors:
    """The changes of mutants that may pass or once did, by exercise."""

    equivalent: dict[str, list[str]]
    tolerated: dict[str, list[str]]
    mended: dict[str, list[str]]


def read_survivors(path: Path = FILE) -> Survivors:
    """Read the lists.

    Raises
    ------
    ValueError
        If a reason is missing, or a mutant is in two places.
    """
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {name: changes_of(lists.get(name, []), name != "mended") for name in ("equivalent", "tolerated", "mended")}
    everything = [(exercise, change) for one in found.values() for exercise in one for change in one[exercise]]
    twice = sorted({entry for entry in everything if everything.count(entry) > 1})
    if twice:
        raise ValueError(f"These mutants are listed twice in {path.name}: {twice}.")
    return Survivors(**found)


def changes_of(entries: list[dict], with_reason: bool) -> dict[str, list[str]]:
    """Return the changes of a list by exercise."""
    found = defaultdict(list)
    for entry in entries:
        if with_reason and not entry.get("reason"):
            raise ValueError(f"Say why these mutants of {entry['exercise']} may pass: {entry['changes']}.")
        found[entry["exercise"]] += entry["changes"]
    return dict(found)
