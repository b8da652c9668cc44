"""5.2: a new order in every epoch."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array


def epoch_orders(pictures, epochs, seed):
    """Return a right answer to 5.2."""
    random = np.random.default_rng(seed)
    return np.array([random.permutation(pictures) for _ in range(epochs)])


def judge_orders(orders_of):
    """Look at the shape, at each row, at all rows together, and at two calls.

    Twenty pictures, so that what is drawn without a seed gets the same feedback every time: among fewer, two random
    orders are now and then equal.
    """
    small = as_array(orders_of(4, 3, 0))
    if small.shape != (3, 4):
        yield "shape", ["epoch_orders(4, 3, 0)", f"gives an array of shape {small.shape}"]
    orders = as_array(orders_of(20, 6, 5))
    if any(len(np.unique(row)) < 20 for row in orders):
        yield "repeats", ["epoch_orders(20, 6, 5)", "gives a row in which a number stands twice"]
    if orders.min() == 1 and orders.max() == 20:
        yield "numbered from one", ["epoch_orders(20, 6, 5)", "gives numbers from 1 to 20"]
    if not np.array_equal(np.sort(orders, axis=1), np.tile(np.arange(20), (6, 1))):
        yield "other numbers", ["epoch_orders(20, 6, 5)", "gives numbers other than 0 to 19"]
    if len(np.unique(orders, axis=0)) < len(orders):
        yield "one order", ["epoch_orders(20, 6, 5)", "gives two equal rows"]
    if not np.array_equal(orders, as_array(orders_of(20, 6, 5))):
        yield "not repeatable", ["epoch_orders(20, 6, 5)", "gives other orders when it is called again"]
    if np.array_equal(orders, as_array(orders_of(20, 6, 12))):
        yield "seed ignored", ["epoch_orders(20, 6, 5) and epoch_orders(20, 6, 12)", "give the same orders"]
    both = np.concatenate([orders, as_array(orders_of(20, 6, 6))])
    if shared := len(both) - len(np.unique(both, axis=0)):
        yield (
            "neighbouring seeds",
            ["epoch_orders(20, 6, 5) and epoch_orders(20, 6, 6)", f"share {shared} of their 6 rows"],
        )


exercise = Custom(judge_orders, call="epoch_orders", reference=epoch_orders)
