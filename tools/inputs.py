"""Find the files that a test or a notebook depends on: itself, and what it imports, directly or not."""

import contextlib
import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tools.package_map import imports_in


def files_behind(name: str, root: Path) -> set[str]:
    """Return the files of the course that decide what a test or notebook gives, relative to the course's folder.

    Of a package that loads modules by name, such as `course_utils.datasets`, all files in its folder count.

    Parameters
    ----------
    name
        The Python file or notebook, relative to the course's folder, such as "tests/test_plots.py".
    root
        The course's folder.
    """
    found, open_ends = set(), [name]
    while open_ends:
        file = open_ends.pop()
        if file not in found:
            found.add(file)
            open_ends += imported_by(root / file, root)
    return found


@functools.cache
def imported_by(path: Path, root: Path) -> list[str]:
    """Return the files of the course that one file imports, relative to its folder; none if it is no Python."""
    modules = set()
    for code in code_in(path):
        with contextlib.suppress(SyntaxError):  # the tests of such code say so better
            modules |= imports_in(code)
    files = {file for module in modules for folder in (root, path.parent) for file in files_of_module(module, folder)}
    return sorted(file.relative_to(root).as_posix() for file in files)


def code_in(path: Path) -> Iterator[str]:
    """Yield the Python code of a module, or that of a notebook's cells."""
    if path.suffix == ".py":
        yield path.read_text(encoding="utf-8")
    elif path.suffix == ".ipynb":
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def files_of_module(module: str, folder: Path) -> Iterator[Path]:
    """Yield the files that an import loads, or may load, from a folder: the module and the packages that it lies in."""
    parts = module.split(".")
    for depth in range(1, len(parts) + 1):
        place = folder.joinpath(*parts[:depth])
        if place.with_suffix(".py").is_file():
            yield place.with_suffix(".py")
        elif (place / "__init__.py").is_file():
            yield place / "__init__.py"
            if loads_by_name(place):
                yield from (file for file in place.iterdir() if file.is_file())


@functools.cache
def loads_by_name(package: Path) -> bool:
    """Tell whether a module of a package loads others by their names, which no import statement shows."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in package.glob("*.py"))
    return bool(re.search(r"^(import importlib|from importlib import import_module)$", code, re.MULTILINE))
