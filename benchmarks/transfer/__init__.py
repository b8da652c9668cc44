"""Measure what a network does with real faces that was trained on rendered people only and has never seen a real one.

Run it from the repository: ``python -m benchmarks.transfer`` (``--help`` lists the options).  It needs LFW and Olivetti
(downloaded on first use, or found through the variable SCIKIT_LEARN_DATA), and renders the sets that do not come with
the course, the larger one in half an hour.  On two cores the whole table takes hours: trained networks and rendered
sets are kept in the course's cache, and what was interrupted goes on where it stopped: run the same command again.

Protocol.  Everything was chosen on LFW's View 1: ``--view1`` scores that alone and stores nothing.  View 2 (ten folds,
the threshold of each from the other nine) and Olivetti (all pairs) are for the table, not for choices: they were scored
once for each row, when its recipe stood.  The last row's was chosen when the View 2 of the others was known, on View 1
alone.  What makes a set good to learn from, `benchmarks.transfer_ablations` asks, on View 1 too; and what can be gained
with the last network as it is, `benchmarks.transfer_comparison`.  By LFW's terms this is "labeled outside data": no LFW
picture is trained on, except by the one baseline whose name says so.

At test time the embeddings of a picture and of its mirror image are added, and two pictures are compared by the cosine.
Every method is scored twice: as it is; and "centred", less its mean over the pictures of View 1's training pairs.  That
mean is 128 numbers from real faces, without a name or a label: this is not training, but it does use real faces.  It
takes away what all photographs have in common and no rendered picture has.  LFW's views overlap, so some of these
pictures are in View 2 as well; `benchmarks.transfer_centring` measures that this gains nothing.

LFW is cut to its "face" crop, which rendered pictures are framed like.  Olivetti's faces are larger in their frame:
each picture is shrunk and its edge pixels are repeated, so that the eyes and mouth of the mean Olivetti face come to
lie where those of the mean face of LFW's View 1 lie.  No identity is used for this.
"""

from course_utils import environment

environment.setup()
