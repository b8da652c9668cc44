"""Rewrite lesson 06 (run in its worktree)."""
import nbformat
from nbformat import NotebookNode
p='notebooks/06_overfitting_fixes.ipynb'
nb=nbformat.read(p,4)
C=nb.cells
def md(i,old,new):
    assert C[i].cell_type=='markdown' and old in C[i].source,(i,old,C[i].source[:400]); C[i].source=C[i].source.replace(old,new)
def code(i,old,new):
    assert C[i].cell_type=='code' and old in C[i].source,(i,old,C[i].source[:400]); C[i].source=C[i].source.replace(old,new)
drop=set()
after={}
def insert(i,kind,source,id,tags=()):
    cell=NotebookNode(id=id,cell_type=kind,metadata=NotebookNode(tags=list(tags)) if tags else NotebookNode(),source=source)
    if kind=='code': cell.execution_count=None; cell.outputs=[]
    after.setdefault(i,[]).append(cell)

md(0,'''lesson you see the trouble first, take each remedy apart until it is a few lines of arithmetic, and then read a table that
measures all of them, alone and combined, over five seeds, on three sets of pictures.''','''lesson you see the trouble first and take each remedy apart until it is a few lines of arithmetic. Then you read figures in
which all of them are measured, alone and combined: on fifteen groups of rendered people who share nobody, and on photographs.''')
md(0,'''- compare remedies fairly: one protocol, choices on validation pictures, several seeds, differences seed by seed;
- tell a score on new pictures of known people from one on new people, and choose remedies by a table instead of by habit.''','''- compare remedies fairly: one protocol, choices on other people, differences seed by seed, a correction for many comparisons;
- tell a score on new pictures of known people from one on new people, and choose remedies by measurement instead of by habit.''')
md(0,'| remedy | here: anything on the list of section 12 |','| remedy | here: anything that is tried against overfitting, the list of section 11 |')
md(0,'''- compute dropout, batch normalisation, label smoothing and early stopping by hand, and check them against Keras;''','''- compute dropout, batch normalisation, label smoothing and early stopping by hand;''') if False else None

# 1
md(5,'''Now a network. Twenty rendered people, who do not exist; six pictures of each to learn from, three to watch and five to test.
The network is that of the article without its dropout, which is a remedy already: it has 2.5 million weights for 120
pictures. **How good will it be on the 120? How good on the others? Chance is 0.05.**''','''Now a network. Ten rendered people, who do not exist: six pictures of each to learn from, three to watch and five to test.
(Ten more people are put aside until section 12.) The network is the article's without its dropout, which is a remedy
already. It has 2.5 million weights for 60 pictures. **How good will it be on the 60? How good on the others? Chance is 0.1.**''')
C[6].source='''people = datasets.load_faces("rendered", split="train", people=20, size=64)
protocol = overfitting.PROTOCOLS["rendered"]
train, validation, test, new_people = overfitting.parts_of(people, protocol, data=1.0, seed=0)
plots.show(
    plots.face_grid(train.images[:18], columns=6),
    alt="Three rows of six pictures, each row one rendered person with changing hair, pose, light and background.",
)'''
C[7].source='''`train_remedied` builds, compiles and fits as lesson 05 does. Remedies are switches, and by default all are off. It also takes
the number of pictures that are shown in all: here 50 times the 60. A callback of our own writes down all scores after each
epoch:'''
code(9,'shown=25 * 120','shown=50 * 60')
code(11,'(5, 15, 25)','(5, 15, 50)')
code(12,'range(1, 26)','range(1, 51)'); code(12,'over 25 epochs','over 50 epochs')

# 2
md(18,'''All 60 by heart, and guessing on the others. The capacity is there to learn sixty accidents by heart. So a high training
accuracy proves nothing; and that the same network does learn faces from the right labels (section 12) shows that capacity
alone does not do the harm either. The article lists "too complex" and "overfitting" as two troubles: the first is one cause
of the second, and not a sufficient one.''','''It knows all 60 by heart, and guesses on the others. So the network has the capacity to memorise sixty accidents, and a high
training accuracy proves nothing. Capacity alone does no harm either: with the right labels the same network does learn what a
face is (section 6 trains it).''')

# 3
md(22,'Whether so many weights do harm, section 12 will measure.\n\n','Whether so many weights do harm, section 11 measures.\n\n')
md(24,'''It no longer tells *where* in the picture something was found. For "is there a face" that is a blessing; whether it is for
"whose face is it", the table will tell.

And the number of units alone? These networks were trained by the benchmark of section 12 on 120 pictures, as in section 1,
five seeds each:''','''It no longer tells *where* in the picture something was found. Section 11 measures what that does to "whose face is it?".

And the number of units alone? A benchmark trained these networks as in section 1, five times with ten other people each time:''')

# 4: the figure tells what the lines told
drop.add(28)

# 5
md(38,'''

Is `drop` what Keras does? Wherever Keras kept something, the numbers must be equal:''','')
drop.add(39)

# 6
md(42,'''As formulas, checked on eleven places:''','''As formulas, for the weight at which the loss with penalty is lowest:

$$w_{\\mathrm{L1}} = \\operatorname{sign}(a)\\,\\max(|a| - \\lambda,\\ 0) \\qquad w_{\\mathrm{L2}} = \\frac{a}{1 + 2\\lambda}$$

Here $\\lambda$ is the strength. The search over a grid and the formulas agree on eleven places:''')
md(48,'''(The counts are on a logarithmic scale; few weights lie beyond .05.) L1 makes seven of ten weights tiny. L2, which should only
make all of them smaller, has a needle at 0 as well: section 7 finds out why. And none is exactly 0, although the formula
promises it: near 0 the penalty's gradient keeps its full strength and changes its sign, so gradient steps jump to and fro
across 0. To land on 0, one has to use `with_l1` itself as part of the step (*proximal* gradient descent). A single unit on
the pixels, trained in both ways:''','''(The counts are on a logarithmic scale.) L1 makes seven of ten weights tiny. L2, which should only make all of them smaller,
has a needle at 0 as well: section 7 finds out why. And no weight is exactly 0, although the formula promises it. Near 0 the
gradient of L1 keeps its full strength and changes its sign, so gradient steps jump back and forth across 0. An optimizer that
lands on 0 uses the formula itself: first a step without the penalty, then `with_l1`. (This is called *proximal* gradient
descent.) A single unit on the pixels, trained in both ways:''')

# 7
md(53,'''So that is where the needle of L2 comes from. The formula of section 6 promises that every weight shrinks by the same share;
with Adam, the weights that no picture pulls at (most of the dense layer's, with 60 pictures) go straight to 0, one learning
rate a step. AdamW, trained on the same pictures, has no needle, only the flat histogram made narrower (here with a decay of
10, far above the table's 0.1, so that it shows: 50 steps leave 0.99⁵⁰ = .61 of what no picture pulls at):''','''So that is where the needle of L2 comes from. The formula of section 6 promises that every weight shrinks by the same share.
But with Adam, a weight that the pictures hardly pull at goes straight to 0, one learning rate per step. **How many of the
weights are hardly pulled at?** The training without a penalty tells: how far did each weight move from where it began?''')
insert(53,'code','''begun = overfitting.remedied_network(small_train.images.shape[1:], 1, Remedies(), seed=0)
moved = np.abs(overfitting.kernels(trained["no penalty"]) - overfitting.kernels(begun))
for bound in (1e-4, 1e-3, 1e-2):
    print(f"moved by less than {bound:.4f}: {np.mean(moved < bound):.2f} of the weights")''','moved',['atol:0.06','answers-a-prediction'])
insert(53,'markdown','''So L2 with Adam empties about the weights that learn little, and leaves the others. AdamW on the same pictures has no needle. It
makes the flat histogram narrower, all of it by the same factor. (Its decay is 10 here, so that it shows. 50 steps at the
learning rate 0.001 leave 0.99⁵⁰ = 0.61 of a weight that nothing pulls at.)''','moved-why')

# 8
md(55,'''Stop when the validation loss has not been below its best value for some epochs (the *patience*), and put back the weights of
the best epoch.''','''Stop when the validation loss has not been below its best value for some epochs (the *patience*), and put back the weights of
the best epoch. In Keras: `EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)`.''')
C[57].source='''The last epoch would have been the best: that is the price of a small patience. (And the validation pictures have been used
for a choice, so they are no test pictures any more.)

And the training of section 1? One can watch the validation loss, or the validation accuracy. **Which of the two stops first?**'''
drop.update({58,59})
C[60].source='''for score, values in (("loss", curves["loss validation"]), ("accuracy", -np.array(curves["accuracy validation"]))):
    stopped, best = stop_early(values, patience=10)
    print(f"by validation {score:8}: stops after epoch {stopped}, gives epoch {best}, ", end="")
    print(f"test accuracy there {curves['accuracy test'][best - 1]:.2f}")
print(f"without: test accuracy after epoch 50 {curves['accuracy test'][-1]:.2f}")'''
C[60].metadata['tags']=['int-tol:20','atol:0.2','answers-a-prediction']
C[61].source='''The validation loss turns long before the accuracy is at its best (see the curves of section 1), so the monitor matters. One run
proves little: section 11 has fifteen of each.

## 9. Batch normalisation

For each channel: subtract the mean over the batch, divide by the standard deviation, then multiply by one learned number and
add another, which are 1 and 0 at the start:

$$\\hat{x} = \\gamma\\,\\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta$$

**The values of a channel over a batch of four are 1, 3, 5, 7. What comes out?**'''
C[63].source='''In training, a picture's numbers depend on its neighbours in the batch. That is noise, so it works against overfitting too,
though batch normalisation was invented to make training faster. In use there is no batch. So the layer keeps a second mean and
variance, which begin at 0 and 1 and follow those of the batches slowly: here by 0.1 at each step (a *momentum* of 0.9). Keras's
momentum is 0.99. How much of the beginning is left after the training of section 1?'''
code(64,'steps = 25 *','steps = 50 *')
C[65].source='''With 0.99, a third of the mean 0 and the variance 1 from before the training would still be in use. Our networks use 0.9.

## 10. Label smoothing

The truth gets a little less than 1, the others a little more than 0: with k classes and smoothing s,
$y_i = (1 - s)\\,y_i + s/k$. **Three people, smoothed by 0.1: which numbers? And for which answer is the loss lowest?**'''
C[66].source='''smoothed = np.array([0.0, 1.0, 0.0]) * (1 - 0.1) + 0.1 / 3
print("labels:", smoothed.round(4))
for certainty in (0.9, 0.9333, 0.99, 0.9999):
    answer = np.array([(1 - certainty) / 2, certainty, (1 - certainty) / 2])
    print(f"probability {certainty} for the truth: loss {-(smoothed * np.log(answer)).sum():.4f}")'''
drop.add(67)
C[68].source='''Certainty no longer pays: the loss is lowest where the probabilities are the smoothed labels, and grows beyond. So weights
have no reason to grow without end.'''
drop.update({69-0} if False else set())

# 4: transfer is told where it is used
md(27,'''*Transfer* begins with the convolutions of a network that has learned to
tell 100 other rendered people apart.''','''*Transfer* copies the convolutions of a network that has learned to tell 80 other rendered people apart, and trains them on from
there. The dense layers, which know the other network's people, begin anew.''')
drop.update(range(69,94))
last=93
NEW=[]
def new(kind,id,source,tags=()):
    insert(last,kind,source,id,tags)

new('markdown','protocol','''## 11. All remedies, one protocol

Before you look: **which three remedies will help most, and will any of them do harm?** Write them down.

What makes a comparison fair was decided, and written into `benchmarks/overfitting.py`, before the first run:

- the same start, the network of section 1, and one change at a time; then some combinations;
- the same optimizer, and the same number of pictures shown: twice what the start needs to learn its training pictures;
- fifteen seeds, each with twenty people of its own: ten to train on, ten who stay new. A remedy is compared with the start seed by seed;
- strengths chosen by validation pictures of other people (the part `dev` of the set), the others fixed beforehand;
- no verdict on a network that is right about less than 0.9 of its own *training* pictures: it is "not trained".

Transfer has one advantage that the others lack: its convolutions have seen 12,000 pictures of 80 other people. Olivetti's
photographs show 40 real people (lesson 05). That is too few for seeds of their own: five seeds deal the same people again, so
their intervals tell nothing about other people. They are a second opinion.''')
new('code','chosen','''chosen = [row for row in stored if row["kind"] == "choice" and row["chosen"]]
print("chosen on other people:", ", ".join(f"{row['setting']} {row['value']}" for row in chosen))''')
new('markdown','correct','''Eighteen remedies and two scores are 36 comparisons. If no remedy did anything, about two of 36 intervals of 95 % would still
miss 0. So we correct: `metrics.discoveries` names only so many that about one in twenty of *those named* is expected to be
wrong (the rule of Benjamini and Hochberg, 1995).''')
new('code','judge','''def changes(name, score):
    """Return for each remedy its differences from the start, one per seed."""
    table = rows("table", name)
    start = table["start: no remedy"]["runs"]
    return {
        remedy: [run[score] - first[score] for run, first in zip(row["runs"], start, strict=True)]
        for remedy, row in table.items()
        if not remedy.startswith("start")
    }


scores = {"accuracy, known people": ("test", 1), "error, new people": ("new_people_eer", -1)}
trained = {name: {remedy for remedy, row in rows("table", name).items() if row["train"] >= 0.9} for name in sets}''')
NB=None
NEW.clear()
after[last]=[cell for cell in after[last] if cell.id not in ('judge',)]
new('code','judge','''def changes(name, score):
    """Return for each remedy its differences from the start, one per seed."""
    start = rows("table", name)[START]["runs"]
    return {
        remedy: [run[score] - first[score] for run, first in zip(row["runs"], start, strict=True)]
        for remedy, row in rows("table", name).items()
        if remedy != START
    }


def judged(name):
    """Return for each (score, remedy) better, worse, undecided or not trained, corrected over all of them."""
    wanted = {(score, remedy): runs for score in BETTER for remedy, runs in changes(name, score).items()}
    fit = {key: runs for key, runs in wanted.items() if rows("table", name)[key[1]]["train"] >= 0.9}
    found = metrics.discoveries(fit)
    return {
        key: "not trained" if key not in fit
        else "undecided" if not found[key]
        else "better" if np.mean(runs) * BETTER[key[0]] > 0 else "worse"
        for key, runs in wanted.items()
    }  # fmt: skip


START, BETTER = "start: no remedy", {"test": 1, "new_people_eer": -1}
verdicts = {name: judged(name) for name in ("rendered", "olivetti")}
raw = [metrics.mean_interval(runs) for score in BETTER for runs in changes("rendered", score).values()]
missed = sum(low > 0 or high < 0 for _, low, high in raw)
named = sum(verdict in ("better", "worse") for verdict in verdicts["rendered"].values())
print(f"rendered people: {missed} of {len(raw)} intervals miss 0; {named} verdicts are left after the correction")''')
new('code','figure-known','''def figure_of(score, label):
    ranked = sorted(changes("rendered", score).items(), key=lambda item: -BETTER[score] * np.mean(item[1]))
    panels = {
        name: {remedy: metrics.mean_interval(changes(name, score)[remedy]) for remedy, _ in ranked} for name in verdicts
    }
    words = {name: {remedy: verdicts[name][score, remedy] for remedy in panel} for name, panel in panels.items()}
    return plots.interval_panels(panels, label, verdicts=words)


plots.show(
    figure_of("test", "accuracy on new pictures of known people, less the start's"),
    alt="FILL",
)''',['answers-a-prediction'])
new('markdown','read-known','''FILL what the figure shows.''')
new('markdown','new-people','''## 12. New pictures, or new people?

All these scores are on new pictures of *known* people. In face recognition, people are enrolled after the training (lesson 08).
To ask a network about people that it has never seen, we take what goes into its last layer as an embedding, compare all
pairs of pictures by the cosine, and compute the equal error rate, as in lesson 05: 0 is perfect, 0.5 is chance. The network of
section 1 is right about all of its training pictures. **What is its error on other pictures of these people, and on pictures
of ten new people?**''')
new('code','errors','''print(f"accuracy on training pictures: {accuracy(network, train):.2f}")
for words, part in (("training pictures", train), ("new pictures of known people", test), ("new people", new_people)):
    print(f"equal error rate, {words:28}: {overfitting.verification_error(network, part):.2f}")''',['atol:0.06','answers-a-prediction'])
new('markdown','known-new','''The network is right about every training picture, and wrong about a third of the pairs of new people. Even on its training
pictures the embedding is not good: the last layer can tell people apart by name although pictures of one person are not close
together. **Does the remedy that is best for known people help new people most?**''')
new('code','figure-new','''plots.show(
    figure_of("new_people_eer", "equal error rate on new people, less the start's: further left is better"),
    alt="FILL",
)
for name in verdicts:
    gaps = [np.mean([run["new_people_eer"] - run["known_people_eer"] for run in row["runs"]]) for row in rows("table", name).values()]
    print(f"{name}: error on new people less that on known people, mean over all rows {np.mean(gaps):+.2f}")''',['answers-a-prediction'])
new('markdown','guide','''FILL guide''')
for i in sorted(after,reverse=True):
    for cell in reversed(after[i]): C.insert(i+1,cell)
ids=[c.id for c in after[last]]
nb.cells=[c for k,c in enumerate(nb.cells)]
