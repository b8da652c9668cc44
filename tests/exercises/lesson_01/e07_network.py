"""Answers to 1.7: right ones, and wrong ones with the hint that each must get."""

from types import SimpleNamespace

from recorded_answers import Answers

from course_utils.exercises.lesson_01.e07_network import BACK, FRONT, layer, network_like, trained

GOOD = trained([0.6, 0.8, 0.9])
NETWORK = network_like([*FRONT, *BACK])


def with_layers(*layers):
    return Answers((network_like(list(layers)), GOOD))


def with_history(history):
    return Answers((NETWORK, history))


POOLED = [layer("GlobalAveragePooling2D"), layer("Dense", "relu", 64), layer("Dropout"), layer("Dense", "sigmoid", 1)]
PLAIN = [layer("Conv2D"), layer("ReLU"), layer("AveragePooling2D")]

RIGHT = [
    Answers((NETWORK, GOOD)),
    with_layers(*FRONT, *POOLED),
    with_layers(*PLAIN, *PLAIN, *PLAIN, *BACK),
    with_history(SimpleNamespace(history={"loss": [0.3], "accuracy": [0.8]}, model=NETWORK)),
]

WRONG = [
    ("not a network", Answers(("network", GOOD))),
    ("not a network", Answers((GOOD, NETWORK))),
    ("input", Answers((network_like([*FRONT, *BACK], shape=(None, 64, 64, 3)), GOOD))),
    ("input", Answers((network_like([*FRONT, *BACK], shape=None), GOOD))),
    ("too few convolutions", with_layers(*FRONT[:3], *BACK)),
    ("too few poolings", with_layers(*FRONT[:-1], *BACK)),
    ("too few poolings", with_layers(*FRONT[:-1], *POOLED)),
    ("no answer", with_layers(*FRONT, *BACK[:-1], layer("Dropout"))),
    ("no flatten", with_layers(*FRONT, *BACK[1:])),
    ("flatten too early", with_layers(BACK[0], *FRONT, *BACK[1:])),
    ("no hidden layer", with_layers(*FRONT, BACK[0], BACK[2])),
    ("several units", with_layers(*FRONT, *BACK[:2], layer("Dense", "softmax", 2))),
    ("last activation", with_layers(*FRONT, *BACK[:2], layer("Dense", "softmax", 1))),
    ("last activation", with_layers(*FRONT, *BACK[:2], layer("Dense", "linear", 1))),
    ("sums of sums", with_layers(*FRONT, BACK[0], layer("Dense", "linear", 32), BACK[2])),
    ("not compiled", Answers((network_like([*FRONT, *BACK], compiled=False), GOOD))),
    ("not a history", with_history(0.93)),
    ("another network", with_history(SimpleNamespace(history=GOOD.history, model=object()))),
    ("not trained", with_history(SimpleNamespace(history={}))),
    ("accuracy not counted", with_history(SimpleNamespace(history={"loss": [0.4]}))),
    ("not learned", with_history(trained([0.58, 0.6, 0.6]))),
    ("not learned", with_history(trained([float("nan")]))),
    ("number of answers", Answers((NETWORK,))),
]
