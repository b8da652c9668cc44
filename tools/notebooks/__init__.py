"""Execute, normalise and check notebooks, and the comparison that their regression test uses.

===============  ===================================================================================
The command line is ``python -m tools.notebooks``; the pytest plugin is `tools.notebook_regression`.
"""
