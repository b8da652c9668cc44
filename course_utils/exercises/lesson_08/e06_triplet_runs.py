"""8.6: five runs of a triplet loss."""

from course_utils.exercises.forms import Words

exercise = Words(
    {"A": "collapsed", "B": "trained", "C": "memorised", "D": "alone", "E": "random"},
    words=("trained", "random", "collapsed", "alone", "memorised", "reversed"),
    variable="runs",
)
