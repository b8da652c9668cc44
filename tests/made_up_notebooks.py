"""Notebooks for tests: made of a few cells, as they are and as if they had been run."""

import nbformat
from nbformat import v4

from tools.notebooks.tidy import executed_code, normalise, read_notebook, write_notebook

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def notebook(*cells, **metadata):
    """Return a notebook of code cells: each a source, or a dictionary that describes a cell."""
    described = [{"source": cell} if isinstance(cell, str) else cell for cell in cells]
    made = [v4.new_code_cell(**{"id": f"cell-{number}"} | cell) for number, cell in enumerate(described)]
    return nbformat.from_dict({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def stored(*cells, **metadata):
    """Return the text of a notebook as if it had been run: its cells are numbered, and it is normalised."""
    made = notebook(*cells, **metadata)
    for number, cell in enumerate(made.cells, start=1):
        cell.execution_count = number
    made.metadata["course"] = {**metadata.get("course", {}), "executed_code": executed_code(made)}
    return write_notebook(normalise(made))


def stream(text, name="stdout"):
    return v4.new_output("stream", name=name, text=text)


def shown(data):
    return v4.new_output("display_data", data=data)


def write(path, *cells):
    path.write_text(write_notebook(notebook(*cells)), encoding="utf-8")


def outputs(path):
    return [output for cell in read_notebook(path.read_text(encoding="utf-8")).cells for output in cell.outputs]
