"""Figures for notebooks: faces, curves and scores."""

from course_utils.plots.lines import curve_panels, curves, descent_paths, learning_curves
from course_utils.plots.pictures import face_grid, panels, show
from course_utils.plots.scores import VERDICTS, confusion_table, interval_groups, interval_panels, similarity_histogram

__all__ = [
    "VERDICTS",
    "confusion_table",
    "curve_panels",
    "curves",
    "descent_paths",
    "face_grid",
    "interval_groups",
    "interval_panels",
    "learning_curves",
    "panels",
    "show",
    "similarity_histogram",
]
