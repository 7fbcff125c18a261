"""Records of persons compared, and pairs proposed that may be one person: never merged, always for people to decide.

Pure: `read_person` takes the words of a list or report and gives a `records.PersonRecord`; `propose` takes records and gives
`records.PersonProposals`. The probability is that of Fellegi and Sunter (1969) as the Splink library reckons it, over DuckDB
in memory; both are an extra of the installation and are loaded only when records are compared. docs/people.md tells the method.
"""

from tawthiq.linking.people.proposing import DEFAULT_PROBABILITY, propose
from tawthiq.linking.people.reading import read_person

__all__ = ["DEFAULT_PROBABILITY", "propose", "read_person"]
