"""Draw which package imports which, from the imports in the code, as a diagram in CONTRIBUTING.md.

    python -m tools.package_map            report whether the map is current; exit status 1 if it is not
    python -m tools.package_map --write    draw it again

An arrow leads from a package to one that it imports.  An arrow is left out where a longer way leads to the same place.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- package map: python -m tools.package_map --write -->", "<!-- end of the package map -->"
#: Packages that are one box each; of `course_utils`, every module and package inside it is a box.
WHOLE = ("benchmarks", "face_renderer", "tools")
LIBRARY = "course_utils"


def python_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of all packages."""
    for package in (LIBRARY, *WHOLE):
        yield from sorted((root / package).rglob("*.py"))


def box_of(module: str) -> str | None:
    """Return the box that a module belongs to, None for a package of others."""
    package, _, rest = module.partition(".")
    if package in WHOLE:
        return package
    return rest.partition(".")[0] or None if package == LIBRARY else None


def imports_in(code: str) -> set[str]:
    """Return the modules that Python code imports, wherever in it.

    Raises
    ------
    SyntaxError
        If it is no Python.
    """
    modules = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # `from course_utils import metrics` imports a module; `from course_utils.metrics import x` names it.
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def arrows(root: Path = ROOT) -> dict[str, set[str]]:
    """Return for each box the boxes that it imports."""
    graph: dict[str, set[str]] = {}
    for path in python_files(root):
        box = box_of(".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"))
        if box:
            targets = {box_of(module) for module in imports_in(path.read_text(encoding="utf-8"))}
            graph.setdefault(box, set()).update(targets - {box, None})
    return {box: {target for target in targets if target in graph} for box, targets in graph.items()}


def reachable(graph: dict[str, set[str]], start: str, without: tuple[str, str]) -> set[str]:
    """Return what can be reached from a box without one arrow."""
    found, waiting = set(), [start]
    while waiting:
        box = waiting.pop()
        steps = {target for target in graph[box] if (box, target) != without} - found
        found |= steps
        waiting += steps
    return found


def reduced(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the graph without the arrows that a longer way stands for."""
    return {
        box: {target for target in targets if target not in reachable(graph, box, without=(box, target))}
        for box, targets in graph.items()
    }


def diagram(root: Path = ROOT) -> str:
    """Return the map in Mermaid's language, which GitHub and JupyterLab draw."""
    graph = reduced(arrows(root))
    lines = ["```mermaid", "flowchart LR"]
    lines += [f'    {box}["{box}/"]' for box in WHOLE]
    lines += [f"    subgraph {LIBRARY}", *(f"        {box}" for box in sorted(graph) if box not in WHOLE), "    end"]
    lines += [f"    {box} --> {target}" for box in sorted(graph) for target in sorted(graph[box])]
    return "\n".join([*lines, "```"])


def page_with_map(text: str, root: Path = ROOT) -> str:
    """Return the page with the map put between its marks.

    Raises
    ------
    ValueError
        If the marks are missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} has no place for the map: put the lines {BEGIN} and {END} into it.")
    return f"{before}{BEGIN}\n\n{diagram(root)}\n\n{END}{after}"


def main(options: list[str]) -> int:
    """Report or write; return the exit status."""
    text = PAGE.read_text(encoding="utf-8")
    wanted = page_with_map(text)
    if text == wanted:
        print("The package map is current.")
        return 0
    if "--write" in options:
        from course_utils import whole_files  # here, for what decides the tests' turns needs no more of the course

        whole_files.write_text(PAGE, wanted)
        print("The package map is drawn again.")
        return 0
    print("The package map in CONTRIBUTING.md is out of step. Draw it again: python -m tools.package_map --write")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
