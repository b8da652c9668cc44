"""The explorers in a real JupyterLab in a real browser, moved by the keyboard alone.

What a test of the kernel cannot see: that the front end knows every widget, that keys reach the controls and not the
notebook, that the picture on the screen changes.  Where there is no Chromium, these tests are skipped and say how to
install it; in CI (the variable CI is set) they fail.
"""

from pathlib import Path

import nbformat
import pytest
from private_jupyter import browser_page, find_browser, private_jupyter

from tools.machine_speed import allowed

ROOT = Path(__file__).resolve().parents[1]
CALLS = {
    "kernel": "widgets.kernel_explorer()",
    "window": "widgets.window_explorer()",
    "loss": "widgets.loss_explorer()",
    "optimizer": "widgets.optimizer_explorer()",
    "augmentation": "widgets.augmentation_explorer()",
    "gallery": "widgets.gallery_explorer()",
}
FIGURE = """
from matplotlib import pyplot as plt
from course_utils import plots
figure, axis = plt.subplots(figsize=(12, 2))
plots.show(figure, alt="An empty panel.")
"""
HIGHEST = 590  # pixels of an explorer: what JupyterLab shows of a notebook on a projector of 1280 x 720
IDLE = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
ALL_RUN = """() => {
    const cells = [...window.jupyterapp.shell.currentWidget.content.widgets];
    return cells.every(cell => cell.model.type !== 'code' || cell.model.executionCount);
}"""
# What Tab has reached: its kind, and its name, or the label in front of it, for a slider of ipywidgets has no name.
FOCUSED = """() => {
    const element = document.activeElement;
    const label = element.labels?.[0] ?? element.closest('.widget-inline-hbox')?.querySelector('.widget-label');
    const kind = (element.getAttribute('role') ?? element.tagName).toLowerCase();
    return `${kind} ${(label ?? element).textContent.slice(0, 40)}`;
}"""


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """The address of a notebook that shows the explorers; it is not run yet."""
    find_browser()  # without one, start nothing
    folder, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("jupyter")
    setup = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom course_utils import environment, widgets\n"
    cells = [setup + "environment.setup()", *CALLS.values(), FIGURE]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, folder / "explorers.ipynb")
    with private_jupyter(folder, home) as address:
        yield address.format("lab/tree/explorers.ipynb") + "&reset"


@pytest.fixture(scope="module")
def page(jupyter):
    """JupyterLab after all cells were run; ``page.mistakes`` holds what the browser complained about."""
    with browser_page(jupyter) as page:
        page.wait_for_function(IDLE)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(ALL_RUN)
        page.wait_for_function(IDLE)
        page.locator(".jp-OutputArea-output img[alt]").nth(len(CALLS)).wait_for()
        yield page


class Shown:
    """An explorer on the page."""

    def __init__(self, page, name):
        self.page = page
        self.output = page.locator(".jp-CodeCell").nth(1 + list(CALLS).index(name)).locator(".jp-OutputArea-output")
        self.output.scroll_into_view_if_needed()
        self.image = self.output.locator("img[alt]")
        self.table = self.output.locator("table")

    def state(self):
        """Return the picture's data, its alternative text, and the numbers below it."""
        return self.image.get_attribute("src"), self.image.get_attribute("alt"), self.table.inner_text()

    def changed(self, before):
        """Wait until picture, alternative text and numbers are others, and return them."""
        for _ in range(round(allowed(200))):
            if all(new != old for new, old in zip(self.state(), before, strict=True)):
                return self.state()
            self.page.wait_for_timeout(50)
        same = [what for what, new, old in zip(PARTS, self.state(), before, strict=True) if new == old]
        pytest.fail(f"{allowed(10):.0f} seconds after the key the {' and the '.join(same)} stand as before")

    def tab_to(self, label):
        """Press Tab, from the first control on, until the control of this label has the focus."""
        first = self.output.locator("input, [role=slider], button").first
        first.focus()
        reached = []
        for _ in range(30):
            reached.append(self.page.evaluate(FOCUSED))
            if reached[-1] == label:
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not lead to {label!r}, but to {reached}")


PARTS = ("picture", "alternative text", "numbers")


def test_all_cells_run_without_complaint(page):
    assert page.mistakes == []
    assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
    assert page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert page.get_by_text("Error displaying widget").count() == 0
    assert page.locator(".jp-OutputArea-output img[alt]").count() == len(CALLS) + 1


def test_a_figure_has_its_alternative_text_and_fits_into_the_page(page):
    figure = page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output")
    assert figure.locator("img").get_attribute("alt") == "An empty panel."
    assert figure.locator("img").bounding_box()["width"] <= figure.bounding_box()["width"]


@pytest.mark.parametrize("name", CALLS)
def test_an_explorer_is_seen_as_a_whole_on_a_projector(page, tmp_path, name):
    before = page.viewport_size
    page.set_viewport_size({"width": 1280, "height": 720})
    try:
        shown = Shown(page, name)
        page.wait_for_timeout(300)
        page.screenshot(path=tmp_path / "screen.png")
        assert shown.output.bounding_box()["height"] <= HIGHEST
        assert shown.table.is_visible()
    finally:
        page.set_viewport_size(before)


@pytest.mark.parametrize(
    ("name", "label", "keys", "expected"),
    [
        ("kernel", "input row 2, column 2", ["ArrowUp", "ArrowUp"], "-1 0 1; -2 1 2; -1 0 1"),
        ("kernel", "input row 1, column 3", ["Control+A", "7", "Enter"], "-1 0 7; -2 1 2"),
        ("kernel", "button blur", ["Space"], "0.125 0.25 0.125"),
        ("window", "slider position", ["ArrowRight", "ArrowUp"], "3 of 16: row 0, column 2"),
        ("window", "slider stride", ["ArrowRight"], "2 x 2"),
        ("window", "button same", ["Space"], "3 x 3"),
        ("loss", "slider logit", ["ArrowLeft", "ArrowDown", "ArrowLeft"], "-2.3"),
        ("loss", "button 0: no face", ["Space"], "loss 0.0955"),
        ("optimizer", "slider learning rate", ["ArrowUp"], "0.04"),
        ("optimizer", "button Adam", ["Space"], "0.90"),
        ("optimizer", "slider momentum", ["ArrowLeft"], "0.89"),
        ("optimizer", "button saddle", ["Space"], "of 40 steps"),
        ("augmentation", "slider turn, °", ["ArrowRight", "ArrowUp", "ArrowRight"], "25 °"),
        ("augmentation", "slider blur, px", ["ArrowLeft"], "0.75 px"),
        ("augmentation", "slider erase, %", ["ArrowRight"], "35 %"),
        ("augmentation", "button upside down", ["Space"], "nobody is photographed like that"),
        ("gallery", "slider probe", ["ArrowRight"], "2 of 160, a stranger"),
        ("gallery", "slider threshold", ["ArrowRight", "ArrowUp", "ArrowRight"], "FPIR at 0.48"),
    ],
)
def test_keys_change_picture_and_numbers(page, tmp_path, name, label, keys, expected):
    """The settings add up from case to case, as for a reader."""
    shown = Shown(page, name)
    shown.tab_to(label)
    before = shown.state()
    for key in keys:
        page.keyboard.press(key)
    state = shown.changed(before)
    for _ in range(round(allowed(100))):  # several keys may still be on their way
        if expected in (state := shown.state())[2]:
            break
        page.wait_for_timeout(50)
    page.screenshot(path=tmp_path / "screen.png")
    assert expected in state[2]
    assert page.mistakes == []
    assert page.evaluate(FOCUSED) == label  # the notebook did not take the keys for its own


def test_what_is_impossible_is_said(page):
    shown = Shown(page, "window")
    shown.tab_to("button valid")
    page.keyboard.press("Space")
    shown.tab_to("slider input size")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    alert = shown.output.locator("[role=alert]")
    alert.wait_for()
    assert "The picture stays as it was." in alert.inner_text()
