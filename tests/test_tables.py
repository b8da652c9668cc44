import html.parser

import pytest

from course_utils import tables
from course_utils.markup import numbers_html, table_html, table_text

HEADING, COLUMNS = "Scores <1>", ("remedy", "test", "verdict")
ROWS = [("more data", "0.38", "in 2 sets"), ('"dropout" & co.', "-", "-")]


class Reader(html.parser.HTMLParser):
    """Reads a table as a screen reader does: kinds and texts of its cells, row by row."""

    def __init__(self, markup):
        super().__init__()
        self.caption, self.rows, self.open = "", [], []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append([dict(attributes).get("scope", tag), "", dict(attributes).get("style", "")])
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] == "caption":
            self.caption += text
        elif self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][-1][1] += text


def test_a_table_has_headings_for_itself_its_columns_and_its_rows():
    table = Reader(table_html(HEADING, COLUMNS, ROWS))
    assert table.caption == HEADING
    assert [[cell[:2] for cell in row] for row in table.rows] == [
        [["col", "remedy"], ["col", "test"], ["col", "verdict"]],
        [["row", "more data"], ["td", "0.38"], ["td", "in 2 sets"]],
        [["row", '"dropout" & co.'], ["td", "-"], ["td", "-"]],
    ]
    assert table.open == []


def test_words_begin_at_the_left_and_numbers_end_at_the_right():
    table = Reader(table_html(HEADING, COLUMNS, ROWS))
    assert [[cell[2].split("text-align: ")[1][:4] for cell in row] for row in table.rows] == [
        ["left", "righ", "left"]
    ] * 3


def test_a_table_as_text_has_the_same_entries_in_columns():
    assert table_text(HEADING, COLUMNS, ROWS).split("\n") == [
        "Scores <1>",
        "remedy           test  verdict",
        "more data        0.38  in 2 sets",
        '"dropout" & co.  -     -',
    ]


def test_a_table_is_shown_in_both_forms_and_the_same_each_time(monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: outputs.append(data))
    for _ in range(2):
        tables.show(HEADING, COLUMNS, iter(ROWS))
    assert outputs[0] == outputs[1]
    assert set(outputs[0]) == {"text/html", "text/plain"}
    assert outputs[0]["text/plain"].count("\n") == 3


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match=r"The table has 3 columns, but the row \['a', '1'\] has 2 entries\."):
        tables.show(HEADING, COLUMNS, [("a", "1")])


def test_numbers_go_down_the_first_column_and_then_the_second():
    numbers = {"a": "1", "b": "2", "c": "<3>"}
    assert [[text for _, text, _ in row] for row in Reader(numbers_html(numbers, columns=2)).rows] == [
        ["a", "1", "c", "<3>"],
        ["b", "2"],
    ]
    assert 'role="status"' in numbers_html(numbers)
