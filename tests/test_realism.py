"""The benchmark that tells rendered people from photographs, on made-up pictures."""

import numpy as np
import pandas as pd
import pytest

from course_utils import environment

environment.setup()

from benchmarks import realism
from course_utils.datasets import FaceDataset


def pictures(n, seed=0):
    """Return noise in the form of pictures."""
    return np.random.default_rng(seed).integers(0, 256, (n, realism.SIZE, realism.SIZE, 3), dtype=np.uint8)


@pytest.mark.parametrize("part", realism.PARTS)
def test_a_patch_has_no_brightness_and_no_contrast_of_its_own(part):
    dark = pictures(3) // 4
    patch = realism.patches(dark, part)
    assert patch.shape == (3, realism.PATCH, realism.PATCH, 1)
    np.testing.assert_allclose(patch.mean((1, 2)), 0, atol=1e-4)
    np.testing.assert_allclose(patch.std((1, 2)), 1, atol=1e-3)
    np.testing.assert_allclose(patch, realism.patches(dark * 2, part), atol=1e-3)


def test_statistics_see_colour_and_detail_apart():
    images = pictures(2)
    redder = images.copy()
    redder[..., 0] = 255
    assert np.abs(realism.statistics(redder, "colour") - realism.statistics(images, "colour")).max() > 0.3
    flat = np.full_like(images, 128)
    assert realism.statistics(flat, "detail").max() < realism.statistics(images, "detail").min()


def test_everybody_is_in_one_picture(monkeypatch):
    labels = np.repeat(np.arange(12), 3)
    faces = FaceDataset(
        images=pictures(36),
        labels=labels,
        names=tuple("abcdefghijkl"),
        attributes=pd.DataFrame({"picture": range(36)}),
        name="made up",
    )
    chosen = realism.one_of_each(faces)
    assert sorted(chosen.labels) == list(range(12))
    assert len(set(chosen.attributes["picture"] % 3)) > 1  # not everybody's first
    monkeypatch.setattr(realism, "N_PICTURES", 5)
    assert len(set(realism.one_of_each(faces).labels)) == len(realism.one_of_each(faces)) == 5


def test_what_differs_is_told_apart_and_what_does_not_is_not(monkeypatch):
    monkeypatch.setattr(realism, "FOLDS", 2)  # for each fold a network is compiled
    random = np.random.default_rng(0)
    real = np.arange(120) % 2
    same = random.normal(size=(120, 4)).astype("float32")
    assert ((realism.tell_apart(same, real) > 0.5) == real).mean() < 0.7
    assert ((realism.tell_apart(same + 4 * (real[:, None] - 0.5), real) > 0.5) == real).mean() > 0.95


def test_pictures_of_real_people_are_not_written_into_the_repository(monkeypatch):
    monkeypatch.setattr("sys.argv", ["realism", "--pictures", str(environment.ROOT / "docs" / "looks")])
    with pytest.raises(SystemExit, match="is in the repository"):
        realism.main()


def test_a_sheet_has_whole_rows_only():
    assert realism.sheet(pictures(7), columns=3).shape == (2 * realism.SIZE, 3 * realism.SIZE, 3)
