"""The rendered set's part "test" is for final figures: lessons, exercises and choices leave those people alone."""

import ast
import json
from pathlib import Path

import pytest

from course_utils.datasets import rendered

ROOT = Path(__file__).resolve().parents[1]
TRAIN_PEOPLE = 320  # the set's first people are those of "train"
# Benchmarks that may look at everybody, and why.
OF_EVERYBODY = {
    "bias_audit": "reports a final figure on people who took part in no training and chose no threshold",
    "template_inversion": "reports a final figure on people of whom neither attacker nor network has seen anybody",
    "embedding_losses": "reports a final figure on people who took part in no training and no choice",
    "landmark_accuracy": "reports a final figure on people of whom the network has seen nobody",
    "proportions": "measures the pictures themselves",
    "realism": "measures the pictures themselves",
    "shortcuts": "measures the pictures themselves",
    "transfer": "trains on rendered people and is scored on real ones",
    "overfitting": "names the parts in its constant PARTS, which a test below reads",
    "full_pipeline": "names its people in a constant table",
    "labels": "is told the part by its callers, which are read here",
    "occlusion": "is told the part by its callers, which are read here",
}


def notebook_code(path: Path) -> str:
    """Return the code of a notebook, without IPython's own commands."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    lines = "\n".join("".join(cell["source"]) for cell in cells).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))


def values_of(value: ast.expr | None, tree: ast.Module) -> set:
    """Return what an argument may be: its constant, or those that its name is given in assignments and loops."""
    if not isinstance(value, ast.Name):
        return {getattr(value, "value", None)}
    given = [(node.targets[0], node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    given += [(node.target, node.iter) for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension)]
    sources = [
        source for target, source in given if value.id in {getattr(part, "id", None) for part in ast.walk(target)}
    ]
    constants = {part.value for source in sources for part in ast.walk(source) if isinstance(part, ast.Constant)}
    return constants or {None}


def calls_of_everybody(code: str) -> list[str]:
    """Return the calls that load people of the rendered set's part "test", or that do not say whom they load."""
    tree, found = ast.parse(code), []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("load_faces"):
            continue
        name = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else "rendered"
        options = {option.arg: option.value for option in call.keywords}
        splits, numbers = (values_of(options.get(key), tree) for key in ("split", "people"))
        few = "split" not in options and all(isinstance(number, int) and number <= TRAIN_PEOPLE for number in numbers)
        if name == "rendered" and not splits <= {"train", "dev"} and not few:
            found.append(ast.unparse(call))
    return found


SOURCES = {
    path.relative_to(ROOT).as_posix(): path
    for folder, pattern in (
        ("notebooks", "*.ipynb"),
        ("notebooks/solutions", "*.ipynb"),
        ("course_utils/protocols", "*.py"),
        ("course_utils/exercises", "**/*.py"),
        ("course_utils/widgets", "*.py"),
        ("benchmarks", "**/*.py"),
    )
    for path in sorted((ROOT / folder).glob(pattern))
    if not OF_EVERYBODY.keys() & set(path.relative_to(ROOT).with_suffix("").parts[1:])
}


@pytest.mark.parametrize("name", SOURCES)
def test_nobody_of_the_final_part_is_loaded(name):
    path = SOURCES[name]
    code = notebook_code(path) if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")
    assert calls_of_everybody(code) == [], f'load split="train" or "dev", or at most {TRAIN_PEOPLE} people'


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ('load_faces("rendered", split="test")', True),
        ('datasets.load_faces("rendered", size=64)', True),
        ('load_faces("rendered", people=321)', True),
        ("load_faces()", True),
        ('load_faces("rendered", split="dev", people=400)', False),
        ('load_faces("rendered", people=320)', False),
        ('load_faces("olivetti")', False),
        ('for part in ("train", "test"):\n    load_faces(split=part)', True),
        ('both = [load_faces(split=part) for part in ("train", "dev")]', False),
        ("def load(part):\n    return load_faces(split=part)", True),
        ('NUMBER = 40\nload_faces("rendered", people=NUMBER)', False),
    ],
)
def test_calls_are_understood(code, forbidden):
    assert bool(calls_of_everybody(code)) == forbidden


def test_the_first_people_are_those_of_train():
    numbers = rendered.load_people("train")["person"].tolist()
    assert numbers == list(range(1, TRAIN_PEOPLE + 1))


def test_the_table_of_remedies_is_chosen_on_dev_and_scored_on_train():
    from benchmarks import overfitting

    assert overfitting.PARTS == {"choice": "dev", "table": "train"}
