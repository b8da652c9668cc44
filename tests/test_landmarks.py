"""Where eyes and mouth lie in rendered pictures, and the benchmark that learns from it."""

import json
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from course_utils import environment

environment.setup()

from benchmarks import landmark_accuracy
from course_utils import alignment, results
from course_utils.datasets import load_faces
from face_renderer import Person, Shot, render
from face_renderer.landmarks import landmarks as landmarks_of
from face_renderer.picture import ON_EYES
from tools.rendered_set.known_landmarks import landmarks as landmarks_in
from tools.rendered_set.plan import Plan, make_plan

SHOTS = [
    Shot(yaw=25, pitch=8, roll=-6, expression="laugh", strength=1.0, distance=10),
    Shot(yaw=-20, expression="surprise", strength=1.0, zoom=1.1, shift_x=0.05, shift_y=-0.04),
    Shot(pitch=-10, expression="talk", strength=1.0),
]


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.expression)
def test_eyes_and_mouth_are_where_the_picture_shows_them(shot):
    person = Person.sample(5)
    (places,) = landmarks_of(person, [shot])
    picture = render(person, shot, size=96)
    np.testing.assert_allclose(places[:2] * 96, picture.eyes, atol=1e-6)
    rows, columns = np.nonzero(picture.mask == ON_EYES)
    mouth = rows > picture.eyes[:, 1].max() + 15  # an open mouth: the mask tells it from lips
    shown = np.array([columns[mouth].mean(), rows[mouth].mean()]) + 0.5
    assert np.linalg.norm(places[2] * 96 - shown) < 4


def test_no_shot_no_landmark():
    assert landmarks_of(Person.sample(5), []).shape == (0, 3, 2)


def some_people():
    """Every 48th person of the embedded set: all tones, ages and builds."""
    plan = make_plan()
    return Plan(plan.people[::48], plan.settings)


def test_the_seeds_tell_the_eyes_of_the_stored_set_and_the_template():
    """The eyes of the tables, to the hundredth of a pixel that those are rounded to; the template, to a pixel of 64."""
    plan = some_people()
    places = landmarks_in(plan)
    faces = load_faces("rendered", size=64)
    rows = np.concatenate([np.flatnonzero(faces.attributes["person"] == person.number) for person in plan.people])
    stored = faces.attributes.iloc[rows][["right_eye_x", "right_eye_y", "left_eye_x", "left_eye_y"]].to_numpy(float)
    np.testing.assert_allclose(places[:, :2].reshape(-1, 4) * 112, stored, atol=0.006)
    np.testing.assert_allclose(np.median(places, axis=0), alignment.TEMPLATE, atol=1 / 64)


def made_up(n=12, seed=0):
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (n, 64, 64, 3)).astype(np.uint8), alignment.TEMPLATE + random.normal(
        0, 0.02, (n, 3, 2)
    )


def test_variants_move_places_with_their_pictures():
    """A dark dot at the mouth of a light picture is at the mouth of its variant."""
    places = np.repeat(alignment.TEMPLATE[np.newaxis], 8, axis=0)
    images = np.full((8, 64, 64, 3), 200, np.uint8)
    column, row = (alignment.TEMPLATE[2] * 64).astype(int)
    images[:, row - 1 : row + 2, column - 1 : column + 2] = 0
    varied, moved = landmark_accuracy.varied(images, places, seed=1)
    dark = 200 - varied[..., 0].astype(float)
    centres = (np.arange(64) + 0.5) / 64
    total = dark.sum(axis=(1, 2))
    found = np.stack([(dark.sum(1) @ centres) / total, (dark.sum(2) @ centres) / total], axis=1)
    np.testing.assert_allclose(found, moved[:, 2], atol=0.02)
    assert moved[:, 2].std(axis=0).min() > 0.01  # they do move


def test_errors_are_in_units_of_the_distance_between_the_eyes():
    right = np.array([[(0.3, 0.3), (0.7, 0.3), (0.5, 0.7)]])
    found = right + np.array([(0.0, 0.1), (0.04, 0.0), (0.0, 0.0)])
    np.testing.assert_allclose(landmark_accuracy.errors(found, right), [[0.25, 0.1, 0.0]])


@pytest.fixture
def small_benchmark(tmp_path, monkeypatch):
    """The benchmark on noise, its photographs and their landmarks made up, storing in ``tmp_path``."""
    images, places = made_up()
    lfw = SimpleNamespace(
        images=images,
        attributes=pd.DataFrame({"alignment": "made up"}, index=range(len(images))),
        pairs={"view1_train": SimpleNamespace(pictures=np.arange(6))},
    )
    monkeypatch.setattr(
        landmark_accuracy, "rendered_part", lambda *parts: load_faces("rendered", size=64, people=2, pictures=6)
    )
    monkeypatch.setattr(landmark_accuracy, "places_in", lambda *parts: places)
    monkeypatch.setattr(landmark_accuracy, "load_faces", lambda name, **options: lfw)
    monkeypatch.setattr(
        landmark_accuracy, "detected", lambda pictures: np.where(np.arange(6)[:, None, None] == 2, np.nan, places[:6])
    )
    monkeypatch.setattr(landmark_accuracy, "VARIANTS", 2)
    monkeypatch.setattr(landmark_accuracy, "EPOCHS", 1)
    monkeypatch.setattr(landmark_accuracy.storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "store", partial(results.store, folder=tmp_path))
    return tmp_path


def test_the_whole_table_and_the_second_run_trains_nothing(small_benchmark, monkeypatch, capsys):
    landmark_accuracy.main()
    rows = json.loads((small_benchmark / "landmark_accuracy.json").read_text())["rows"]
    expected = [(pictures, number) for pictures, number in (("rendered people", 12), ("photographs", 5)) for _ in "12"]
    assert [(row["pictures"], row["number"]) for row in rows] == expected  # one photograph had no face
    assert all(row["mouth median"] <= row["mouth 90 %"] for row in rows)
    assert capsys.readouterr().out.count("always the same place") == 2

    monkeypatch.setattr(landmark_accuracy, "fit", None)
    landmark_accuracy.main()
    assert json.loads((small_benchmark / "landmark_accuracy.json").read_text())["rows"] == rows


def test_the_stored_network_is_nearer_than_a_fixed_place_on_photographs_too():
    rows = results.load("landmark_accuracy")["rows"]
    assert [(row["pictures"], row["method"]) for row in rows] == [
        (pictures, method) for pictures in ("rendered people", "photographs")
        for method in ("network", "always the same place")
    ]  # fmt: skip
    for (network, fixed), share in ((rows[:2], 0.5), (rows[2:], 0.9)):
        for point in alignment.POINTS:
            assert network[f"{point} median"] < share * fixed[f"{point} median"]
            assert network[f"{point} 90 %"] < share * fixed[f"{point} 90 %"]
