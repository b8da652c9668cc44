"""Write a set from its finished people: tables, strips of pictures and masks, pairs, checksums."""

from __future__ import annotations

import importlib
import json
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.datasets.download import file_sha256
from course_utils.datasets.rendered import FILES, MASKS, PICTURES, SUMS, member
from tools.rendered_set.encoding import QUALITY
from tools.rendered_set.people import (
    RENDERER,
    SIZE,
    WORKERS,
    RenderedPerson,
    RenderingError,
    read_person,
    render_people,
    renderer_fingerprint,
)
from tools.rendered_set.plan import PersonPlan, Plan

FOLDS, COMPARISONS = 10, 10  # folds of the pairs; pairs of pictures for two different people
LOOK = "look_"  # how the names of the factors begin that a look can change
DIGITS = 4  # significant digits of a factor


def build_set(
    plan: Plan,
    output: Path,
    size: int = SIZE,
    workers: int = WORKERS,
    work_folder: Path | None = None,
    quality: int = QUALITY,
    renderer: str = RENDERER,
) -> None:
    """Render the people of a plan (see `render_people`) and store them in ``output``.

    ``course_utils.datasets.rendered.load(path=output)`` reads the set.  Files of an earlier one are replaced one by
    one, the checksums last: what is read in between is noticed as damaged.  Memory holds one person's pictures at a
    time.

    Raises
    ------
    RenderingError, KeyboardInterrupt
        As `render_people` does; ``output`` is then as it was.
    """
    settings = {**plan.settings, "size": size, "quality": quality, **made_with(renderer)}
    paths = render_people(plan, size, workers, work_folder, quality, renderer)
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".part-") as temporary:
        folder = Path(temporary)
        rows = _write_strips(folder, plan, paths)
        for name, table in make_tables(plan, rows).items():
            table.to_csv(folder / name, index=False, lineterminator="\n")
        make_pairs(plan).to_csv(folder / "pairs.csv", index=False, lineterminator="\n")
        (folder / "set.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
        sums = "".join(f"{file_sha256(folder / name)}  {name}\n" for name in FILES)
        (folder / SUMS).write_text(sums, encoding="utf-8")
        for name in (*FILES, SUMS):
            (folder / name).replace(output / name)


def made_with(renderer: str = RENDERER) -> dict[str, str]:
    """Return what the pixels depend on besides the plan: the renderer and the libraries under it."""
    module = importlib.import_module(renderer)
    return {
        "renderer": f"{renderer} {getattr(module, '__version__', 'without a version')}",
        "renderer_files": renderer_fingerprint(renderer),
        "numpy": metadata.version("numpy"),
        "pillow": metadata.version("pillow"),
    }


def _write_strips(folder: Path, plan: Plan, paths: list[Path]) -> list[RenderedPerson]:
    """Copy the strips into the two archives; return what remains to be written, the factors."""
    factors = []
    with (
        zipfile.ZipFile(folder / PICTURES, "w") as pictures,
        zipfile.ZipFile(folder / MASKS, "w") as masks,
    ):
        for planned, path in zip(plan.people, paths, strict=True):
            person = read_person(path)
            if person is None:
                raise RenderingError(f"{path.name} was damaged after it was written; run the same command again.")
            pictures.writestr(_entry(member(planned.number, "JPEG")), person.pictures)
            masks.writestr(_entry(member(planned.number, "PNG")), person.masks)
            factors.append(RenderedPerson(b"", b"", person.looks, person.shots))
    return factors


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a file's entry in an archive that is the same on every day and system."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def make_tables(plan: Plan, rendered: list[RenderedPerson]) -> dict[str, pd.DataFrame]:
    """Return the tables of people, looks and pictures, by the name of their file.

    Raises
    ------
    RenderingError
        If two of them would have a column of the same name, or a trait differs between a person's looks.
    """
    people, looks, pictures = [], [], []
    for planned, person in zip(plan.people, rendered, strict=True):
        people.append(person_row(planned, person.looks))
        looks += [look_row(planned, number, factors) for number, factors in enumerate(person.looks)]
        pictures += [picture_row(planned, number, factors) for number, factors in enumerate(person.shots)]
    tables = {
        "people.csv": pd.DataFrame(people),
        "looks.csv": pd.DataFrame(looks),
        "pictures.csv": pd.DataFrame(pictures),
    }
    names = [name for table in tables.values() for name in table.columns if name not in ("person", "look")]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RenderingError(f"two tables would have a column {twice[0]!r}: the renderer has to name one otherwise.")
    return tables


def person_row(planned: PersonPlan, looks: list[dict]) -> dict:
    """Return a row of people.csv: what was planned, then the other traits."""
    row = {
        "person": planned.number,
        "split": planned.split,
        "person_seed": planned.seed,
        "tone": planned.tone,
        "age_band": planned.age_band,
        "build_class": planned.build_class,
        "femininity_class": planned.femininity_class,
        "ita": planned.ita,
        "age": planned.age,
        "build": planned.build,
        "femininity": planned.femininity,
    }
    traits = [{name: value for name, value in factors.items() if not _is_of_look(name)} for factors in looks]
    if any(other != traits[0] for other in traits):
        raise RenderingError(f"person {planned.number}: a trait that is not named {LOOK}... differs between looks.")
    return row | {name: short(value) for name, value in traits[0].items() if name not in (*row, "seed")}


def look_row(planned: PersonPlan, number: int, factors: dict) -> dict:
    """Return a row of looks.csv."""
    changed = {name: short(value) for name, value in factors.items() if _is_of_look(name) and name != "look"}
    return {"person": planned.number, "look": number} | changed


def picture_row(planned: PersonPlan, number: int, factors: dict) -> dict:
    """Return a row of pictures.csv; ``number`` counts from 0 here, from 1 in the table."""
    row = {
        "person": planned.number,
        "number": number + 1,
        "look": planned.look_of(number),
        "shot_seed": planned.shot_seeds[number],
    }
    return row | {name: short(value) for name, value in factors.items() if name != "seed"}


def _is_of_look(name: str) -> bool:
    return name == "look" or name.startswith(LOOK)


def short(value: float | int | str) -> float | int | str:
    """Return a factor with as many digits as the tables keep."""
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def make_pairs(plan: Plan) -> pd.DataFrame:
    """List pairs of pictures for verification among the people of "dev" and of "test".

    Nobody is in two folds.  Within a fold, any two people are compared by the same number of pairs, and all people with
    themselves by the same number, such that half of the pairs are mated.  With 8 people and 20 pictures: 280 mated and
    280 non-mated pairs, no pair twice.

    Returns
    -------
    pandas.DataFrame
        Columns split, fold (from 0), first, second (rows of pictures.csv, from 0), same (1 or 0).
    """
    n_pictures = plan.settings["pictures"]
    rows = []
    for split in ("dev", "test"):
        random = np.random.default_rng([plan.settings["seed"], 3 + (split == "test")])
        people = random.permutation([person.number for person in plan.people if person.split == split])
        folds = max(1, min(FOLDS, len(people) // 2))
        for fold, members in enumerate(people[: len(people) // folds * folds].reshape(folds, -1)):
            rows += [(split, fold, *pair) for pair in _fold_pairs(members, n_pictures, random)]
    return pd.DataFrame(rows, columns=["split", "fold", "first", "second", "same"])


def _fold_pairs(members: np.ndarray, n_pictures: int, random: np.random.Generator) -> list[tuple[int, int, int]]:
    """Return the pairs of one fold: (first, second, same)."""
    if len(members) < 2 or n_pictures < 2:
        return []
    within = np.stack(np.triu_indices(n_pictures, k=1), axis=1)
    across = np.stack(np.divmod(np.arange(n_pictures**2), n_pictures), axis=1)
    # Each of p people has p - 1 others, and shares these comparisons: for as many mated pairs, half as many a person.
    per_two = min(COMPARISONS, 2 * (len(within) // (len(members) - 1)), len(across) // 2 * 2)
    per_one = (len(members) - 1) * per_two // 2
    base = (members - 1) * n_pictures
    pairs = []
    for place, one in enumerate(base):
        pairs += [(one + a, one + b, 1) for a, b in random.permutation(within)[:per_one]]
        for other in base[place + 1 :]:
            pairs += [(one + a, other + b, 0) for a, b in random.permutation(across)[:per_two]]
    return pairs
