"""Compose the README's picture from figures stored in the lessons, so that it shows what they show.

python -m tools.readme_picture
"""

from dataclasses import replace
from pathlib import Path

import nbformat
from PIL import Image

from course_utils import whole_files
from tools.notebooks.embedded import figures_in

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "course.png"
WIDTH, GAP = 1200, 16
# Row by row: lesson, and a phrase from the figure's alternative text.
ROWS = [
    [("00_start_here", "square frame"), ("00_start_here", "vertical edges")],
    [("05_full_pipeline", "both losses fall"), ("05_full_pipeline", "two by two cells")],
    [("00_start_here", "most similar strangers")],
]


def stored_figure(lesson: str, phrase: str) -> Image.Image:
    """Return the lesson's figure whose alternative text contains the phrase."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for figure in figures_in(output):
                if phrase in figure.alt:
                    return replace(figure, width=None).image()  # as sharp as it is stored
    raise LookupError(f"{lesson} has no figure whose alternative text contains {phrase!r}")


def joined(images: list[Image.Image], width: int) -> Image.Image:
    """Put pictures side by side at one height, so that together they are `width` wide."""
    free = width - GAP * (len(images) - 1)
    height = round(free / sum(image.width / image.height for image in images))
    row = Image.new("RGB", (width, height), "white")
    left = 0
    for image in images:
        scaled = image.resize((round(image.width * height / image.height), height), Image.Resampling.LANCZOS)
        row.paste(scaled, (left, 0))
        left += scaled.width + GAP
    return row


def main() -> None:
    """Write the picture."""
    rows = [joined([stored_figure(*figure) for figure in figures], WIDTH) for figures in ROWS]
    picture = Image.new("RGB", (WIDTH, sum(row.height + GAP for row in rows) - GAP), "white")
    top = 0
    for row in rows:
        picture.paste(row, (0, top))
        top += row.height + GAP
    TARGET.parent.mkdir(exist_ok=True)
    with whole_files.replacing(TARGET) as part:
        picture.save(part, optimize=True)
    print(f"{TARGET.relative_to(ROOT)}: {picture.width} x {picture.height}, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
