"""The benchmark that measures faces, on made-up landmarks: no picture is looked at."""

import numpy as np
import pytest

from course_utils import environment

environment.setup()

from benchmarks import proportions
from course_utils import results


def marks(n, seed=0):
    """Return landmarks of n faces that look to the front, in shares of the picture."""
    random = np.random.default_rng(seed)
    faces = 0.5 + random.normal(0, 0.1, (n, 478, 2))
    faces[:, proportions.IRISES[0]], faces[:, proportions.IRISES[1]] = (0.35, 0.4), (0.65, 0.4)
    faces[:, proportions.NOSE_TIP, 0] = 0.5
    faces[:, proportions.EDGES[0], 0], faces[:, proportions.EDGES[1], 0] = 0.2, 0.8
    return faces


def test_neither_place_nor_size_nor_turn_of_a_face_changes_its_distances():
    faces = marks(5)
    angle = np.radians(20)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = 0.7 * faces @ turn + [0.1, -0.3]
    one, other = (proportions.distances(proportions.in_the_face(each)) for each in (faces, moved))
    for name, values in one.items():
        np.testing.assert_allclose(values, other[name], atol=1e-9, err_msg=name)


def test_distances_are_in_units_of_that_between_the_irises():
    faces = proportions.in_the_face(marks(3))
    right, left = (faces[:, iris] for iris in proportions.IRISES)
    np.testing.assert_allclose(left - right, np.tile([1.0, 0.0], (3, 1)), atol=1e-12)
    below = faces.copy()
    below[:, 152, 1] = (1.7, 1.8, 1.9)
    np.testing.assert_allclose(proportions.distances(below)["chin, below the pupil"], (1.7, 1.8, 1.9))


def test_a_face_that_looks_aside_does_not_count():
    faces = proportions.in_the_face(marks(4))
    faces[1, proportions.NOSE_TIP, 0] = 0.3
    faces[2, proportions.EDGES[0], 0] -= 0.6
    assert proportions.is_within(faces, proportions.NEARLY).tolist() == [True, False, False, True]


def test_spreads_are_those_that_the_numbers_were_drawn_with():
    random = np.random.default_rng(1)
    people = np.repeat(np.arange(800), random.integers(1, 6, 800))
    values = 2.0 + random.normal(0, 0.3, 800)[people] + random.normal(0, 0.1, len(people))
    between, within = proportions.spreads(values, people)
    assert between == pytest.approx(0.3, rel=0.08) and within == pytest.approx(0.1, rel=0.08)


def test_people_who_do_not_differ_have_no_spread():
    people = np.repeat(np.arange(300), 2)
    values = np.random.default_rng(2).normal(0, 0.1, 600)
    assert proportions.spreads(values, people)[0] < 0.03


def test_the_interval_holds_the_difference_and_not_zero():
    random = np.random.default_rng(3)
    values = [random.normal(middle, 0.2, 400) for middle in (1.0, 1.1)]
    low, high = proportions.interval(values, [np.repeat(np.arange(200), 2)] * 2)
    assert 0 < low < 0.1 < high < 0.2


@pytest.fixture
def few_draws(monkeypatch):
    monkeypatch.setattr(proportions, "RESAMPLED", 20)


def test_a_picture_without_a_face_is_left_out(few_draws):
    first, second = marks(40, seed=4), marks(40, seed=5)
    second[:7] = np.nan
    rows = proportions.measure([first, second], [np.repeat(np.arange(20), 2)] * 2)
    assert [row["distance"] for row in rows] == [*proportions.WIDTHS, *proportions.HEIGHTS]
    assert {(row["photographs_pictures"], row["rendered_pictures"]) for row in rows} == {(40, 33)}


def test_a_longer_chin_shows_as_such(few_draws):
    first, second = marks(60, seed=6), marks(60, seed=6)
    second[:, 152, 1] += 0.03
    rows = proportions.measure([first, second], [np.repeat(np.arange(30), 2)] * 2)
    changed = {row["distance"]: row["rendered"] - row["photographs"] for row in rows}
    assert changed.pop("chin, below the pupil") == pytest.approx(0.1, abs=1e-3)
    assert set(changed.values()) == {0.0}


def test_the_mean_face_lays_irises_on_the_same_places():
    images = np.full((2, proportions.SIZE, proportions.SIZE, 3), 200, np.uint8)
    places = marks(2)
    places[1, :, 0] += 0.1
    for image, each in zip(images, places, strict=True):
        for x, y in np.round(each[list(proportions.IRISES)] * proportions.SIZE).astype(int):
            image[y - 2 : y + 3, x - 2 : x + 3] = 0
    mean = proportions.mean_face(images, places)
    assert mean[40, 38] < -3 and mean[40, 74] < -3 and mean[60, 56] > 0


def test_mean_faces_of_real_people_are_not_written_into_the_repository(monkeypatch):
    monkeypatch.setattr("sys.argv", ["proportions", "--pictures", str(environment.ROOT / "docs" / "means")])
    with pytest.raises(SystemExit, match="is in the repository"):
        proportions.main()


def test_without_uv_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(proportions.shutil, "which", lambda *args, **kwargs: None)
    with pytest.raises(SystemExit, match="make setup"):
        proportions.find_landmarks(np.zeros((1, 8, 8, 3), np.uint8))


def test_where_the_detector_fails_its_own_words_are_said(monkeypatch):
    monkeypatch.setattr(proportions.shutil, "which", lambda *args, **kwargs: "false")
    failed = proportions.subprocess.CompletedProcess([], 1, stderr="no such package")
    monkeypatch.setattr(proportions.subprocess, "run", lambda *args, **kwargs: failed)
    with pytest.raises(SystemExit, match="no such package"):
        proportions.find_landmarks(np.zeros((1, 8, 8, 3), np.uint8))


def test_the_stored_table_is_whole():
    rows = results.load("proportions")["rows"]
    assert [row["distance"] for row in rows] == [*proportions.WIDTHS, *proportions.HEIGHTS]
    for row in rows:
        assert row["difference_low"] <= row["difference_high"]
        assert min(row["photographs_pictures"], row["rendered_pictures"]) > 300
