"""README's first program recognises a face, word for word as it stands there."""

import re

from fresh_python import ROOT, run_python


def program(heading: str) -> str:
    """Return the Python code of a section of README."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    [code] = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    return code


def test_who_has_readme_only_reaches_a_recognised_face():
    lines = run_python(program("Recognise a face")).stdout.splitlines()
    people = [line.rpartition(" ")[0] for line in lines if line.startswith("person")]
    decisions = [line.split(maxsplit=1)[1].partition(",")[0] for line in lines if line.startswith("  decide")]
    assert decisions == [*people[:3], "nobody"]
