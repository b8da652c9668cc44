"""The contact sheet: the first people of the set, a row each, as they are, without a choice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from course_utils.datasets import rendered

GAP = 2  # pixels


def draw_sheet(folder: Path, people: int = 16, pictures: int = 10) -> Image.Image:
    """Return the first pictures of the first people of the set in ``folder``, a row per person."""
    size = rendered.stored_size(folder)
    faces = rendered.load(people=people, pictures=pictures, size=size, path=folder)
    step = size + GAP
    sheet = np.full((people * step - GAP, pictures * step - GAP, 3), 255, np.uint8)
    for number, image in enumerate(faces.images):
        row, column = divmod(number, pictures)
        sheet[row * step : row * step + size, column * step : column * step + size] = image
    return Image.fromarray(sheet)
