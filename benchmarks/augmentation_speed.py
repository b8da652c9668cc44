"""What augmentation costs: pictures per second by itself, and the share that it takes of a training step.

Run it from the repository: ``python -m benchmarks.augmentation_speed``; it takes about three minutes on two cores.
No lesson shows the result: it is for whoever changes the pipeline.  The bar: behind the face-safe pipeline, the
article's network trains on at least 95 % of the pictures per second that it trains on when one constant batch is given.

Every round measures all ways one after the other, and a ratio is the median over the rounds of what was measured in
the same round: what else runs on the machine slows all of them alike, and cancels.  Beside the clock stands the
processor's time, which other programs hardly change.

Parts of the table, by ``part``:

- ``alone``: one batch after the other, nothing else.  Each way mirrors, turns, zooms, shifts, and changes brightness
  and contrast, as far as it can; what it leaves out is said.
- ``step``: a training step of the article's network.
"""

import os

from course_utils import environment

environment.setup()

import numpy as np

from benchmarks.augmentation_ways import (
    BATCH,
    ROUNDS,
    STEPS,
    interleaved,
    pictures,
    ways_alone,
    ways_to_step,
)
from course_utils import results

BAR = 0.95


def busy() -> float:
    """Return how many programs, this one included, wanted a core in the last minute; nan where that is not told."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def measure_alone(rounds: int = ROUNDS) -> list[dict]:
    """Return rows: pictures per second of each way by itself."""
    ways = ways_alone(pictures()[0])
    rows = []
    for (name, note), seconds in interleaved(ways, dict.fromkeys(ways, 4), rounds).items():
        clock, processor = np.median(seconds, axis=0)
        rows.append(
            {
                "part": "alone",
                "way": name,
                "note": note,
                "pictures per second": round(BATCH / clock),
                "pictures per second of processor": round(BATCH / processor),
                "processor, ms per batch": round(1000 * processor, 2),
            }
        )
    return rows


def measure_steps(rounds: int = ROUNDS) -> list[dict]:
    """Return rows: a training step of each way, and its throughput as a share of that on a constant batch."""
    ways = ways_to_step(*pictures())
    measured = interleaved(ways, dict.fromkeys(ways, STEPS), rounds)
    constant, rows = measured["constant batch"], []
    for name, seconds in measured.items():
        clock, processor = np.median(constant / seconds, axis=0)
        rows.append(
            {
                "part": "step",
                "way": name,
                "clock, ms": round(1000 * float(np.median(seconds[:, 0])), 1),
                "processor, ms": round(1000 * float(np.median(seconds[:, 1])), 1),
                "throughput, clock": round(float(clock), 3),
                "throughput, processor": round(float(processor), 3),
            }
        )
    return rows


def main() -> None:
    """Measure, print and store the table."""
    before = busy()
    rows = measure_alone() + measure_steps()
    for row in rows:
        print(*row.values(), sep="  ")
    print(f"bar: {BAR}; programs that wanted a core: {before:.1f} before, {busy():.1f} after")
    rows.append({"part": "load", "before": round(before, 1), "after": round(busy(), 1), "cores": os.cpu_count()})
    results.store("augmentation_speed", rows)


if __name__ == "__main__":
    main()
