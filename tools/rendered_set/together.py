"""Count which traits of the rendered people go together, so that the data card can say what cannot be told apart."""

import numpy as np
import pandas as pd

from course_utils.datasets import rendered
from tools.rendered_set import plan

# Column -> what the head model calls this head shape; `face_renderer.shape` names the columns in the same order.
SHAPES = {"shape_a": "african", "shape_b": "asian", "shape_c": "caucasian"}
DARK_EYES = ("brown", "dark brown")
DARK_HAIR = ("black", "dark brown", "brown")
AGED_HAIR = ("greying", "grey", "white")
AFRO = ("afro", "short afro")


def by_tone(tables: rendered.Tables) -> str:
    """Return a table of head shape, eyes and hair for each class of skin tone, and their correlation with the tone."""
    people = tables.people
    looks = tables.looks.merge(people[["person", "tone"]], on="person")
    lines = [
        f"| skin tone | {' | '.join(f'`{column}` ({name})' for column, name in SHAPES.items())} "
        "| brown or dark brown eyes | black or brown hair, of those not grey | looks with an afro |",
        "|---|" + "---:|" * (len(SHAPES) + 3),
    ]
    for tone in plan.TONES:
        group, own_looks = people[people["tone"] == tone], looks[looks["tone"] == tone]
        natural = group["hair_color"][~group["hair_color"].isin(AGED_HAIR)]
        shares = group["iris"].isin(DARK_EYES), natural.isin(DARK_HAIR), own_looks["look_hair_style"].isin(AFRO)
        means = [f"{group[column].mean():.2f}" for column in SHAPES]
        lines.append(f"| {tone} | {' | '.join([*means, *map(percent, shares)])} |")
    correlations = [f"{np.corrcoef(people['ita'], people[column])[0, 1]:+.2f}" for column in SHAPES]
    return "\n".join([*lines, f"| correlation with `ita` | {' | '.join(correlations)} | | | |"])


def by_femininity(tables: rendered.Tables) -> str:
    """Return a table of beard, make-up and hair styles for both halves of femininity."""
    looks = tables.looks.merge(tables.people[["person", "femininity_class"]], on="person")
    sides = looks.groupby("look_hair_style")["femininity_class"].nunique()
    one_sided = sides.index[sides == 1]
    lines = [
        "| femininity | looks | beard | make-up of the eyes | lipstick | hair styles that only this half has |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for half in plan.FEMININITIES:
        group = looks[looks["femininity_class"] == half]
        shares = group["look_beard"] != "none", group["look_eye_makeup"] > 0, group["look_lipstick"] > 0
        own = group["look_hair_style"][group["look_hair_style"].isin(one_sided)].nunique()
        lines.append(f"| {half} | {len(group):,} | {' | '.join(map(percent, shares))} | {own} of {len(sides)} |")
    return "\n".join(lines)


def percent(chosen: pd.Series) -> str:
    """Return the fraction of the rows that are chosen, or a dash where there are no rows."""
    return f"{chosen.mean():.0%}" if len(chosen) else "-"
