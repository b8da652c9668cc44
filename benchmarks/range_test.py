"""A learning-rate range test of the article's network with SGD and momentum: the curve of exercise 3.6.

Run it from the repository: ``python -m benchmarks.range_test``; it takes half a minute on two cores.  The exercise
shows the stored curve, not one of its own: its checker says where on this curve a rate lies, and the jumps at large
rates are elsewhere on another machine.
"""

from course_utils import environment

environment.setup()

import keras
import numpy as np

from course_utils import models, results, training
from course_utils.datasets import load_faces

RATES = np.geomspace(1e-5, 1, 51)
TRAINED_ON, BATCH_SIZE = 140, 70  # the training pictures of lesson 03, in two batches
SEEDS = (0, 1)


def losses_at(rates: np.ndarray, seed: int) -> list[float]:
    """Return the loss of each batch, with a learning rate of its own for each."""
    faces = load_faces("lfw_subset")
    chosen = np.random.default_rng(0).permutation(len(faces))[:TRAINED_ON]
    batches = training.Batches(faces.images[chosen], faces.labels[chosen], batch_size=BATCH_SIZE, seed=seed)
    keras.utils.set_random_seed(seed)
    model = models.article_network(faces.images.shape[1:])
    model.compile(optimizer=keras.optimizers.SGD(momentum=0.9), loss="binary_crossentropy")
    losses = []
    for step, rate in enumerate(rates):
        model.optimizer.learning_rate.assign(rate)
        images, labels = batches[step % len(batches)]
        losses.append(training.train_on_batch(model, images, labels))
        if (step + 1) % len(batches) == 0:
            batches.on_epoch_end()  # another order
    return losses


def main() -> None:
    """Measure, print and store the curves."""
    rows = []
    for seed in SEEDS:
        losses = [round(loss, 3) for loss in losses_at(RATES, seed)]
        rows.append({"seed": seed, "rates": [float(f"{rate:.4g}") for rate in RATES], "losses": losses})
        print(f"seed {seed}:", *losses)
    results.store("range_test", rows)


if __name__ == "__main__":
    main()
