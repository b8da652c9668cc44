"""Say which rendered people a network is trained on, and load them; those that are not there yet are rendered first."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.datasets import FaceDataset, load_faces, rendered, storage
from tools.rendered_set import assemble, plan
from tools.rendered_set.people import renderer_fingerprint

SIZE = 64  # pixels along a side of a picture


@dataclass(frozen=True)
class People:
    """Whom a network is trained on.

    Attributes
    ----------
    people, per_person
        How many, and pictures of each: the first ones of the plan.
    of, seed, looks, fixed
        The plan, as `tools.rendered_set.plan.make_plan` takes it; by default that of the embedded set.
    sets
        How many such sets: those of `seed` and the numbers after it.
    """

    people: int = plan.PEOPLE
    per_person: int = plan.PICTURES
    of: int = plan.PEOPLE
    seed: int = plan.SEED
    looks: int = plan.LOOKS
    fixed: str = ""
    sets: int = 1


def load_people(chosen: People) -> FaceDataset:
    """Return the rendered people to train on, at 64 x 64; those that do not come with the course are rendered first."""
    if chosen.sets > 1:
        seeds = range(chosen.seed, chosen.seed + chosen.sets)
        return together([load_people(replace(chosen, seed=seed, sets=1)) for seed in seeds])
    embedded = replace(chosen, people=plan.PEOPLE, per_person=plan.PICTURES) == People()
    path = None if embedded else rendered_set(chosen)
    return load_faces("rendered", people=chosen.people, pictures=chosen.per_person, size=SIZE, path=path)


def together(sets: list[FaceDataset]) -> FaceDataset:
    """Return sets of different people as one; its names say which set somebody is of."""
    before = np.cumsum([0, *(len(faces.names) for faces in sets)])
    return replace(
        sets[0],
        images=np.concatenate([faces.images for faces in sets]),
        labels=np.concatenate([faces.labels + start for faces, start in zip(sets, before[:-1], strict=True)]),
        names=tuple(f"{number}: {name}" for number, faces in enumerate(sets) for name in faces.names),
        attributes=pd.concat([faces.attributes for faces in sets]),
    )


def rendered_set(chosen: People) -> Path:
    """Render a set into the cache, if it is not there yet; return its folder."""
    settings = f"{chosen.people}-of-{chosen.of}-seed-{chosen.seed}-looks-{chosen.looks}-{chosen.fixed or 'varied'}"
    folder = storage.cache_folder() / "transfer_people" / f"{settings}-{renderer_fingerprint()}"
    if not (folder / rendered.SUMS).exists():  # the last file that is written
        whole = plan.make_plan(chosen.of, looks=chosen.looks, seed=chosen.seed, fixed=chosen.fixed)
        assemble.build_set(replace(whole, people=whole.people[: chosen.people]), folder)
    return folder
