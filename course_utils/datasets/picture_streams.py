"""Look into a picture file without decoding it: what it is, whether it decodes quickly, whether its data end early.

Pillow takes some files for whole pictures whose data end too early, and decodes some small files for minutes.
"""

import itertools
import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
ALWAYS_QUICK = (b"GIF8", b"RIFF")  # decoded in C, once
TIFF_STARTS = {b"II*\0": "<", b"MM\0*": ">"}
LARGEST_QUICK = 12_000_000  # bytes; Pillow goes through segments and chunks in Python
MOST_SCANS = 16  # of a progressive JPEG; programs write about ten
MOST_SEGMENTS = 100_000  # of a JPEG file, or chunks of a PNG file; Pillow goes through them in Python
MOST_ENTRIES = 100_000  # strips or tiles of a TIFF file, and other numbers in its directory
SHORT_TEXT = 64_000  # bytes of a file in a text format
BINARY_PPM = re.compile(rb"P[4-6]\s\d{1,6}\s\d{1,6}\s")  # without comments, which are read byte by byte
END_OF_JPEG, START_OF_SCAN = b"\xff\xd9", 0xDA
PROGRESSIVE_FRAMES = (0xC2, 0xCA)
WIDTH, HEIGHT, BITS, COMPRESSION, CHANNELS, JPEG_TABLES = 256, 257, 258, 259, 277, 347  # of the TIFF standard
UNCOMPRESSED, AS_JPEG = 1, 7
STRIPS_AND_TILES = ((273, 279), (324, 325))  # where they are, and how many bytes they have
PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
ADAM7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


def phone_format(head: bytes) -> bool:
    """Tell whether a file begins as HEIC or AVIF does, whatever its name says."""
    return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif"}


def decodes_quickly(content: bytes) -> bool:
    """Tell whether a file certainly decodes within seconds; if the answer is no, it may still do so."""
    if len(content) > LARGEST_QUICK:
        return False
    if content.startswith(ALWAYS_QUICK):
        return True
    if content.startswith(PNG):
        return _at_most(MOST_SEGMENTS, _png_chunks(content))
    if content.startswith(JPEG):
        return content.count(b"\xff\xda") <= MOST_SCANS and _at_most(MOST_SEGMENTS, _segments(content))
    if content[:4] in TIFF_STARTS:
        return content.count(b"\xff\xda") <= MOST_SCANS and _tiff_entries(content) <= MOST_ENTRIES
    if content.startswith(b"BM"):
        return content[30:34] not in (b"\1\0\0\0", b"\2\0\0\0")  # run-length codes are decoded in Python
    if BINARY_PPM.match(content):
        return True
    return len(content) <= SHORT_TEXT


def _at_most(number: int, entries: Iterator) -> bool:
    """Tell whether there are not more entries, without going through the rest."""
    return next(itertools.islice(entries, number, None), None) is None


def _tiff_entries(content: bytes) -> int:
    """Return the number of values in the first directory of a TIFF file."""
    order = TIFF_STARTS[content[:4]]
    try:
        (start,) = struct.unpack_from(f"{order}I", content, 4)
        (fields,) = struct.unpack_from(f"{order}H", content, start)
        return sum(struct.unpack_from(f"{order}I", content, start + 2 + 12 * field + 4)[0] for field in range(fields))
    except struct.error:
        return 0  # the file is damaged, which Pillow finds at once


def ends_early(content: bytes, tags: Mapping, pixels: Callable[[bytes], bytes]) -> bool:
    """Tell whether the data of a JPEG, TIFF or PNG file end before the picture does, in a way that Pillow overlooks.

    Parameters
    ----------
    content : bytes
        The file.
    tags : mapping
        Those of a TIFF file, by number; empty for other files.
    pixels : callable
        Returns a digest of the pixels of a JPEG file's content.
    """
    if content.startswith(PNG):
        return _png_is_short(content)
    if content.startswith(JPEG):
        return _jpeg_is_short(content, pixels)
    if tags.get(COMPRESSION) == UNCOMPRESSED:
        return _strips_are_short(tags)
    if tags.get(COMPRESSION) == AS_JPEG:
        return any(_end_of_jpeg(part) is None or _jpeg_is_short(part, pixels) for part in _jpegs_in_tiff(content, tags))
    return False


def _strips_are_short(tags: Mapping) -> bool:
    """Tell whether the uncompressed strips or tiles of a TIFF file have fewer bytes than the picture's rows."""
    bits = tags.get(BITS, (1,))
    a_pixel = sum(bits) if len(bits) == tags.get(CHANNELS, 1) else bits[0] * tags.get(CHANNELS, 1)
    needed = tags[HEIGHT] * -(-tags[WIDTH] * a_pixel // 8)
    return any(0 < sum(tags.get(lengths, ())) < needed for _, lengths in STRIPS_AND_TILES)


def _jpegs_in_tiff(content: bytes, tags: Mapping) -> Iterator[bytes]:
    """Yield each strip or tile of a TIFF file as a JPEG file of its own, with the tables that all of them share."""
    tables = tags.get(JPEG_TABLES, JPEG[:2])
    for starts, lengths in STRIPS_AND_TILES:
        for start, length in zip(tags.get(starts, ()), tags.get(lengths, ()), strict=True):
            yield tables.removesuffix(END_OF_JPEG) + content[start + 2 : start + length]


def _jpeg_is_short(content: bytes, pixels: Callable[[bytes], bytes]) -> bool:
    """Tell whether the data of a JPEG picture end early: then, and only then, data added at their end change pixels."""
    end = _end_of_jpeg(content)
    if end is None:
        return False  # Pillow finds that itself
    added = bytes(random.Random(0).choices(range(1, 255), k=2000))  # no 255, which begins a marker
    return _lacks_scans(content) or pixels(content) != pixels(content[:end] + added + END_OF_JPEG)


def _end_of_jpeg(content: bytes) -> int | None:
    """Return where the end marker of the first picture in a JPEG file is; None where there is none."""
    return next((place for marker, place, _ in _segments(content) if marker == END_OF_JPEG[1]), None)


def _lacks_scans(content: bytes) -> bool:
    """Tell whether a progressive JPEG picture has no scan for some detail, or not for its last bit."""
    missing: dict[int, set[int]] = {}  # component -> the frequencies whose last bit no scan holds
    for marker, _, data in _segments(content):
        if marker in PROGRESSIVE_FRAMES:
            missing = {component: set(range(64)) for component in data[6 : 6 + 3 * data[5] : 3]}
        elif marker == START_OF_SCAN and missing:
            components, (first, last, bits) = data[1 : 1 + 2 * data[0] : 2], data[1 + 2 * data[0] :][:3]
            for component in components if bits & 15 == 0 else ():  # bit 0 is the last one
                missing[component] -= set(range(first, last + 1))
    return any(missing.values())


def _segments(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield marker, place and data of each segment of the first picture in a JPEG file; the last is its end marker."""
    place = 2
    while content[place : place + 1] == b"\xff" and place + 2 <= len(content):
        marker = content[place + 1]
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        yield marker, place, content[place + 4 : place + 2 + length]
        if marker == END_OF_JPEG[1] or length < 2:
            return
        place += 2 + length
        if marker == START_OF_SCAN:
            place = _end_of_scan(content, place)


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the next marker is that ends a scan: neither a stuffed byte nor a restart."""
    while (place := content.find(b"\xff", place)) >= 0:
        following = content[place + 1 : place + 2]
        if following not in (b"\0", b"\xff") and following not in [bytes([0xD0 + number]) for number in range(8)]:
            return place
        place += 2 if following == b"\0" else 1
    return len(content)


def _png_is_short(content: bytes) -> bool:
    """Tell whether the compressed data of a PNG file hold fewer rows than its header says."""
    chunks = _png_chunks(content)
    header = next(chunks, (b"", b""))
    if header[0] != b"IHDR" or len(header[1]) != 13:
        return False  # Pillow finds that itself
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", header[1])
    bits, needed = depth * PNG_CHANNELS.get(kind, 0), 0
    for top, left, down, across in ADAM7 if interlaced else ((0, 0, 1, 1),):
        rows, columns = -(-(height - top) // down), -(-(width - left) // across)
        if rows > 0 and columns > 0:
            needed += rows * (1 + -(-columns * bits // 8))
    held, stream = 0, zlib.decompressobj()
    try:
        for name, data in chunks:
            while name == b"IDAT" and data and held < needed and not stream.eof:
                held += len(stream.decompress(data, 2**20))
                data = stream.unconsumed_tail
        held += len(stream.flush()) if held < needed else 0
    except zlib.error:
        return True
    return held < needed


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and data of each chunk of a PNG file."""
    place = len(PNG)
    while place + 8 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        yield content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length
