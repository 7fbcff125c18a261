"""How well, how fast and in how much memory records of persons are linked, on two public collections with known duplicates.

F1 is over all pairs of records that the collection calls one person, found or not: once of the pairs proposed at even odds,
once of the pairs within the groups that the proposals count by. The labels chose settings; weights are estimated without
them.
"""

import resource
import time

from eval.check import shared_folder
from eval.people import fake_1000, historical_50k, scored
from tawthiq.linking.people import propose


def main() -> None:
    """Print precision, recall and F1 of pairs and of groups, times and memory."""
    shared = shared_folder()
    if shared is None:
        print("../shared is absent: nothing to measure")
        return
    for name, load in (("fake_1000", fake_1000), ("historical_50k", historical_50k)):
        wall, processor = time.perf_counter(), time.process_time()
        records, persons = load(shared)
        found = propose(records)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        for what, (precision, recall, f1) in scored(found, persons).items():
            print(f"{name} {what}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        distinct = found.distinct
        print(f"{name}: {distinct.least:,} to {distinct.most:,} persons told, {len(set(persons.values())):,} true")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name}: {len(records):,} records in {wall:.1f} s, {processor:.1f} s of processors, {memory:,.0f} MB at most"
        )


if __name__ == "__main__":
    main()
