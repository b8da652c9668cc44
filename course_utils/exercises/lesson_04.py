"""Exercises of lesson 04, data augmentation."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from course_utils.checks.forms import Case, Choice, Custom, Function, Mistake, Value, numbers_of, words_of
from course_utils.checks.values import as_array, same, show

# --- 4.1: where does a pixel come from? ---


def where_from(row, column, side, size, right, down):
    """Return a right answer to 4.1."""
    middle = (side - 1) / 2
    return (row - middle - down) / size + middle, (column - middle - right) / size + middle


def _from(row_from: Callable) -> Callable:
    """Return a function like `where_from` that asks for rows and columns in this way."""

    def place(row, column, side, size, right, down):
        return row_from(row, side, size, down), row_from(column, side, size, right)

    return place


def _right_place(place, side, size, shift):
    middle = (side - 1) / 2
    return (place - middle - shift) / size + middle


places = Function(
    "4.1",
    call="where_from",
    reference=where_from,
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
    mistakes=[
        Mistake(
            "forward",
            _from(lambda place, side, size, shift: (place - (side - 1) / 2) * size + (side - 1) / 2 + shift),
            "this is where an old pixel *goes*. Asked is where a new one comes *from*: in a picture that has moved to "
            "the right, on which side of it does a pixel find its old place?",
        ),
        Mistake(
            "shifted forward",
            _from(lambda place, side, size, shift: _right_place(place, side, size, -shift)),
            "the size is looked up backwards, and the shift is not. In a picture that has moved to the right, on which "
            "side of a pixel was its value before?",
        ),
        Mistake(
            "multiplied",
            _from(lambda place, side, size, shift: (place - (side - 1) / 2 - shift) * size + (side - 1) / 2),
            "the shift is right. If the picture becomes twice as large, are the old places of two neighbours farther "
            "apart than one pixel, or nearer together?",
        ),
        Mistake(
            "about the corner",
            _from(lambda place, side, size, shift: (place - shift) / size),
            "with this, the pixel at the top left keeps its place when the picture is enlarged. Which point of the "
            "picture must keep its place?",
        ),
        Mistake(
            "half the side",
            _from(lambda place, side, size, shift: (place - shift - side / 2) / size + side / 2),
            "the point that keeps its place is half a pixel away from the middle. Of three pixels with the numbers 0, "
            "1 and 2, which number has the middle one?",
        ),
        Mistake(
            "not back from the middle",
            _from(lambda place, side, size, shift: (place - (side - 1) / 2 - shift) / size),
            "these places are counted from the middle of the picture. From where does the docstring count them?",
        ),
        Mistake(
            "right on rows",
            lambda row, column, side, size, right, down: where_from(row, column, side, size, down, right),
            "a shift to the right changes your rows. Which of the two numbers, row and column, says how far to the "
            "right a pixel lies?",
        ),
        Mistake(
            "column before row",
            lambda *arguments: where_from(*arguments)[::-1],
            "both numbers are there. In which order does the docstring name them?",
        ),
        Mistake(
            "moved before enlarged",
            _from(lambda place, side, size, shift: _right_place(place, side, size, 0) - shift),
            "with this, the shift is enlarged as well: the picture is moved first. Which change was the last one, and "
            "so must be undone first?",
        ),
        Mistake(
            "whole pixels",
            _from(lambda place, *rest: round(_right_place(place, *rest))),
            "the places are rounded. `look_up` can make use of a place between pixels: how does it weigh them?",
        ),
        Mistake(
            "rounded down",
            _from(lambda place, *rest: math.floor(_right_place(place, *rest))),
            "the fractions of the places are lost. What does `look_up` do with a fraction?",
        ),
        Mistake(
            "kept inside",
            _from(lambda place, side, size, shift: min(max(_right_place(place, side, size, shift), 0), side - 1)),
            "the places inside are right. One that lies outside may stay there: what stands in its pixel is for the "
            "fill mode to say.",
        ),
        Mistake(
            "round the edge",
            _from(lambda place, side, size, shift: _right_place(place, side, size, shift) % side),
            "a place beyond one edge comes out at the opposite edge. Does the right ear follow on the left one?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Draw the squares on paper, and mark the middle.",
    explanation="What was done last is undone first: back by the shift, then by the size, about the middle.",
)

# --- 4.2: there and back ---

ORIGINAL, DOUBLED, BACK = [30, 90, 130, 150], [0, 80, 160, 200], [55, 95, 135, 155]


def _four(answer) -> np.ndarray | None:
    values = np.ravel(as_array(answer))
    return values if len(values) == 4 else None


def judge_there_and_back(doubled, back):
    """Look for known ways to the first answer, then to the second."""
    doubled, back = _four(doubled), _four(back)
    if doubled is None or back is None:
        yield "four numbers"
        return
    known = {
        "not cut": [[-40, 80, 160, 200]],
        "multiplied": [[60, 180, 255, 255], [60, 180, 260, 300]],
        "wrapped": [[216, 80, 160, 200]],
        "about grey": [[0, 52, 132, 172], [0, 52.5, 132.5, 172.5], [0, 53, 133, 173], [-68, 52, 132, 172]],
        "about the median": [[0, 70, 150, 190], [-50, 70, 150, 190]],
    }
    yield from (name for name, values in known.items() if any(same(doubled, value) for value in values))
    if not same(doubled, DOUBLED):
        yield "other doubled"
    known = {
        "all comes back": ORIGINAL,
        "about the old mean": [50, 90, 130, 150],
        "halved values": [0, 40, 80, 100],
        "cut value stays": [0, 90, 130, 150],
    }
    yield from (name for name, values in known.items() if same(back, values))
    if not same(back, BACK):
        yield "other back"


there_and_back = Custom(
    "4.2",
    judge_there_and_back,
    answers=2,
    right=[(DOUBLED, BACK)],
    hints={
        "four numbers": "`doubled` and `back` are lists of four numbers each, one for each pixel.",
        "not cut": "one of these values is none that a picture can have. What becomes of it?",
        "multiplied": "this multiplies each value, which makes the picture brighter. Contrast leaves one brightness as "
        "it is. Which one?",
        "wrapped": "this is what whole numbers of eight bits do beyond their end. The picture is *cut* at its end.",
        "about grey": "this pulls the values away from the middle of the range. The lesson pulls them away from a "
        "number that it takes from the picture.",
        "about the median": "this pulls the values away from their median. Which middle does the lesson take?",
        "other doubled": "`doubled` is not it yet. Make the question small: two pixels of 100 and 140. How far is "
        "each from their mean, and how far at double contrast?",
        "all comes back": "`doubled` is right. It has a value in it that was cut. Does halving know what it was?",
        "about the old mean": "`doubled` is right. Halving takes the mean of the picture that it is given. Is that "
        "still the mean of the four pixels above?",
        "halved values": "`doubled` is right. Half of each value is a darker picture. Which brightness stays as it is "
        "when contrast is halved?",
        "cut value stays": "`doubled` is right. No pixel knows that it was cut: all four are pulled towards the mean.",
        "other back": "`doubled` is right. Take the mean of the four values in `doubled`. How far is each from it, "
        "and how far at half the contrast?",
    },
    explanation="One value was cut, and none comes back: the cut has moved the mean as well.",
)

# --- 4.3: brighter, each for itself ---


def brighten_each(pictures, draw):
    """Return a right answer to 4.3."""
    added = np.array([draw() for _ in pictures]).reshape(-1, 1, 1, 1)
    return (pictures.astype(int) + added).clip(0, 255).astype("uint8")


def brighten_each_as_given(pictures, draw):
    """Return what the function of 4.3 returns before it is mended."""
    return (pictures.astype(int) + draw()).astype("uint8")


class _Draws:
    """Gives the same numbers, one after the other, to every function that is tried."""

    def __init__(self, *numbers: int):
        self.numbers, self.calls = numbers, 0

    def draw(self) -> int:
        self.calls += 1
        return self.numbers[(self.calls - 1) % len(self.numbers)]


def _brightness_case(pictures, *numbers: int) -> Case:
    pictures = np.array(pictures, dtype="uint8")
    if pictures.ndim == 1:
        pictures = pictures.reshape(-1, 1, 1, 1)
    shape = "" if pictures[0].size == 1 else f", of shape {pictures.shape},"
    drawn = " and then ".join(map(str, numbers[: len(pictures)]))
    values = show(np.ravel(pictures))
    return Case(
        pictures, _Draws(*numbers).draw, shown=f"brighten_each(...) of pictures{shape} with the values {values}, "
        f"where draw() gives {drawn}"
    )  # fmt: skip


def _brighten(finish: Callable = lambda values: values.clip(0, 255), shape=lambda pictures: (len(pictures), 1, 1, 1)):
    """Return a function like `brighten_each` that draws for another shape, or ends in another way."""

    def brighten(pictures, draw):
        wanted = shape(pictures)
        added = np.array([draw() for _ in range(math.prod(wanted))]).reshape(wanted)
        return finish(pictures.astype(int) + added)

    return brighten


def _brighten_the_first(pictures, draw):
    changed = pictures.astype(int)
    changed[0] += draw()
    return changed.clip(0, 255)


brightness = Function(
    "4.3",
    call="brighten_each",
    reference=brighten_each,
    given=brighten_each_as_given,
    cases=[
        _brightness_case([100], 10),
        _brightness_case([250], 10),
        _brightness_case([10], -20),
        _brightness_case([100, 100], 10, 30),
        _brightness_case(np.full((2, 2, 1, 1), 100), 10, 30, -20, 50),
        _brightness_case(np.full((2, 1, 1, 3), 100), 10, 30, -20, 50, 70, 40),
        _brightness_case([20, 240, 120], -40, 30, 7),
    ],
    mistakes=[
        Mistake(
            "one draw",
            _brighten(shape=lambda pictures: (1, 1, 1, 1)),
            "the values are cut now. How often is `draw` called for a batch of eight pictures?",
        ),
        Mistake(
            "wraps",
            _brighten(lambda values: values.astype("uint8")),
            "each picture has a draw of its own now. Look at a bright pixel: what does `uint8` make of 260?",
        ),
        Mistake(
            "not cut",
            _brighten(lambda values: values),
            "each picture has a draw of its own now. Look at a bright and at a dark pixel: can a picture have the "
            "values that come out?",
        ),
        Mistake(
            "cut on one side",
            _brighten(lambda values: np.minimum(values, 255)),
            "bright pixels are right. What becomes of a dark one if the draw is negative?",
        ),
        Mistake(
            "cut on one side, then wraps",
            _brighten(lambda values: np.minimum(values, 255).astype("uint8")),
            "bright pixels are right. A dark one comes out bright if the draw is negative: what does `uint8` make of "
            "a number below 0?",
        ),
        Mistake(
            "a draw for each pixel",
            _brighten(shape=lambda pictures: (*pictures.shape[:-1], 1)),
            "now every pixel has a draw of its own, and that is noise. How many draws does one picture need?",
        ),
        Mistake(
            "a draw for each value",
            _brighten(shape=lambda pictures: pictures.shape),
            "now every colour of every pixel has a draw of its own, and that is coloured noise. How many draws does "
            "one picture need?",
        ),
        Mistake(
            "cut at one",
            _brighten(lambda values: values.clip(0, 1)),
            "what comes out is black, or nearly. From what to what do the values go that "
            "come in, and those that go out?",
        ),
        Mistake(
            "first picture only",
            _brighten_the_first,
            "the first picture is right. What happens to the others?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Which number is added to which picture?",
    explanation="One draw for each picture, and what leaves the range is cut, not wrapped round.",
)

# --- 4.4: CutMix ---


def cut_mix(first, second, first_label, second_label, top, left, height, width):
    """Return a right answer to 4.4."""
    covered = np.zeros(first.shape[:2], dtype=bool)
    covered[top : top + height, left : left + width] = True
    share = covered.mean()
    return np.where(covered[..., None], second, first), (1 - share) * first_label + share * second_label


def _cut_label(label_of: Callable) -> Callable:
    """Return a function like `cut_mix` with another label, made of both labels, the shares of the area and the rest."""

    def cut(first, second, first_label, second_label, top, left, height, width):
        mixed, _ = cut_mix(first, second, first_label, second_label, top, left, height, width)
        share = cut_mix(first, second, 0.0, 1.0, top, left, height, width)[1]
        return mixed, label_of(first_label, second_label, share, height * width / first[..., 0].size)

    return cut


def _cut_picture(picture_of: Callable) -> Callable:
    """Return a function like `cut_mix` with another picture."""

    def cut(first, second, first_label, second_label, top, left, height, width):
        _, label = cut_mix(first, second, first_label, second_label, top, left, height, width)
        return picture_of(first, second, top, left, height, width), label

    return cut


def _blend(first, second, *rectangle):
    share = cut_mix(first, second, 0.0, 1.0, *rectangle)[1]
    return (1 - share) * first + share * second


def _corner_of_the_second(first, second, top, left, height, width):
    mixed = np.array(first)
    part = mixed[top : top + height, left : left + width]
    part[...] = second[: part.shape[0], : part.shape[1]]
    return mixed


def _cut_case(rows: int, columns: int, *rectangle: int, classes: int = 2, shown: str = "") -> Case:
    count = rows * columns
    first, second = (np.arange(start, start + count, dtype=float).reshape(rows, columns, 1) for start in (10, 50))
    return Case(first, second, np.eye(classes)[0], np.eye(classes)[-1], *rectangle, shown=shown)


cut = Function(
    "4.4",
    call="cut_mix",
    reference=cut_mix,
    cases=[
        _cut_case(1, 2, 0, 1, 1, 1),
        _cut_case(1, 4, 0, 0, 1, 1),
        _cut_case(1, 4, 0, 1, 1, 3),
        _cut_case(2, 2, 0, 1, 1, 1),
        _cut_case(2, 4, 0, 1, 1, 2),
        _cut_case(2, 2, 1, 1, 2, 2),
        _cut_case(4, 4, 2, 1, 2, 3, classes=3),
        _cut_case(
            5,
            6,
            1,
            3,
            2,
            9,
            classes=4,
            shown="cut_mix(...) of two pictures of 5 x 6 pixels, of the first and the last of four people, with the "
            "rectangle top=1, left=3, height=2, width=9",
        ),
    ],
    mistakes=[
        Mistake(
            "planned area",
            _cut_label(lambda one, other, share, planned: (1 - planned) * one + planned * other),
            "right, as long as the rectangle lies inside. Where it reaches beyond the edge, how many pixels does the "
            "second picture really give?",
        ),
        Mistake(
            "weights exchanged",
            _cut_label(lambda one, other, share, planned: share * one + (1 - share) * other),
            "the picture is right. If the rectangle is tiny, whose face is to be seen, and which label comes out?",
        ),
        Mistake(
            "pictures exchanged",
            _cut_picture(lambda first, second, *where: cut_mix(second, first, 0.0, 1.0, *where)[0]),
            "the label is right. Which picture must be seen inside the rectangle, and which outside?",
        ),
        Mistake(
            "all exchanged",
            lambda first, second, one, other, *where: cut_mix(second, first, other, one, *where),
            "picture and label fit together, and the roles are exchanged. Which picture must be seen outside the "
            "rectangle?",
        ),
        Mistake(
            "label of the larger",
            _cut_label(lambda one, other, share, planned: one if share <= 0.5 else other),
            "the picture is right. It shows two people and the label names one: the one with the larger part. What is "
            "the network told about the other?",
        ),
        Mistake(
            "first label",
            _cut_label(lambda one, other, share, planned: one),
            "the picture is right, and the label is as if nothing had been pasted. Whose face is in the rectangle?",
        ),
        Mistake(
            "half and half",
            _cut_label(lambda one, other, share, planned: (one + other) / 2),
            "the picture is right. The label says half and half, however large the rectangle is. By what do the "
            "weights go?",
        ),
        Mistake(
            "mixed up",
            _cut_picture(_blend),
            "the label is right. This picture is a blend all over, as MixUp makes it. What does CutMix do with the "
            "rectangle?",
        ),
        Mistake(
            "left and top",
            lambda first, second, one, other, top, left, height, width: cut_mix(
                first, second, one, other, left, top, width, height
            ),
            "rows and columns are exchanged: the rectangle lies elsewhere. Which axis of a picture comes first?",
        ),
        Mistake(
            "far corner",
            lambda first, second, one, other, top, left, height, width: cut_mix(
                first, second, one, other, top, left, height - top, width - left
            ),
            "`height` and `width` are taken for the place where the rectangle ends. Where does a rectangle end that "
            "begins at row 2 and is 3 rows high?",
        ),
        Mistake(
            "corner of the second",
            _cut_picture(_corner_of_the_second),
            "the label and the place are right. Which part of the second picture stands there? It is to keep its own "
            "place.",
        ),
        Mistake(
            "no label",
            lambda *arguments: cut_mix(*arguments)[0],
            "the picture is right, and it is alone. The docstring names two things.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Count the pixels that come from each picture.",
    explanation="The weights are the areas that can be seen, counted where the rectangle really lies.",
)

# --- 4.5: what mixing means, and what RandAugment draws ---

mixing = Choice(
    "4.5",
    options="abcdef",
    right="adf",
    chosen={
        "b": "one of your statements does not hold. In section 7 of the lesson, two rows of numbers stand below one "
        "another for CutMix. What do they show?",
        "c": "one of your statements does not hold. Does RandAugment look at a loss or a score anywhere? How does it "
        "come to its changes?",
        "e": "one of your statements does not hold. Whom does a blended face show? Read again what section 7 of the "
        "lesson says about face recognition.",
    },
    missing={
        "a": "one more statement holds. In what is the cross-entropy linear? Section 7 of the lesson works out one "
        "mixed loss.",
        "d": "one more statement holds. Read again the last cell of section 7 of the lesson: how often are the changes "
        "drawn there, for eight pictures?",
        "f": "one more statement holds. Work out the mean of the whole numbers 2 and 6. Whose number is that?",
    },
    explanation="Mixed pictures want mixed rows of numbers, and RandAugment draws blindly from its list.",
)

# --- 4.6: which change keeps which label? ---

EFFECT_WORDS = ("keeps", "changes", "never")
EFFECTS = {
    "names": "keeps",
    "gaze": "changes",
    "passport": "never",
    "ships": "keeps",
    "hair": "changes",
    "daylight": "changes",
    "lamps": "keeps",
}


def judge_effects(effects):
    """Look at the words, then for an effect that is taken for the change's own, then at one pair after the other."""
    said = yield from words_of(effects, EFFECTS, EFFECT_WORDS)
    if said["names"] == said["gaze"] == "keeps":
        yield "property of the mirror"
    if said["passport"] == said["ships"] == "never":
        yield "property of the flip"
    for name, word in EFFECTS.items():
        if said[name] != word:
            yield name, [f"effects[{show(name)}] = {show(said[name])}"]


effects = Custom(
    "4.6",
    judge_effects,
    right=[(EFFECTS,)],
    hints={
        "not a dictionary": "keep the dictionary `effects` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the seven pairs as its keys: keep them as they are.",
        "words": 'each pair gets one of the three words: "keeps", "changes" or "never".',
        "property of the mirror": "you give the mirror the same word for both labels. Somebody looks to the left of "
        "the picture: where does the mirror image look? And who is it?",
        "property of the flip": "you give upside down the same word in both uses. Which side of a photograph taken "
        "from above is up?",
        "names": "moles and partings change sides. Would friends still call the person in the mirror by the same name?",
        "gaze": "cameras take heads that look either way, so the picture could occur. Is the old answer right for it?",
        "passport": "the person is still the same. What happens to a picture like this at a passport office: will the "
        "network ever be asked about one?",
        "ships": "an aeroplane flies over the same harbour from the other side. What does it see, and how many ships?",
        "hair": "what does the hue do to blond hair, and what does the label then say?",
        "daylight": "what is the label about, and what tells day from night in a picture?",
        "lamps": "the same person sits by a window, and in the evening under a lamp. Do both pictures occur, and is "
        "the name still right?",
    },
    explanation="The same change gets different words: the label decides, and the pictures that can occur.",
)

# --- 4.7: what the settings mean ---

SETTINGS = {"degrees": 36, "upside_down": 0.5, "eye": 20, "added": 51, "places": 1}
_KNOWN_SETTINGS = {
    "degrees": {"degrees as they stand": 0.1, "percent as degrees": 10, "radians": 5.73, "half a circle": 18},
    "upside_down": {"horizontal only": 0, "two coins": 0.25, "percent": 50},
    "eye": {"enlarged": (45, 60), "halved": 15},
    "added": {"range of the pictures": 0.2},
    "places": {"a place for each": 20, "all places": 289},
}
_OTHER_SETTINGS = {
    "degrees": "other degrees",
    "upside_down": "other flips",
    "eye": "other eye",
    "added": "other brightness",
    "places": "other places",
}


def judge_settings(settings):
    """Look at the keys, then at one number after the other."""
    said = yield from numbers_of(settings, SETTINGS)
    said["degrees"] = abs(said["degrees"])  # both ends of the range are right
    for name, right in SETTINGS.items():
        if math.isclose(said[name], right, rel_tol=0.005):
            continue
        case = [f"settings[{show(name)}] = {show(said[name])}"]
        for hint, numbers in _KNOWN_SETTINGS[name].items():
            if any(math.isclose(said[name], number, rel_tol=0.01, abs_tol=1e-9) for number in np.ravel(numbers)):
                yield hint, case
        yield _OTHER_SETTINGS[name], case


settings = Custom(
    "4.7",
    judge_settings,
    right=[(SETTINGS,)],
    hints={
        "not a dictionary": "keep the dictionary `settings` as it is, and put numbers in place of the dots.",
        "keys": "the dictionary has the five names as its keys: keep them as they are.",
        "numbers": "each of the five gets one number.",
        "degrees as they stand": "a tenth of a degree could not be seen. The layer takes shares: what is the whole?",
        "percent as degrees": "you read a tenth as ten. It is a share, and of what? Trap 3 of the lesson measures how "
        "far heads turn.",
        "radians": "this takes the number for radians. In Keras it is a share: of what?",
        "half a circle": "it is a share of a turn. How far does a *whole* turn go?",
        "other degrees": "the layer takes a share of a whole turn. How many degrees has a quarter of a turn?",
        "horizontal only": "that would be so if the layer flipped left and right only. What does it do if nobody tells "
        "it which way?",
        "two coins": "that would be so if one coin decided each direction. Trap 1 of the lesson counts upright "
        "mirrored faces: what does it say about the coins?",
        "percent": "this is a number of percent; give a share, between 0 and 1.",
        "other flips": "toss a coin for each picture. What happens to it on heads, and what on tails?",
        "enlarged": "in Keras, does a positive zoom make things larger or smaller? Section 3 of the lesson divides by "
        "something.",
        "halved": "it does become smaller, and not by half. In section 3 of the lesson a zoom of 0.25 makes the "
        "picture smaller by a factor of 1 / 1.25.",
        "other eye": "section 3 of the lesson has a zoom of 0.25, and divides. What would an eye of 25 pixels become "
        "there?",
        "range of the pictures": "that would be a share of the range of these pictures. Of which range is it a share "
        "if nobody tells the layer? Trap 2 of the lesson shows what is left of the faces.",
        "other brightness": "the layer adds a share of a range. Which range does it assume, and how much is a tenth of "
        "it?",
        "a place for each": "that would be so if each picture had a draw of its own. Look at the draw in section 4 of "
        "the lesson: how many rows and columns does it hold?",
        "all places": "so many places are possible. How many of them does one call draw?",
        "other places": "look at the draw in section 4 of the lesson. For how many pictures is it made?",
    },
    explanation="None of the five raises an error, and each can be measured in one line.",
)

# --- 4.8: a program to read ---

program = Choice(
    "4.8",
    options="abcdef",
    right="bde",
    chosen={
        "a": "one of your lines is in order. Splitting by a seeded order is what the lesson asks for: compare it with "
        "trap 10. Is there anything in the array that is not an original?",
        "c": "one of your lines is in order. What does augmentation depend on: on the order in which pictures come?",
        "f": "one of your lines is in order. Does `predict` change pictures in a layer of the network? Trap 5 of the "
        "lesson counts it.",
    },
    missing={
        "b": "one more line does harm. Which version of a picture does the second epoch see? Follow it from the file "
        "to the network.",
        "d": "one more line does harm. For which pictures are the scores on the validation pictures meant?",
        "e": "one more line does harm. Is that call a training or a prediction, and who tells the layers so?",
    },
    explanation="All three run without an error, and the loss falls.",
)

# --- 4.9: a split for training ---


def parts(pictures, test_size, copies, seed):
    """Return a right answer to 4.9."""
    order = np.random.default_rng(seed).permutation(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def judge_parts(parts_of):
    """Look at the form, at what both parts share, at each part, and at the draws.

    Two hundred pictures, so that what is drawn without a seed gets the same feedback every time.
    """
    found = parts_of(200, 80, 3, 5)
    if not (isinstance(found, (list, tuple)) and len(found) == 2):
        yield "two parts"
        return
    train, test = (np.ravel(as_array(part)) for part in found)
    call = "parts(200, 80, 3, 5)"
    both = np.concatenate([train, test])
    if len(train) == 0 or len(test) == 0 or not np.isin(both, np.arange(200)).all():
        yield "other numbers", [call, "gives numbers other than 0 to 199, or an empty part"]
    if np.intersect1d(train, test).size:
        yield "on both sides", [call, "gives parts with pictures in common"]
    names, counts = np.unique(train, return_counts=True)
    originals = np.unique(test)
    if len(train) == 80 and len(originals) == 120:
        yield "exchanged", [call, "gives 80 pictures to train on"]
    if len(originals) == 80 and len(test) == 240:
        yield "copies in the test", [call, "gives a test with 240 entries"]
    if len(originals) < len(test):
        yield "drawn with repeats", [call, "gives a test in which a number stands twice"]
    if len(test) != 80:
        yield "size of the test", [call, f"gives a test with {len(test)} entries"]
    if len(names) < 120:
        yield "left out", [call, "gives parts that do not hold all pictures"]
    if counts.min() < 3:
        yield "too few copies", [call, "gives a picture to train on fewer than three times"]
    if counts.max() > 3:
        yield "too many copies", [call, "gives a picture to train on more than three times"]
    if not np.array_equal(originals, np.unique(as_array(parts_of(200, 80, 3, 5)[1]))):
        yield "not repeatable", [call, "gives another test when it is called again"]
    if np.array_equal(originals, np.unique(as_array(parts_of(200, 80, 3, 12)[1]))):
        yield "seed ignored", [f"{call} and parts(200, 80, 3, 12)", "give the same test"]


split = Custom(
    "4.9",
    judge_parts,
    call="parts",
    reference=parts,
    hints={
        "two parts": "the function returns two lists: the pictures to train on, and those to test with.",
        "other numbers": "each entry is the number of an original picture, and these are counted from 0; a copy has "
        "the number of its original.",
        "on both sides": "the test asks about pictures of which the training has seen a copy, so it rewards memory. "
        "What must be decided first: who is tested, or who is copied?",
        "exchanged": "the two parts are there. Which one does the docstring name first?",
        "copies in the test": "no picture is on both sides. The test holds changed copies: which pictures will the "
        "network be asked about later?",
        "drawn with repeats": "no picture is on both sides. Some are drawn for the test more than once: does the draw "
        "put back what it has drawn?",
        "size of the test": "no picture is on both sides. How many originals does `test_size` ask for?",
        "left out": "no picture is on both sides, and some are in neither. Count the originals to train on.",
        "too few copies": "the split is right. How often does each picture to train on stand in the list?",
        "too many copies": "the split is right. `copies` is how often a picture to train on stands in the list "
        "altogether.",
        "not repeatable": "nobody can repeat this split, you included. What is the argument `seed` for?",
        "seed ignored": "two seeds give the same test. Is it drawn at all? Follow the argument `seed` through your "
        "code.",
    },
    explanation="Split first, then copy, and only what is trained on.",
)

# --- 4.10: what copies buy ---

gains = Choice(
    "4.10",
    options="abcde",
    right="ac",
    chosen={
        "b": "one of your statements does not hold. Read both ends of that interval: which gains does it leave "
        "possible?",
        "d": "one of your statements does not hold. Whose pictures are in the test of this table?",
        "e": "one of your statements does not hold. For which number does the interval hold: for the mean over many "
        "seeds, or for a single one?",
    },
    missing={
        "a": "one more statement holds. On which side of 0 do both ends of the interval in the last row lie?",
        "c": "one more statement holds. Count the pictures that the method has of each person, copies included, in the "
        "first row and in the last. Then compare their scores.",
    },
    explanation="An interval that holds 0 leaves the question open; one that lies above 0 answers it, for this test.",
)

# --- 4.11: one answer from several copies ---


def names_from_copies(probabilities):
    """Return a right answer to 4.11."""
    return np.mean(probabilities, axis=0).argmax(axis=-1)


def _vote(probabilities):
    votes = np.argmax(probabilities, axis=2)
    return np.array([np.bincount(column).argmax() for column in votes.T])


def _mode(probabilities):
    """Vote, and where there is a tie take the answer of the earlier copy."""
    votes = np.argmax(probabilities, axis=2).T.tolist()
    return np.array([max(column, key=column.count) for column in votes])


_ONE_PICTURE = np.array([[[0.4, 0.6]], [[0.9, 0.1]]])
_THREE_COPIES = np.array([[[0.9, 0.1, 0.0]], [[0.4, 0.5, 0.1]], [[0.4, 0.5, 0.1]]])
_TWO_PICTURES = np.array(
    [[[0.8, 0.1, 0.1], [0.1, 0.2, 0.7]], [[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]], [[0.6, 0.2, 0.2], [0.0, 0.4, 0.6]]]
)
_BARE_ZERO = np.array([[[0.99, 0.01, 0.0]], [[0.99, 0.01, 0.0]], [[0.0, 0.3, 0.7]]])
_ONE_IS_SURE = np.array([[[0.05, 0.95, 0.0]], [[0.7, 0.05, 0.25]], [[0.8, 0.0, 0.2]]])
_MANY = np.random.default_rng(4).dirichlet(np.ones(5), size=(4, 6))

votes = Function(
    "4.11",
    call="names_from_copies",
    reference=names_from_copies,
    cases=[
        (_ONE_PICTURE,),
        (_THREE_COPIES,),
        (_BARE_ZERO,),
        (_ONE_IS_SURE,),
        Case(_TWO_PICTURES, shown="names_from_copies(...) of three copies of two pictures, with three people"),
        Case(_MANY, shown="names_from_copies(...) of four copies of six pictures, with five people"),
    ],
    mistakes=[
        Mistake(
            "vote",
            _vote,
            "each copy has one vote, and a copy that is nearly sure counts no more than one that wavers. What of each "
            "copy is averaged in section 12 of the lesson?",
        ),
        Mistake(
            "vote, the earlier one wins",
            _mode,
            "this counts votes, so what a copy is sure of is lost. In section 12 of the lesson, what is averaged?",
        ),
        Mistake(
            "mean of names",
            lambda probabilities: np.argmax(probabilities, axis=2).mean(axis=0),
            "you average the numbers of people. If one copy says person 0 and another person 2, who is in the middle?",
        ),
        Mistake(
            "mean of names, rounded",
            lambda probabilities: np.round(np.argmax(probabilities, axis=2).mean(axis=0)),
            "you average the numbers of people and round. Person 1 has no likeness to 0 and 2 because of the number. "
            "What of each copy can be averaged?",
        ),
        Mistake(
            "over the pictures",
            lambda probabilities: np.mean(probabilities, axis=1).argmax(axis=1),
            "the mean is taken over different pictures, of different people. Which axis counts the copies?",
        ),
        Mistake(
            "over the classes",
            lambda probabilities: np.mean(probabilities, axis=2).argmax(axis=0),
            "the mean is taken over all people, and is the same for every picture. Which axis counts the copies?",
        ),
        Mistake(
            "one for all",
            lambda probabilities: np.mean(probabilities, axis=(0, 1)).argmax(),
            "there is one answer for all pictures together. Over which axis, and over that one only, is the mean "
            "taken?",
        ),
        Mistake(
            "first copy",
            lambda probabilities: np.argmax(probabilities[0], axis=1),
            "this asks the first copy only. What do the others say?",
        ),
        Mistake(
            "surest copy",
            lambda probabilities: np.max(probabilities, axis=0).argmax(axis=1),
            "this believes the one copy that is most sure, and forgets the others. What does the lesson do with the "
            "copies' answers?",
        ),
        Mistake(
            "product",
            lambda probabilities: np.prod(probabilities, axis=0).argmax(axis=1),
            "this multiplies, as if the copies were independent witnesses, and one copy with a 0 overrules all others. "
            "They are copies of one picture: what does the lesson do?",
        ),
        Mistake(
            "probabilities",
            lambda probabilities: np.mean(probabilities, axis=0),
            "these are the averaged probabilities, and they are right. Which person does each row name?",
        ),
        Mistake(
            "largest probability",
            lambda probabilities: np.mean(probabilities, axis=0).max(axis=1),
            "this is how probable the answer is. *Whose* probability is that: which place in the row does it have?",
        ),
        Mistake(
            "each copy",
            lambda probabilities: np.argmax(probabilities, axis=2),
            "this is what each copy says. One picture gets one answer: at which point do the copies come together?",
        ),
        Mistake(
            "counted from one",
            lambda probabilities: np.mean(probabilities, axis=0).argmax(axis=1) + 1,
            "all of these are one too high. From which number does Python count places?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. What do the copies say together?",
    explanation="How sure a copy is stays in the average, and is lost in a vote.",
)

# --- 4.12: ten copies, how sure? ---

sure = Value(
    "4.12",
    answer=(0.75 * 0.25 / 80) ** 0.5,
    rtol=0,
    atol=0.0006,
    mistakes=[
        Mistake(
            "copies as pictures",
            (0.75 * 0.25 / 800) ** 0.5,
            "this is the error of 800 independent answers. How many answers are counted as right or not, and does a "
            "copy of a picture add one to them?",
        ),
        Mistake(
            "variance",
            0.75 * 0.25 / 80,
            "this is the square of what is asked for. How does the formula above begin?",
        ),
        Mistake(
            "one picture",
            (0.75 * 0.25) ** 0.5,
            "this is the spread of a single answer. How many answers is the accuracy a mean of?",
        ),
        Mistake(
            "ten pictures",
            (0.75 * 0.25 / 10) ** 0.5,
            "you divide by the number of copies. What is the accuracy a mean of: of copies, or of something else?",
        ),
        Mistake(
            "interval",
            1.96 * (0.75 * 0.25 / 80) ** 0.5,
            "this is half the width of an interval of 95 %. The question asks for less: for the standard error itself.",
        ),
        Mistake(
            "without the share of errors",
            (0.75 / 80) ** 0.5,
            "the formula has three numbers in it, and one is missing. Which share goes with 0.75?",
        ),
    ],
    otherwise="make the question small: one test picture and a thousand copies of it, the network is right. How sure "
    "are you then that it will be right about another picture?",
    explanation="Ten copies cost ten times the computing and give a better answer, at best; the test stays as small.",
)

# --- 4.13: what is left of the throughput ---


class _Machine:
    """Two steps of a pretended training, and a clock that moves only while one of them runs.

    Parameters
    ----------
    plain, augmented
        Seconds of a step.
    first
        Seconds that the first call of each takes in addition.
    hiccups
        Number of a call, counted from 1 over both steps, and the seconds that it takes in addition.
    slow_after
        After so many calls each step takes four times as long.
    """

    def __init__(self, plain, augmented, first=0.0, hiccups=None, slow_after=1000):
        self.seconds = {"plain": plain, "augmented": augmented}
        self.first, self.hiccups, self.slow_after = first, hiccups or {}, slow_after
        self.now, self.calls, self.called = 0.0, 0, set()

    def _run(self, name):
        self.calls += 1
        self.now += self.seconds[name] * (4 if self.calls > self.slow_after else 1) + self.hiccups.get(self.calls, 0)
        self.now += 0 if name in self.called else self.first
        self.called.add(name)

    def plain(self):
        self._run("plain")

    def augmented(self):
        self._run("augmented")

    def clock(self):
        return self.now

    def case(self, rounds: int, words: str) -> Case:
        """Return the arguments of a call."""
        shown = f"throughput_left(plain, augmented, clock, {rounds}) of steps of 4 and 5 seconds{words}"
        return Case(self.plain, self.augmented, self.clock, rounds, shown=shown)


def _times(plain, augmented, clock, rounds, warm_up=False, in_turn=True):
    """Return the seconds of each step, as arrays."""
    if warm_up:
        plain(), augmented()
    order = [0, 1] * rounds if in_turn else [0] * rounds + [1] * rounds
    seconds = [[], []]
    for which in order:
        started = clock()
        (plain, augmented)[which]()
        seconds[which].append(clock() - started)
    return np.array(seconds)


def throughput_left(plain, augmented, clock, rounds):
    """Return a right answer to 4.13."""
    before, after = np.median(_times(plain, augmented, clock, rounds), axis=1)
    return before / after


def throughput_as_given(plain, augmented, clock, rounds):
    """Return what the function of 4.13 returns before it is mended."""
    before, after = _times(plain, augmented, clock, rounds).mean(axis=1)
    return after / before


def _throughput(result: Callable, middle: Callable = np.median, **options) -> Callable:
    """Return a function like `throughput_left` with another result, made of the seconds before and after."""
    return lambda *machine: result(*middle(_times(*machine, **options), axis=1))


def _ratio(before, after):
    return before / after


left = Function(
    "4.13",
    call="throughput_left",
    reference=throughput_left,
    given=throughput_as_given,
    cases=[
        _Machine(4, 5).case(1, ""),
        _Machine(4, 5, first=40).case(5, ", the first call of each with 40 more"),
        _Machine(4, 5, hiccups={5: 30}).case(5, ", one call with 30 more"),
        _Machine(4, 5, hiccups={6: 90}).case(5, ", one call with 90 more"),
        _Machine(4, 5, slow_after=10).case(7, ", all four times as long after ten calls"),
    ],
    mistakes=[
        Mistake(
            "mean",
            _throughput(_ratio, np.mean),
            "it is the right way up now. One call that takes ten times as long, such as the first, moves your result. "
            "Which middle of the times does it not move?",
        ),
        Mistake(
            "mean after a warm-up",
            _throughput(_ratio, np.mean, warm_up=True),
            "the first call does no harm now. Later, another program may hold up one step: which middle of the times "
            "does not move for that?",
        ),
        Mistake(
            "upside down",
            _throughput(lambda before, after: after / before),
            "single long calls do no harm now. Your result is larger than 1: would augmentation make the training "
            "faster? *Throughput* is steps in a second.",
        ),
        Mistake(
            "one after the other",
            _throughput(_ratio, in_turn=False),
            "all plain steps run first, then all others. If the machine slows down meanwhile, whom does your result "
            "blame?",
        ),
        Mistake(
            "in one go",
            _throughput(_ratio, np.mean, in_turn=False),
            "a clock around a whole block holds everything that happens in it: the first call, hiccups, and a machine "
            "that slows down. Take the time of each step, in turn.",
        ),
        Mistake(
            "what is lost",
            _throughput(lambda before, after: 1 - before / after),
            "this is what is *lost* of the throughput. The docstring asks for the other part.",
        ),
        Mistake(
            "extra seconds",
            _throughput(lambda before, after: after - before),
            "these are seconds. The docstring asks for a share, which is the same whether steps are long or short.",
        ),
        Mistake(
            "extra time",
            _throughput(lambda before, after: after / before - 1),
            "this is how much *longer* a step takes. The docstring asks for steps in a second: what share of them is "
            "left?",
        ),
        Mistake(
            "first round",
            lambda plain, augmented, clock, rounds: throughput_left(plain, augmented, clock, 1),
            "this looks at the first round only, in which each step may take long. How many rounds are asked for?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Write down the seconds of each call.",
    explanation="In turn, each step by itself, and the median: so neither a first call nor a slow machine counts.",
)

EXERCISES = [
    places,
    there_and_back,
    brightness,
    cut,
    mixing,
    effects,
    settings,
    program,
    split,
    gains,
    votes,
    sure,
    left,
]
