"""Answers to 8.6: right ones, and wrong ones with the hint that each must get."""

RUNS = {"A": "collapsed", "B": "trained", "C": "memorised", "D": "alone", "E": "random"}

RIGHT = [RUNS, {run: f" {word.upper()} " for run, word in reversed(RUNS.items())}]

WRONG = [
    ("not a dictionary", ["collapsed", "trained", "memorised", "alone", "random"]),
    ("keys", {"A": "collapsed"}),
    ("words", RUNS | {"A": "converged"}),
    ("standstill taken for the goal", RUNS | {"A": "trained"}),
    ("A", RUNS | {"A": "reversed"}),
    ("B", RUNS | {"B": "alone"}),
    ("C", RUNS | {"C": "collapsed"}),
    ("D", RUNS | {"D": "reversed"}),
    ("E", RUNS | {"E": "alone"}),
]
