"""The law of independence, whatever people do in whatever order, and in one moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from served_archive import Desk
from tawthiq.archive.models import Claim, Incident
from tawthiq.casework.domain.case_erasing import forget_cases
from tawthiq.casework.domain.cases import open_case, refresh, rounds_of
from tawthiq.casework.domain.verification import finish, keep_draft, look, note_shown, withdraw
from tawthiq.casework.models import Case, Notice, User, VerificationSheet
from tawthiq.casework.queries.verification_secrecy import Round, sheets_known_to
from tawthiq.casework.verification_outcome import NEEDED, verdict
from tawthiq.records.errors import TawthiqError
from verified_desk import REVIEWERS, content_now, copied, make_verified_desk, whole_sheet

STATUSES = ("holds", "not_enough")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("verified") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


def opened() -> Case:
    incident = Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]
    return open_case(None, incident, "heron")


def give(case: Case, name: str, status: str = "holds") -> VerificationSheet:
    now = content_now(case.incident)
    return finish(None, case, whole_sheet(now, status), now.digest, name)


def around(case: Case) -> Round | None:
    """The round about what the incident holds now."""
    digest = content_now(case.incident).digest
    return next((each for each in rounds_of(case) if each.about.digest == digest), None)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "give", "give", "withdraw", "look", "show", "draft", "close", "reopen", "change"]),
        st.sampled_from(REVIEWERS),
        st.sampled_from(STATUSES),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_order_of_acts_lets_anybody_decide_who_knows_what_another_found(
    desk: Desk, acts: list[tuple[str, str, str]]
) -> None:
    case = _afresh()
    knew: dict[str, set[str]] = {}
    for number, (act, name, status) in enumerate(acts):
        digest = content_now(case.incident).digest
        before = set(VerificationSheet.objects.values_list("pk", flat=True))
        try:
            _do(case, act, name, status, number)
        except TawthiqError:
            assert act in ("give", "withdraw", "look", "draft"), "everything else is always taken"
        given_now = VerificationSheet.objects.exclude(pk__in=before).first()
        if given_now is not None:
            assert name not in knew.get(digest, set()), "somebody gave a sheet who knew what another found"
            assert User.objects.get(name=name).is_active
        _remember(case, act, name, knew)
        _check(case)


def _afresh() -> Case:
    """The archive as it was before the last example, but for claims that were changed."""
    case = opened()
    for item in content_now(case.incident).documents[:1]:
        forget_cases(item)
    User.objects.update(is_active=True)
    Notice.objects.all().delete()
    refresh([case.incident])
    return opened()


def _do(case: Case, act: str, name: str, status: str, number: int) -> None:
    now = around(case)
    if act == "give":
        give(case, name, status)
    elif act == "withdraw":
        mine = VerificationSheet.objects.filter(by=name, withdrawal=None).last()
        if mine is not None:
            withdraw(None, mine, "a reason", name)
    elif act == "look" and now is not None:
        look(None, now.about, name)
    elif act == "show" and now is not None and now.may_know(name):
        note_shown(now, name)
    elif act == "draft":
        keep_draft(case, name, {"remarks": [f"draft of {name}"]}, "")
    elif act in ("close", "reopen"):
        User.objects.filter(name=name).update(is_active=act == "reopen")
    elif act == "change":
        Claim.objects.filter(slot="killed", minimum=9).update(speaker=f"speaker {number}")
        refresh([case.incident])


def _remember(case: Case, act: str, name: str, knew: dict[str, set[str]]) -> None:
    """Who certainly knows by now: who looked or was shown, and all who had finished while another sheet stood."""
    now = around(case)
    if now is None:
        return
    known = knew.setdefault(now.about.digest, set())
    others = any(given.row.by != name for given in now.sheets)
    if act == "look" and name in now.seen and others:
        known.add(name)
    if act == "show" and name in now.seen and others:
        known.add(name)
    authors = {given.row.by for given in now.in_force}
    if len(authors) >= NEEDED:
        known |= authors


def _check(case: Case) -> None:
    row = Case.objects.get(pk=case.pk)
    for found in rounds_of(case):
        authors = [given.row.by for given in found.in_force]
        assert len(authors) == len(set(authors)), "one person counts twice"
        if found.verdict.state in ("verified", "rejected", "undecided"):
            assert len(set(authors)) >= NEEDED
        for name in (*REVIEWERS, "heron"):
            told = {given.row.by for given in sheets_known_to(found, name)} - {name}
            allowed = found.is_settled or name in found.seen or (name in authors and len(authors) >= NEEDED)
            assert not told or allowed
    if row.state in ("verified", "undecided"):
        assert any(found.verdict.state == row.state for found in rounds_of(case))


FIELDS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"), max_size=3).map(
    lambda told: {**told, "status": "holds"}
)


@given(sheets=st.lists(FIELDS, max_size=5))
def test_what_holds_was_said_by_two_people_at_least_and_what_differs_by_all_is_open(
    sheets: list[dict[str, str]],
) -> None:
    found = verdict(sheets)
    counted = sheets[:3]
    for name, said in found.settled.items():
        assert sum(sheet.get(name) == said for sheet in counted) >= NEEDED
    for name in found.differing:
        answers = [sheet.get(name, "") for sheet in counted]
        assert max(answers.count(answer) for answer in answers) < NEEDED
    assert (found.state in ("open", "second")) == (len(sheets) < NEEDED)
    if found.state == "verified" and len(counted) == NEEDED:
        assert counted[0] == counted[1]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What acts return or raise that begin in one moment, each on a connection of its own."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            gate.wait()
            return act()
        except TawthiqError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_person_who_sends_twice_in_one_moment_is_counted_once(desk: Desk) -> None:
    case = opened()
    done = at_once(*[lambda: give(case, "tern")] * 3)
    assert sum(isinstance(each, VerificationSheet) for each in done) == 1
    assert Case.objects.get().state == "second"


def test_two_people_who_finish_in_one_moment_are_both_counted_or_told(desk: Desk) -> None:
    case = opened()
    done = at_once(lambda: give(case, "tern"), lambda: give(case, "gull"))
    assert all(isinstance(each, VerificationSheet) for each in done)
    assert Case.objects.get().state == "verified"


def test_of_two_who_would_be_the_third_in_one_moment_one_is(desk: Desk) -> None:
    case = opened()
    give(case, "tern")
    give(case, "gull", "not_enough")
    done = at_once(lambda: give(case, "crane"), lambda: give(case, "plover"))
    assert sum(isinstance(each, VerificationSheet) for each in done) == 1
    assert len(rounds_of(case)[0].in_force) == 3
