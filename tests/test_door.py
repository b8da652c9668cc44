"""The door: who is enrolled, what the threshold is chosen on, and how its errors are counted."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from course_utils import metrics
from course_utils.datasets import FaceDataset
from course_utils.gallery import Answer, Gallery
from course_utils.protocols import door
from course_utils.recognition import Embedder

SIDE = 8


def made_up_people(people: int, pictures: int, first: int, noise: float = 30, title: str = "person") -> FaceDataset:
    """Pictures of noise around one picture for each person."""
    random = np.random.default_rng(first)
    own = random.integers(60, 196, (people, 1, SIDE, SIDE, 3))
    images = own + random.normal(0, noise, (people, pictures, SIDE, SIDE, 3))
    day = np.tile(np.arange(pictures) // 2, people)
    return FaceDataset(
        images.clip(0, 255).astype(np.uint8).reshape(-1, SIDE, SIDE, 3),
        np.repeat(np.arange(people), pictures),
        tuple(f"{title} {first + number}" for number in range(people)),
        attributes=pd.DataFrame({"day": day}),
    )


def pixels(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1).astype(float) - 128


EMBEDDER = Embedder(pixels, name="pixels", size=SIDE)
PEOPLE, OTHERS = made_up_people(30, 6, 0), made_up_people(40, 6, 100)


def test_a_good_network_opens_for_who_is_enrolled_and_for_nobody_else():
    tried = door.try_door(PEOPLE, OTHERS, EMBEDDER, enrolled=10, pictures=2, rate=0.01)
    assert len(tried.gallery) == 10
    strangers, missed, mistaken = tried.rates()
    assert (strangers.tries, strangers.people) == (120, 20)
    assert strangers.rate < 0.05
    assert (missed.count, missed.tries, missed.people) == (0, 40, 10)
    assert mistaken.count == 0


def test_no_error_among_so_many_people_is_no_proof_of_none():
    rate = door.rate_of("strangers let in (FPIR)", np.zeros(120, bool), np.repeat(np.arange(20), 6))
    assert rate.high == pytest.approx(metrics.wilson_interval(0, 20)[1])
    assert str(rate) == "strangers let in (FPIR): 0 of 120 tries by 20 people, 0.000 [0.000, 0.161]"
    always = door.rate_of("known people not named (FNIR)", np.ones(6, bool), np.repeat(np.arange(3), 2))
    assert (always.rate, always.high) == (1, 1)
    assert always.low == pytest.approx(metrics.wilson_interval(3, 3)[0])


def test_one_error_more_makes_no_interval_narrower():
    """The spread between ten people, of whom one had an error, would say that the rate is known to two hundredths."""
    people = np.repeat(np.arange(10), 16)
    none, one = (door.rate_of("known people not named (FNIR)", np.arange(160) < errors, people) for errors in (0, 1))
    assert one.high > none.high
    assert one.high == pytest.approx(metrics.wilson_interval(1 / 16, 10)[1])
    several = np.isin(people, range(5)) & (np.arange(160) % 16 < 2)
    spread = door.rate_of("known people not named (FNIR)", several, people)
    assert (spread.low, spread.high) == pytest.approx(metrics.person_interval(several, people)[1:])


def test_the_threshold_lets_in_as_many_development_strangers_as_was_said():
    noisy = made_up_people(40, 6, 100, noise=400)
    templates = pixels(noisy.images)
    threshold = door.choose_threshold(templates, noisy.labels, "pixels", 10, 2, rate=0.1)
    let_in = tries = 0
    order = np.random.default_rng(0).permutation(40)
    for start in range(0, 40, 10):
        members = order[start : start + 10]
        gallery = Gallery("pixels")
        for member in members:
            gallery.enrol(str(member), templates[noisy.labels == member][:2])
        scores = gallery.scores(templates[~np.isin(noisy.labels, members)])
        let_in += (scores.max(axis=1) >= threshold).sum()
        tries += len(scores)
    assert tries == 4 * 30 * 6
    assert let_in == np.floor(0.1 * tries)


def test_a_bad_network_makes_errors_and_they_are_counted_by_people():
    people, others = made_up_people(30, 6, 0, noise=400), made_up_people(40, 6, 100, noise=400)
    strangers, missed, mistaken = door.try_door(people, others, EMBEDDER, rate=0.1).rates()
    assert 0 < strangers.rate < 0.3
    assert missed.rate > 0.3
    assert mistaken.count <= missed.count
    for each in (strangers, missed, mistaken):
        assert 0 <= each.low <= each.rate <= each.high <= 1


def test_rates_by_hand():
    gallery = Gallery("n")
    gallery.enrol_labelled(np.eye(2), [0, 1], ["Ada", "Ben"])
    came = ["Ada", "Ada", "Ben", "Cleo", "Cleo", "Dora", "Dora"]
    answers = [Answer(name, 0.5) for name in ("Ada", "Ben", None, None, "Ada", None, None)]
    strangers, missed, mistaken = door.Door(gallery, 0.5, came, np.arange(7), answers).rates()
    assert (strangers.count, strangers.tries, strangers.rate) == (1, 4, 0.25)
    assert (missed.count, missed.tries) == (2, 3)
    assert (mistaken.count, mistaken.tries) == (1, 3)
    assert 0 <= strangers.low < 0.25 < strangers.high <= 1


def test_nobody_comes_with_a_picture_that_is_enrolled_or_of_the_same_day():
    enrolled = 10
    tried = door.try_door(PEOPLE, OTHERS, EMBEDDER, enrolled, pictures=1, session="day")
    known = tried.tried[np.isin(tried.came, tried.gallery.names)]
    assert len(known) == enrolled * 4  # the first day has two pictures
    assert (PEOPLE.attributes["day"].to_numpy()[known] > 0).all()
    every = door.try_door(PEOPLE, OTHERS, EMBEDDER, enrolled, pictures=1)
    assert len(every.tried) == enrolled * 5 + 20 * 6


def test_so_many_tries_of_each_kind_as_were_asked_for():
    tried = door.try_door(PEOPLE, OTHERS, EMBEDDER, tries=15, pictures=2)
    known = np.isin(tried.came, tried.gallery.names)
    assert (known.sum(), (~known).sum()) == (15, 15)
    assert len(set(tried.tried)) == 30


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"enrolled": 30}, "would leave no stranger"),
        ({"pictures": 6}, "expected 1 to 5"),
        ({"pictures": 0}, "expected 1 to 5"),
        ({"tries": 99}, "99 were asked for, and there are 30 pictures"),
        ({"session": "hour"}, "there is no attribute 'hour'; there are day"),
        ({"rate": 0.001}, "0.001 cannot be supported by 720 non-mated searches"),
        ({"development": PEOPLE}, "'person 0' does"),
        ({"development": made_up_people(10, 6, 200)}, "10 people are too few for a gallery of 10"),
    ],
)
def test_a_door_that_cannot_be_tried_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        door.try_door(**{"people": PEOPLE, "development": OTHERS, "embedder": EMBEDDER} | options)


def test_people_who_are_only_in_the_names_do_not_count():
    """A part of a set keeps all names; nobody of the other part comes."""
    half = PEOPLE.subset(PEOPLE.labels < 15)
    rest = PEOPLE.subset(PEOPLE.labels >= 15)
    tried = door.try_door(half, rest, EMBEDDER, enrolled=5, pictures=2, rate=0.02)
    assert set(tried.came) <= set(PEOPLE.names[:15])
    with pytest.raises(ValueError, match="nobody may come to the door too"):
        door.try_door(half, replace(rest, labels=rest.labels - 1), EMBEDDER, enrolled=5)
