"""The numbers that lessons, solutions, README and the data card state: each is found where it was computed or set."""

from collections import Counter
from dataclasses import replace

import pytest
from nbformat import v4

from tools.notebooks.__main__ import lessons
from tools.notebooks.tidy import ROOT, write_notebook
from tools.prose import evidence
from tools.prose.__main__ import main
from tools.prose.arithmetic import is_equal, read_sums
from tools.prose.blocks import sections_named, split_blocks
from tools.prose.documents import DOCUMENTS, DocumentTexts
from tools.prose.evidence import Evidence
from tools.prose.notebooks import NotebookTexts, read_lesson
from tools.prose.planted import plant_everywhere, variants
from tools.prose.quantities import read_quantities
from tools.prose.sources import source_problem

# --- reading numbers


@pytest.mark.parametrize(
    ("text", "number", "value", "step"),
    [
        ("62 × 62 × 32 = 123,008 as", "123,008", 123_008, 1),
        ("and 93 % of them", "93 %", 0.93, 0.01),
        ("and 93\nper cent of them", "93\nper cent", 0.93, 0.01),
        ("a loss of 1.289.", "1.289", 1.289, 0.001),
        ("of .83 here", ".83", 0.83, 0.01),
        ("has 4.9 million weights", "4.9 million", 4.9e6, 1e5),
        ("below −30 dark", "−30", -30, 1),
        ("a rate of 1e-4:", "1e-4", 1e-4, 1e-4),
        ("under 10⁻⁴ nothing", "10⁻⁴", 1e-4, 1e-10),
        ("turned by 25°", "25", 25, 1),
        ("of $0.5$ and", "0.5", 0.5, 0.1),
        ("(1,200)", "1,200", 1200, 1),
    ],
)
def test_a_number_is_read_with_its_unit_and_its_digits(text, number, value, step):
    quantity = next(quantity for quantity in read_quantities(text) if quantity.text == number)
    assert quantity.readings[0].value == pytest.approx(value)
    assert quantity.readings[0].step == pytest.approx(step)
    assert text[quantity.start : quantity.end] == number


@pytest.mark.parametrize(
    "text",
    [
        "lesson 05, sections 3, 14 and 15, exercise 5.13",
        "see [the files](https://a.org/25/b_25) and arXiv:1708.04896",
        "version v0.1.0, Keras 3.15, Python 3.11, 3.12 or 3.13, SHA-256",
        "conv2d_17 and float32 and `Dropout(0.5)`",
        "## 14. A heading\n\n15. an item",
        "```\nloss 113.40\n```",
        "<!-- seen in 1234 -->",
    ],
)
def test_names_addresses_and_code_state_no_number(text):
    assert [quantity.text for quantity in read_quantities(text) if quantity.is_checked] == []


def test_small_integers_years_and_right_angles_are_not_checked():
    text = "12 pictures since 2019, turned by 90 degrees; 13 others, 2,019 in all, by 91 degrees; 0.5"
    assert [quantity.text for quantity in read_quantities(text) if quantity.is_checked] == ["13", "2,019", "91", "0.5"]


def test_numbers_of_a_range_share_their_unit():
    first, last = read_quantities("from 20 to 30 %")
    assert [reading.value for reading in first.readings] == pytest.approx([0.2, 20])
    assert last.readings[0].value == pytest.approx(0.3)


# --- sums


@pytest.mark.parametrize(
    "text",
    [
        "62 × 62 × 32 = 123,008 as",
        "7/25 = .28;",
        "(log 20 = 3.0)",
        "log 40 is 3.69",
        "that is .1 / √.001 = 3.2 times",
        "0.99⁵⁰ = .61 of it",
        "28 / 40 = 70 %",
        "1 − 0.96 = 4 %",
    ],
)
def test_a_sum_is_checked(text):
    [right] = read_sums(text)
    assert right.holds
    digits = [place for place, character in enumerate(text) if character in "123456789"]
    changed = [text[:place] + str(int(text[place]) % 9 + 1) + text[place + 1 :] for place in digits]
    assert all(not each.holds for wrong in changed for each in read_sums(wrong))


@pytest.mark.parametrize("text", ["for y = 39 the", "|a - b|^2 = 2 - 2\\cos(a, b)", "p = 0.5", "there are 3 of 4"])
def test_a_formula_is_no_sum(text):
    assert read_sums(text) == []


def test_a_calculation_gives_a_number_or_not():
    assert is_equal("2 × 2453569", "4.9 million")
    assert is_equal("2 × 2453569", "4.9 billion") is False
    assert is_equal("see section 3", "4") is None


# --- what stands behind a number


@pytest.mark.parametrize(
    ("printed", "stated"),
    [
        ("0.9258", "93 %"),
        ("92.58%", "0.93"),
        ("2,453,569 weights", "2.5 million"),
        ("2453569", "2,453,569"),
        ("loss 1.2886", "1.289"),
        ("[-0.3125 0.5]", "−0.31"),
        ("gap -0.31", "0.31"),
        ("0.4999", "0.50"),
        ("(3, 25x25)", "25"),
        ("3987 pictures", "about 4,000"),
        ("1e-05", "10⁻⁵"),
    ],
)
def test_a_printed_number_stands_behind_a_stated_one(printed, stated):
    assert Evidence(evidence.of_text(printed)).supports(read_quantities(stated)[0])


@pytest.mark.parametrize(
    ("printed", "stated"),
    [
        ("0.9258", "39 %"),
        ("0.9258", "93"),
        ("0.9258", "92 %"),
        ("2,453,569", "2.5 billion"),
        ("loss 1.2886", "1.298"),
        ("0.31", "−0.31"),
        ("0.5", "0.50"),
        ("5", "5.0"),
        ("3987", "4,000"),
        ("3487", "about 4,000"),
        ("float32, conv2d_32", "32"),
    ],
)
def test_another_number_does_not(printed, stated):
    assert not Evidence(evidence.of_text(printed)).supports(read_quantities(stated)[0])


def test_code_holds_what_it_calculates_and_not_what_it_calls_things():
    numbers = Evidence(
        evidence.of_code("shown = 25 * 120  # of 999\ndraw(figsize=(17, 18), title='16 of them', rate=1e-3)")
    )
    found = {text for text in ("25", "3,000", "0.001", "999", "17", "16") if numbers.supports(read_quantities(text)[0])}
    assert found == {"25", "3,000", "0.001"}


# --- where it must stand


def code_cell(source, printed="", **course):
    outputs = [v4.new_output("stream", text=printed)] if printed else []
    return v4.new_code_cell(source, outputs=outputs, metadata={"course": course} if course else {})


@pytest.fixture
def problems(tmp_path, monkeypatch):
    """Return what is wrong with a notebook of cells: texts, and code cells."""

    def find(*cells):
        made = [cell if not isinstance(cell, str) else v4.new_markdown_cell(cell) for cell in cells]
        path = tmp_path / "lesson.ipynb"
        path.write_text(write_notebook(v4.new_notebook(cells=made)), encoding="utf-8")
        return [(problem.number, problem.message) for problem in NotebookTexts(path).problems()]

    return find


NOWHERE = "is found nowhere near"


def test_a_number_stands_in_the_cells_next_to_its_text(problems):
    computed = code_cell("print(share)", "0.374\n")
    assert problems("It will be 0.37.", computed, "It was 0.37, or 37 %.") == []
    assert problems(computed, "It was 0.73.") == [("0.73", NOWHERE)]
    assert problems(computed, "So much.", code_cell("1"), "It was 0.37.") == [("0.37", NOWHERE)]
    assert problems(computed, "So much.\n\n## 2. Another section\n\nIt was 0.37.") == [("0.37", NOWHERE)]


def test_a_named_section_is_looked_through_and_must_exist(problems):
    cells = ["## 1. One", code_cell("0.37"), "Done.\n\n## 2. Two", code_cell("1")]
    assert problems(*cells, "In section 1 it was 0.37.") == []
    assert problems(*cells, "| what | section |\n|---|---|\n| 0.37 of them | 1 |") == []
    assert problems(*cells, "In section 2 it was 0.37.") == [("0.37", NOWHERE)]
    assert problems(*cells, "See section 12.") == [("12", "is the number of no section")]


def test_what_was_said_with_its_noun_may_be_said_again(problems):
    cells = ["There are 37 pictures.", code_cell("37"), "Look.", code_cell("1")]
    assert problems(*cells, "The 37 pictures again.") == []
    assert problems(*cells, "The 73 pictures again.") == [("73", NOWHERE)]
    assert problems(*cells, "The 37 people again.") == [("37", NOWHERE)]


def test_a_particular_number_may_stand_anywhere(problems):
    cells = [code_cell("1", "2,453,569 weights, 64 x 64, 0.37"), "Look.", code_cell("1")]
    assert problems(*cells, "Its 2.5 million weights, 2,453,569 of them, for 64 × 64 pixels.") == []
    assert problems(*cells, "Its 2.5 billion weights.") == [("2.5 billion", NOWHERE)]
    assert problems(*cells, "46 × 64 pixels") == [("46", NOWHERE), ("64", NOWHERE)]


def test_the_statement_of_an_exercise_sets_numbers_and_its_answer_uses_them(problems):
    task = "## 5.1 A title (predict)\n\n**Objective:** know.\n\nOf 48 pictures, 0.37 are right; loss `0.512`."
    assert problems(task, code_cell("1"), "So 48 are 0.37, and the loss is 0.512.") == []
    assert problems(task, code_cell("1"), "So 84 are 0.73.") == [("84", NOWHERE), ("0.73", NOWHERE)]
    assert problems(f"{task} It has 2.45 million weights.", code_cell("1")) == [("2.45 million", NOWHERE)]


def test_an_alternative_text_is_a_text_too(problems):
    cell = code_cell("epochs = 25", "best 0.37\n")
    figure = v4.new_output("display_data", metadata={"image/png": {"alt": "Over 25 epochs up to 0.37."}})
    cell.outputs.append(figure)
    assert problems(cell) == []
    figure.metadata["image/png"]["alt"] = "Over 52 epochs up to 0.73."
    assert problems(cell) == [("52", NOWHERE), ("0.73", NOWHERE)]


def test_exchanged_digits_that_leave_a_zero_in_front_are_no_number(problems):
    assert problems(code_cell("20"), "Of 02 pictures.") == [("02", "begins with 0")]
    assert problems("Lesson 01 to 03, and 05; then lessons 08, 09.") == []


def test_a_source_in_the_metadata_is_checked(problems):
    def with_source(number, source, text="It is 42 or 0.37."):
        cell = v4.new_markdown_cell(text, metadata={"course": {"numbers": {"42": "6 × 7", number: source}}})
        return problems(cell)

    assert with_source("0.37", "by the definition of this test") == []
    assert with_source("42", "6 × 8", "It is 42.") == [("42", "is not what its source gives")]
    assert with_source("0.37", "short") == [("0.37", "has a source that says too little")]
    assert with_source("0.73", "1 - 0.27") == [("0.37", NOWHERE), ("0.73", "has a source, and no text states it")]


def test_a_file_as_source_must_hold_the_number():
    assert source_problem("5,749", "course_utils/datasets/lfw.py") is None
    assert source_problem("5,794", "course_utils/datasets/lfw.py") == "does not stand in its source"
    assert source_problem("5,749", "course_utils/datasets/lwf.py") == "has a source that does not exist"


def test_sections_are_read_from_lists_and_from_columns():
    assert sections_named(split_blocks("sections 3, 5 and 8 to 10")[0], "") == {3, 5, 8, 9, 10}


# --- the course's own texts


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.relative_to(ROOT / "notebooks").as_posix())
def test_every_number_of_a_notebook_is_found(path):
    assert [str(problem) for problem in NotebookTexts(path).problems()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_of_a_document_is_found(name):
    assert [str(problem) for problem in DocumentTexts(name).problems()] == []


@pytest.mark.parametrize(
    ("lesson", "right", "wrong"),
    [
        (1, "123,008", "132,008"),
        (1, "93 %", "39 %"),
        (2, "362,217", "326,217"),
        (3, "very first up to 0.0316", "very first up to 0.0613"),
        (6, "seen 1,600 pictures of 80", "seen 6,100 pictures of 80"),
    ],
)
def test_an_exchanged_number_in_a_lesson_is_found(lesson, right, wrong):
    """Of the kinds that a reviewer planted, and that no test noticed then."""
    texts = read_lesson(lesson)
    passages = [passage for passage in texts.passages if right in passage.text]
    assert passages
    for passage in passages:
        assert texts.problems_of(replace(passage, text=passage.text.replace(right, wrong)))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("README.md", "13,233 photographs", "13,323 photographs"),
        ("README.md", "480 people × 20", "840 people × 20"),
        ("data/README.md", "with `ita` is -0.54", "with `ita` is -0.45"),
        ("data/README.md", "this becomes 0.851", "this becomes 0.815"),
        ("data/MEASUREMENTS.md", "(1.1 million weights)", "(1.1 billion weights)"),
        ("data/MEASUREMENTS.md", "learned from this set's 480", "learned from this set's 840"),
        ("data/MEASUREMENTS.md", "on 240 people", "on 420 people"),
    ],
)
def test_an_exchanged_number_in_a_document_is_found(name, right, wrong):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count(right) == 1
    assert DocumentTexts(name, text.replace(right, wrong)).problems()


def test_of_exchanged_digits_and_units_nearly_all_are_noticed():
    """Each bar is a little below what was measured; `python -m tools.prose --planted` measures every kind of fault."""
    bars = {"3 or more digits": 0.9, "2 digits": 0.9, "1 digits": 0.8}
    planted, noticed = Counter(), Counter()
    for number in range(7):
        for plant in plant_everywhere(read_lesson(number), faults=("digits exchanged", "unit exchanged")):
            digits = plant.number.partition(", ")[2]
            planted[digits] += 1
            noticed[digits] += plant.noticed
    assert planted.total() > 400
    shares = {digits: noticed[digits] / planted[digits] for digits in bars}
    assert {digits: share for digits, share in shares.items() if share < bars[digits]} == {}


def test_variants_of_a_number():
    faults = list(variants(read_quantities("93 %")[0]))
    assert ("digits exchanged", "39 %") in faults
    assert ("unit exchanged", "93") in faults
    assert sum(fault == "digit changed" for fault, _ in faults) == 18


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "lesson.ipynb"
    path.write_text(write_notebook(v4.new_notebook(cells=[v4.new_markdown_cell("Of 0.37.", id="here")])))
    assert main([str(path)]) == 1
    assert "lesson.ipynb, cell here: '0.37' is found nowhere near: Of 0.37." in capsys.readouterr().err
    assert main([str(ROOT / "README.md")]) == 0


# --- times, which are estimates or of one machine: the same wherever they stand
