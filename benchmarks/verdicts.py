"""What an observer who knows nothing of the code says of runs, against the verdicts on them."""

from collections import Counter

from benchmarks.report import print_table
from experiments.verdicts import KINDS
from tests.labelled_runs import labelled_runs


def verdicts() -> None:
    """Prints the confusion matrix."""
    found, undecided = labelled_runs()
    counted = Counter((one.label, one.verdict.kind) for one in found)
    agree = sum(count for (label, kind), count in counted.items() if label == kind)
    rows = [[label, *(str(counted[label, kind] or "") for kind in KINDS)] for label in KINDS]
    title = f"verdicts: {len(found)} runs, {agree / len(found):.1%} agree; {undecided} more that he does not decide"
    print_table(title, ["observer", *KINDS], rows, ["rows: what the observer says; columns: the verdicts"])
