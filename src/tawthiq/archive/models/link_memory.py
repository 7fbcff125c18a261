"""What linking remembers between two runs, so that a new report is compared with few others (docs/adr/0016-links-grow.md).

All of it follows from reports and may be dropped at any time: the next run then links everything anew. No row refers to a
report by a foreign key, for a report that was read anew or erased must be taken out of the memory with care
(`archive.link_memory`), never behind its back. No words are kept but those of place names: all others are numbers.
"""

from django.db import models


class LinkStatistics(models.Model):
    """How common words and names were when all reports were linked last (linking.statistics), packed; at most one row.

    `reports` is how many reports told of an occurrence then, `seen` how many there were in all, `added` how many were linked
    since. `stamp` names the linker, its tables and weights; `digest` is made of the three packed columns, so that a process
    which has them already need not load them again.
    """

    key = models.IntegerField(primary_key=True, default=1)
    stamp = models.CharField(max_length=64)
    reports = models.IntegerField()
    seen = models.IntegerField()
    added = models.IntegerField(default=0)
    words = models.BinaryField()
    names = models.BinaryField()
    people = models.BinaryField()
    digest = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return f"statistics of {self.reports} reports"


class LinkSecret(models.Model):
    """The secret under which names of people are hashed (archive.link_secret); at most one row, which no rebuild drops."""

    key = models.IntegerField(primary_key=True, default=1)
    value = models.BinaryField()

    def __str__(self) -> str:
        return "the secret of links"


class UnlinkedReport(models.Model):
    """A report whose links are to be made or made anew: new, read anew, erased, decided about, or touched by one of these."""

    number = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"report {self.number} to be linked"


class RememberedReport(models.Model):
    """A report as linking remembers it.

    Of its `shingles`, `whole` are in the index and no standing phrases, `sampled` of these are such that every report is
    indexed by. `form` holds its occurrences (linking.occurrence_codec).
    """

    number = models.BigIntegerField(primary_key=True)
    document = models.CharField(max_length=128)
    shingles = models.IntegerField()
    whole = models.IntegerField()
    sampled = models.IntegerField()
    form = models.BinaryField()

    def __str__(self) -> str:
        return f"report {self.number} remembered"


class RememberedShingle(models.Model):
    """A shingle by which a report is indexed: the key is the shingle times 2**27 plus the report's number."""

    key = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.key)


class StandingShingle(models.Model):
    """A shingle that so many reports hold that it is a standing phrase."""

    shingle = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.shingle)


class RememberedWord(models.Model):
    """A very rare word of a report that tells of an occurrence: the word's number times 2**27 plus the report's number."""

    key = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.key)


class RememberedCopy(models.Model):
    """Two reports that repeat one text (records.CopyEdge), by number, the one with the lower identifier first.

    `passages` lists [start, end, start, end] in the first and in the second text.
    """

    pk = models.CompositePrimaryKey("first", "second")
    first = models.BigIntegerField()
    second = models.BigIntegerField(db_index=True)
    containment = models.FloatField()
    passages = models.JSONField()

    def __str__(self) -> str:
        return f"reports {self.first} and {self.second}"


class RememberedEvent(models.Model):
    """An event that linking compares, by the key of its row: its days, its connected part, and its incident.

    `part` is a number that events share which a chain of likely pairs connects; `incident` is the incident's number.
    """

    key = models.BigIntegerField(primary_key=True)
    first = models.IntegerField(null=True)
    last = models.IntegerField(null=True)
    rising = models.BooleanField()
    part = models.BigIntegerField(db_index=True)
    incident = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"event {self.key} of incident {self.incident}"


class RememberedKey(models.Model):
    """A key of an event (linking.candidates) with its first day, as one number (linking.increment), beside the event's key."""

    pk = models.CompositePrimaryKey("bucket", "event")
    bucket = models.BigIntegerField()
    event = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.bucket} of event {self.event}"
