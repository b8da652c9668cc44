"""Set how the course looks: colours named by their meaning, sizes readable from the back of a room, one `style`.

Figures, explorers and lessons take every colour from here; a test looks for colours that are written out elsewhere.
Stored notebooks keep the theme's `version`: after a change here, `make notebooks` draws their figures again.

Importing this module imports no Matplotlib.
"""

from __future__ import annotations

import hashlib

# Wong, "Points of view: Color blindness", Nature Methods 8, 441 (2011): eight colours that stay apart for
# colour-blind readers.  Yellow is too faint for a line on white.
BLUE, VERMILION, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, ORANGE, BLACK, YELLOW = "#56B4E9", "#E69F00", "#000000", "#F0E442"
LINES = (BLUE, VERMILION, GREEN, PINK, SKY, ORANGE, BLACK)

# What is drawn on what.
PAPER, INK = "#FFFFFF", BLACK
MUTED = "#999999"  # contours, reference lines: what is looked at last
EDGE = "#777777"  # of squares and scales
FAINT = "#BBBBBB"  # an axis through zero
FILL = "#DDDDDD"  # of what is there but does not count, such as padding

# What the reader is to look at.
HIGHLIGHT = ORANGE  # a frame in a picture
TOUCHED = "#F5D08A"  # squares under a window: the highlight, pale enough for black numbers
FRAME = BLUE  # around them
MARK = VERMILION  # points on a curve, the start of a path, what went wrong
NEGATIVE, POSITIVE = SKY, ORANGE
TRAINING, TEST = SKY, VERMILION
REGIONS = (BLACK, ORANGE, SKY, YELLOW, VERMILION, GREEN)  # of a mask, the background first

# What a check says.
PASSED, TRY_AGAIN, NOT_YET = GREEN, VERMILION, "#808080"

# Colour maps of Matplotlib.
GREY = "gray"  # pictures with one channel
SEQUENTIAL = "cividis"  # from little to much
COUNTS = "Blues"  # how often: white for never
DIVERGING = "PuOr_r"  # around zero, which is white

# Sizes.  A notebook's text has 14 pixels; what is smaller in a figure is not read from the fourth row.
PIXELS_PER_INCH = 100  # of Matplotlib's inches, on the screen
SHARPNESS = 2  # pixels of a figure for one on the screen, for projectors and dense screens
WIDEST = 8.0  # inches: with a margin, what JupyterLab has for an output in a window of 1280 pixels
TEXT, TITLE = 10, 10.5  # points: 14 and 14.6 pixels

STYLE = {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": TITLE,
    "figure.constrained_layout.use": True,
    "figure.dpi": PIXELS_PER_INCH,
    "figure.titlesize": TITLE,
    "font.size": TEXT,
    "image.cmap": GREY,
    "image.interpolation": "nearest",
    "legend.fontsize": TEXT,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
}


def style() -> None:
    """Draw all figures of this kernel in the course's look."""
    from cycler import cycler
    from matplotlib import rcParams

    rcParams.update(STYLE | {"axes.prop_cycle": cycler(color=LINES)})


def version() -> str:
    """Return a digest of all that this module sets, eight characters: another look has another one."""
    values = {name: value for name, value in globals().items() if name.isupper()}
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:8]


def rgb(color: str) -> tuple[int, int, int]:
    """Return a colour, ``"#RRGGBB"``, as three numbers from 0 to 255."""
    return tuple(int(color[start : start + 2], 16) for start in (1, 3, 5))
