"""4.13: what is left of the throughput, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def seconds_of(step, clock):
    """Take the time of a step."""
    started = clock()
    step()
    return clock() - started


def throughput_left(plain, augmented, clock, rounds):
    """Return a right answer to 4.13."""
    seconds = [[seconds_of(step, clock) for step in (plain, augmented)] for _ in range(rounds)]
    before, after = np.median(seconds, axis=0)
    return before / after


def one_after_the_other(plain, augmented, clock, rounds, middle=np.median):
    """Let all plain steps run first."""
    seconds = [[seconds_of(step, clock) for _ in range(rounds)] for step in (plain, augmented)]
    before, after = middle(seconds, axis=1)
    return before / after


class Machine:
    """Steps of a pretended training, and a clock that moves only while one of them runs.

    The first call of each step takes ``first`` seconds more.  ``hiccup`` is the number of a call, counted over all
    steps, and the seconds that it takes more.  After ``slow_after`` calls, each takes four times as long.
    """

    def __init__(self, first=0, hiccup=(0, 0), slow_after=1000):
        self.first, self.hiccup, self.slow_after = first, hiccup, slow_after
        self.now, self.calls = 0.0, []

    def plain(self):
        """Take a step without augmentation."""
        self.run(4)

    def augmented(self):
        """Take a step with augmentation."""
        self.run(5)

    def run(self, seconds):
        """Let a step of so many seconds run."""
        more = 0 if seconds in self.calls else self.first
        self.calls.append(seconds)
        if len(self.calls) == self.hiccup[0]:
            more += self.hiccup[1]
        self.now += seconds * (4 if len(self.calls) > self.slow_after else 1) + more

    def clock(self):
        """Return the time."""
        return self.now


def case(rounds, words="", **slowness):
    """Return the arguments of a call, on a machine that is slow now and then."""
    machine = Machine(**slowness)
    shown = f"throughput_left(plain, augmented, clock, {rounds}) of steps of 4 and 5 seconds{words}"
    return Case(machine.plain, machine.augmented, machine.clock, rounds, shown=shown)


exercise = Function(
    throughput_left,
    given=[("median", "mean"), ("before / after", "after / before")],
    cases=[
        case(1),
        case(5, ", the first call of each with 40 more", first=40),
        case(5, ", one call with 30 more", hiccup=(5, 30)),
        case(5, ", one call with 90 more", hiccup=(6, 90)),
        case(7, ", all four times as long after ten calls", slow_after=10),
    ],
)
