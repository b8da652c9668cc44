"""The gallery explorer: what it says about a search, by hand; tests/test_widgets.py has what all explorers share."""

from dataclasses import replace

import numpy as np
import pytest
from made_up_searches import made_up_searches

from course_utils import metrics, widgets
from course_utils.widgets import gallery

SCORES = np.array([[0.8, 0.3, 0.1], [0.5, 0.4, 0.2], [0.6, 0.1, 0.0], [0.1, 0.2, 0.3]])
TRUTH = np.array([0, 1, metrics.NOBODY, metrics.NOBODY])  # found; another is more similar; two strangers


@pytest.fixture
def searches():
    made_up = made_up_searches()
    return replace(made_up, probes=made_up.probes[:4], scores=SCORES, truth=TRUTH)


@pytest.mark.parametrize(
    ("probe", "threshold", "answer", "rank"),
    [
        (1, 0.45, "person 001, score 0.800: right", "1"),
        (1, 0.9, "nobody, score 0.800: a false negative", "1"),
        (2, 0.45, "person 001, score 0.500: the wrong person, a false negative", "2"),
        (3, 0.45, "person 001, score 0.600: a false positive", "there is none"),
        (3, 0.6, "person 001, score 0.600: a false positive", "there is none"),
        (4, 0.45, "nobody, score 0.300: right", "there is none"),
    ],
)
def test_an_answer_and_its_verdict(searches, probe, threshold, answer, rank):
    numbers = widgets.gallery_explorer(searches, probe, threshold).shown.numbers
    assert numbers["answer"] == answer
    assert numbers["rank of the right person"] == rank


@pytest.mark.parametrize(("threshold", "false_positives", "false_negatives"), [(0.2, 2, 1), (0.45, 1, 1), (0.9, 0, 2)])
def test_both_errors_at_a_threshold(searches, threshold, false_positives, false_negatives):
    numbers = widgets.gallery_explorer(searches, threshold=threshold).shown.numbers
    assert numbers[f"FPIR at {threshold:.2f}"].startswith(f"{false_positives} of 2 searches by strangers")
    assert numbers[f"FNIR at {threshold:.2f}"].startswith(f"{false_negatives} of 2 searches for enrolled people")


def test_the_sentence_says_what_the_picture_shows(searches):
    alt = widgets.gallery_explorer(searches, probe=3).shown.alt
    assert alt.startswith("Probe 3, a stranger, and the 3 most similar of 3 enrolled people")
    assert "the answer is person 001, which is a false positive" in alt


def test_without_searches_development_people_ask():
    searches = gallery._development_people()
    assert searches.scores.shape == (160, 40)
    assert (searches.truth == metrics.NOBODY).sum() == 80
    assert [searches.truth[0], searches.truth[1], searches.truth[2]] == [0, metrics.NOBODY, 1]
    assert metrics.rank_rate(searches.scores, searches.truth) > 0.95


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"probe": 0}, "probe: expected a whole number from 1 to 4, got 0"),
        ({"probe": 5}, "probe: expected a whole number from 1 to 4, got 5"),
        ({"threshold": 1.5}, "threshold: expected a number from 0 to 1, got 1.5"),
    ],
)
def test_gallery_explorer_refuses(searches, arguments, message):
    with pytest.raises(ValueError, match=message):
        widgets.gallery_explorer(searches, **arguments)


def test_searches_that_do_not_fit_are_refused(searches):
    with pytest.raises(ValueError, match=r"expected scores of the shape \(4, 3\), 4 truths and 3 names"):
        replace(searches, scores=SCORES[:3])
    with pytest.raises(ValueError, match="some by people who are enrolled and some by strangers"):
        replace(searches, truth=np.array([0, 1, 2, 0]))
