import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from course_utils.losses import CosFace, CosineLogits


def test_cosine_logits_by_hand():
    layer = CosineLogits(2)
    layer.build((None, 2))
    layer.directions.assign([[1.0, 0.0], [0.0, 5.0]])  # the first person along x, the second along y
    cosines = keras.ops.convert_to_numpy(layer(np.array([[3.0, 4.0], [-2.0, 0.0]])))
    np.testing.assert_allclose(cosines, [[0.6, 0.8], [-1.0, 0.0]], atol=1e-6)


def test_cosine_logits_stay_in_float32_where_the_network_does_not():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        assert CosineLogits(3)(np.ones((1, 4), "float32")).dtype == "float32"
    finally:
        keras.config.set_dtype_policy("float32")


def test_cosface_by_hand():
    """Cosines 0.6 and 0.2, the first person true, margin 0.1, scale 10: a softmax of 5 and 2."""
    loss = CosFace(margin=0.1, scale=10)(np.array([0]), np.array([[0.6, 0.2]], "float32"))
    assert float(loss) == pytest.approx(np.log(1 + np.exp(2 - 5)), abs=1e-5)


def test_without_margin_it_is_a_softmax_of_scaled_cosines():
    random = np.random.default_rng(0)
    cosines, labels = random.uniform(-1, 1, (6, 4)).astype("float32"), np.array([0, 1, 2, 3, 0, 1])
    plain = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, 24 * cosines)
    np.testing.assert_allclose(CosFace(margin=0)(labels, cosines), plain, rtol=1e-5)
    assert CosFace(margin=0.3)(labels, cosines) > plain


def test_labels_may_stand_in_a_column():
    cosines = np.array([[0.6, 0.2], [0.1, 0.3]], "float32")
    assert float(CosFace()(np.array([[0], [1]]), cosines)) == float(CosFace()(np.array([0, 1]), cosines))


def test_accuracy_knows_no_margin():
    """The true person leads by 0.1, less than the margin: the loss is high, the answer is right all the same."""
    inputs = keras.Input((2,))
    model = keras.Model(inputs, inputs)
    model.compile(loss=CosFace(margin=0.5), metrics=["accuracy"])
    loss, accuracy = model.evaluate(np.array([[0.6, 0.5]]), np.array([0]), verbose=0)
    assert loss > 5
    assert accuracy == 1


def test_the_gradient_is_finite_where_a_cosine_is_one():
    """An embedding that points exactly at its person; a loss that needs the angle would divide by zero here."""
    inputs = keras.Input((2,))
    head = CosineLogits(2)
    model = keras.Model(inputs, head(inputs))
    head.directions.assign([[1.0, 0.0], [0.0, 1.0]])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=CosFace())
    model.fit(np.array([[1.0, 0.0]]), np.array([0]), verbose=0)
    assert np.isfinite(head.get_weights()[0]).all()


def test_layer_and_loss_survive_saving(tmp_path):
    model = keras.Sequential([keras.Input((3,)), CosineLogits(4)])
    model.compile(loss=CosFace(margin=0.3, scale=30))
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    values = np.eye(3, dtype="float32")
    np.testing.assert_allclose(again.predict(values, verbose=0), model.predict(values, verbose=0), atol=1e-6)
    assert (again.loss.margin, again.loss.scale) == (0.3, 30)


@pytest.mark.parametrize(("margin", "scale", "message"), [(-0.1, 24, "margin"), (2, 24, "margin"), (0.2, 0, "scale")])
def test_impossible_settings_are_refused(margin, scale, message):
    with pytest.raises(ValueError, match=f"{message} must"):
        CosFace(margin, scale)


def test_one_person_is_refused():
    with pytest.raises(ValueError, match="at least 2"):
        CosineLogits(1)
