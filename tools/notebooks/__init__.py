"""Execute, normalise and check notebooks, and the comparison that their regression test uses.

===============  ==========================================================================================
module           holds
===============  ==========================================================================================
``tags``         the tags of a cell: how closely its outputs must match
``predictions``  the questions that ask for a prediction, and the cells whose output answers them
``compare``      stored outputs against new ones: numbers with a tolerance, words exactly
``figures``      the same for figures
``embedded``     the figures in the outputs of a cell, and how they take less space
``digest``       whether the stored outputs come from the code that stands there now
``tidy``         what a notebook file looks like when it is in order, and what is wrong with one that is not
``kernel``       the environment that every notebook runs in, and running its cells
``execute``      run a notebook and store its outputs
===============  ==========================================================================================

The command line is ``python -m tools.notebooks``; the pytest plugin is `tools.notebook_regression`.
"""
