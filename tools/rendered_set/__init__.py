"""The embedded set of rendered people: planned, rendered, stored, checked, shown.

python -m tools.rendered_set build    render all people (from where it was interrupted), store them in data/rendered
python -m tools.rendered_set check    render some again, or all, and compare with what is stored
python -m tools.rendered_set sheet    draw the contact sheet for the README
python -m tools.rendered_set card     write the measured numbers into data/README.md and MEASUREMENTS.md

`course_utils.datasets.rendered` reads what this writes.  Drawing itself is the package ``face_renderer``.
"""
