"""How long the course's own convolution takes, beside the loop that explains it and beside Keras, on one thread.

Run it from the repository: ``python -m benchmarks.from_scratch``; it takes about ten seconds.  Measured are the layers
that the article's network begins with, on a batch of 32 pictures, each with the input that it gets there.  The bar:
within 10 times of Keras, so that lessons can compute a whole network by hand.
"""

from course_utils import environment

environment.setup()

import time
from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from threadpoolctl import threadpool_limits

from benchmarks.kept_runs import use_one_thread
from course_utils import results
from course_utils.from_scratch import layers

BATCH, REPEATS, BAR = 32, 7, 10
# (kind, edge of the input in pixels, channels in, channels out)
LAYERS = [
    ("convolution", 64, 3, 32),
    ("max pooling", 62, 32, 32),
    ("convolution", 31, 32, 64),
    ("max pooling", 29, 64, 64),
    ("convolution", 14, 64, 128),
]


def fastest(call: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the seconds of the fastest of several calls: other work on the machine can only slow one down."""
    call()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def measure(
    kind: str, size: int, channels_in: int, channels_out: int, batch: int = BATCH, repeats: int = REPEATS
) -> dict:
    """Time one layer, forward, in milliseconds per batch; return a row of the table."""
    random = np.random.default_rng(0)
    images = random.normal(size=(batch, size, size, channels_in)).astype("float32")
    tensor = keras.ops.convert_to_tensor(images)
    if kind == "convolution":
        kernels = random.normal(size=(3, 3, channels_in, channels_out)).astype("float32")
        keras_layer = tf.function(lambda: keras.ops.conv(tensor, kernels))
        seconds = {
            "loop": fastest(lambda: layers.convolve_slowly(images, kernels), repeats=1),
            "from scratch": fastest(lambda: layers.convolve(images, kernels), repeats),
        }
    else:
        keras_layer = tf.function(lambda: keras.ops.max_pool(tensor, 2))
        seconds = {"from scratch": fastest(lambda: layers.max_pool(images), repeats)}
    seconds["Keras"] = fastest(lambda: keras_layer().numpy(), repeats)
    row = {"layer": f"{kind} {size} x {size}, {channels_in} to {channels_out} channels", "batch": batch}
    row |= {f"{name}, ms": round(1000 * value, 2) for name, value in seconds.items()}
    return {**row, "times Keras": round(seconds["from scratch"] / seconds["Keras"], 1)}


def main() -> None:
    """Measure, print the table and store it."""
    use_one_thread()
    with threadpool_limits(1):
        rows = [measure(*layer) for layer in environment.progress(LAYERS, "layers")]
    for row in rows:
        loop = f"loop {row['loop, ms']:9.1f}   " if "loop, ms" in row else " " * 17
        print(f"{row['layer']:44s} {loop}from scratch {row['from scratch, ms']:7.1f}   Keras {row['Keras, ms']:6.1f} ms"
              f"   {row['times Keras']:4.1f} times Keras")  # fmt: skip
    results.store("from_scratch", rows)


if __name__ == "__main__":
    main()
