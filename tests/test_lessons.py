"""What every lesson owes its readers, whatever it teaches."""

import itertools
import json
import re
from pathlib import Path

import pytest

LESSONS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
BELITTLING = re.compile(r"\b(simply|just|obviously|of course|trivially|clearly)\b", re.IGNORECASE)


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def cells(request):
    return json.loads(request.param.read_text(encoding="utf-8"))["cells"]


def markdown(cells):
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


def test_begins_with_what_a_reader_wants_to_know(cells):
    head = markdown(cells)[0]
    for part in ("# ", "colab-badge.svg", "**You will be able to**", "**Time:**", "**Needs:**"):
        assert part in head


def test_headings_never_skip_a_level(cells):
    levels = [len(match[1]) for text in markdown(cells) for match in re.finditer(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(levels))
    assert levels.count(1) == 1


def test_no_word_belittles_the_reader(cells):
    assert [match[0] for text in markdown(cells) for match in BELITTLING.finditer(text)] == []


def test_every_figure_has_an_alternative_text(cells):
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    figures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert figures
    for figure in figures:
        assert len(figure["metadata"].get("image/png", {}).get("alt", "")) > 20


def test_code_cells_are_short(cells):
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    lengths = sorted(sum(bool(line.strip()) for line in source) for source in sources)
    assert lengths[len(lengths) // 2] <= 6
    assert lengths[-1] <= 30  # the article's program is the longest


def test_nothing_is_left_to_fill_in(cells):
    assert [text for text in markdown(cells) if re.search(r"TIME_TO|TABLE_TEXT|TODO|FIXME", text)] == []
