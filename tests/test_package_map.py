"""The map of the packages is current, and the library knows nothing of what is built on it."""

import pytest

from tools import package_map

FILES = {
    "course_utils/metrics.py": "import numpy\n",
    "course_utils/plots.py": "from course_utils import metrics\n",
    "course_utils/widgets/__init__.py": "def draw():\n    from course_utils.plots import show\n",
    "course_utils/widgets/loss.py": "from course_utils.metrics import rate\n",
    "benchmarks/speed.py": "import course_utils.widgets.loss\n",
    "face_renderer/__init__.py": "",
    "tools/__init__.py": "",
}


@pytest.fixture
def tree(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_arrows_follow_imports_wherever_they_stand(tree):
    assert package_map.arrows(tree) == {
        "benchmarks": {"widgets"},
        "face_renderer": set(),
        "metrics": set(),
        "plots": {"metrics"},
        "tools": set(),
        "widgets": {"metrics", "plots"},
    }


def test_an_arrow_that_a_longer_way_stands_for_is_left_out(tree):
    assert package_map.reduced(package_map.arrows(tree))["widgets"] == {"plots"}
    assert "    widgets --> metrics" not in package_map.diagram(tree)
    assert "    benchmarks --> widgets" in package_map.diagram(tree)


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="no place for the map"):
        package_map.page_with_map("nothing")


def test_the_map_is_current(capsys):
    assert package_map.main([]) == 0, capsys.readouterr().out


def test_the_library_imports_nothing_that_is_built_on_it():
    graph = package_map.arrows()
    outside = set(package_map.WHOLE)
    assert {box: targets & outside for box, targets in graph.items() if box not in outside and targets & outside} == {}
