"""The guided start: what a person does first, each step with where it leads and whether it is done.

A step is done when the rows say so, never because somebody pressed "next": the page can be left and come back to. Which steps
there are follows from what the person may do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tawthiq.archive.models import LinkRun, LogAct, Report
from tawthiq.casework import rules
from tawthiq.casework.models import LinkDecision, SecurityKey, TimeCode, User, VerificationSheet
from tawthiq.casework.models.reading_corrections import ReportReview
from tawthiq.casework.queries.visibility import Sight


@dataclass(frozen=True, slots=True)
class Step:
    """One step in words; `address` is where it is done in the pages, `commands` what is typed in a terminal instead."""

    title: Promise
    why: Promise
    done: bool
    address: str = ""
    button: Promise | str = ""
    commands: str = ""


def steps_for(user: User, sight: Sight) -> list[Step]:
    """The steps of this person, in the order in which they are best taken."""
    makers: tuple[Callable[[User, Sight], Step | None], ...] = (
        _pages, _linked, _desk, _proposal, _case, _team, _factor, _backup,
    )  # fmt: skip
    return [step for maker in makers if (step := maker(user, sight))]


def _pages(_user: User, sight: Sight) -> Step:
    return Step(
        _("Keep pages and read them"),
        _(
            "A page is preserved as it is, entered into the signed log, and read. Nothing is fetched by these pages themselves."
        ),
        sight.reports(Report.objects.all()).exists(),
        reverse("reports"),
        _("See the reports"),
        "tawthiq collect https://example.org/page\ntawthiq read",
    )


def _linked(_user: User, _sight: Sight) -> Step:
    return Step(
        _("Link the reports of one incident"),
        _("Ten pages are not ten witnesses: copies count once, and contradictions stay side by side."),
        LinkRun.objects.exists(),
        reverse("incidents"),
        _("See the incidents"),
        "tawthiq link",
    )


def _desk(user: User, sight: Sight) -> Step | None:
    if not rules.may_decide_pages(user):
        return None
    report = sight.reports(Report.objects.filter(event_count__gt=0)).order_by("pk").values_list("pk", flat=True).first()
    return Step(
        _("Check one reading against its text"),
        _("Each value leads to its characters. Accept, correct or reject it; the machine’s version is kept."),
        ReportReview.objects.filter(by=user.name).exists(),
        reverse("desk", args=[report]) if report else "",
        _("Open a report at the desk"),
    )


def _proposal(user: User, _sight: Sight) -> Step | None:
    if not rules.may_decide_links(user):
        return None
    return Step(
        _("Decide about one proposal"),
        _("The machine proposes, with reasons for and against. One key decides, and the next proposal is there."),
        LinkDecision.objects.filter(by=user.name).exists(),
        reverse("queue"),
        _("Open the queue"),
    )


def _case(user: User, _sight: Sight) -> Step | None:
    if not rules.may_verify(user):
        return None
    return Step(
        _("Grade one incident"),
        _("Two people grade alone, and neither sees the other’s grades before. Only then is it verified."),
        VerificationSheet.objects.filter(by=user.name).exists(),
        reverse("cases"),
        _("See the cases"),
    )


def _team(user: User, _sight: Sight) -> Step | None:
    if not rules.may_manage_team(user):
        return None
    return Step(
        _("Ask a second person in"),
        _("Nothing is verified by one person alone. A link that works once lets them choose a name and a password."),
        User.objects.filter(is_active=True).exclude(Q(pk=user.pk) | Q(role=User.Role.PUBLIC)).exists(),
        reverse("team"),
        _("Open the team"),
    )


def _factor(user: User, _sight: Sight) -> Step:
    keys = SecurityKey.objects.filter(user=user).exists()
    return Step(
        _("Protect your way in"),
        _("A second factor, and recovery codes on paper: a stolen password alone then opens nothing."),
        keys or TimeCode.objects.filter(user=user).exists(),
        reverse("account-factors"),
        _("Add a second factor"),
    )


def _backup(user: User, _sight: Sight) -> Step | None:
    if not rules.may_manage_team(user):
        return None
    return Step(
        _("Make a copy that is safe elsewhere"),
        _("An encrypted backup on another disk. Try once to restore it: a copy that was never restored is a hope."),
        LogAct.objects.filter(kind="backed-up").exists(),
        "",
        "",
        "tawthiq backup --help",
    )
