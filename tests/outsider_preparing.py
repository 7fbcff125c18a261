"""What people of the group do with the restricted things in each area of the desk: cases, persons, notices, work, readings.

Before the restriction somebody outside is told of them and given work about them; afterwards the group goes on alone.
"""

from typing import Any

from django.conf import settings
from django.test import Client

from outsider_world import PREPARED, RESTRICTED, SECRET, World, client
from tawthiq.archive.models import IncidentEvent
from tawthiq.casework.domain.assignments import assign
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.domain.person_roles import add_role
from tawthiq.casework.domain.persons import Acting, Facts, open_file
from tawthiq.casework.models import Assignment, Group, Notice, PersonRole, User
from tawthiq.web.link_deciding.tellings import tellings_of

OUTSIDE = ("crane", "finch")


def before(world: World, _heron: Client) -> None:
    """Somebody outside is told of a report, an incident, a pair, and given the report."""
    known, ibis = world.known, User.objects.get(name="ibis")
    subjects = [f"report:{known['copy_item']}", f"report:{known['mill_item']}"]
    for subject in subjects:
        for name in OUTSIDE:
            assert tell([name], Notice.Kind.CORRECTED, subject, "ibis") == 1
    assert assign(settings.ARCHIVE_FOLDER, subjects[:1], "crane", ibis, SECRET).after
    known["subjects"] = subjects
    known["notices"] = list(Notice.objects.values_list("pk", flat=True))
    assert Assignment.objects.count() == 1


def after(world: World, _heron: Client) -> None:
    """The group opens a case and person files about the restricted incidents."""
    known: dict[str, Any] = world.known
    for number in known["incidents"]:
        open_case(settings.ARCHIVE_FOLDER, number, "ibis")
        known["subjects"] += [f"incident:{number}", f"case:{number}"]
    person = open_file(settings.ARCHIVE_FOLDER, Facts(pseudonym=SECRET), [], "ibis")
    number = known["incidents"][-1]
    telling = tellings_of([number])[number][0]
    role = PersonRole.Role.values[0]
    add_role(
        settings.ARCHIVE_FOLDER,
        person.number,
        role,
        Acting("ibis", person.revision),
        incident=number,
        anchor=telling.anchor,
    )
    grouped = open_file(settings.ARCHIVE_FOLDER, Facts(pseudonym=SECRET), list(Group.objects.all()), "ibis")
    known |= {"person": person.number, "grouped": grouped.number, "role": PersonRole.objects.latest("pk").pk}
    known["subjects"] += [f"person:{person.number}", f"person:{grouped.number}"]
    assert IncidentEvent.objects.filter(incident=number).exists()
    assert client("ibis").get(f"/persons/{person.number}/").status_code == 200


PREPARED.append(before)
RESTRICTED.append(after)
