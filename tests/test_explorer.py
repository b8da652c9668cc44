"""The explorer of rendered people: its knobs, the code that it writes, and what it shows when something is impossible.

A stand-in draws here; tests/test_face_renderer.py is about the pictures.
"""

import base64
import html
import io
import re
from dataclasses import fields

import numpy as np
import pytest
from PIL import Image

from course_utils import theme
from course_utils.widgets import frame
from face_renderer import Person, Picture, Shot
from face_renderer import explorer as module

NAMES = {"Person": Person, "Shot": Shot, "render": lambda person, shot, size: (person, shot, size)}


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Draw grey squares, and remember of whom."""
    asked = []

    def draw(person, shot, size):
        asked.append((person, shot, size))
        mask = np.zeros((size, size), np.uint8)
        mask[size // 4 :] = 1
        eyes = np.array([[0.35, 0.47], [0.65, 0.47]]) * size
        return Picture(np.full((size, size, 3), 128, np.uint8), eyes, mask)

    monkeypatch.setattr(module, "render", draw)
    monkeypatch.setenv("TQDM_DISABLE", "1")
    return asked


@pytest.fixture
def shown():
    return module.explorer(size=32)


def written(widget):
    """Return what the line of code below the picture makes."""
    line = re.search(r"<code>(.*)</code>", widget.code_line.value)[1]
    return eval(html.unescape(line), dict(NAMES))


def picture_in(widget):
    data = re.search(r'src="data:image/png;base64,([^"]+)"', widget.image.value)[1]
    return np.array(Image.open(io.BytesIO(base64.b64decode(data))))


# A value other than the first for every knob.
TURNED = {
    "seed": 12, "look": 3, "ita": -20.0, "age": 60.0, "build": 0.5, "femininity": 0.2,
    "yaw": 20.0, "pitch": -10.0, "roll": 5.0, "expression": "laugh", "strength": 0.5, "eyes_closed": 0.8,
    "gaze_yaw": 10.0, "gaze_pitch": -5.0,
    "lamp": 4.0, "lamp_azimuth": -60.0, "lamp_elevation": 60.0, "lamp_warmth": 1.5, "environment": "forest",
    "environment_turn": 90.0, "ambient": 1.2, "background": "shapes", "glasses": "round", "cover": "cap",
    "collar": "high",
}  # fmt: skip


def test_no_knob_is_forgotten_here(shown):
    assert set(shown.knobs) == set(TURNED)


@pytest.mark.parametrize("name", TURNED)
def test_every_knob_changes_its_value_and_the_code_says_so(shown, drawn, name):
    before = shown.person, shown.shot
    shown.knobs[name].value = TURNED[name]
    assert (shown.person, shown.shot) != before
    assert drawn[-1] == written(shown) == (shown.person, shown.shot, 32)
    owner = {"look": shown.person.look}.get(name, shown.person if hasattr(shown.person, name) else shown.shot)
    assert getattr(owner, "number" if name == "look" else name) == TURNED[name]
    assert shown.status.value.startswith("drawn in ")


def test_values_add_up(shown):
    for name, value in TURNED.items():
        shown.knobs[name].value = value
    assert written(shown) == (shown.person, shown.shot, 32)
    assert (shown.shot.yaw, shown.shot.glasses, shown.person.age, shown.person.look.number) == (20, "round", 60, 3)
    assert "yaw=20," in html.unescape(shown.code_line.value)  # not 20.0


def test_another_person_has_an_age_and_a_tone_of_their_own(shown):
    shown.knobs["age"].value = 80.0
    shown.knobs["seed"].value = 12
    assert shown.person == Person.sample(12)
    assert shown.knobs["age"].value == shown.person.age
    assert shown.shot == Shot()


def test_a_slider_that_says_where_it_stands_changes_nothing(drawn):
    """A front end puts a slider at its nearest step, or its end, and sends that back."""
    shot = Shot(yaw=12.4, lamp=9.3)
    shown = module.explorer(Person.sample(7, age=40.3), shot, size=32)
    before = len(drawn)
    for name, value in {"yaw": 12.0, "lamp": 7.0, "lamp_azimuth": 25.0, "age": 40.0}.items():
        shown.knobs[name].value = value
    assert (shown.shot, shown.person.age, len(drawn)) == (shot, 40.3, before)
    shown.knobs["yaw"].value = 13.0
    assert shown.shot == Shot(yaw=13.0, lamp=9.3)


def test_a_step_of_a_slider_is_no_long_fraction(shown):
    shown.knobs["strength"].value = 0.1 + 0.2
    assert shown.shot.strength == 0.3


def test_only_one_picture_is_drawn_for_a_change(shown, drawn):
    before = len(drawn)
    shown.knobs["seed"].value = 12  # moves the knobs of age, tone, build and femininity
    assert len(drawn) == before + 1


def test_reset_and_surprise(shown):
    shown.surprise.click()
    assert written(shown) == (shown.person, shown.shot, 32)
    assert shown.person != Person.sample(7)
    shown.reset.click()
    assert (shown.person, shown.shot) == (Person.sample(7), Shot())
    assert shown.knobs["yaw"].value == 0
    assert "render(Person.sample(7), Shot(), size=32)" in shown.code_line.value


def test_it_begins_where_it_is_told_to():
    person, shot = Person.sample(3, age=44).with_look(2), Shot.sample(5, glasses="sun", yaw=1.25)
    shown = module.explorer(person, shot, size=48)
    assert written(shown) == (person, shot, 48)
    assert (shown.knobs["age"].value, shown.knobs["glasses"].value, shown.knobs["yaw"].value) == (44, "sun", 1.25)


def test_what_is_impossible_is_said_and_the_picture_stays(shown):
    shown.knobs["seed"].value = -3
    assert "seed: expected a whole number from 0, got -3." in shown.status.value
    assert shown.person == Person.sample(7)
    shown.knobs["look"].value = -1
    assert "look: expected a whole number from 0, got -1." in shown.status.value
    shown.knobs["yaw"].value = 5.0
    assert (shown.knobs["seed"].value, shown.knobs["look"].value) == (7, 0)
    assert "drawn" in shown.status.value


def test_a_fault_of_the_renderer_is_text_without_markup(shown, monkeypatch):
    def fail(*_):
        raise RuntimeError("no <hair>")

    monkeypatch.setattr(module, "render", fail)
    shown.knobs["yaw"].value = 5.0
    assert "RuntimeError: no &lt;hair&gt;" in shown.status.value
    assert shown.shot.yaw == 0


def test_a_person_that_no_line_of_code_draws_is_refused():
    from dataclasses import replace

    with pytest.raises(ValueError, match=r"expected one that Person.sample\(...\) and with_look\(...\) give"):
        module.explorer(replace(Person.sample(7), iris="blue", muscle=0.123))


def test_the_views(shown):
    assert (picture_in(shown) == 128).all()
    shown.view.value = "mask"
    colors = {tuple(color) for color in picture_in(shown).reshape(-1, 3).tolist()}
    assert colors == {(0, 0, 0), (0xE6, 0x9F, 0x00)}
    assert all(name in shown.legend.value for name in ("background", "skin", "eyes and mouth"))
    shown.view.value = "eyes"
    marked = picture_in(shown)[..., 0]
    assert marked[15, 11] == marked[15, 20] == 0
    assert (marked == 128).mean() > 0.8
    assert "right eye (11.2, 15.0), left eye (20.8, 15.0)" in shown.legend.value


def test_mask_colours_are_one_for_each_class():
    assert len(set(theme.REGIONS)) == len(module.MASK_NAMES)


def test_the_picture_has_an_alternative_text(shown):
    shown.knobs["yaw"].value = -20.0
    shown.knobs["glasses"].value = "round"
    words = html.unescape(re.search(r'alt="([^"]+)"', shown.image.value)[1])
    assert "person 7" in words
    assert "turned 20° to the picture's left" in words
    assert "wears round glasses" in words


def test_every_knob_has_a_label_and_a_place(shown):
    assert all(knob.description and knob.tooltip for knob in shown.knobs.values())
    row, _ = shown.children
    tab = row.children[1].children[0]
    assert [tab.get_title(position) for position in range(4)] == ["person", "pose", "light", "worn"]
    placed = [knob for group in tab.children for knob in group.children]
    assert {id(knob) for knob in placed} == {id(knob) for knob in shown.knobs.values()}


def test_a_stored_notebook_keeps_a_picture(shown, monkeypatch):
    outputs = []
    monkeypatch.setattr(frame, "display", lambda data, raw: outputs.append(data))
    shown._ipython_display_()
    data = outputs[-1]
    picture = re.match(r'<img src="data:image/png;base64,([^"]+)" alt="[^"]*person 7', data["text/html"])[1]
    assert Image.open(io.BytesIO(base64.b64decode(picture))).size == (32, 32)
    assert f'width="{module.SHOWN_WIDTH}"' in data["text/html"]
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == shown.model_id


def test_colab_shows_the_widget(shown, monkeypatch):
    outputs = []
    monkeypatch.setattr(frame, "display", lambda data, raw: outputs.append(data))
    monkeypatch.setattr(frame, "on_colab", lambda: True)
    shown._ipython_display_()
    assert "text/html" not in outputs[-1]  # Colab would show this one
    assert "application/vnd.jupyter.widget-view+json" in outputs[-1]


def test_code_says_every_attribute():
    for seed in range(20):
        shot = Shot.sample(seed)
        assert eval(module._shot_code(shot), dict(NAMES)) == shot
    assert module._shot_code(Shot.sample(4)) == "Shot.sample(4)"
    assert module._shot_code(Shot.sample(4, yaw=3.0)) == "Shot.sample(4, yaw=3)"
    assert module._shot_code(Shot(seed=4, yaw=3.5)) == "Shot(seed=4, yaw=3.5)"
    assert {field.name for field in fields(Shot)} >= {
        name for group in module.SHOT_KNOBS.values() for name, *_ in group
    }
