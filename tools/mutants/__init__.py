"""Try the checkers of the exercises with mutants, solutions changed in one place, and say which of these pass.

===============  =======================================================================================
module           holds
===============  =======================================================================================
``solutions``    the solutions of the exercises, as programs that can be run
``expressions``  what may be wrong with an expression: an operator, a constant, an axis, a forgotten call
``statements``   what may be wrong with a statement: forgotten, a loop cut short
``mutate``       all programs that differ from one in a single place
``verdicts``     what a checker makes of each of these
``inputs``       an input that tells a mutant from the reference
``survivors``    the mutants that may pass, with reasons, and those that once did: ``survivors.toml``
``report``       the table, and what is wrong with the checkers
===============  =======================================================================================

The command line is ``python -m tools.mutants``.

Libraries for mutation testing, such as mutmut and cosmic-ray, change modules on disk and run the tests for each
mutant.  Here the program is a cell of a notebook and `judge` answers within a hundredth of a second; and they do not
make most of the changes that matter with arrays, such as another axis or a forgotten method.
"""
