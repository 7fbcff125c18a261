"""Copy families against two public sketch libraries, in one run on one corpus: documents a second and core, and pairs found.

The corpus is the one that ../shared/linking/planted_copies.py makes of the development texts: 50,000 documents whose families
are known. Everybody gets the same word triples of the same folded words, made inside the time measured. The libraries are
asked as field measurements found them at their best: datasketch's MinHash LSH at a low threshold, with the exact Jaccard
likeness verified; rensa's, with the exact containment verified. Needs the `bench` extra and ../shared.
Usage: python -m bench.copies [documents]
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

from eval.check import shared_folder
from tawthiq.linking.copies import copy_families
from tawthiq.linking.shingles import Shingler
from tawthiq.records.reading import Document

DOCUMENTS = 50_000
PERMUTATIONS = 128
Pairs = set[tuple[int, int]]


def planted(documents: int) -> tuple[list[Document], list[int]]:
    """The corpus, and the family of each document."""
    shared = shared_folder()
    if shared is None:
        sys.exit("bench.copies needs ../shared")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "planted.jsonl"
        maker = [sys.executable, shared / "linking" / "planted_copies.py", shared / "gold" / "dev.jsonl", out]
        subprocess.run([*maker, "--documents", str(documents)], check=True)
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return [Document(f"{number:08}", row["text"]) for number, row in enumerate(rows)], [row["family"] for row in rows]


def pairs(groups: Iterable[Sequence[int]]) -> Pairs:
    """Every pair inside a group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def ours(documents: list[Document]) -> Pairs:
    """The pairs inside our families."""
    return pairs([int(identifier) for identifier in family.ids] for family in copy_families(documents))


def jaccard(documents: list[Document]) -> Pairs:
    """datasketch: MinHash LSH at a likeness of .25, verified at .2."""
    sets = triples(documents)
    index = MinHashLSH(threshold=0.25, num_perm=PERMUTATIONS)
    found: Pairs = set()
    for number, held in enumerate(sets):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.to_bytes(8, "little") for shingle in held])
        found.update((other, number) for other in index.query(sketch) if likeness(sets[other], held) >= 0.2)
        index.insert(number, sketch)
    return found


def containment(documents: list[Document]) -> Pairs:
    """rensa: MinHash LSH of 32 bands, verified at a containment of .3."""
    sets = triples(documents)
    index = RMinHashLSH(threshold=0.25, num_perm=PERMUTATIONS, num_bands=32)
    found: Pairs = set()
    for number, held in enumerate(sets):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=7)
        sketch.update([str(shingle) for shingle in held])
        shared = ((other, len(sets[other] & held)) for other in index.query(sketch))
        found.update((other, number) for other, both in shared if both >= 0.3 * min(len(held), len(sets[other])))
        index.insert(number, sketch)
    return found


def triples(documents: list[Document]) -> list[set[int]]:
    """The word triples that we compare ourselves."""
    shingler = Shingler()
    return [set(shingler.shingles(document)) for document in documents]


def likeness(first: set[int], second: set[int]) -> float:
    """Jaccard's share of the common triples."""
    return len(first & second) / max(1, len(first | second))


def measure(name: str, find: Callable[[list[Document]], Pairs], documents: list[Document], truth: Pairs) -> float:
    """Print a line of figures; the documents a second of processor time."""
    started = time.process_time()
    found = find(documents)
    rate = len(documents) / (time.process_time() - started)
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    print(f"{name:45} {rate:8,.0f} documents/s   P {precision:.3f}   R {recall:.3f}")
    return rate


def main() -> None:
    """Print each method's figures and our ratios to the others."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    documents, family = planted(count)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, of in enumerate(family):
        groups[of].append(number)
    truth = pairs(groups.values())
    print(f"{count:,} documents, {len(truth):,} planted pairs")
    own = measure("tawthiq, containment of triples", ours, documents, truth)
    for name, find in (("datasketch, Jaccard verified", jaccard), ("rensa, containment verified", containment)):
        other = measure(name, find, documents, truth)
        print(f"{'':45} tawthiq is {own / other:.1f} times as fast")


if __name__ == "__main__":
    main()
