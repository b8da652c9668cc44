"""Show tables in a notebook: with a heading, and without a limit on their width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from course_utils.markup import table_html, table_text


def show(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Display a table.

    The same table gives the same output each time: unlike one that pandas styles, it has no random names inside.

    Parameters
    ----------
    heading : str
        What the table shows; it is written above it.
    columns : sequence of str
        Heading of each column.
    rows : iterable of sequence of str
        Entries, written as they are to be read; the first one names the row.

    Raises
    ------
    ValueError
        If a row has more or fewer entries than there are columns.
    """
    from IPython.display import display

    rows = [list(row) for row in rows]
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"The table has {len(columns)} columns, but the row {row} has {len(row)} entries.")
    bundle = {"text/html": table_html(heading, columns, rows), "text/plain": table_text(heading, columns, rows)}
    display(bundle, raw=True)
