"""Your own pictures: every kind of file that a reader may have, taken rightly or refused by name."""

import os
import struct
from pathlib import Path

import numpy as np
import pytest
from picture_files import picture, png, save
from PIL import Image
from skimage import data

from course_utils.datasets import image_files, is_available, load_faces
from course_utils.datasets.image_files import RefusedPictureError, read_picture

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


@pytest.fixture(autouse=True)
def no_progress_bar(monkeypatch):
    monkeypatch.setenv("TQDM_DISABLE", "1")


# --- one file


@pytest.mark.parametrize("name", ["a.png", "a.bmp", "a.gif", "a.tiff", "a.ppm"])
def test_lossless_formats_keep_their_pixels(tmp_path, name):
    pixels = read_picture(save(tmp_path / name))
    assert (pixels.dtype, pixels.shape) == (np.uint8, (20, 20, 3))
    assert (pixels == RED).all()


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", "picture without an ending"])
def test_lossy_formats_nearly_keep_them(tmp_path, name):
    kind = "WEBP" if name.endswith("webp") else "JPEG"
    np.testing.assert_allclose(
        read_picture(save(tmp_path / name, format=kind)).astype(int), np.full((20, 20, 3), RED), atol=6
    )


@pytest.mark.parametrize(("orientation", "shape"), [(1, (20, 40)), (3, (20, 40)), (6, (40, 20)), (8, (40, 20))])
def test_the_cameras_rotation_is_applied(tmp_path, orientation, shape):
    upright = Image.new("RGB", shape[::-1], BLUE)
    upright.paste(RED, (0, 0, shape[1], shape[0] // 2))  # red above, blue below
    turns = {1: 0, 3: 180, 6: 90, 8: 270}  # how the camera was held: what undoes the turn that EXIF asks for
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(tmp_path / "a.png", upright.rotate(turns[orientation], expand=True), exif=exif)
    assert np.array_equal(read_picture(path), np.asarray(upright))


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (picture(100, mode="L"), (100, 100, 100)),
        (picture(1, mode="1"), (255, 255, 255)),
        (picture(RED).convert("P"), RED),
        (picture((0, 255, 255, 0), mode="CMYK"), RED),
        (picture((*GREEN, 255), mode="RGBA"), GREEN),
        (picture((*GREEN, 0), mode="RGBA"), (10, 20, 30)),  # all transparent: the background
        (picture((100, 0), mode="LA"), (10, 20, 30)),
        (picture((200, 200, 200, 128), mode="RGBA"), (105, 110, 115)),  # half and half
    ],
)
def test_every_mode_becomes_rgb(tmp_path, image, expected):
    path = save(tmp_path / ("a.tiff" if image.mode == "CMYK" else "a.png"), image)
    np.testing.assert_allclose(read_picture(path, background=(10, 20, 30))[0, 0].astype(int), expected, atol=1)


def test_cmyk_jpeg_is_not_inverted(tmp_path):
    path = save(tmp_path / "a.jpg", picture((0, 255, 255, 0), mode="CMYK"))
    np.testing.assert_allclose(read_picture(path)[0, 0].astype(int), RED, atol=6)


def test_palette_with_a_transparent_colour_shows_the_background(tmp_path):
    path = save(tmp_path / "a.png", picture(RED).quantize(2), transparency=0)
    assert read_picture(path, background=(1, 2, 3))[0, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize("ending", ["png", "tiff"])
def test_16_bit_grey_is_scaled_not_clipped(tmp_path, ending):
    values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    path = save(tmp_path / f"a.{ending}", Image.fromarray(values))
    assert np.array_equal(read_picture(path)[..., 0], np.arange(256).reshape(16, 16))


def test_16_bit_colour_is_scaled_not_clipped(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png(1, 1, 16, 2, b"\0" + struct.pack(">HHH", 0, 0x8000, 0xFFFF)))
    assert read_picture(path)[0, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize(
    ("values", "reason"),
    [(np.full((4, 4), 70_000, np.int32), "more than 16 bits"), (np.zeros((4, 4), np.float32), "floating-point")],
)
def test_numbers_of_no_known_range_are_refused(tmp_path, values, reason):
    with pytest.raises(RefusedPictureError, match=reason):
        read_picture(save(tmp_path / "a.tiff", Image.fromarray(values)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_truncated_files_are_refused(tmp_path, kind):
    path = save(tmp_path / "a", Image.fromarray(data.astronaut()[:64, :64]), format=kind)
    path.write_bytes(path.read_bytes()[:-800])
    with pytest.raises(RefusedPictureError, match="damaged"):
        read_picture(path)


@pytest.mark.parametrize("content", [b"", b"dear diary", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"])
def test_other_files_are_refused(tmp_path, content):
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(RefusedPictureError, match="not a picture of a known format"):
        read_picture(tmp_path / "a.jpg")


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])  # below and above the sizes at which Pillow itself objects
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path, monkeypatch, side):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    (tmp_path / "a.png").write_bytes(png(side, side, 8, 2, b"\0"))
    with pytest.raises(RefusedPictureError, match="too large"):
        read_picture(tmp_path / "a.png")


def test_an_exception_of_any_kind_becomes_a_refusal(tmp_path, monkeypatch):
    path = save(tmp_path / "a.png")

    def fail(*_):
        raise struct.error("unpack requires a buffer of 4 bytes")

    monkeypatch.setattr(image_files.ImageOps, "exif_transpose", fail)
    with pytest.raises(RefusedPictureError, match="truncated or damaged"):
        read_picture(path)


# --- a folder


@pytest.fixture
def people(tmp_path):
    """Two people with three pictures, and everything else that lies about in such a folder."""
    root = tmp_path / "people"
    save(root / "Ann" / "1.png", picture(RED, (40, 20)))
    save(root / "Ann" / "2.png", picture(GREEN))
    save(root / "Zoë" / "é.png", picture(BLUE))
    (root / "Ann" / "notes.txt").write_text("dear diary")
    (root / "Ann" / ".DS_Store").write_bytes(b"hidden")
    save(root / "Ann" / "holidays" / "3.png")
    save(root / "group.png")
    save(root / ".thumbnails" / "1.png")
    (root / "Nobody").mkdir()
    (root / "Text").mkdir()
    (root / "Text" / "cv.pdf").write_bytes(b"%PDF-1.4")
    (root / "loop").symlink_to(root)
    (root / "Ann" / "up").symlink_to(root)
    (root / "Ann" / "gone.png").symlink_to(root / "nothing")
    (root / "Ann" / "self.png").symlink_to(root / "Ann" / "self.png")
    return root


def test_a_folder_per_person_with_everything_else_refused_by_name(people):
    dataset = load_faces("folder", path=people, size=8)
    assert is_available("folder", path=people)
    assert dataset.names == ("Ann", "Zoë")
    assert dataset.labels.tolist() == [0, 0, 1]
    assert dataset.images.shape == (3, 8, 8, 3)
    assert dataset.images[:, 0, 0].tolist() == [list(RED), list(GREEN), list(BLUE)]
    assert dataset.attributes["file"].tolist() == ["Ann/1.png", "Ann/2.png", "Zoë/é.png"]
    assert dataset.attributes[["width", "height"]].iloc[0].tolist() == [40, 20]
    reasons = dict(dataset.refused)
    assert list(reasons) == [
        "Ann/gone.png",
        "Ann/holidays",
        "Ann/notes.txt",
        "Ann/self.png",
        "Ann/up",
        "Nobody",
        "Text",
        "Text/cv.pdf",
        "group.png",
        "loop",
    ]
    assert "not a picture" in reasons["Ann/notes.txt"]
    assert "broken link" in reasons["Ann/gone.png"]
    assert "links to folders are not followed" in reasons["loop"]
    assert "no usable picture of this person" in reasons["Text"]
    assert "not in one" in reasons["group.png"]


def test_repr_counts_and_keeps_the_place_private(people):
    text = repr(load_faces("folder", path=people, size=8))
    assert "your own pictures, 3 of 5 files taken" in text
    assert "refused:    10 files" in text
    assert str(people.parent) not in text


def test_names_written_in_two_ways_are_one_person(tmp_path):
    save(tmp_path / "Zo\u00eb" / "1.png")
    save(tmp_path / "Zoe\u0308" / "2.png")
    assert load_faces("folder", path=tmp_path, size=8).names == ("Zo\u00eb",)


def test_crops(tmp_path):
    wide = picture(RED, (40, 20))
    wide.paste(BLUE, (10, 0, 30, 20))  # the middle square
    save(tmp_path / "Ann" / "1.png", wide)
    center = load_faces("folder", path=tmp_path, size=20).images[0]
    assert (center == BLUE).all()
    whole = load_faces("folder", path=tmp_path, size=40, crop=None, background=(9, 9, 9)).images[0]
    assert whole[0, 0].tolist() == [9, 9, 9]
    assert whole[20, 2].tolist() == list(RED)
    assert whole[20, 20].tolist() == list(BLUE)


def test_detected_faces_are_cut_out_and_faceless_pictures_refused(tmp_path):
    save(tmp_path / "Eileen" / "1.png", Image.fromarray(data.astronaut()))
    save(tmp_path / "Eileen" / "2.png", Image.fromarray(data.coffee()))
    dataset = load_faces("folder", path=tmp_path, size=64, crop="detect")
    assert dataset.attributes["file"].tolist() == ["Eileen/1.png"]
    assert [(name, "no face was found" in reason) for name, reason in dataset.refused] == [("Eileen/2.png", True)]


def test_options_reach_the_files(tmp_path):
    save(tmp_path / "Ann" / "1.png", picture((0, 0, 0, 0), mode="RGBA"))
    save(tmp_path / "Ann" / "2.png", picture(size=(30, 30)))
    dataset = load_faces("folder", path=tmp_path, size=8, background=(5, 6, 7), max_pixels=500)
    assert dataset.images[0, 0, 0].tolist() == [5, 6, 7]
    assert dataset.refused == (("Ann/2.png", "too large: 900 pixels, the limit is 500"),)


def test_nothing_usable_says_why(tmp_path):
    for number in range(12):
        (tmp_path / f"{number:02d}.txt").write_text("x")
    assert not is_available("folder", path=tmp_path)
    with pytest.raises(ValueError, match=r"a folder per person(.|\n)*00\.txt: lies beside(.|\n)*and 2 more"):
        load_faces("folder", path=tmp_path)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"path": "missing"}, FileNotFoundError, "there is no folder"),
        ({"path": "a file"}, NotADirectoryError, "is a file"),
        ({"path": ".", "size": 0}, ValueError, "size: expected"),
        ({"path": ".", "crop": "eyes"}, ValueError, "crop: expected one of 'center', 'detect', None"),
        ({"path": ".", "background": "white"}, ValueError, r"background: expected \(red, green, blue\)"),
        ({"path": ".", "background": (0, 0, 256)}, ValueError, r"background: expected \(red, green, blue\)"),
        ({"path": ".", "max_pixels": None}, ValueError, "max_pixels: expected a positive whole number"),
    ],
)
def test_impossible_options_are_refused(tmp_path, monkeypatch, options, error, message):
    monkeypatch.chdir(tmp_path)
    Path("a file").write_text("x")
    with pytest.raises(error, match=message):
        load_faces("folder", **options)
    assert not is_available("folder", path="missing")


def test_nothing_is_kept_of_your_pictures(people, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "course"))
    before = sorted(people.rglob("*.png"))
    load_faces("folder", path=people)
    assert sorted(people.rglob("*.png")) == before
    assert not (tmp_path / "course").exists()


def test_a_folder_that_may_not_be_entered_is_refused_and_the_others_load(tmp_path, monkeypatch):
    """As somebody who is not root meets it; root may enter everything."""
    save(tmp_path / "Ann" / "1.png")
    save(tmp_path / "Bob" / "1.png", picture(BLUE))
    save(tmp_path / "long", format="PNG")  # as a link whose name is too long
    is_file, is_dir = Path.is_file, Path.is_dir

    def locked(path, ask):
        if path.name == "long" or path.parent.name == "Ann":
            raise PermissionError(13, "Permission denied", str(path))
        return ask(path)

    monkeypatch.setattr(Path, "is_file", lambda path: locked(path, is_file))
    monkeypatch.setattr(Path, "is_dir", lambda path: locked(path, is_dir))
    dataset = load_faces("folder", path=tmp_path, size=8)
    assert dataset.names == ("Bob",)
    assert dict(dataset.refused) == {
        "Ann/1.png": "may not be read: Permission denied",
        "long": "may not be read: Permission denied",
    }
    assert is_available("folder", path=tmp_path)


def test_the_same_picture_in_two_peoples_folders_is_noticed(tmp_path):
    same = Image.fromarray(data.astronaut()[:32, :32])
    for name in ("Ann/1.png", "Ann/2.bmp"):
        save(tmp_path / name, same)
    with pytest.warns(UserWarning, match=r"1 pictures come several times, such as Ann/1.png and Ann/2.bmp"):
        load_faces("folder", path=tmp_path, size=8)
    save(tmp_path / "Bob" / "3.tiff", same)
    with pytest.warns(UserWarning, match="1 pictures lie in the folders of several people, such as.*Bob/3.tiff: whose"):
        assert len(load_faces("folder", path=tmp_path, size=8)) == 3


def test_odd_frames_and_names(tmp_path):
    save(tmp_path / "Ann" / "1.png", picture(size=(3000, 20)))
    save(tmp_path / "Ann" / "2.png")
    save(tmp_path / "__MACOSX" / "Ann" / "._1.png")
    dataset = load_faces("folder", path=tmp_path, size=64, crop=None)
    assert dataset.refused == (("Ann/1.png", "too narrow for crop=None: of 3000 x 20 pixels, no whole one is left"),)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of bytes")
def test_a_name_that_is_no_text_can_be_printed(tmp_path):
    folder = os.fsencode(tmp_path) + b"/Zo\xeb"
    try:
        Path(os.fsdecode(folder)).mkdir()
    except OSError:
        pytest.skip("this file system allows no such name")
    save(tmp_path / "a.png").rename(Path(os.fsdecode(folder)) / "1.png")
    dataset = load_faces("folder", path=tmp_path, size=8)
    assert dataset.names == ("Zo\\xeb",)
    assert repr(dataset).encode("utf-8")
