"""Find each number that a text states among what was computed, so that a wrong or stale one is seen.

================  =======================================================================================
module            holds
================  =======================================================================================
``quantities``    the numbers of a text: value, unit, and to how many digits they are given
``arithmetic``    the sums that a text writes out, such as 3 × 3 × 32 = 288
``evidence``      the numbers of code, of outputs and of stored results
``blocks``        the paragraphs, list items and table rows of a text, and the sections that they name
``passages``      the pieces of text of a notebook, and the code cells that each is next to
``sources``       the sources of numbers that a cell's metadata name
``notebooks``     where the numbers of a lesson or of solutions have to be found
``documents``     the same for the README and the data card
``planted``       numbers made wrong on purpose, to measure how many are noticed
================  =======================================================================================

A number counts as found if it rounds, to the digits that the text gives, to one of those.  Not checked are integers up
to 12, which are found nearly everywhere by chance; years; numbers inside code; numbers written as words.
"""
