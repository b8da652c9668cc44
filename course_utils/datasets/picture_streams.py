"""Look into a picture file without decoding it: what it is, whether it decodes quickly, whether its data end early.

Pillow takes some files for whole pictures whose data end too early, and decodes some small files for minutes.
"""

import random
import struct
import zlib
from collections.abc import Callable, Iterator

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
ALWAYS_QUICK = (PNG, b"GIF8", b"RIFF")  # decoded in C, once
TIFF_STARTS = {b"II*\0": "<", b"MM\0*": ">"}
LARGEST_QUICK = 12_000_000  # bytes; Pillow goes through segments and chunks in Python
MOST_SCANS = 16  # of a progressive JPEG; programs write about ten
MOST_ENTRIES = 100_000  # strips or tiles of a TIFF file, and other numbers in its directory
SHORT_TEXT = 64_000  # bytes of a file in a text format
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
    if content.startswith(JPEG):
        return content.count(b"\xff\xda") <= MOST_SCANS
    if content[:4] in TIFF_STARTS:
        return content.count(b"\xff\xda") <= MOST_SCANS and _tiff_entries(content) <= MOST_ENTRIES
    if content.startswith(b"BM"):
        return content[30:34] not in (b"\1\0\0\0", b"\2\0\0\0")  # run-length codes are decoded in Python
    return len(content) <= SHORT_TEXT


def _tiff_entries(content: bytes) -> int:
    """Return the number of values in the first directory of a TIFF file."""
    order = TIFF_STARTS[content[:4]]
    try:
        (start,) = struct.unpack_from(f"{order}I", content, 4)
        (fields,) = struct.unpack_from(f"{order}H", content, start)
        return sum(struct.unpack_from(f"{order}I", content, start + 2 + 12 * field + 4)[0] for field in range(fields))
    except struct.error:
        return 0  # the file is damaged, which Pillow finds at once


def ends_early(content: bytes, pixels: Callable[[bytes], bytes]) -> bool:
    """Tell whether the data of a JPEG or PNG file end before the picture does, in a way that Pillow does not notice.

    Parameters
    ----------
    content : bytes
        The file.
    pixels : callable
        Returns the pixels, as bytes, of a JPEG file's content.
    """
    if content.startswith(PNG):
        return _png_is_short(content)
    return content.startswith(JPEG) and _jpeg_is_short(content, pixels)


def _jpeg_is_short(content: bytes, pixels: Callable[[bytes], bytes]) -> bool:
    """Tell whether the data of a JPEG picture end early: then, and only then, data added at their end change pixels."""
    end = _end_of_jpeg(content)
    if end is None:
        return False  # Pillow finds that itself
    added = bytes(random.Random(0).choices(range(1, 255), k=2000))  # no 255, which begins a marker
    return pixels(content) != pixels(content[:end] + added + b"\xff\xd9")


def _end_of_jpeg(content: bytes) -> int | None:
    """Return where the end marker of the first picture in a JPEG file is; None where there is none."""
    place = 2
    while place + 4 <= len(content):
        marker = content[place + 1]
        if content[place] != 0xFF:
            return None
        if marker == 0xD9:
            return place
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        place += 2 + struct.unpack_from(">H", content, place + 2)[0]
        if marker == 0xDA:
            place = _end_of_scan(content, place)
    return place if content[place : place + 2] == b"\xff\xd9" else None


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
