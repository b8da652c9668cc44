"""Cards: every question of a form is printed, what is missing is named, and numbers come from the files."""

import re

import pytest

from course_utils import cards, pretrained, results
from course_utils.datasets import rendered

FULL = {section: dict.fromkeys(questions, "yes") for section, questions in cards.MODEL_CARD.items()}
QUESTIONS = [(section, question) for section, questions in cards.MODEL_CARD.items() for question in questions]


def test_a_full_card_lacks_nothing():
    text = cards.card("A network", cards.MODEL_CARD, FULL)
    assert cards.MISSING not in text
    assert "- none" in text
    assert all(f"- **{question}:** yes" in text for _, question in QUESTIONS)


@pytest.mark.parametrize(("section", "question"), QUESTIONS)
@pytest.mark.parametrize("empty", [None, "", "  "])
def test_a_planted_gap_is_named(section, question, empty):
    answers = {name: dict(given) for name, given in FULL.items()}
    if empty is None:
        del answers[section][question]
    else:
        answers[section][question] = empty
    assert cards.missing(cards.MODEL_CARD, answers) == [f"{section}: {question}"]
    text = cards.card("A network", cards.MODEL_CARD, answers)
    assert f"- **{question}:** {cards.MISSING}" in text
    assert text.endswith(f"Without an answer: 1 of {len(QUESTIONS)}\n\n- {section}: {question}\n")


def test_a_section_without_answers_is_printed():
    text = cards.card("A set", cards.DATA_CARD, {})
    assert all(f"## {section}" in text for section in cards.DATA_CARD)
    assert text.count(cards.MISSING) == sum(map(len, cards.DATA_CARD.values()))


@pytest.mark.parametrize("answers", [{"Results": {"speed": "fast"}}, {"Result": {"morphs": "0.1"}}])
def test_an_answer_to_no_question_is_refused(answers):
    with pytest.raises(cards.CardError, match="would be lost"):
        cards.card("A network", cards.MODEL_CARD, answers)


def test_the_embedding_s_card_repeats_the_stored_numbers():
    record = pretrained.record()["embedding"]
    tables = {name: results.load(name) for name in ("door", "transfer_comparison")}
    answers = cards.network_answers(record, 1_100_000, tables)
    text = cards.card("The embedding", cards.MODEL_CARD, answers)
    people = record["people"]["people"] * record["people"]["sets"]
    assert f"{people:,} rendered people" in text
    assert record["sha256"][:12] in text
    for row in tables["door"]["rows"]:
        assert f"{row['error']}: {row['rate']:.3f} [{row['rate_low']:.3f}, {row['rate_high']:.3f}]" in text
    missing = cards.missing(cards.MODEL_CARD, answers)
    assert "Results: errors of groups by two factors at once" in missing
    assert "Results: morphs" in missing


def test_the_harm_that_the_card_names_is_in_the_file():
    """On LFW, most known people are refused; on Olivetti they are not."""
    rows = [row for row in results.load("door")["rows"] if row["error"].startswith("known people not named")]
    refused = {row["set"]: row for row in rows}
    assert refused["LFW"]["rate"] > 0.5 > refused["Olivetti"]["rate_high"]
    answers = cards.network_answers(pretrained.record()["embedding"], 1, {})
    assert "on LFW, most known people were refused" in answers["Ethical considerations"]["harm by errors"]


def test_rates_of_morphs_come_from_pairs():
    answers = cards.network_answers(pretrained.record()["embedding"], 1, {"attacks": results.load("attacks")})
    pairs = next(row["people"] for row in results.load("attacks")["rows"] if row["part"] == "morph")
    assert answers["Results"]["morphs"].count(f", {pairs} pairs") == 4
    assert "pairs" not in answers["Results"]["attacks by gradient"]


def test_without_a_table_its_questions_are_not_measured():
    answers = cards.network_answers(pretrained.record()["embedding"], 1, {})
    missing = cards.missing(cards.MODEL_CARD, answers)
    assert {"Evaluation data: real faces", "Results: door, LFW", "Results: pairs of LFW, View 2"} <= set(missing)


def test_the_set_s_card_repeats_the_set_s_numbers():
    people = rendered.load_people()
    settings = {"pictures": 20, "size": rendered.stored_size(), "version": rendered.version()}
    tables = {name: results.load(name) for name in ("shortcuts", "realism")}
    text = cards.card("Rendered people", cards.DATA_CARD, cards.rendered_answers(people, settings, tables))
    assert f"{len(people)}, who do not exist" in text
    assert rendered.version() in text
    assert re.search(r"at most 0\.54% of the pictures", text), "as the data card of the set says"
    assert "Measurements: ageing of a person" in text
