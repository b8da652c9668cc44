"""4.1: where a pixel of the new picture comes from."""

from course_utils.exercises.forms import Function


def where_from(row, column, side, size, right, down):
    """Return a right answer to 4.1."""
    middle = (side - 1) / 2
    old_row = (row - middle - down) / size + middle
    old_column = (column - middle - right) / size + middle
    return old_row, old_column


exercise = Function(
    where_from,
    cases=[
        (1, 3, 5, 1, 1, 0),
        (1, 3, 5, 1, 0, 1),
        (0, 0, 3, 1, 1, 0),
        (0, 4, 5, 2, 0, 0),
        (0, 2, 4, 2, 0, 0),
        (3, 1, 4, 0.5, 0, 0),
        (4, 1, 5, 2, 1, -1),
        (5, 2, 8, 1.25, -1, 2),
    ],
)
