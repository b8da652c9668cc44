"""Who is rendered and from which seeds: people balanced by construction, shots that know nothing of the person.

Skin tone is the individual typology angle, arctan((L* - 50) / b*) in degrees, in the six classes of A. Chardon,
I. Cretois, C. Hourseau, International Journal of Cosmetic Science 13, 191 (1991), as S. Del Bino and F. Bernerd use
them, British Journal of Dermatology 169 (s3), 33 (2013).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

# Class -> lowest and highest value drawn.  The outer classes are open (> 55, < -30 degrees); they end here where
# measured skin does.
TONES = {
    "very light": (55, 65),
    "light": (41, 55),
    "intermediate": (28, 41),
    "tan": (10, 28),
    "brown": (-30, 10),
    "dark": (-55, -30),
}
AGES = {"18-30": (18, 30), "30-45": (30, 45), "45-60": (45, 60), "60-80": (60, 80)}  # years
BUILDS = {"slim": (-1, -1 / 3), "medium": (-1 / 3, 1 / 3), "heavy": (1 / 3, 1)}
FEMININITIES = {"below half": (0, 0.3), "above half": (0.7, 1)}
PARTS = ("train", "train", "train", "train", "dev", "test")  # of six people
PEOPLE, PICTURES, LOOKS, SEED = 480, 20, 5, 2026
FIXABLE = ("hair", "light", "expression", "pose")


@dataclass(frozen=True)
class PersonPlan:
    """One person, and the seeds of the pictures.

    Attributes
    ----------
    number : int
        From 1.
    split : {"train", "dev", "test"}
    seed : int
        Seed of every trait that is not given below.
    tone, age_band, build_class, femininity_class : str
        The cell of the balanced design.
    ita, age, build, femininity : float
        Degrees; years; -1 to 1; 0 to 1.  Drawn evenly inside the cell.
    shot_seeds : tuple of int
        One per picture.
    looks : int
        Picture k (from 0) shows look ``k % looks``.
    fixed : str
        One of `FIXABLE`, the same in all pictures; or "".
    """

    number: int
    split: str
    seed: int
    tone: str
    age_band: str
    build_class: str
    femininity_class: str
    ita: float
    age: float
    build: float
    femininity: float
    shot_seeds: tuple[int, ...]
    looks: int
    fixed: str = ""

    def look_of(self, picture: int) -> int:
        """Return the look that a picture (from 0) shows: the first few pictures show different ones."""
        return picture % self.looks


@dataclass(frozen=True)
class Plan:
    """The people of a set, and the settings that `make_plan` made them from."""

    people: tuple[PersonPlan, ...]
    settings: dict[str, int | str]

    def as_text(self) -> str:
        """Return everything that the plan says, for a hash."""
        return repr([asdict(person) for person in self.people])


def make_plan(
    people: int = PEOPLE, pictures: int = PICTURES, looks: int = LOOKS, seed: int = SEED, fixed: str = ""
) -> Plan:
    """Plan a set; the same arguments give the same plan.

    Parameters
    ----------
    people : int
        Every 48 people in a row hold each combination of tone, age and femininity once; every 144 hold each with every
        build.  For other numbers the counts of a class differ by a few people.
    pictures, looks : int
        Pictures of each person; hairstyles (beards, make-up) that these are spread over.
    seed : int
        Sets with different seeds have no person in common.
    fixed : {"", "hair", "light", "expression", "pose"}
        What does not vary: nobody has hair or a beard; everybody is in the same light, or neutral, or faces the camera.
        All else is as without it.  It is for measuring what the variety is worth.

    Raises
    ------
    ValueError
        If a number is below 1, there are more looks than pictures, or nothing of that name can be fixed.
    """
    for name, value in {"people": people, "pictures": pictures, "looks": looks}.items():
        if value < 1:
            raise ValueError(f"{name}: expected at least 1, got {value}.")
    if looks > pictures:
        raise ValueError(f"looks: {looks} looks cannot all be shown in {pictures} pictures.")
    if fixed not in ("", *FIXABLE):
        raise ValueError(f"fixed: expected one of {', '.join(FIXABLE)}, got {fixed!r}.")
    person_seeds, jitter, shot_seeds = _draws(people, pictures, seed)
    cells = [_cell(index) for index in range(people)]
    # A stable sort keeps the balanced order inside each part, so that the first few people of a part are balanced too.
    order = sorted(range(people), key=lambda index: ("train", "dev", "test").index(cells[index][-1]))
    planned = []
    for number, index in enumerate(order, start=1):
        *classes, split = cells[index]
        planned.append(
            PersonPlan(
                number,
                split,
                int(person_seeds[index]),
                *classes,
                *_values(classes, jitter[index]),
                shot_seeds=tuple(map(int, shot_seeds[index])),
                looks=looks,
                fixed=fixed,
            )
        )
    settings = {"people": people, "pictures": pictures, "looks": looks, "seed": seed, "fixed": fixed}
    return Plan(tuple(planned), settings)


def _draws(people: int, pictures: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a seed per person, four numbers in 0..1 per person, and a seed per picture.

    Each comes from a random stream of its own: a picture's seed cannot be computed from the person's, nor the reverse.
    """
    streams = [np.random.default_rng([seed, stream]) for stream in range(3)]
    return (
        streams[0].integers(2**40, size=people),
        streams[1].random((people, 4)),
        streams[2].integers(2**40, size=(people, pictures)),
    )


def _cell(index: int) -> tuple[str, str, str, str, str]:
    """Return tone, age band, build, femininity and part of the person at a place in the balanced order.

    The sums are Latin squares: each block of 48 crosses tone, age and femininity in full, each half of it tone and age;
    three blocks cross all with build.  Of 480 people, each sixth that a part is made of crosses any two of the four so
    evenly that counts differ by 1; the form that does so was found by search.
    """
    block, place = divmod(index, 48)
    half, place = divmod(place, 24)
    row, tone = divmod(place, 6)
    age = (tone + row) % 4
    femininity = (tone // 2 + row + half) % 2
    build = (tone + age + femininity + block) % 3
    part = (tone - age + 3 * femininity + 2 * (block // 3)) % 6
    return (
        list(TONES)[tone],
        list(AGES)[age],
        list(BUILDS)[build],
        list(FEMININITIES)[femininity],
        PARTS[part],
    )


def _values(classes: list[str], jitter: np.ndarray) -> list[float]:
    """Return skin tone, age, build and femininity inside the cell, rounded as the tables show them."""
    values = []
    for name, bounds, share in zip(classes, (TONES, AGES, BUILDS, FEMININITIES), jitter, strict=True):
        low, high = bounds[name]
        values.append(round(float(low + share * (high - low)), 3))
    return values
