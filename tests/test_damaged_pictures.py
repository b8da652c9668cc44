"""Pictures that are damaged, slow, or of a rare kind: read rightly, or refused by name and in time."""

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from fresh_python import run_program
from named_pipes import needs_named_pipes
from picture_files import picture, png, save
from PIL import Image
from skimage import data

from course_utils.datasets import image_files, load_faces
from course_utils.datasets.image_files import RefusedPictureError, read_picture
from course_utils.datasets.picture_streams import decodes_quickly

GREEN = (0, 255, 0)


@pytest.fixture(autouse=True)
def no_progress_bar(monkeypatch):
    monkeypatch.setenv("TQDM_DISABLE", "1")


def jpeg(tmp_path, **options) -> bytes:
    return save(tmp_path / "whole.jpg", Image.fromarray(data.astronaut()[:128, :96]), **options).read_bytes()


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"subsampling": 0, "optimize": True}, {"restart_marker_rows": 1}]
)
def test_a_jpeg_whose_data_end_early_is_refused_and_a_whole_one_is_not(tmp_path, options):
    """The end marker is there, so that Pillow takes it for whole and fills the rest with grey."""
    content = jpeg(tmp_path, **options)
    assert read_picture(tmp_path / "whole.jpg").shape == (128, 96, 3)
    for kept in (len(content) - 300, len(content) - 60):
        (tmp_path / "short.jpg").write_bytes(content[:kept] + b"\xff\xd9")
        assert Image.open(tmp_path / "short.jpg").convert("RGB").size == (96, 128)
        with pytest.raises(RefusedPictureError, match="its data end before the picture does"):
            read_picture(tmp_path / "short.jpg")


def test_what_follows_a_jpeg_does_not_count(tmp_path):
    content = jpeg(tmp_path)
    (tmp_path / "more.jpg").write_bytes(content + content + b"a video, as some phones add it")
    assert read_picture(tmp_path / "more.jpg").shape == (128, 96, 3)


def test_a_png_whose_data_end_early_is_refused(tmp_path):
    (tmp_path / "short.png").write_bytes(png(16, 256, 8, 0, bytes(17) * 100))
    with pytest.raises(RefusedPictureError, match="its data end before the picture does"):
        read_picture(tmp_path / "short.png")
    (tmp_path / "whole.png").write_bytes(png(16, 256, 8, 0, bytes(17) * 256))
    assert read_picture(tmp_path / "whole.png").shape == (256, 16, 3)


def tiff(values: np.ndarray, bits: int, photometric: int) -> bytes:
    """A grey TIFF of one strip, written by hand; values of 12 bits are packed, two in three bytes."""
    if bits == 12:
        first, second = values.ravel()[::2].astype(int), values.ravel()[1::2].astype(int)
        pixels = np.stack([first >> 4, (first & 15) << 4 | second >> 8, second & 255], -1).astype(np.uint8).tobytes()
    else:
        pixels = values.astype("<u2").tobytes()
    height, width = values.shape
    tags = ((256, width), (257, height), (258, bits), (259, 1), (262, photometric), (273, 0), (277, 1), (278, height))
    entries = [*tags, (279, len(pixels))]
    start = 8 + 2 + 12 * len(entries) + 4
    packed = [struct.pack("<HHII", tag, 4, 1, start if tag == 273 else number) for tag, number in entries]
    return struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + b"".join(packed) + bytes(4) + pixels


@pytest.mark.parametrize(("bits", "white_is_zero"), [(12, False), (16, False), (16, True)])
def test_a_tiff_of_many_bits_is_scaled_and_white_stays_white(tmp_path, bits, white_is_zero):
    values = np.linspace(0, 2**bits - 1, 256).round().reshape(16, 16)
    stored = 2**bits - 1 - values if white_is_zero else values
    (tmp_path / "a.tiff").write_bytes(tiff(stored, bits, photometric=0 if white_is_zero else 1))
    np.testing.assert_allclose(read_picture(tmp_path / "a.tiff")[..., 1], np.arange(256).reshape(16, 16), atol=1)


def test_a_transparent_value_of_16_bits_shows_the_background(tmp_path):
    values = np.array([[300, 65535]], np.uint16)
    path = save(tmp_path / "a.png", Image.fromarray(values), transparency=300)
    assert read_picture(path, background=(1, 2, 3))[0].tolist() == [[1, 2, 3], [255, 255, 255]]


def many_scans(tmp_path) -> bytes:
    """A progressive JPEG of a few kB with its last scan 3,000 times: it decodes for minutes."""
    content = save(tmp_path / "plain.jpg", picture(size=(2500, 2500)), progressive=True).read_bytes()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * 3000 + b"\xff\xd9"


SLOW = {
    "scans.jpg": many_scans,
    "comment.ppm": lambda _: b"P5\n#" + b"x" * 90_000_000 + b"\n1 1 255\n\0",
    "text.ppm": lambda _: b"P3\n4000 3000 255\n" + b"255 0 0 " * 12_000_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_file_that_decodes_for_minutes_is_refused_in_time(tmp_path, monkeypatch, name):
    monkeypatch.setattr(image_files, "SECONDS", 1)
    (tmp_path / "Ann").mkdir()
    save(tmp_path / "Ann" / "good.png")
    (tmp_path / "Ann" / name).write_bytes(SLOW[name](tmp_path))
    for file in tmp_path.glob("*.jpg"):
        file.unlink()
    dataset = load_faces("folder", path=tmp_path, size=8)
    assert dict(dataset.refused) == {f"Ann/{name}": "takes longer than 1 seconds to decode: save it as PNG or JPEG"}


def test_a_file_that_only_could_take_long_is_read_and_judged_as_any_other(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "decodes_quickly", lambda _: False)
    monkeypatch.setattr(image_files, "SECONDS", 60)
    assert (
        read_picture(save(tmp_path / "a.png", picture((*GREEN, 0), mode="RGBA")), background=(1, 2, 3)) == (1, 2, 3)
    ).all()
    (tmp_path / "b.png").write_bytes(b"dear diary")
    with pytest.raises(RefusedPictureError, match="not a picture of a known format"):
        read_picture(tmp_path / "b.png")


@pytest.mark.parametrize(
    ("content", "quick"),
    [
        (tiff(np.zeros((2, 2)), 16, 1), True),
        (struct.pack("<2sHIHHHII", b"II", 42, 8, 1, 273, 4, 10_000_000, 8), False),
        (b"\xff\xd8\xff" + b"\xff\xda" * 10, True),
        (b"\xff\xd8\xff" + b"\xff\xda" * 300, False),
        (b"BM" + bytes(28) + b"\1\0\0\0", False),
        (b"BM" + bytes(32), True),
        (b"P5\n1 1 255\n\0", True),
        (b"\x89PNG\r\n\x1a\n" + bytes(13_000_000), False),
    ],
)
def test_what_decodes_quickly_is_told_by_its_beginning(content, quick):
    assert decodes_quickly(content) is quick


def test_a_picture_of_very_many_parts_is_read_with_a_time_limit(tmp_path):
    """Pillow goes through segments and chunks in Python: three million empty ones take most of a minute."""
    content = jpeg(tmp_path)
    assert decodes_quickly(content[:2] + b"\xff\xec\0\2" * 1000 + content[2:])
    assert not decodes_quickly(content[:2] + b"\xff\xec\0\2" * 2_000_000 + content[2:])
    content = png(16, 256, 8, 0, bytes(17) * 256)
    chunk = struct.pack(">I4sI", 0, b"vpAg", zlib.crc32(b"vpAg"))
    assert decodes_quickly(content[:33] + chunk * 1000 + content[33:])
    assert not decodes_quickly(content[:33] + chunk * 200_000 + content[33:])


@pytest.mark.parametrize("planes", [1, 2])
@pytest.mark.parametrize(("mode", "bits"), [("L", 8), ("RGB", 24)])
def test_a_plain_tiff_whose_strips_are_short_is_refused(tmp_path, mode, bits, planes):
    """Pillow fills the picture with whatever follows in the file."""
    options = {"tiffinfo": {284: planes}, "compression": "raw"}
    whole = save(tmp_path / "a.tif", Image.fromarray(data.astronaut()[:128, :96]).convert(mode), **options)
    assert read_picture(whole).shape == (128, 96, 3)
    content, length = whole.read_bytes(), struct.pack("<I", 128 * 96 * bits // 8)
    assert content.count(length) == 1
    whole.write_bytes(content.replace(length, struct.pack("<I", 4000)))
    with pytest.raises(RefusedPictureError, match="its data end before the picture does"):
        read_picture(whole)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_the_formats_of_phones_are_named_whatever_the_file_is_called(tmp_path, brand):
    (tmp_path / "IMG_1.jpg").write_bytes(b"\0\0\0\x18ftyp" + brand + bytes(20))
    with pytest.raises(RefusedPictureError, match=r"HEIC or AVIF.*export it as JPEG"):
        read_picture(tmp_path / "IMG_1.jpg")


@needs_named_pipes
def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(RefusedPictureError, match="not a regular file"):
        read_picture(tmp_path / "a.png")


def test_other_faults_than_damage_are_named(tmp_path, monkeypatch):
    path = save(tmp_path / "a.png")
    monkeypatch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(OSError(24, "Too many open files")))
    with pytest.raises(RefusedPictureError, match="cannot be read: Too many open files"):
        read_picture(path)


TURNED = {  # type, number of values and their bytes: all say 6
    "a whole number": (3, 1, struct.pack("<H", 6)),
    "a long one": (4, 1, struct.pack("<I", 6)),
    "a fraction": (5, 1, struct.pack("<II", 12, 2)),
    "a number with a sign": (8, 1, struct.pack("<h", 6)),
    "a decimal one": (12, 1, struct.pack("<d", 6)),
    "a byte": (1, 1, b"\6"),
    "a byte of no type": (7, 1, b"\6"),
    "a text": (2, 2, b"6\0"),
    "several": (3, 2, struct.pack("<HH", 6, 1)),
}
NOT_TURNED = {  # these say nothing
    "none of the eight": (3, 1, struct.pack("<H", 9)),
    "divided by nothing": (5, 1, struct.pack("<II", 6, 0)),
    "between two": (5, 1, struct.pack("<II", 13, 2)),
    "a word": (2, 5, b"left\0"),
    "an empty text": (2, 0, b""),
}


@pytest.mark.parametrize(("name", "times"), [*((name, 1) for name in TURNED | NOT_TURNED), ("a whole number", 2)])
def test_the_cameras_rotation_is_known_in_every_type(tmp_path, name, times):
    kind, number, value = (TURNED | NOT_TURNED)[name]
    short, long = (value.ljust(4, b"\0"), b"") if len(value) <= 4 else (struct.pack("<I", 14 + 12 * times), value)
    entry = struct.pack("<HHI", 0x0112, kind, number) + short
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, times) + entry * times + bytes(4) + long
    upright = Image.fromarray(data.astronaut()[:64, :32])
    stored = upright.rotate(90, expand=True) if name in TURNED else upright
    assert np.array_equal(read_picture(save(tmp_path / "a.png", stored, exif=exif)), np.asarray(upright))


@pytest.mark.parametrize("end", [b"\xff\xd9", b""])
def test_a_jpeg_in_a_tiff_whose_data_end_early_is_refused(tmp_path, end):
    whole = save(tmp_path / "whole.tiff", Image.fromarray(data.astronaut()), compression="jpeg", quality=95)
    assert abs(read_picture(whole).astype(int) - data.astronaut()).mean() < 3
    with Image.open(whole) as opened:
        starts, lengths = opened.tag_v2[273], opened.tag_v2[279]
    assert len(starts) > 2
    for start, length in zip(starts, lengths, strict=True):
        content = bytearray(whole.read_bytes())
        content[start + length // 2 : start + length] = end + bytes(length - length // 2 - len(end))
        (tmp_path / "short.tiff").write_bytes(content)
        with pytest.raises(RefusedPictureError, match="damaged"):
            read_picture(tmp_path / "short.tiff")


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_progressive_jpeg_without_its_last_scans_is_refused(tmp_path, mode):
    """Pillow takes it for whole: it has all rows, but no detail."""
    path = save(tmp_path / "whole.jpg", Image.fromarray(data.astronaut()[:128, :96]).convert(mode), progressive=True)
    content = path.read_bytes()
    assert read_picture(path).shape == (128, 96, 3)
    scans = [place for place in range(len(content)) if content[place : place + 2] == b"\xff\xda"]
    for first_missing in (1, len(scans) // 2, len(scans) - 1):
        (tmp_path / "blurred.jpg").write_bytes(content[: scans[first_missing]] + b"\xff\xd9")
        assert Image.open(tmp_path / "blurred.jpg").convert("RGB").size == (96, 128)
        with pytest.raises(RefusedPictureError, match="its data end before the picture does"):
            read_picture(tmp_path / "blurred.jpg")


def test_the_time_that_a_busy_machine_takes_is_not_the_pictures(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "decodes_quickly", lambda _: False)
    (tmp_path / "sitecustomize.py").write_text("import time\ntime.sleep(6)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(image_files, "SECONDS", 5)
    assert (read_picture(save(tmp_path / "a.png")) == (255, 0, 0)).all()


def test_a_picture_that_waits_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "decodes_quickly", lambda _: False)
    (tmp_path / "sitecustomize.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(image_files, "SECONDS", 0.1)
    with pytest.raises(RefusedPictureError, match=r"takes longer than 0\.1 seconds"):
        read_picture(save(tmp_path / "a.png"))


LARGE = {
    "16-bit.png": lambda: Image.fromarray(
        (np.arange(9_000_000, dtype=np.uint32) % 65536).astype("<u2").reshape(3000, -1)
    ),
    "transparent.png": lambda: Image.new("RGBA", (3000, 3000), (1, 2, 3, 100)),
    "colour.jpg": lambda: Image.new("RGB", (3000, 3000), (1, 2, 3)),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says the most that a process has used")
@pytest.mark.parametrize("name", LARGE)
def test_a_large_picture_takes_little_more_memory_than_its_pixels(tmp_path, name):
    path = save(tmp_path / name, LARGE[name]())
    code = """
import re, sys
from pathlib import Path
from course_utils.datasets.image_files import read_picture
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
before = peak()
read_picture(Path(sys.argv[1]))
print(peak() - before)
"""
    used = int(run_program("-c", code, path).stdout)
    assert used < 12 * 9_000_000 + path.stat().st_size + 10_000_000
