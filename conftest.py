"""What pytest runs besides tests/: every notebook that is written by hand, against its stored outputs."""

pytest_plugins = ["tools.notebook_regression"]

# Exercises are generated, with blanks where the answers go: they have no outputs to compare.
collect_ignore_glob = ["notebooks/exercises/*.ipynb", "tests/regression/*.ipynb"]
