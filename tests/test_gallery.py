"""A gallery: who is enrolled, whom a probe is taken for, and what is refused."""

import itertools
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from fresh_python import cost

from course_utils import metrics
from course_utils.gallery import (
    Answer,
    Candidate,
    EmptyGalleryError,
    Gallery,
    OtherNetworkError,
    network_fingerprint,
    vector_index,
)

ADA, BEN = [[2.0, 0.0, 0.0], [4.0, 0.0, 0.0]], [[0.0, 3.0, 0.0], [0.0, 1.0, 1.0]]


def small_gallery(strategy: str = "best", **options) -> Gallery:
    gallery = Gallery("a network", strategy, **options)
    gallery.enrol("Ada", ADA)
    gallery.enrol("Ben", BEN)
    return gallery


def clock():
    """A clock that goes on by a minute whenever it is looked at."""
    minutes = itertools.count()
    return lambda: datetime(2026, 11, 30, 8, 0, tzinfo=UTC) + timedelta(minutes=next(minutes))


def random_gallery(people: int = 40, numbers: int = 8, strategy: str = "best") -> tuple[Gallery, np.ndarray]:
    """Return a gallery of people with one to four templates each, and probes."""
    random = np.random.default_rng(0)
    gallery = Gallery("a network", strategy)
    for person in range(people):
        gallery.enrol(f"person {person}", random.normal(size=(1 + person % 4, numbers)))
    return gallery, random.normal(size=(30, numbers))


# -- search and identify -----------------------------------------------------------------------------------------------


def test_candidates_come_in_the_order_of_their_best_template():
    (first, second), (only,) = (
        small_gallery().search([[0.1, 1, 1], [1, 0, 0]])[0],
        small_gallery().search([[1, 0, 0]], 1)[0],
    )
    assert [first.name, second.name] == ["Ben", "Ada"]
    assert first.score == pytest.approx(np.sqrt(2) / np.sqrt(2.01))
    assert only == Candidate("Ada", 1.0)


def test_the_mean_counts_each_picture_the_same_whatever_its_length():
    gallery = Gallery("a network", "mean")
    gallery.enrol("Ada", [[9, 0], [0, 1]])
    assert gallery.identify([[1, 1]], 0.999)[0] == Answer("Ada", pytest.approx(1.0))


def test_a_score_at_the_threshold_is_enough_and_below_it_is_nobody():
    gallery = Gallery("a network")
    gallery.enrol("Ada", [[1, 0]])
    answers = gallery.identify([[3, 4], [2.99, 4]], np.float32(0.6))
    assert [answer.name for answer in answers] == ["Ada", None]
    assert [str(answer) for answer in answers] == ["Ada (0.60)", "nobody (0.60)"]


@pytest.mark.parametrize("strategy", ["mean", "best"])
@pytest.mark.parametrize("top", [1, 3, 40, 99])
@pytest.mark.parametrize("block", [1, 500, 2**24])
def test_a_search_is_a_comparison_with_everybody(strategy, top, block, monkeypatch):
    monkeypatch.setattr(vector_index, "BLOCK", block)
    gallery, probes = random_gallery(strategy=strategy)
    scores = gallery.scores(probes)
    assert scores.shape == (30, 40)
    for row, found in zip(scores, gallery.search(probes, top), strict=True):
        expected = np.argsort(-row, kind="stable")[:top]
        assert [each.name for each in found] == [gallery.names[column] for column in expected]
        assert [each.score for each in found] == pytest.approx(row[expected].tolist())


def test_scores_and_columns_are_what_the_metrics_take():
    gallery = small_gallery()
    truth = gallery.columns(["Ben", "Ada", "a stranger", None])
    assert truth.tolist() == [1, 0, metrics.NOBODY, metrics.NOBODY]
    scores = gallery.scores([[0, 1, 0.1], [1, 0, 0], [0, 0, 1], [0.9, 0.9, 0]])
    assert metrics.rank_rate(scores, truth) == 1
    assert metrics.false_positive_identification_rate(scores, truth, 0.9) == 0
    assert metrics.false_positive_identification_rate(scores, truth, 0.7) == 1


def test_references_are_a_copy_of_what_is_kept():
    gallery = small_gallery("mean")
    gallery.references[:] = 0
    assert gallery.references.shape == (2, 3)
    np.testing.assert_allclose(gallery.references[0], [1, 0, 0])


def test_labelled_templates_are_enrolled_by_name():
    gallery = Gallery("a network")
    gallery.enrol_labelled([[1, 0], [0, 1], [1, 0.2]], [2, 0, 2], ("Ada", "Ben", "Cleo"))
    assert gallery.names == ("Ada", "Cleo")
    assert gallery.identify([[1, 0.1]], 0.9)[0].name == "Cleo"


def test_an_accent_can_be_written_in_two_ways_and_is_one_name():
    gallery = Gallery("a network")
    gallery.enrol("Zoe\u0308", [[1, 0]])
    assert gallery.names == ("Zo\u00eb",)
    with pytest.raises(ValueError, match="enrolled already"):
        gallery.enrol("Zo\u00eb", [[0, 1]])
    gallery.withdraw("Zoe\u0308")
    assert len(gallery) == 0


# -- what is refused ---------------------------------------------------------------------------------------------------

BAD_TEMPLATES = [
    ([[1, 0]], "have 3 numbers, and these have 2"),
    ([1, 0, 0], r"expected the shape \(pictures, numbers\), got \(3,\)"),
    (np.empty((0, 3)), "expected at least one template"),
    ([[1, 0, 0], [0, np.nan, 0]], "template 1 holds a value that is not a finite number"),
    ([[np.inf, 0, 0]], "template 0 holds a value that is not a finite number"),
    ([[1, 0, 0], [0, 0, 0]], "template 1 is all zeros"),
    ([["a", "b", "c"]], "expected numbers"),
    ([[None, 1, 2]], "expected numbers"),
]


@pytest.mark.parametrize(("templates", "message"), BAD_TEMPLATES)
@pytest.mark.parametrize("use", ["enrol", "enrol_labelled", "search", "identify", "scores"])
def test_bad_templates_are_refused_and_change_nothing(use, templates, message):
    gallery = small_gallery(clock=clock())
    before = gallery.names, gallery.log, gallery.scores(ADA).tolist()
    calls = {
        "enrol": lambda: gallery.enrol("Cleo", templates),
        "enrol_labelled": lambda: gallery.enrol_labelled(templates, np.zeros(len(templates), int), ["Cleo"]),
        "search": lambda: gallery.search(templates),
        "identify": lambda: gallery.identify(templates, 0.5),
        "scores": lambda: gallery.scores(templates),
    }
    with pytest.raises(ValueError, match=message):
        calls[use]()
    assert (gallery.names, gallery.log, gallery.scores(ADA).tolist()) == before


def test_of_several_people_all_are_enrolled_or_nobody():
    gallery = small_gallery()
    with pytest.raises(ValueError, match="templates of 'Cleo': template 0 is all zeros"):
        gallery.enrol_labelled([[1, 0, 0], [0, 0, 0]], [0, 1], ["Dora", "Cleo"])
    assert gallery.names == ("Ada", "Ben")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda gallery: gallery.enrol("Ada", ADA), r"'Ada' is enrolled already.*withdraw\('Ada'\)"),
        (lambda gallery: gallery.enrol("", ADA), "expected a text that is not empty"),
        (lambda gallery: gallery.enrol("  ", ADA), "expected a text that is not empty"),
        (lambda gallery: gallery.enrol(7, ADA), "expected a text that is not empty, got 7"),
        (lambda gallery: gallery.enrol("Cleo", [[1, 0, 0], [-1, 0, 0]]), "no mean direction"),
        (lambda gallery: gallery.enrol_labelled(ADA, [0], ["Cleo"]), "one for each of the 2 templates"),
        (lambda gallery: gallery.enrol_labelled(ADA, [0, 1], ["Cleo", "Cleo"]), "two labels have the same name"),
        (lambda gallery: gallery.enrol_labelled(ADA, [0, 1], ["Cleo", "Ada"]), "'Ada' is enrolled already"),
        (lambda gallery: gallery.withdraw("Cleo"), "nobody is enrolled as 'Cleo'; enrolled are Ada, Ben"),
        (lambda gallery: gallery.search(ADA, top=0), "at least 1, got 0"),
        (lambda gallery: gallery.identify(ADA, np.nan), "expected a number .* got nan"),
        (lambda gallery: gallery.identify(ADA), "expected a number .* got None"),
        (lambda gallery: gallery.save(), "has no file yet"),
        (lambda gallery: gallery.save("people.txt"), "ends in .npz"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(call, message):
    gallery = small_gallery("mean", clock=clock())
    before = gallery.names, gallery.log
    with pytest.raises(ValueError, match=message):
        call(gallery)
    assert (gallery.names, gallery.log) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"network": ""}, "a name or a fingerprint"),
        ({"network": None}, "a name or a fingerprint"),
        ({"network": "n", "strategy": "median"}, "one of 'mean', 'best', got 'median'"),
        ({"network": "n", "index": "fast"}, "'exact' or 'approximate', got 'fast'"),
    ],
)
def test_a_gallery_that_cannot_be_made_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Gallery(**options)


def test_nobody_can_be_found_in_an_empty_gallery():
    for gallery in (Gallery("a network"), small_gallery()):
        for name in gallery.names:
            gallery.withdraw(name)
        for call in (gallery.search, gallery.scores, lambda probes, gallery=gallery: gallery.identify(probes, 0.5)):
            with pytest.raises(EmptyGalleryError, match="The gallery is empty: enrol somebody"):
                call(ADA)


def test_templates_of_another_network_are_refused():
    gallery = small_gallery()
    gallery.enrol("Cleo", [[0, 0, 1]], network="a network")
    calls = (
        lambda: gallery.enrol("Dora", ADA, network="another"),
        lambda: gallery.enrol_labelled(ADA, [0, 0], ["Dora"], network="another"),
        lambda: gallery.search(ADA, network="another"),
        lambda: gallery.identify(ADA, 0.5, network="another"),
        lambda: gallery.scores(ADA, network="another"),
    )
    for call in calls:
        with pytest.raises(OtherNetworkError, match="'another', and this gallery holds templates of 'a network'"):
            call()
    assert gallery.names == ("Ada", "Ben", "Cleo")


# -- fingerprints ------------------------------------------------------------------------------------------------------


def small_network(seed: int, activation: str = "relu"):
    import keras

    keras.utils.set_random_seed(seed)
    pictures = keras.Input((4, 4, 3))
    values = keras.layers.Conv2D(2, 3, activation=activation)(pictures)
    return keras.Model(pictures, keras.layers.Dense(3)(keras.layers.Flatten()(values)))


def test_the_same_network_has_one_fingerprint_and_another_one_another():
    network, again = small_network(0), small_network(0)
    assert network.layers[1].name != again.layers[1].name
    assert network_fingerprint(network) == network_fingerprint(again)
    others = [small_network(1), small_network(0, "tanh"), small_network(0)]
    others[2].set_weights([values + 1e-6 for values in others[2].get_weights()])
    prints = {network_fingerprint(each) for each in (network, *others)}
    assert len(prints) == 4
    assert all(len(each) == 16 for each in prints)


def test_a_network_keeps_its_fingerprint_in_a_file(tmp_path):
    import keras

    network = small_network(0)
    network.save(tmp_path / "network.keras")
    assert network_fingerprint(keras.models.load_model(tmp_path / "network.keras")) == network_fingerprint(network)


def test_a_network_without_weights_has_no_fingerprint():
    import keras

    with pytest.raises(ValueError, match="has no weights yet"):
        network_fingerprint(keras.Sequential([keras.layers.Dense(3)]))


# -- the log -----------------------------------------------------------------------------------------------------------


def test_the_log_says_what_happened_when_and_to_whom():
    gallery = small_gallery(clock=clock())
    gallery.search([[1, 0, 0], [0, 1, 0]])
    gallery.identify([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, -1]], 0.9)
    gallery.identify([[0, 0, -1]], 0.9)
    assert [str(entry) for entry in gallery.log] == [
        "2026-11-30 08:00:00 UTC  enrolled    2 templates  Ada",
        "2026-11-30 08:01:00 UTC  enrolled    2 templates  Ben",
        "2026-11-30 08:02:00 UTC  searched    2 probes",
        "2026-11-30 08:03:00 UTC  identified  4 probes  Ada, Ben",
        "2026-11-30 08:04:00 UTC  identified  1 probe  nobody",
    ]


def test_the_log_names_nobody_who_was_withdrawn(tmp_path):
    gallery = small_gallery(clock=clock())
    gallery.identify([[1, 0, 0]], 0.9)
    gallery.save(tmp_path / "people.npz")
    report = gallery.withdraw("Ada")
    gallery.enrol("Ada", ADA)  # a second time, or somebody else of that name
    shown = [str(entry) for entry in Gallery.load(tmp_path / "people.npz").log]
    assert not any("Ada" in line for line in shown)
    assert [line.split()[-1] for line in shown] == [report.reference, "Ben", report.reference, report.reference]
    assert [entry.who for entry in gallery.log][-2:] == [(report.reference,), ("Ada",)]


# -- withdrawal --------------------------------------------------------------------------------------------------------


def test_who_is_withdrawn_is_gone_from_memory_and_from_every_answer():
    gallery, probes = random_gallery()
    rows = gallery._roster.templates.rows
    theirs = gallery._roster.people["person 7"].ids
    report = gallery.withdraw("person 7")
    assert report.complete
    assert "person 7" not in gallery
    assert (rows[theirs] == 0).all(), "the memory in which the templates lay is overwritten"
    found = {each.name for candidates in gallery.search(probes, 99) for each in candidates}
    assert found == set(gallery.names) == {f"person {number}" for number in range(40) if number != 7}
    with pytest.raises(ValueError, match="nobody is enrolled as 'person 7'"):
        gallery.withdraw("person 7")


def test_after_many_changes_a_gallery_is_like_a_new_one():
    gallery, probes = random_gallery()
    random = np.random.default_rng(1)
    for number in range(0, 40, 3):
        gallery.withdraw(f"person {number}")
        gallery.enrol(f"new {number}", random.normal(size=(2, 8)))
    fresh = Gallery("a network", "best")
    roster = gallery._roster
    for name in gallery.names:
        fresh.enrol(name, roster.templates.of(roster.people[name].ids))
    np.testing.assert_allclose(gallery.scores(probes), fresh.scores(probes), atol=1e-6)
    assert gallery.search(probes, 1) == gallery.search(probes, 1)
    assert [[each.name for each in found] for found in gallery.search(probes, 5)] == [
        [each.name for each in found] for found in fresh.search(probes, 5)
    ]


def test_the_report_says_where_was_looked_and_names_nobody(tmp_path):
    gallery = small_gallery(clock=clock())
    gallery.save(tmp_path / "people.npz")
    lines = str(report := gallery.withdraw("Ada")).splitlines()
    assert lines[0] == f"Withdrawn 2026-11-30 08:02:00 UTC, reference {report.reference}: nothing is left."
    assert [line.split("  ")[1].strip() for line in lines[1:-1]] == [
        "memory", "memory", "log", "index", "file", "file", "left-over files",
    ]  # fmt: skip
    assert "Ada" not in str(report) + repr(report)


def test_a_picture_that_was_enrolled_under_a_second_name_is_found():
    gallery = small_gallery()
    gallery.enrol("Ada again", ADA[:1])
    report = gallery.withdraw("Ada")
    assert not report.complete
    assert "SOMETHING IS LEFT" in str(report)
    assert [(each.where, each.found) for each in report.findings if each.found] == [("memory", 2)]


# -- the package -------------------------------------------------------------------------------------------------------


def test_importing_the_gallery_takes_numpy_alone():
    seconds, loaded = cost("import course_utils.gallery")
    assert not loaded & {"tensorflow", "keras", "pandas", "sklearn", "skimage", "matplotlib", "scipy", "faiss", "PIL"}
    assert seconds < 0.3
