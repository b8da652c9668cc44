"""The forms of exercise: what an answer is compared with, and how.

=============  ============================================================================================
form           the answer is
=============  ============================================================================================
`Value`        a number, a shape, an array, a word: compared with the right one within a tolerance
`Values`       several numbers or lists of numbers, each by its name: looked at one after the other
`Words`        a word for each of several entries: looked at one after the other
`Choice`       one letter, or several
`Function`     a function: compared with a reference on small cases, from the smallest to the largest
`Custom`       anything else: a generator judges it
=============  ============================================================================================

Each is made in the module of an exercise, and gets its number and its hints from the text beside it (see
`course_utils.exercises.hints`).  A hint leads and does not tell: it names the place to look at, a smaller question, or
what the answer would mean.  It never holds the solution; tests see to that.
"""

from course_utils.exercises.calls import Case
from course_utils.exercises.forms.choice import Choice
from course_utils.exercises.forms.custom import Custom
from course_utils.exercises.forms.entries import Values, Words
from course_utils.exercises.forms.exercise import SMALLEST_CASE, Exercise, Mistake
from course_utils.exercises.forms.function import Function
from course_utils.exercises.forms.value import Value

__all__ = ["SMALLEST_CASE", "Case", "Choice", "Custom", "Exercise", "Function", "Mistake", "Value", "Values", "Words"]
