r"""Read what an exercise says from the text beside its module, and make mistakes from it.

Each exercise is a module, such as ``lesson_06/e06_early_stopping.py``, which says what is right, and a text of the same
name, ``e06_early_stopping.md``, which says what learners are told.  An editor or a translator needs the text only::

    # 6.6 Early stopping

    passed: Patience counts epochs in a row without progress.

    otherwise: here is the smallest input for which it does not hold.

    - one epoch too many: `>=` -> `>`
      the weights are right now. With a patience of 1, how many epochs without progress are waited for?
      > Try two losses of which the second is higher.
    - epochs from zero: returns `len(losses) - 1, weights[0]`
      the weights are right. How many epochs were trained when the first one is over?

An item is a hint: its name, behind a colon the mistake that it is for, and below the text.  What stands behind ``>`` is
read on the second try.  A mistake is written as

- edits of the right function, `` `old` -> `new` ``, separated by commas; ``\n`` is a new line;
- ``returns`` and an expression of the function's parameters, in place of its body;
- an expression: a value, or the name of a function in the module; several values are separated by commas.  It may use
  the names of the module, `np` and `math`.

Items without one belong to what a form looks for itself.  A heading, ``## degrees``, says to which part of the answer
the items below it belong; text right below the heading is a hint with the heading's name.
"""

from __future__ import annotations

import inspect
import math
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

_ITEM = re.compile(r"- (?P<name>[^:]+?)(?:: (?P<mistake>.+))?")
_EDIT = re.compile(r"`([^`]+)` -> `([^`]*)`")
_EDITS = re.compile(rf"{_EDIT.pattern}(?:, {_EDIT.pattern})*")
_RETURNS = re.compile(r"returns `([^`]+)`")
_TOOLS = {"np": np, "math": math}
_EXPRESSION = re.compile(r"`([^`]+)`")


@dataclass
class Item:
    """A hint, and the mistake that it is for.

    Attributes
    ----------
    name : str
        What went wrong, in a few words, for tests and maintainers: "flipped kernel".
    mistake : str
        How the mistake is made, as it stands in the text; empty where a form looks for it itself.
    part : str
        The heading above: the part of the answer that is looked at.
    hint, second : str
        What the learner reads, and what on the second try.
    """

    name: str
    mistake: str = ""
    part: str = ""
    hint: str = ""
    second: str = ""


@dataclass
class Text:
    """What an exercise says: its title, what a right answer and an unknown wrong one are told, and the hints."""

    title: str = ""
    passed: str = ""
    otherwise: str = ""
    items: list[Item] = field(default_factory=list)

    def hint(self, name: str) -> str:
        """Return the text of a hint, or nothing where there is none of that name."""
        return next((item.hint for item in self.items if item.name == name), "")


def read(source: str) -> Text:
    """Read the text of an exercise.

    Raises
    ------
    ValueError
        If a line belongs to nothing, if a hint is empty, or if two hints have the same name.
    """
    text, part, target = Text(), "", None
    for line in source.splitlines():
        stripped = line.strip()
        if not stripped:
            continue
        if line.startswith("## "):
            part, target = stripped.removeprefix("## "), None
        elif line.startswith("# "):
            text.title = stripped.removeprefix("# ")
        elif found := re.match(r"(passed|otherwise): ", line):
            target = (text, found[1])
            setattr(*target, line.removeprefix(found[0]))
        elif found := _ITEM.fullmatch(line.rstrip()) if line.startswith("- ") else None:
            text.items.append(Item(found["name"], found["mistake"] or "", part))
            target = (text.items[-1], "hint")
        elif target is None and part:
            text.items.append(Item(part, part=part, hint=stripped))
            target = (text.items[-1], "hint")
        elif target is None:
            raise ValueError(f"This line belongs to no hint: {line!r}.")
        else:
            if stripped.startswith("> "):
                target = (target[0], "second")
            setattr(*target, f"{getattr(*target)} {stripped.removeprefix('> ')}".strip())
    names = [item.name for item in text.items]
    faults = {name for name in names if names.count(name) > 1} | {item.name for item in text.items if not item.hint}
    if faults:
        raise ValueError(f"Each hint needs a name of its own and a text; look at {sorted(faults)}.")
    return text


def make_mistakes(item: Item, names: dict[str, object]) -> list:
    """Return the wrong values that an item describes: one, or several separated by commas.

    Raises
    ------
    ValueError
        If they cannot be read.
    """
    if not re.fullmatch(rf"{_EXPRESSION.pattern}(, {_EXPRESSION.pattern})*", item.mistake):
        raise ValueError(f"The mistake of {item.name!r} cannot be read: {item.mistake}.")
    return [eval(expression, _TOOLS | names) for expression in _EXPRESSION.findall(item.mistake)]


def make_mistake(item: Item, names: dict[str, object], reference: Callable | None = None) -> object:
    """Return the wrong answer that an item describes.

    Parameters
    ----------
    item : Item
        The item; it must describe a mistake.
    names : dict
        The names that an expression may use: those of the exercise's module.
    reference : Callable, optional
        The right function, where the answer is one.

    Raises
    ------
    ValueError
        If an edit does not fit the reference any more, or the mistake cannot be read.
    """
    if reference and (found := _RETURNS.fullmatch(item.mistake)):
        parameters = ", ".join(inspect.signature(reference).parameters)
        return eval(f"lambda {parameters}: ({found[1]})", _TOOLS | names)
    if reference and _EDITS.fullmatch(item.mistake):
        return edited(reference, _EDIT.findall(item.mistake))
    if found := _EXPRESSION.fullmatch(item.mistake):
        return eval(found[1], _TOOLS | names)
    raise ValueError(f"The mistake of {item.name!r} cannot be read: {item.mistake}.")


def edited(function: Callable, edits: Sequence[tuple[str, str]]) -> Callable:
    """Return the function with pieces of its source exchanged, one edit after the other.

    Raises
    ------
    ValueError
        If a piece is not there, or the function gets another name.
    """
    source = textwrap.dedent(inspect.getsource(function))
    for old, new in edits:
        old, new = (piece.replace("\\n", "\n") for piece in (old, new))
        if old not in source:
            raise ValueError(f"{function.__name__} does not hold {old!r}.")
        source = source.replace(old, new)
    names = {name: value for name, value in function.__globals__.items() if name != function.__name__}
    exec(compile(source, f"<{function.__name__}, edited>", "exec"), names)
    if function.__name__ not in names:
        raise ValueError(f"The edits {list(edits)} change the name of {function.__name__}.")
    return names[function.__name__]
