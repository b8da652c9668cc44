"""Answers that nobody means well with, for every exercise: each a function that makes a new one."""

import sys
import warnings

import numpy as np


def refuse(*_arguments, **_options):
    raise RuntimeError("at 0x7f00dead: go away")


class Refuses:
    """Raises whatever is done with it."""

    __eq__ = __ne__ = __lt__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __float__ = __int__ = refuse
    __array__ = __getitem__ = __contains__ = __index__ = __deepcopy__ = __reduce__ = __format__ = refuse
    __hash__ = object.__hash__

    def __getattribute__(self, name):
        raise RuntimeError("not even that")


class Lies:
    """Is equal to everything, is endless, and gives itself another name."""

    __class__ = str

    def __eq__(self, other):
        return True

    def __hash__(self):
        return id(self)

    def __len__(self):
        return 10**9

    def __getitem__(self, index):
        return 0

    def __repr__(self):
        return f"passed {id(self)}"


class NamesNobody(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")


class WithoutAName(metaclass=NamesNobody):
    pass


class LyingArray:
    def __array__(self, *_arguments, **_options):
        return "not an array"


class EndlessText(str):
    __slots__ = ()
    __str__ = __repr__ = __len__ = __eq__ = strip = casefold = lower = refuse
    __hash__ = str.__hash__


class RefusingList(list):
    __len__ = __iter__ = __getitem__ = __eq__ = refuse
    __hash__ = None


class SymbolicTensor:
    """Like a Keras tensor: it has a shape, and no values."""

    shape = (None, 3)

    def __array__(self, *_arguments, **_options):
        raise ValueError("A KerasTensor is symbolic: it's a placeholder for a shape and a dtype.")


def in_itself():
    answer = []
    answer.append(answer)
    return answer


def dictionary_in_itself():
    answer = {}
    answer["camera"] = answer
    return answer


def noisy(*_arguments):
    print("noise")
    print("noise", file=sys.stderr)
    warnings.warn("noise", stacklevel=1)
    return np.log(np.zeros(3))


def leaves(*_arguments):
    sys.exit("bye")


def endless(*arguments):
    return endless(*arguments)


def changes_everything(*arguments):
    for argument in arguments:
        if hasattr(argument, "fill"):
            argument.fill(0)
        if isinstance(argument, list):
            argument.clear()


def with_keyword_only(*, seed):
    return seed


def raises_refusing(*_arguments):
    class RefusingError(Exception):
        __str__ = __repr__ = refuse

    raise RefusingError


def random_numbers(*_arguments):
    return np.random.default_rng().random((3, 4))


HOSTILE = {
    "not a number": lambda: float("nan"),
    "infinity": lambda: float("inf"),
    "huge": lambda: 10**5000,
    "complex": lambda: 1 + 2j,
    "true": lambda: True,
    "text": lambda: "an answer",
    "empty text": lambda: "",
    "long text": lambda: "a" * 100_000,
    "bytes": lambda: b"\xff",
    "empty list": list,
    "ragged": lambda: [[1, 2], [3]],
    "deep": lambda: [[[[[[[[[[[1]]]]]]]]]]],
    "in itself": in_itself,
    "dictionary in itself": dictionary_in_itself,
    "half blank": lambda: [1, ...],
    "set": lambda: {"z", "y", "x", "w", "v", "u"},
    "set of numbers": lambda: {1.5, 2.5},
    "dictionary": lambda: {"camera": 3, 4: None},
    "generator": lambda: (number for number in range(3)),
    "map": lambda: map(int, "12"),
    "range": lambda: range(3),
    "large array": lambda: np.zeros((1000, 1000)),
    "array of text": lambda: np.array(["a", "b"]),
    "array of objects": lambda: np.array([None, Refuses], dtype=object),
    "record": lambda: np.zeros(2, dtype=[("a", int)]),
    "no numbers": lambda: np.zeros((0, 3)),
    "date": lambda: np.datetime64("2026-01-01"),
    "masked": lambda: np.ma.masked_all(3),
    "refuses all": Refuses,
    "list of refusing": lambda: [Refuses(), 1],
    "lies": Lies,
    "list of lying": lambda: [Lies(), 1],
    "without a name": WithoutAName,
    "class": lambda: Refuses,
    "lying array": LyingArray,
    "symbolic tensor": SymbolicTensor,
    "endless text": lambda: EndlessText("b"),
    "refusing list": lambda: RefusingList([1]),
    "module": lambda: np,
    "built in": lambda: len,
    "ufunc": lambda: np.add,
    "type": lambda: int,
    "returns what it refuses": lambda: lambda *_: Refuses(),
    "returns lies": lambda: lambda *_: Lies(),
    "returns a text": lambda: lambda *_: "an answer",
    "returns a symbolic tensor": lambda: lambda *_: SymbolicTensor(),
    "returns its arguments": lambda: lambda *arguments: arguments,
    "returns a generator": lambda: lambda *_: (number for number in range(3)),
    "returns a list in itself": lambda: lambda *_: in_itself(),
    "returns a huge array": lambda: lambda *_: np.zeros((1000, 1000)),
    "returns itself": lambda: endless_reference,
    "prints": lambda: noisy,
    "leaves": lambda: leaves,
    "calls itself": lambda: endless,
    "changes everything": lambda: changes_everything,
    "keyword only": lambda: with_keyword_only,
    "refuses": lambda: refuse,
    "raises what refuses": lambda: raises_refusing,
    "random": lambda: random_numbers,
    "wants much": lambda: lambda *_: np.zeros(10**14),
    "no arguments": lambda: lambda: 3,
}


def endless_reference(*_arguments):
    return endless_reference
