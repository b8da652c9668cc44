"""Write the numbers of the data card and of the page behind it: measured from the stored set, never typed.

The card is data/README.md; its longer tables are in data/MEASUREMENTS.md.  A block is between
``<!-- measured: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils import results, whole_files
from course_utils.datasets import rendered
from course_utils.environment import ROOT
from tools.rendered_set import plan, together

PAGES = (ROOT / "data" / "README.md", ROOT / "data" / "MEASUREMENTS.md")  # for readers; and the tables behind it
BLOCK = re.compile(r"(?<=<!-- measured: )(?P<name>\w+)(?P<open> -->\n).*?(?=<!-- end -->)", re.DOTALL)
DESIGN = {  # column -> what it is called, its classes
    "tone": ("skin tone", plan.TONES),
    "age_band": ("age, years", plan.AGES),
    "build_class": ("build", plan.BUILDS),
    "femininity_class": ("femininity", plan.FEMININITIES),
}
OF = {"people": "person", "looks": "look", "pictures": "picture"}  # table -> what its rows are

# Factor, or the beginning of several factors' names -> unit, meaning.  The longest that fits is taken.
MEANINGS = {
    "person": ("", "number of the person, in all tables"),
    "split": ("", "part: nobody is in two"),
    "person_seed": ("", "seed of every trait that is not listed"),
    "tone": ("", "class of `ita`"),
    "age_band": ("years", "class of `age`"),
    "build_class": ("", "third of `build`"),
    "femininity_class": ("", "half of `femininity`"),
    "ita": ("degrees", "skin tone: individual typology angle, light to dark"),
    "age": ("years", ""),
    "build": ("-1..1", "slim to heavy"),
    "femininity": ("0..1", "share of the head model's female shape"),
    "muscle": ("-1..1", "slight to strong"),
    **{column: ("share", f'head shape: the model\'s "{name}" target') for column, name in together.SHAPES.items()},
    "iris": ("", "colour of the eyes"),
    "hair_color": ("", "natural colour of the hair"),
    "shaves": ("0..1", "how dark shaven skin is"),
    "skin_": ("factor, about 1", "the skin, besides its tone"),
    "skin_freckles": ("0..1", "freckles"),
    "skin_shadowed_eyes": ("0..1", "shadows under the eyes"),
    "skin_moles": ("count", "moles"),
    "brow_": ("", "eyebrows; lengths in decimetres, thickness a factor"),
    "look": ("", "number of the look, from 0"),
    "look_hair_": ("", "hair of the head; shade and volume are factors, wave 0..1"),
    "look_beard": ("", "beard"),
    "look_eye_makeup": ("0..1", "make-up of the eyes"),
    "look_lipstick": ("1 yes, 0 no", "lipstick"),
    "number": ("", "number of the picture among the person's, from 1"),
    "shot_seed": ("", "seed of the picture: pose, light, camera, ..."),
    "yaw": ("degrees", "> 0: the face turns to the picture's right"),
    "pitch": ("degrees", "> 0: the face bends down"),
    "roll": ("degrees", "> 0: the top of the head tilts to the left"),
    "expression": ("", "facial expression"),
    "strength": ("0..1", "how much of the expression"),
    "asymmetry": ("-1..1", "the left side of the face takes part more, or less"),
    "eyes_closed": ("0 open..1 shut", "below 0: wide open"),
    "gaze_": ("degrees", "direction of the eyes relative to the head"),
    "environment": ("", "photographed place that lights the scene, or lamps only"),
    "environment_turn": ("degrees", "how far it is turned round the head"),
    "ambient": ("factor", "brightness of the surroundings"),
    "ambient_gradient": ("factor", "lamps only: more light from above than from below"),
    "lamp": ("factor", "strength of a lamp, 0 none"),
    "lamp_azimuth": ("degrees", "direction of the lamp, 0 from the camera"),
    "lamp_elevation": ("degrees", "height of the lamp"),
    "lamp_softness": ("exponent", "8 a window, 120 a bulb"),
    "lamp_warmth": ("about -2..2", "> 0: warm light"),
    "rim_lamp": ("factor", "strength of a second lamp, from behind"),
    "rim_azimuth": ("degrees", "its direction"),
    "background": ("", "kind of background"),
    "blur_of_background": ("factor", "how blurred it is"),
    "distance": ("decimetres", "from the camera to the head"),
    "zoom": ("factor", "size in the frame"),
    "shift_": ("share of the width", "place in the frame"),
    "exposure": ("stops", "brightness of the picture"),
    "contrast": ("factor", ""),
    "saturation": ("factor", ""),
    "white_balance": ("0..1", "how far the light's colour is removed"),
    "tint_": ("factor", "what white balance gets wrong, by channel"),
    "defocus": ("1/100 width", "blur of the lens"),
    "motion": ("1/100 width", "blur of motion"),
    "motion_angle": ("degrees", "direction of the motion"),
    "sharpness": ("0..1", "real resolution, 1 full"),
    "noise": ("0..1 scale", "standard deviation of the sensor's noise"),
    "glasses": ("", "glasses"),
    "glasses_color": ("sRGB", "colour of the frame"),
    "cover": ("", "cap, headscarf or mask"),
    "cover_color": ("sRGB", "its colour"),
    "collar": ("", "none, shirt or high"),
    "clothes": ("sRGB", "colour of the clothes"),
    "right_eye_": ("pixels", "position of the person's right eye"),
    "left_eye_": ("pixels", "position of the person's left eye"),
}


def update(folder: Path, only_check: bool = False, pages: tuple[Path, ...] = PAGES) -> int:
    """Write the blocks of the card's pages, or only tell whether they are current; return the exit status.

    Raises
    ------
    UnusableSourceError
        If a table is missing or damaged.
    """
    tables = rendered._read_tables(folder)
    unknown = [name for name in factor_names(tables) if meaning(name) is None]
    if unknown:
        print(f"tools/rendered_set/card.py says nothing about: {', '.join(unknown)}", file=sys.stderr)
    texts = {path: path.read_text(encoding="utf-8") for path in pages}
    wanted = {path: filled(text, tables, folder) for path, text in texts.items()}
    if only_check:
        current = wanted == texts
        print("the card is current" if current else "the card is out of date: python -m tools.rendered_set card")
        return int(not current or bool(unknown))
    for path, text in wanted.items():
        whole_files.write_text(path, text)
        print(f"{path.name}: {len(BLOCK.findall(text))} blocks written")
    return int(bool(unknown))


def filled(text: str, tables: rendered.Tables, folder: Path) -> str:
    """Return the card with every block measured afresh."""
    makers = {
        "summary": lambda: summary(tables, folder),
        "areas": lambda: areas(folder),
        "design": lambda: design(tables.people),
        "factors": lambda: factors(tables),
        "tone": lambda: together.by_tone(tables),
        "femininity": lambda: together.by_femininity(tables),
        "shortcuts": shortcuts,
        "worth": worth,
        "transfer": transfer,
        "centring": centring,
        "landmarks": landmarks,
        "comparison": comparison,
        "ablations": ablations,
        "realism": realism,
        "proportions": proportions,
        "limits": limits,
    }
    return BLOCK.sub(lambda found: f"{found['name']}{found['open']}{makers[found['name']]()}\n", text)


def summary(tables: rendered.Tables, folder: Path) -> str:
    """Return how much there is, and what made it."""
    settings = tables.settings
    sizes = {name: (folder / name).stat().st_size / 1e6 for name in rendered.FILES}
    pairs = tables.pairs.groupby("split").agg(pairs=("same", "size"), mated=("same", "sum"), folds=("fold", "nunique"))
    lines = [
        f"- {settings['people']:,} people, {settings['pictures']} pictures each ({len(tables.pictures):,} in all), "
        f"{settings['size']} x {settings['size']} pixels, colour; {settings['looks']} looks per person",
        *(
            f"- pairs of pictures, {split}: {row.pairs:,} in {row.folds} folds, {row.mated:,} of them mated"
            for split, row in pairs.iterrows()
        ),
        f"- {sum(sizes.values()):.1f} MB: " + ", ".join(f"`{name}` {size:.2f}" for name, size in sizes.items()),
        f"- rendered with {settings['renderer']} (files {settings['renderer_files']}), NumPy {settings['numpy']}, "
        f"Pillow {settings['pillow']}; seed {settings['seed']}, JPEG quality {settings['quality']}",
    ]
    return "\n".join(lines)


def areas(folder: Path) -> str:
    """Return how much of the pictures each class of the masks takes, and in how many of them it is seen."""
    masks = rendered.load_masks(size=rendered.stored_size(folder) // rendered.MASK_SCALE, path=folder)
    lines = ["| value | shows | share of all pixels | seen in pictures |", "|---:|---|---:|---:|"]
    for value, name in enumerate(rendered.MASK_CLASSES):
        shown = masks == value
        lines.append(f"| {value} | {name} | {shown.mean():.1%} | {shown.any(axis=(1, 2)).mean():.0%} |")
    return "\n".join(lines)


def design(people: pd.DataFrame) -> str:
    """Return how many people of each class are in each part."""
    lines = [f"| | class | {' | '.join(rendered.SPLITS)} | all |", "|---|---|" + "---:|" * (len(rendered.SPLITS) + 1)]
    for column, (title, classes) in DESIGN.items():
        for name in classes:
            group = people[people[column] == name]
            counts = [str(int((group["split"] == split).sum())) for split in rendered.SPLITS]
            lines.append(f"| {title} | {name} | {' | '.join(counts)} | {len(group)} |")
    totals = [str(int((people["split"] == split).sum())) for split in rendered.SPLITS]
    return "\n".join([*lines, f"| people | | {' | '.join(totals)} | {len(people)} |"])


def factors(tables: rendered.Tables) -> str:
    """Return every column: what it belongs to, its unit, its meaning, the values that occur."""
    lines = ["| factor | of | unit | meaning | values |", "|---|---|---|---|---|"]
    for table, noun in OF.items():
        for name, column in getattr(tables, table).items():
            if table == "people" or name not in ("person", "look"):
                unit, text = meaning(name) or ("", "")
                lines.append(f"| `{name}` | {noun} | {unit} | {text} | {values(column)} |")
    return "\n".join(lines)


def factor_names(tables: rendered.Tables) -> list[str]:
    """Return the names of all columns, each once."""
    return list(dict.fromkeys(name for table in OF for name in getattr(tables, table).columns))


def meaning(name: str) -> tuple[str, str] | None:
    """Return unit and meaning of a factor, None where neither it nor a beginning of its name is known."""
    known = [key for key in MEANINGS if key == name or (key.endswith("_") and name.startswith(key))]
    return MEANINGS[max(known, key=len)] if known else None


def values(column: pd.Series) -> str:
    """Return a column's range, or its words, the most frequent first."""
    if column.name.endswith("_seed"):
        return "whole numbers"
    if pd.api.types.is_numeric_dtype(column):
        return f"{column.min():.4g} to {column.max():.4g}, median {column.median():.4g}"
    words = column.value_counts()
    if words.index[0].startswith("#"):
        return f"{len(words):,} colours"
    return ", ".join(f"{word} {count / len(column):.0%}" for word, count in words.items())


def shortcuts() -> str:
    """Return the table of the benchmark ``shortcuts``."""
    return _stored(
        "shortcuts",
        "| what the classifier sees | split | accuracy | 95 % interval | chance | times chance | bound by the rule |",
        "|---|---|---:|---|---:|---:|---|",
        lambda row: [row["input"], row["split"], f"{row['accuracy']:.2%}", f"{row['low']:.2%} to {row['high']:.2%}",
                     f"{row['chance']:.2%}", f"{row['accuracy'] / row['chance']:.1f}", "yes" if row["bound"] else "no"],
    )  # fmt: skip


def transfer() -> str:
    """Return what networks trained on rendered people, and what they are held against, do on real faces."""
    return _stored(
        "transfer",
        "| method | LFW View 1, accuracy | LFW View 2 | Olivetti, area under the curve | | View 2 | Olivetti |",
        "|---|---:|---:|---|---|---:|---|",
        lambda row: [row["method"], f"{row['view1_accuracy']:.3f}", _view2(row), _auc(row, "olivetti_auc"),
                     "centred:", _view2(row, "centred_"), _auc(row, "centred_olivetti_auc")],
    )  # fmt: skip


def worth() -> str:
    """Return what the network that comes with the course does on View 2: plainly, and compared in the chosen way."""
    return _stored(
        "transfer_comparison",
        "| how the network compares faces | LFW View 2 | less the mean of photographs |",
        "|---|---:|---:|",
        lambda row: [row["method"], _view2(row), _view2(row, "centred_")],
        only=("as cropped", "both, discriminant"),
    )


def centring() -> str:
    """Return what centring gains on View 2, fold by fold, with and without the pictures that View 2 compares."""
    (as_it_is,) = results.read("transfer_centring")["rows"][0]["runs"]

    def gain(row: dict) -> str:
        differences = np.subtract(row["runs"][0]["view2_by_fold"], as_it_is["view2_by_fold"])
        if not differences.any():
            return ""
        return f"{differences.mean():+.4f} ± {differences.std(ddof=1) / np.sqrt(len(differences)):.4f}"

    return _stored(
        "transfer_centring",
        "| the network that comes with the course | pictures in the mean | LFW View 2 | area under the curve "
        "| gain, mean of the folds' differences |",
        "|---|---:|---:|---:|---:|",
        lambda row: [row["method"], f"{row['pictures']:,}" if row["pictures"] else "", _view2(row, digits=4),
                     f"{row['view2_auc']:.4f}", gain(row)],
    )  # fmt: skip


def landmarks() -> str:
    """Return how far off eyes and mouth are found, in per cent of the distance between the eyes."""
    return _stored(
        "landmark_accuracy",
        "| pictures | number | found by | right eye | left eye | mouth |",
        "|---|---:|---|---:|---:|---:|",
        lambda row: [row["pictures"], f"{row['number']:,}", row["method"],
                     *(f"{row[f'{point} median']:.1%} ({row[f'{point} 90 %']:.1%})"
                       for point in ("right eye", "left eye", "mouth"))],
    )  # fmt: skip


def comparison() -> str:
    """Return what is gained between a real face and the cosine."""
    return _stored(
        "transfer_comparison",
        "| compared | LFW View 1, area under the curve | View 2 | Olivetti | | View 1 | View 2 | Olivetti |",
        "|---|---|---:|---|---|---|---:|---|",
        lambda row: [row["method"], *_of_real(row), "centred:", *_of_real(row, "centred_")],
    )


def ablations() -> str:
    """Return how networks do on View 1 that each lack a part."""
    return _stored(
        "transfer_ablations",
        "| trained on | pictures | LFW View 1, area under the curve | centred |",
        "|---|---:|---|---|",
        lambda row: [row["method"], f"{row['pictures']:,}", _auc(row, "view1_auc"), _auc(row, "centred_view1_auc")],
    )


def realism() -> str:
    """Return how well networks tell rendered people from photographs, by part of the picture."""
    return _stored(
        "realism",
        "| what the network sees | told apart | 95 % interval |",
        "|---|---:|---|",
        lambda row: [row["part"], f"{row['told apart']:.1%}", f"{row['low']:.1%} to {row['high']:.1%}"],
    )


def proportions() -> str:
    """Return distances in the face, of photographs and of rendered pictures."""
    return _stored(
        "proportions",
        "| distance, of that between the pupils | photographs | rendered | 95 % of the difference | people differ by | "
        "pictures of one by |",
        "|---|---:|---:|---|---|---|",
        lambda row: [
            row["distance"], f"{row['photographs']:.3f}", f"{row['rendered']:.3f}",
            f"{row['difference_low']:+.3f} to {row['difference_high']:+.3f}",
            *(f"{row[f'photographs_{of}']:.3f} / {row[f'rendered_{of}']:.3f}" for of in ("between", "within")),
        ],
    )  # fmt: skip


def limits() -> str:
    """Return how networks do that were trained alike, on rendered people and on photographs."""
    return _stored(
        "transfer_limits",
        "| trained on | people | pictures | LFW View 1, test pairs: area under the curve |",
        "|---|---:|---:|---|",
        lambda row: [row["trained on"], *(f"{row[name]:,}" if name in row else "" for name in ("people", "pictures")),
                     _auc(row, "view1_test_auc")],
    )  # fmt: skip


def _stored(name: str, head: str, rule: str, cells: Callable[[dict], list[str]], only: tuple[str, ...] = ()) -> str:
    """Return the stored table of a benchmark: its first two lines, and a line of cells for every row.

    Where methods are named in `only`, the table has no other rows.
    Where it was measured on another version of the set, a sentence below says so.
    """
    stored = results.load(name)
    rows = [row for row in stored["rows"] if not only or row["method"] in only]
    lines = [head, rule, *(f"| {' | '.join(cells(row))} |" for row in rows)]
    if stored["rendered"] != rendered.version():
        measured = f"`python -m benchmarks.{name}` measures again"
        lines += ["", f"*Measured on an earlier version of the pictures; {measured}.*"]
    return "\n".join(lines)


def _view2(row: dict, how: str = "", digits: int = 3) -> str:
    return f"{row[f'{how}view2_accuracy']:.{digits}f} ± {row[f'{how}view2_standard_error']:.{digits}f}"


def _of_real(row: dict, how: str = "") -> list[str]:
    return [_auc(row, f"{how}view1_auc"), _view2(row, how), _auc(row, f"{how}olivetti_auc")]


def _auc(row: dict, name: str) -> str:
    return f"{row[name]:.3f} [{row[f'{name}_low']:.3f}, {row[f'{name}_high']:.3f}]"
