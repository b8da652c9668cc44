"""A course of two small lessons and their learner's copy, and what learners do with it."""

import json
import re

from tools.learner_copy import FOLDER

PRINTED = {"output_type": "stream", "name": "stdout", "text": ["4\n"]}
VALUE = {"output_type": "execute_result", "execution_count": 2, "data": {"text/plain": ["4"]}, "metadata": {}}


def code(source, outputs=(), **metadata):
    return {
        "cell_type": "code",
        "id": "".join(re.findall(r"\w", source))[:20] or "empty",
        "source": source,
        "metadata": metadata,
        "outputs": list(outputs),
        "execution_count": 2 if outputs else None,
    }


def text(source):
    return {"cell_type": "markdown", "id": "text", "source": source, "metadata": {}}


def stored(*cells):
    metadata = {"kernelspec": {"name": "python3"}, "course": {"executed_code": ["12345678"]}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def publish(course, name, *cells):
    """Write a notebook of the course, as an update would."""
    path = course / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(stored(*cells), encoding="utf-8")


def mine(course, name):
    return course / FOLDER / f"{name}.ipynb"


def newer(name, number=1):
    """Name of the version that is laid next to a notebook."""
    return name.replace("_", f" (newer{f' {number}' if number > 1 else ''}) ", 1)


def edit(path, change):
    """Change a notebook as JupyterLab does: read it, change it, write it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def type_into(path, words="my words"):
    edit(path, lambda notebook: notebook["cells"][-1].update(source=words))


def run_all(path):
    """Run a notebook to its end, which also adds an empty cell, and let the front end leave its marks."""

    def change(notebook):
        for number, cell in enumerate(notebook["cells"], start=1):
            if cell["cell_type"] == "code":
                cell.update(execution_count=number, outputs=[PRINTED])
                cell["metadata"]["execution"] = {"iopub.status.busy": "2026-12-01"}
        notebook["cells"].append(code(""))
        notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}

    edit(path, change)


def sources(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def snapshot(folder):
    """Everything in a folder: names, contents and times."""
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def make_course(folder):
    """Publish the two lessons in an empty folder, one of them with exercises; return the folder."""
    for name in ("00_start", "05_pipeline", "exercises/05_pipeline", "solutions/05_pipeline"):
        publish(folder, name, text(f"# {name}"), code("1 + 1", [VALUE]))
    (folder / "notebooks" / "notes.ipynb").write_text("{}")
    return folder
