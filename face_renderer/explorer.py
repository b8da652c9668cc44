"""An explorer for a notebook: turn a head, move the lamp, change expression, hair or glasses, and read off the code.

>>> from face_renderer.explorer import explorer
>>> explorer()

The line below the picture makes exactly this picture: what is found by turning knobs can be kept.
"""

from __future__ import annotations

import html
import time
from dataclasses import fields, replace

import cv2
import ipywidgets
import numpy as np
from PIL import Image

from course_utils import theme
from course_utils.environment import progress
from course_utils.markup import picture_html
from course_utils.widgets.frame import (
    choice,
    display_with_picture,
    labelled,
    png_of,
    problem_html,
    side_by_side,
)
from face_renderer.colors import ITA_RANGE
from face_renderer.person import Person
from face_renderer.picture import MASK_NAMES, render
from face_renderer.shape import EXPRESSIONS
from face_renderer.shot import BACKGROUNDS, COLLARS, COVERS, ENVIRONMENTS, GLASSES, Shot

VIEWS = ("picture", "eyes", "mask")
SAMPLED = ("ita", "age", "build", "femininity")  # what `Person.sample` can be given
SHOWN_WIDTH = 336  # pixels on the screen

# For each knob of a group: attribute, label, what it does, and names, or a slider's least value, greatest one and step.
PERSON_SLIDERS = (
    ("ita", "tone (ITA, °)", "of the skin, from dark to light", (np.ceil(ITA_RANGE[0]), np.floor(ITA_RANGE[1]), 1)),
    ("age", "age (years)", "wrinkles, skin, hair", (18, 85, 1)),
    ("build", "build", "from slim to heavy", (-1, 1, 0.05)),
    ("femininity", "femininity", "the form of head and face", (0, 1, 0.05)),
)
SHOT_KNOBS = {
    "pose": (
        ("yaw", "yaw (°)", "turns the head to the right of the picture", (-75, 75, 1)),
        ("pitch", "pitch (°)", "turns the head down", (-45, 45, 1)),
        ("roll", "roll (°)", "leans the top of the head to the left of the picture", (-60, 60, 1)),
        ("expression", "expression", "what the face does", tuple(EXPRESSIONS)),
        ("strength", "its strength", "from neutral to all of it", (0, 1, 0.05)),
        ("eyes_closed", "eyes closed", "from wide open to shut", (-0.3, 1, 0.05)),
        ("gaze_yaw", "gaze aside (°)", "turns the eyes to the right of the picture", (-30, 30, 1)),
        ("gaze_pitch", "gaze up (°)", "turns the eyes up", (-25, 25, 1)),
    ),
    "light": (
        ("lamp", "lamp", "how strong it is", (0, 7, 0.1)),
        ("lamp_azimuth", "lamp aside (°)", "moves it to the right of the picture", (-180, 180, 5)),
        ("lamp_elevation", "lamp up (°)", "moves it up", (-90, 90, 5)),
        ("lamp_warmth", "lamp's warmth", "from blue to yellow", (-3, 3, 0.1)),
        ("environment", "environment", "the place whose light falls on the face", (*ENVIRONMENTS, "studio lamps")),
        ("environment_turn", "turned (°)", "turns the place round the head", (0, 360, 5)),
        ("ambient", "its brightness", "of the light from the place", (0, 2, 0.05)),
        ("background", "background", "what is seen behind the head", BACKGROUNDS),
    ),
    "worn": (
        ("glasses", "glasses", "before the eyes", GLASSES),
        ("cover", "cover", "what hides a part of head or face", COVERS),
        ("collar", "collar", "at the neck", COLLARS),
    ),
}


def explorer(person: Person | None = None, shot: Shot | None = None, size: int = 224) -> Explorer:
    """Return a widget that shows a person and lets a reader change who is shown, and how.

    Parameters
    ----------
    person : Person, optional
        Who is shown at first; without it, person 7.  Any that `Person.sample` and `Person.with_look` give.
    shot : Shot, optional
        How; without it, ``Shot()``.
    size : int
        Edge of the picture in pixels, 16 to 1024.  It is shown 336 wide, whatever its size.

    Returns
    -------
    Explorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If the person was changed by other means, so that no short line of code draws it; or the size is impossible.

    Notes
    -----
    A change of the shot takes about 0.2 s on one core at 224 pixels, of the person 0.6 s.  Where the renderer has never
    run, it is compiled first, which takes about 20 s once.
    """
    return Explorer(person or Person.sample(7), shot or Shot(), size)


def code(person: Person, shot: Shot, size: int) -> str:
    """Return a line of Python that makes exactly this picture.

    Raises
    ------
    ValueError
        If the person is none that `Person.sample` and `Person.with_look` give.
    """
    return f"render({_person_code(person)}, {_shot_code(shot)}, size={size})"


def _person_code(person: Person) -> str:
    drawn = Person.sample(person.seed)
    given = {name: getattr(person, name) for name in SAMPLED if getattr(person, name) != getattr(drawn, name)}
    if Person.sample(person.seed, **given).with_look(person.look.number) != person:
        raise ValueError(
            "person: expected one that Person.sample(...) and with_look(...) give; this one was changed by other means."
        )
    look = f".with_look({person.look.number})" if person.look.number else ""
    return f"Person.sample({person.seed}{_arguments(given, ', ')}){look}"


def _shot_code(shot: Shot) -> str:
    """Return the shorter of two ways to say a shot: what differs from the usual, or from what its seed draws."""
    usual = f"Shot({_arguments(_differences(shot, Shot()))})"
    drawn = f"Shot.sample({shot.seed}{_arguments(_differences(shot, Shot.sample(shot.seed)), ', ')})"
    return min(usual, drawn, key=len)


def _differences(shot: Shot, from_shot: Shot) -> dict:
    names = [field.name for field in fields(Shot)]
    return {name: getattr(shot, name) for name in names if getattr(shot, name) != getattr(from_shot, name)}


def _arguments(given: dict, before: str = "") -> str:
    """Return keyword arguments as code, after ``before`` if there are any; whole numbers without a point."""
    whole = {name: int(value) for name, value in given.items() if isinstance(value, float) and value.is_integer()}
    return before * bool(given) + ", ".join(f"{name}={value!r}" for name, value in (given | whole).items())


def describe(person: Person, shot: Shot) -> str:
    """Return one sentence that says what the picture shows, for a reader who does not see it."""
    side = "right" if shot.yaw > 0 else "left"
    turned = f"turned {abs(shot.yaw):.0f}° to the picture's {side}" if abs(shot.yaw) >= 1 else "seen from the front"
    worn = [f"{shot.glasses} glasses"] * (shot.glasses != "none") + [f"a {shot.cover}"] * (shot.cover != "none")
    return (
        f"A rendered face of person {person.seed}, {person.age:.0f} years old, skin tone {person.ita:.0f}° ITA, "
        f"{turned}, expression {shot.expression}, {_hair_words(person)}"
        + (f", wears {' and '.join(worn)}." if worn else ".")
    )


def _hair_words(person: Person) -> str:
    look = person.look
    hair = "bald" if look.hair.style == "bald" else f"hair {look.hair.style}, {look.hair.color}"
    return hair if look.beard == "none" else f"{hair}, beard {look.beard}"


def draw_view(picture, view: str) -> np.ndarray:
    """Return what the explorer shows of a picture, (h, w, 3) uint8.

    Parameters
    ----------
    picture : face_renderer.Picture
    view : str
        One of `VIEWS`.
    """
    if view == "mask":
        return np.array([theme.rgb(color) for color in theme.REGIONS], np.uint8)[picture.mask]
    image = picture.image.copy()
    if view == "eyes":
        arm = max(3, len(image) // 28)
        # A cross of two colours is seen on dark and on light skin.
        for width, color in ((3, theme.rgb(theme.PAPER)), (1, theme.rgb(theme.INK))):
            for x, y in np.floor(picture.eyes).astype(int).tolist():
                cv2.line(image, (x - arm, y), (x + arm, y), color, width)
                cv2.line(image, (x, y - arm), (x, y + arm), color, width)
    return image


class Explorer(ipywidgets.VBox):
    """The widget that `explorer` returns; ``person`` and ``shot`` are what it shows."""

    def __init__(self, person: Person, shot: Shot, size: int):
        super().__init__()
        code(person, shot, size)  # refuses, before anything is shown, a person that no code draws
        self.person, self.shot, self.size = person, shot, size
        self._at_first = person, shot
        self._setting = False  # while knobs follow the picture, the picture does not follow the knobs
        self.knobs = self._make_knobs()
        self.view = choice("show", "what is drawn over the picture, or in its place", VIEWS, VIEWS[0])
        self.reset = ipywidgets.Button(description="reset", icon="undo")
        self.surprise = ipywidgets.Button(description="surprise me", icon="random")
        self.image, self.legend, self.status, self.code_line = (ipywidgets.HTML() for _ in range(4))
        for _ in progress(range(1), "preparing the renderer"):
            self._picture = render(person, shot, size)
        self._follow()
        self._show()
        self.view.observe(lambda _change: self._show(), names="value")
        self.reset.on_click(lambda _button: self._try(lambda: self._at_first))
        self.surprise.on_click(lambda _button: self._try(_surprise))
        shown = ipywidgets.VBox([self.view, self.image, self.legend, self.status])
        shown.layout.width = f"{SHOWN_WIDTH + 24}px"  # whatever is written below the picture
        buttons = ipywidgets.HBox([self.reset, self.surprise])
        self.children = [side_by_side(shown, ipywidgets.VBox([self._groups(), buttons])), self.code_line]

    def _make_knobs(self) -> dict[str, ipywidgets.Widget]:
        """Return the knobs by the attribute that they change; each asks for another picture when it is turned."""
        number = labelled(ipywidgets.IntText, "person number", "whole number from 0", continuous_update=False)
        look = labelled(ipywidgets.IntText, "look", "hair and beard: whole number from 0", continuous_update=False)
        knobs = {"seed": number, "look": look}
        for name, *said in PERSON_SLIDERS:
            # A face takes twice as long as a shot: it is drawn when the knob is let go.
            knobs[name] = _knob(*said, continuous_update=False)
        for group in SHOT_KNOBS.values():
            for name, *said in group:
                knobs[name] = _knob(*said, continuous_update=True)
        for name, knob in knobs.items():
            knob.observe(lambda change, name=name: self._turned(name, change["new"]), names="value")
        return knobs

    def _groups(self) -> ipywidgets.Tab:
        """Return the knobs in four groups."""
        groups = {"person": ["seed", "look", *(name for name, *_ in PERSON_SLIDERS)]}
        groups |= {title: [name for name, *_ in group] for title, group in SHOT_KNOBS.items()}
        tab = ipywidgets.Tab([ipywidgets.VBox([self.knobs[name] for name in names]) for names in groups.values()])
        for position, title in enumerate(groups):
            tab.set_title(position, title)
        tab.layout.width = "30em"
        return tab

    def _turned(self, name: str, value) -> None:
        """Show what a knob asks for."""
        if not self._setting and not self._is_echo(name, value):
            # A slider's steps add up to 0.30000000000000004.
            self._try(lambda: self._asked(name, round(value, 2) if isinstance(value, float) else value))

    def _is_echo(self, name: str, value) -> bool:
        """Tell whether a slider only says at which of its steps it stands: the front end sends that back.

        What the picture shows may lie between two steps, or beyond the slider's end.
        """
        knob = self.knobs[name]
        if not isinstance(knob, ipywidgets.FloatSlider):
            return False
        shown = getattr(self.person if name in SAMPLED else self.shot, name)
        return abs(value - np.clip(shown, knob.min, knob.max)) <= knob.step / 2

    def _asked(self, name: str, value) -> tuple[Person, Shot]:
        """Return the person and the shot with one value changed."""
        person = self.person
        if name == "seed":  # somebody else, with an age and a tone of their own
            return Person.sample(value).with_look(person.look.number), self.shot
        if name == "look":
            if value < 0:
                raise ValueError(f"look: expected a whole number from 0, got {value!r}.")
            return person.with_look(value), self.shot
        if name in SAMPLED:
            given = {other: getattr(person, other) for other in SAMPLED} | {name: value}
            return Person.sample(person.seed, **given).with_look(person.look.number), self.shot
        return person, replace(self.shot, **{name: value})

    def _try(self, wanted) -> None:
        """Draw the person and the shot that a function returns, or say why not; the picture then stays."""
        started = time.perf_counter()
        self.status.value = "drawing …"
        try:
            person, shot = wanted()
            picture = render(person, shot, self.size)
        except Exception as error:  # an explorer has no other place to show it: the front end drops a traceback
            self.status.value = problem_html(error)
            return
        self.person, self.shot, self._picture = person, shot, picture
        self._follow()
        self._show()
        self.status.value = f"drawn in {time.perf_counter() - started:.2f} s"

    def _follow(self) -> None:
        """Set the knobs to what the picture shows; a value beyond a slider's end leaves it at its end."""
        self._setting = True
        try:
            for name, knob in self.knobs.items():
                if name == "look":
                    knob.value = self.person.look.number
                else:
                    source = self.person if name == "seed" or name in SAMPLED else self.shot
                    knob.value = getattr(source, name)
        finally:
            self._setting = False

    def _show(self) -> None:
        """Show the picture in the chosen view, and the code that makes it."""
        png = png_of(Image.fromarray(draw_view(self._picture, self.view.value)))
        self.image.value = picture_html(png, describe(self.person, self.shot), SHOWN_WIDTH)
        self.legend.value = self._legend()
        made = html.escape(code(self.person, self.shot, self.size))
        style = "white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; line-height: 1.4"
        self.code_line.value = f'<pre style="{style}"><code>{made}</code></pre>'

    def _legend(self) -> str:
        """Return what is written below the picture."""
        if self.view.value == "mask":
            square = '<span style="color: {}; -webkit-text-stroke: 1px {}">&#9632;</span>&nbsp;{}'
            regions = zip(theme.REGIONS, MASK_NAMES, strict=True)
            return " ".join(square.format(color, theme.EDGE, name) for color, name in regions)
        if self.view.value == "eyes":
            places = (f"({x:.1f}, {y:.1f})" for x, y in self._picture.eyes)
            return "pixels: right eye {}, left eye {}".format(*places)
        return html.escape(_hair_words(self.person))

    def _ipython_display_(self, **_options) -> None:
        """Display the widget and, for a stored notebook, in which no widget lives, the picture."""
        words = describe(self.person, self.shot)
        display_with_picture(self, png_of(Image.fromarray(self._picture.image)), words, words, SHOWN_WIDTH)


def _knob(label: str, tooltip: str, values: tuple, continuous_update: bool) -> ipywidgets.Widget:
    """Return a slider for (least, greatest, step), a row of buttons for names."""
    if isinstance(values[0], str):
        return choice(label, tooltip, values, values[0], label_above=len(values) > 4)
    least, greatest, step = values
    return labelled(
        ipywidgets.FloatSlider, label, tooltip, min=least, max=greatest, step=step,
        continuous_update=continuous_update, readout_format=".2f" if step < 0.1 else ".1f" if step < 1 else ".0f",
    )  # fmt: skip


def _surprise() -> tuple[Person, Shot]:
    """Return anybody, anyhow."""
    random = np.random.default_rng()
    number, look, seed = (int(random.integers(end)) for end in (10_000, 10, 10_000))
    return Person.sample(number).with_look(look), Shot.sample(seed)
