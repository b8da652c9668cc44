"""7.5: how many pictures at once, to design."""

import math

from course_utils.exercises.forms import Function


def enough_pictures(inputs, units, operations_per_second, bytes_per_second):
    """Return a right answer to 7.5."""
    computing = 2 * inputs * units / operations_per_second
    moving = 4 * (inputs + units) / bytes_per_second
    weights = 4 * inputs * units / bytes_per_second
    if computing <= moving:
        raise ValueError("The memory decides, however large the batch is.")
    return math.ceil(weights / (computing - moving))


def weights_each_time(inputs, units, operations_per_second, bytes_per_second):
    """Fetch the weights again for each picture."""
    computing = 2 * inputs * units / operations_per_second
    moving = 4 * (inputs + units + inputs * units) / bytes_per_second
    if computing < moving:
        raise ValueError("The memory decides, however large the batch is.")
    return 1


def needed_intensity(inputs, units, operations_per_second, bytes_per_second):
    """Return the intensity at the edge of the roof, as a whole number."""
    enough_pictures(inputs, units, operations_per_second, bytes_per_second)
    return math.ceil(operations_per_second / bytes_per_second)


exercise = Function(
    enough_pictures,
    cases=[
        (10, 10, 1, 1),
        (16, 16, 2, 1),
        (16, 16, 4, 1),
        (16, 16, 8, 1),
        (4608, 512, 90e9, 9e9),
        (4608, 512, 90e9, 30e9),
        (512, 1, 90e9, 9e9),
        (100, 300, 40e9, 1e9),
        (300, 64, 50e9, 20e9),
    ],
)
