"""1.8: what a network costs."""

from course_utils.exercises.forms import Function


def count_layers(size, channels, filters, units):
    """Return a right answer to 1.8."""
    pairs = []
    for maps in filters:
        size = size - 2
        weights = 3 * 3 * channels * maps
        pairs.append((weights + maps, weights * size * size))
        size, channels = size // 2, maps
    numbers = size * size * channels
    return [*pairs, (numbers * units + units, numbers * units)]


exercise = Function(
    count_layers,
    cases=[
        (4, 1, [1], 1),
        (6, 3, [2], 1),
        (7, 2, [3], 2),
        (12, 3, [4, 5], 6),
        (15, 1, [2, 4], 3),
        (64, 3, [32, 64, 128], 512),
    ],
)
