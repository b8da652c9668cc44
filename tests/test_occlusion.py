import numpy as np

from course_utils import results
from course_utils.protocols import occlusion


def test_a_band_is_covered_and_nothing_else():
    images = np.arange(2 * 32 * 32 * 3, dtype="uint32").reshape(2, 32, 32, 3)
    average = np.full((32, 32, 3), 7, "uint32")
    covered = occlusion.covered(images, 7, average)
    assert (covered[:, 7 : 7 + occlusion.HEIGHT] == 7).all()
    outside = np.r_[0:7, 7 + occlusion.HEIGHT : 32]
    np.testing.assert_array_equal(covered[:, outside], images[:, outside])
    assert images[0, 7, 0, 0] != 7


def test_bands_reach_over_the_whole_face():
    assert occlusion.TOPS[0] == 0 and occlusion.TOPS[-1] + occlusion.HEIGHT >= occlusion.SIZE - 1
    assert {occlusion.EYES, occlusion.MOUTH} <= set(occlusion.TOPS)


def test_the_stored_table_holds_every_seed_and_networks_that_have_learned():
    rows = {row["trained on"]: row for row in results.load("occlusion")["rows"]}
    assert list(rows) == ["whole faces", "eyes covered", "mouth covered"]
    assert len(rows["whole faces"]["runs"]) == len(occlusion.SEEDS)
    assert len(rows["eyes covered"]["runs"]) == len(rows["mouth covered"]["runs"]) == len(occlusion.SEEDS_COVERED)
    assert {f"rows {top}" for top in occlusion.TOPS} <= set(rows["whole faces"])
