"""Models, losses, augmentation and training run on other Keras backends, in a process that has no TensorFlow."""

import importlib.util
import pickle

import backend_checks
import explained_by_hand
import losses_by_hand
import numpy as np
import pytest
from fresh_python import run_program

from course_utils import environment

environment.setup()

# A check runs a few steps: to compile them well would take longer than to run them.
QUICK_TO_COMPILE = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"


@pytest.fixture(scope="module", params=["jax", "torch"])
def on_backend(request, tmp_path_factory):
    """What the checks gave on the backend; a check that failed fails the test that asks for it."""
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    path = tmp_path_factory.mktemp("backend") / "found.pickle"
    run_program(backend_checks.__file__, path, KERAS_BACKEND=request.param, XLA_FLAGS=QUICK_TO_COMPILE)
    found = pickle.loads(path.read_bytes())
    assert found["backend"] == request.param

    def result(check):
        returned = found[check.__name__]
        assert not isinstance(returned, str), returned
        return returned

    return result


def test_the_network_that_finds_eyes_and_mouth_runs(on_backend):
    places = on_backend(backend_checks.landmarks)
    assert places.shape == (2, 3, 2)
    assert ((places > 0) & (places < 1)).all()


@pytest.mark.parametrize("check", [backend_checks.augmented_compiled, backend_checks.augmented_uncompiled])
def test_augmentation_gives_the_same_pictures(on_backend, check):
    np.testing.assert_allclose(on_backend(check), backend_checks.augmented_compiled(), atol=0.01)


def test_network_loss_and_augmentation_train(on_backend):
    losses = on_backend(backend_checks.embedding_trained)
    assert losses[-1] < 0.7 * losses[0]


@pytest.mark.parametrize("name", losses_by_hand.CASES)
def test_losses_of_embeddings_and_their_gradients_are_those_by_hand(on_backend, name):
    given, by_hand = losses_by_hand.CASES[name]
    value, gradient = on_backend(backend_checks.losses_of_embeddings)[name]
    assert value == pytest.approx(by_hand(given()), rel=1e-5)
    np.testing.assert_allclose(gradient, losses_by_hand.slope(by_hand, given()), atol=2e-4)


def test_the_networks_that_come_with_the_course_give_the_same(on_backend):
    here = backend_checks.kept_networks()
    for ours, theirs in zip(here, on_backend(backend_checks.kept_networks), strict=True):
        np.testing.assert_allclose(theirs.ravel()[0], ours.ravel()[0], rtol=1e-3)


def test_attacks_follow_the_same_gradient(on_backend):
    here, there = backend_checks.gradient_of_pictures(), on_backend(backend_checks.gradient_of_pictures)
    np.testing.assert_allclose(there[0], here[0], atol=0.02 * np.abs(here[0]).max())
    assert np.abs(there[1] - here[1]).mean() < 0.2, "where a gradient is close to 0, its sign may differ"


def test_a_sigmoid_hides_the_logit_as_lesson_02_says(on_backend):
    """On TensorFlow, Keras looks behind a last sigmoid; on other backends only the clipped probability is left."""
    assert backend_checks.steps_with_a_sigmoid() == [(800, -799), (pytest.approx(16.118, abs=1e-3), -800)]
    assert on_backend(backend_checks.steps_with_a_sigmoid) == 2 * [(pytest.approx(16.118, abs=1e-3), -800)]


def test_the_loss_of_a_single_softmax_falls_on_tensorflow_alone(on_backend):
    here, there = backend_checks.losses_of_a_single_softmax(), on_backend(backend_checks.losses_of_a_single_softmax)
    assert here[-1] < 0.7 * here[0]
    assert there == pytest.approx(5 * [there[0]])


def test_grad_cam_is_that_by_hand(on_backend):
    np.testing.assert_allclose(on_backend(backend_checks.looks_of_a_network), explained_by_hand.maps(1), atol=1e-5)


def test_remedies_train(on_backend):
    epochs, accuracy = on_backend(backend_checks.remedies_trained)
    assert epochs <= 3
    assert 0 <= accuracy <= 1


def test_an_interrupted_training_ends_as_if_nothing_had_happened(on_backend):
    assert on_backend(backend_checks.resumed_training) == []


def test_the_speed_of_training_is_measured(on_backend):
    where, measured, times, weights = on_backend(backend_checks.speed_measured)
    assert where["backend"] in ("jax", "torch")
    assert where["device"]
    assert all(value > 0 for run in measured["runs"] for value in run.values())
    assert all(len(seconds) == 2 for seconds in times.values())
    assert weights == [0, pytest.approx(1, rel=0.01)]


def test_the_lesson_trains(on_backend):
    assert on_backend(backend_checks.lesson_trained) > 0.7  # chance is 0.5; after four epochs JAX reaches 0.9


def test_templates_are_turned_back_into_pictures(on_backend):
    cosines, unchanged = on_backend(backend_checks.template_inverted)
    assert cosines[-1] > cosines[0] + 0.02
    assert unchanged


def test_the_network_of_the_bias_audit_trains(on_backend):
    embedding = on_backend(backend_checks.few_of_a_group_trained)
    assert embedding.shape == (1, 64)
    assert np.isfinite(embedding).all()
