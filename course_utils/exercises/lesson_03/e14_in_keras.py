"""3.14: a training with a schedule, in Keras."""

import math

from course_utils.exercises.forms import Custom

RATE, WARM_UP, STEPS, EPOCHS = 0.05, 10, 50, 10


def rate_at(schedule: dict, step: int) -> float:
    """Return the learning rate that the settings of a Keras `CosineDecay` give at a step."""
    warm_up, target = schedule.get("warmup_steps") or 0, schedule.get("warmup_target")
    first = schedule["initial_learning_rate"]
    if target is None:
        warm_up, target = 0, first
    if step < warm_up:
        return first + (target - first) * step / warm_up
    share = min((step - warm_up) / schedule["decay_steps"], 1)
    lowest = schedule.get("alpha") or 0
    return target * ((1 - lowest) * (1 + math.cos(math.pi * share)) / 2 + lowest)


def close(one: float, other: float) -> bool:
    """Tell whether two rates are the same."""
    return math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-6)


def judge_schedule(rate):
    """Say what is wrong with the learning rate, as the optimizer's settings hold it."""
    if not isinstance(rate, dict):
        yield "constant rate"
    if rate.get("class_name") != "CosineDecay":
        yield "another schedule"
    schedule = rate["config"]
    if close(rate_at(schedule, 0), RATE):
        yield "no warm-up"
    if not close(max(rate_at(schedule, step) for step in range(STEPS)), RATE):
        yield "highest rate"
    if not close(rate_at(schedule, WARM_UP), RATE) or not close(rate_at(schedule, WARM_UP // 2), RATE / 2):
        yield "length of the warm-up"
    if close(rate_at(schedule, WARM_UP + STEPS), 0) and not close(rate_at(schedule, STEPS), 0):
        yield "falls too long"
    if not close(rate_at(schedule, STEPS), 0):
        yield "lowest rate"
    if not close(rate_at(schedule, (WARM_UP + STEPS) // 2), RATE / 2):
        yield "falls too fast"


def judge_training(network, history):
    """Look at the optimizer, then at the schedule, then at what was trained."""
    optimizer = getattr(network, "optimizer", None)
    if optimizer is None or not hasattr(optimizer, "get_config"):
        yield "not compiled"
    if type(optimizer).__name__ != "SGD":
        yield "another optimizer"
    settings = optimizer.get_config()
    yield from judge_schedule(settings["learning_rate"])
    if not math.isclose(settings["momentum"], 0.9, rel_tol=1e-4):
        yield "no momentum"
    if settings["clipnorm"]:
        yield "each array alone"
    if settings["global_clipnorm"] != 1:
        yield "not clipped"
    if network.loss != "binary_crossentropy" and type(network.loss).__name__ != "BinaryCrossentropy":
        yield "another loss"
    losses = getattr(history, "history", None)
    if not isinstance(losses, dict) or "loss" not in losses:
        yield "no history"
    if int(optimizer.iterations) > STEPS:
        yield "trained twice"
    if len(losses["loss"]) != EPOCHS:
        yield "epochs"
    if int(optimizer.iterations) != STEPS:
        yield "batch size"


exercise = Custom(judge_training, answers=2)
