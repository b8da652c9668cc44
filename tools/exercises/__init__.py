"""Make the exercises of a lesson from their solutions, and say what is wrong with a solution notebook.

============  ==========================================================================================
module        holds
============  ==========================================================================================
``blanks``    what a learner gets in place of a solution, cell by cell
``rules``     what the notebook of solutions owes its readers: headings, objectives, checks
``generate``  a whole notebook, and whether the one in the checkout is current
============  ==========================================================================================

The command line is ``python -m tools.exercises``.  Nothing is edited in ``notebooks/exercises``.
"""
