"""Render people of a stored set again, and say whether they come out the same, or what differs and why."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from course_utils.datasets import rendered
from tools.rendered_set.assemble import look_row, made_with, make_pairs, person_row, picture_row
from tools.rendered_set.people import RENDERER, RenderedPerson, read_person, render_people
from tools.rendered_set.plan import Plan, make_plan


@dataclass
class Comparison:
    """What came out differently.

    Attributes
    ----------
    people, pictures : int
        How many were rendered again.
    differing : int
        Pictures of which at least one pixel differs.
    largest : int
        The largest difference of a pixel, grey levels.
    masks : int
        People whose masks differ.
    factors : set of str
        Columns of the tables with another value, "pairs.csv" if that file differs.
    reencoded : int
        People whose pixels are the same in a file that is not: another version of the JPEG library.
    versions : list of str
        What the stored set was made with that is different here.
    """

    people: int
    pictures: int
    differing: int = 0
    largest: int = 0
    masks: int = 0
    reencoded: int = 0
    factors: set[str] = field(default_factory=set)
    versions: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """True where everything is the same, byte for byte."""
        return not (self.differing or self.masks or self.reencoded or self.factors)

    def lines(self) -> list[str]:
        """Return the comparison as lines of text."""
        lines = [f"{self.people} people, {self.pictures} pictures rendered again"]
        if self.same:
            return [*lines, "pictures, masks and factors are the same, byte for byte"]
        lines.append(
            f"{self.differing} pictures differ, by at most {self.largest} grey levels"
            if self.differing
            else "all pixels of the pictures are the same"
        )
        if self.reencoded:
            lines.append(f"the same pixels in another JPEG file: {self.reencoded} people")
        if self.masks:
            lines.append(f"masks differ: {self.masks} people")
        if self.factors:
            lines.append(f"values differ: {', '.join(sorted(self.factors))}")
        return [*lines, *(f"made with another version: {line}" for line in self.versions)]


def check_set(folder: Path, people: int | None = 8, workers: int = 2, renderer: str = RENDERER) -> Comparison:
    """Render people of the set in ``folder`` again and compare them with what is stored.

    Parameters
    ----------
    folder : Path
    people : int, optional
        How many, spread over the whole set; None for everybody.
    workers : int
    renderer : str
        As in `render_people`.

    Raises
    ------
    UnusableSourceError
        If a stored file is missing or damaged.
    """
    rendered._check_files(folder, rendered.FILES)
    tables = rendered._read_tables(folder)
    settings = tables.settings
    plan = make_plan(*(settings[name] for name in ("people", "pictures", "looks", "seed", "fixed")))
    chosen = sample(plan, people)
    result = Comparison(len(chosen.people), len(chosen.people) * settings["pictures"])
    result.versions = [
        f"{name}: {settings[name]}, here {value}"
        for name, value in made_with(renderer).items()
        if settings[name] != value
    ]
    if not make_pairs(plan).equals(tables.pairs):
        result.factors.add("pairs.csv")
    with tempfile.TemporaryDirectory() as work, zipfile.ZipFile(folder / rendered.PICTURES) as pictures:
        paths = render_people(chosen, settings["size"], workers, Path(work), settings["quality"], renderer)
        with zipfile.ZipFile(folder / rendered.MASKS) as masks:
            for planned, path in zip(chosen.people, paths, strict=True):
                made = read_person(path)
                _compare_pictures(result, pictures.read(rendered.member(planned.number, "JPEG")), made, settings)
                result.masks += masks.read(rendered.member(planned.number, "PNG")) != made.masks
                result.factors |= _differing_factors(tables, planned, made)
    return result


def sample(plan: Plan, people: int | None) -> Plan:
    """Return a plan of so many people, spread over the whole; None for everybody."""
    if people is None or people >= len(plan.people):
        return plan
    places = np.linspace(0, len(plan.people) - 1, people).round().astype(int)
    return replace(plan, people=tuple(plan.people[place] for place in places))


def _compare_pictures(result: Comparison, stored: bytes, made: RenderedPerson, settings: dict) -> None:
    """Add to the result what differs between a stored strip and the one made now."""
    if stored == made.pictures:
        return
    size = settings["size"]
    before, now = (
        np.asarray(Image.open(io.BytesIO(strip))).reshape(-1, size, size, 3).astype(np.int16)
        for strip in (stored, made.pictures)
    )
    largest = np.abs(before - now).max(axis=(1, 2, 3))
    result.differing += int((largest > 0).sum())
    result.largest = max(result.largest, int(largest.max()))
    result.reencoded += not largest.any()


def _differing_factors(tables: rendered.Tables, planned, made: RenderedPerson) -> set[str]:
    """Return the columns in which a person's stored rows are not those made now."""
    wanted = {
        "people": [person_row(planned, made.looks)],
        "looks": [look_row(planned, number, factors) for number, factors in enumerate(made.looks)],
        "pictures": [picture_row(planned, number, factors) for number, factors in enumerate(made.shots)],
    }
    differing = set()
    for name, rows in wanted.items():
        stored = getattr(tables, name)
        stored = stored[stored["person"] == planned.number].reset_index(drop=True)
        now = pd.DataFrame(rows)
        differing |= set(stored.columns) ^ set(now.columns)
        for column in set(stored.columns) & set(now.columns):
            if stored[column].astype(object).tolist() != now[column].astype(object).tolist():
                differing.add(column)
    return differing
