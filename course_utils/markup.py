"""Write pictures and tables as HTML, the only form in which all programs pass on what a blind reader needs.

JupyterLab and nbconvert show ``image/png`` without the alternative text that its metadata hold.
"""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Iterable, Mapping, Sequence


def picture_html(png: bytes, alt: str, width: int) -> str:
    """Return a picture as HTML.

    Parameters
    ----------
    png : bytes
        The picture.
    alt : str
        Its alternative text.
    width : int
        On the screen, in pixels; a narrower window shrinks the picture.
    """
    from PIL import Image

    pixels = Image.open(io.BytesIO(png)).size
    # The height reserves the place, so that nothing jumps while the next picture is decoded.
    return (
        f'<img src="data:image/png;base64,{base64.b64encode(png).decode()}" alt="{html.escape(alt, quote=True)}" '
        f'width="{width}" height="{round(width * pixels[1] / pixels[0])}" style="max-width: 100%; height: auto">'
    )


def table_html(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as HTML: with a heading, and with row and column headings that a screen reader announces.

    Parameters
    ----------
    heading : str
        What the table shows.
    columns : sequence of str
        Heading of each column.
    rows : iterable of sequence of str
        The first entry names the row.
    """
    rows = list(rows)
    styles = [_style(row[number] for row in rows) for number in range(len(columns))]
    styles[0] = f"{_CELL}; text-align: left"
    head = "".join(
        f'<th scope="col" style="{style}">{html.escape(name)}</th>' for name, style in zip(columns, styles, strict=True)
    )
    body = "".join(f"<tr>{_row_html(row, styles)}</tr>\n" for row in rows)
    caption = '<caption style="caption-side: top; text-align: left; font-weight: bold; padding-bottom: 0.4em">'
    return (
        f'<table style="font-size: 14px; font-variant-numeric: tabular-nums">\n'
        f"{caption}{html.escape(heading)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
    )


_CELL = "padding: 0.2em 0.6em"


def _style(cells: Iterable[str]) -> str:
    """Return the style of a column: words begin at the left, numbers end at the right and stay on one line."""
    if any(re.search("[a-z]{2}", cell, re.IGNORECASE) for cell in cells):
        return f"{_CELL}; text-align: left"
    return f"{_CELL}; text-align: right; white-space: nowrap"


def _row_html(row: Sequence[str], styles: Sequence[str]) -> str:
    (name, *entries), (left, *others) = map(html.escape, row), styles
    cells = (f'<td style="{style}">{entry}</td>' for style, entry in zip(others, entries, strict=True))
    return f'<th scope="row" style="{left}; font-weight: normal">{name}</th>{"".join(cells)}'


def table_text(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the same table as text, for programs that show text only."""
    lines = [list(columns), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)
    return "\n".join([heading, *padded])


def numbers_html(numbers: Mapping[str, str], columns: int = 1) -> str:
    """Return numbers with their names as a table; a screen reader reads it out when it changes.

    Parameters
    ----------
    numbers : mapping of str to str
        Numbers by their names.
    columns : int
        In how many columns they are written, the first from top to bottom, then the second.
    """
    look = 'style="text-align: left; vertical-align: top; font-weight: normal; padding-right: 1em"'
    cells = [
        f'<th scope="row" {look}>{html.escape(name)}</th><td {look}>{html.escape(value)}</td>'
        for name, value in numbers.items()
    ]
    height = -(-len(cells) // columns)
    rows = "".join(f"<tr>{''.join(cells[row::height])}</tr>" for row in range(height))
    style = "font-variant-numeric: tabular-nums; line-height: 1.3"
    return f'<div role="status" aria-live="polite"><table style="{style}">{rows}</table></div>'
