"""Keep what the course says of its lessons in step with its outline, ``course.toml``.

=============  ==========================================================================================
module         holds
=============  ==========================================================================================
``read``       the outline as Python objects, and how texts name lessons and times
``links``      where the course is published: badges, and what a setup cell fetches
``lengths``    how long a lesson takes, counted from its words, cells and questions
``blocks``     text between marks
``readme``     what README and lesson 00 say of the lessons
``notebooks``  what each notebook says of itself: title, badge, times, setup cell, what is next
``rules``      what must hold between the outline and the files
=============  ==========================================================================================

The command line is ``python -m tools.outline``.
"""
