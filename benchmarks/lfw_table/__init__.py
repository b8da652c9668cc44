"""Score systems on LFW by its official rules, and keep the score of every pair.

Run it from the repository: ``python -m benchmarks.lfw_table`` (``--help`` lists the options).  It needs LFW in a
scikit-learn data folder that the variable SCIKIT_LEARN_DATA names, and for the professional network the optional extra
``requirements-dlib.txt``.  On two cores it takes an hour for that network, and most of a day for the two that are
trained for each fold; what was interrupted goes on where it stopped: run the same command again (on another machine
too: `benchmarks.kept_runs` says how).  On Linux, another memory allocator makes these trainings nearly twice as fast,
because TensorFlow gives large tensors back to the system after every step: ``LD_PRELOAD=libtcmalloc_minimal.so.4``, of
Debian's package libtcmalloc-minimal4, took 0.95 s of processor time a step in place of 1.75 s.

- View 1 is for choices.  All candidates of a system are scored on its test pairs, and stored; the one with the largest
  area under the ROC curve is chosen.  What is trained learns from the people of View 1's training pairs.
- View 2 is scored once for each system, when its choice is stored: a system that is in the table is not scored again.
  Its ten folds have different people.  What is trained learns, for each fold, from people of the other folds only
  (`course_utils.protocols.lfw_folds`), and so does its threshold (`rules`).
- Olivetti's 40 people, of whom no system has seen any, are scored once as well.  What is trained learns from the people
  of View 1's training pairs (`olivetti`).
- The scores of the 6,000 pairs are kept, and every number of the table is computed from them
  (`course_utils.protocols.lfw_scores`).

LFW's two views overlap by design, so a choice on View 1 has seen some pictures of View 2; the protocol accepts that.

A new system is an entry of `systems.SYSTEMS`.  A network that is trained for each fold (`networks`) has its threshold
from one more fold that it did not see.  Weights that were trained on real people stay in this machine's cache.
"""

from course_utils import environment

environment.setup()
