"""An archive about to hand something out: a verified and published case, and a person whose sealed name a report tells.

Nobody real: the names are everyday words put together for this.
"""

from datetime import UTC, datetime

from served_archive import Desk
from tawthiq.archive.models import Claim, EventCount, EventVictim, Incident, IncidentReport
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.domain.identities import Identity, keep
from tawthiq.casework.domain.person_roles import put_role
from tawthiq.casework.domain.persons import Acting
from tawthiq.casework.domain.publishing import publish
from tawthiq.casework.domain.verification import finish
from tawthiq.casework.models import Person, PersonRole
from tawthiq.records.link_decision import EventAnchor
from tawthiq.records.person import Sex
from verified_desk import content_now, whole_sheet

PERSON, PSEUDONYM = 300_552, "وردة"
NAME, NAME_LATIN, TELEPHONE = "سنبل عبد الغيم النرجسي", "Sunbul Abd al-Ghaym al-Narjisi", "+963 944 000 117"
"""The sealed name (an invented one), how it is written in Latin letters, and a telephone number that reaches nobody."""


def incident_of(desk: Desk) -> int:
    """The number of the incident that seven reports tell."""
    return Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]


def publish_case(desk: Desk) -> int:
    """Have two people verify the incident, which nothing makes sensitive any more, and publish it; its number."""
    for model in (EventCount, Claim):
        model.objects.filter(group="children").delete()
    EventVictim.objects.all().delete()
    number = incident_of(desk)
    case = open_case(desk.folder.path, number, "heron")
    for name in ("tern", "gull"):
        now = content_now(number)
        finish(desk.folder.path, case, whole_sheet(now), now.digest, name)
    publish(desk.folder.path, case, 0, "heron")
    return number


def seal_person(desk: Desk) -> Person:
    """A victim of the incident, whose name is sealed and who agreed to nothing."""
    number = incident_of(desk)
    person = Person.objects.create(
        number=PERSON, pseudonym=PSEUDONYM, sex=Sex.FEMALE.value, opened_by="heron", opened=datetime.now(UTC)
    )
    telling = content_now(number).tellings[0]
    anchor = EventAnchor(telling.document, telling.start, telling.end, telling.text, telling.act)
    put_role(person, PersonRole.Role.VICTIM, "heron", incident=number, anchor=anchor)
    person.save()
    acting = Acting("heron", Person.objects.get(pk=PERSON).revision)
    return keep(desk.folder.path, PERSON, Identity(full=NAME, full_latin=NAME_LATIN, contact=TELEPHONE), acting)


def tell_the_name(desk: Desk) -> None:
    """Have a claim and the title of a report of the incident tell the sealed name, as pages do."""
    number = incident_of(desk)
    claim = Claim.objects.filter(incident=number, slot="killed").order_by("key").first()
    assert claim is not None
    Claim.objects.filter(pk=claim.pk).update(text=f"قُتلت {NAME}", speaker=f"شقيق {NAME}")
    report = IncidentReport.objects.filter(incident=number).order_by("number")[0].report
    report.title = f"مقتل {NAME}"
    report.text = f"{report.title}\n{report.text}"
    report.save()
