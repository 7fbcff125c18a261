"""Person files: revisions nobody overwrites, identities opened only after a logged reason, gone when destroyed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from either_database import settle, unsynced
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.casework.domain import field_key_rotation, identities
from tawthiq.casework.domain.erasing import forget_persons
from tawthiq.casework.domain.field_key import field_keys, writing_keys
from tawthiq.casework.domain.field_key_anew import begin_anew
from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKeyLost, FieldKeys
from tawthiq.casework.domain.field_key_rotation import rotate
from tawthiq.casework.domain.identities import Identity, NotAllowed, add_naming, destroy, keep, shown
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.person_roles import add_role, end_role, put_role
from tawthiq.casework.domain.persons import Acting, Facts, change, open_file, set_groups
from tawthiq.casework.domain.protected_reasons import reasons_of, risk_reason
from tawthiq.casework.domain.sealed_columns import sealed_fields
from tawthiq.casework.models import (
    Assignment,
    Group,
    ItemRestriction,
    Person,
    PersonIdentity,
    PersonNameCode,
    PersonNaming,
    PersonReveal,
    PersonRevision,
    PersonRole,
    User,
)
from tawthiq.casework.queries.identities import named
from tawthiq.casework.queries.persons import history
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.records.errors import WrongUsage
from tawthiq.records.link_decision import EventAnchor
from tawthiq.store import ArchiveFolder

WHO = Identity(
    given="سامر", father="عمر", family="الزيتون", kunya="أبو ليث", family_latin="al-Zaytoun", contact="0944 555 017"
)
ANCHOR = EventAnchor("item-1", 5, 12, "غارة", "airstrike")
NAMED = EventAnchor("item-2", 40, 52, "سامر الزيتون", "", "قال ", " أمس")
SECRETS = ("سامر", "الزيتون", "Zaytoun", "0944 555 017")
REASON = "to call the family back"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that is copied for each test."""
    archive = make_folder(tmp_path_factory.mktemp("persons") / "archive", {"note.txt": b"a"})
    open_database(archive.database)
    User.objects.make("heron", "several unrelated words", User.Role.OWNER)
    settle()
    archive.close()
    path: Path = archive.path
    return path


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "archive"
    copytree(model, path)
    open_database(path / "tawthiq.sqlite3")
    unsynced()
    yield path
    connection.close()


def owner() -> User:
    return User.objects.get(name="heron")


def file_of(folder: Path, identity: Identity = WHO) -> Person:
    person = open_file(folder, Facts(), (), "heron")
    return keep(folder, person.number, identity, Acting("heron", 1))


def seen(number: int) -> Acting:
    return Acting("heron", Person.objects.get(pk=number).revision)


def bytes_of(folder: Path) -> bytes:
    files = [file for file in folder.rglob("*") if file.is_file() and "evidence" not in file.parts]
    return b"".join(file.read_bytes() for file in files)


def in_clear(data: bytes) -> list[str]:
    return [
        s for s in SECRETS if s.encode() in data or s.encode("unicode-escape") in data or s.encode("utf-16-le") in data
    ]


def test_nothing_of_an_identity_lies_in_the_clear_in_the_database_its_journal_or_the_log(folder: Path) -> None:
    person = file_of(folder)
    add_naming(folder, person.number, NAMED, seen(person.number))
    assert in_clear(bytes_of(folder)) == []
    shown(folder, person.number, owner(), REASON)
    keep(folder, person.number, replace(WHO, notes="سامر hides"), seen(person.number))
    connection.close()
    assert in_clear(bytes_of(folder)) == []


def test_a_reveal_hands_out_what_was_kept_and_writes_down_who_when_and_why_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = file_of(folder)
    add_naming(folder, person.number, NAMED, seen(person.number))
    revealed = shown(folder, person.number, owner(), "  to call \n the family  back ")
    assert revealed.identity == WHO
    assert revealed.namings == (NAMED,)
    row = PersonReveal.objects.get()
    assert (row.by, reasons_of(folder, [row])) == ("heron", [(row, REASON)])
    with ArchiveFolder.open(folder) as archive:
        events = [e.event for e in archive.entries() if e.event and e.event.kind == "person-revealed"]
    assert [(e.actor, e.subject, e.facts) for e in events] == [
        ("heron", f"person:{person.number}", {"reveal_sha256": row.sha256})
    ]
    monkeypatch.setattr(PersonReveal, "save", lambda *_a, **_k: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        shown(folder, person.number, owner(), REASON)


@pytest.mark.parametrize("reason", ["", "   ", "because", "a\n\n\n\n\n\n\n\n\nb"])
def test_without_a_reason_nothing_is_opened(folder: Path, reason: str) -> None:
    person = file_of(folder)
    with pytest.raises(WrongUsage):
        shown(folder, person.number, owner(), reason)
    assert not PersonReveal.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "documenter", "reader", "public"])
def test_the_wrong_role_is_shown_nothing_and_a_reviewer_only_what_was_given_to_them(folder: Path, role: str) -> None:
    person = file_of(folder)
    user = User.objects.make("tern", "several unrelated words", User.Role(role))
    with pytest.raises(NotAllowed):
        shown(folder, person.number, user, REASON)
    Assignment.objects.create(subject=f"person:{person.number}", kind="person", user=user, by="heron", at=person.opened)
    if role == "reviewer":
        assert shown(folder, person.number, user, REASON).identity == WHO
    else:
        with pytest.raises(NotAllowed):
            shown(folder, person.number, user, REASON)


def test_who_lost_the_role_since_signing_in_is_shown_nothing(folder: Path) -> None:
    person, user = file_of(folder), owner()
    User.objects.filter(pk=user.pk).update(role=User.Role.READER)
    with pytest.raises(NotAllowed):
        shown(folder, person.number, user, REASON)
    User.objects.filter(pk=user.pk).update(role=User.Role.OWNER, is_active=False)
    with pytest.raises(NotAllowed):
        shown(folder, person.number, user, REASON)
    assert not PersonReveal.objects.exists()


def test_an_identity_put_into_another_file_does_not_open(folder: Path) -> None:
    one, other = file_of(folder), file_of(folder, Identity(given="ريم"))
    stolen = PersonIdentity.objects.get(person=one)
    PersonIdentity.objects.filter(person=other).update(data_key=stolen.data_key, content=stolen.content)
    with pytest.raises(FieldDiffers):
        shown(folder, other.number, owner(), REASON)
    assert not PersonReveal.objects.exists()


def test_with_the_key_file_lost_the_file_tells_so_and_the_rest_of_it_stays(folder: Path) -> None:
    person = file_of(folder)
    (folder / "keys/fields.key").unlink()
    with pytest.raises(FieldKeyLost):
        shown(folder, person.number, owner(), REASON)
    assert len(history(Person.objects.get())) == 2


def test_a_file_is_opened_with_all_that_it_holds_at_once_or_not_at_all(folder: Path) -> None:
    def role(person: Person) -> None:
        put_role(person, "witness", "heron", incident=7, anchor=ANCHOR)

    person = open_file(folder, Facts(), (), "heron", acts=[role])
    assert [row.content["roles"] for row in person.revisions.all()] == [[["witness", 7, "item-1"]]]
    with pytest.raises(WrongUsage):
        open_file(folder, Facts(), (), "heron", acts=[role, role])
    assert Person.objects.count() == PersonRole.objects.count() == 1


def test_reasons_lie_sealed_and_follow_a_rotation(folder: Path) -> None:
    facts = Facts(risk="high", risk_reason="her uncle Qasim threatened her")
    person = open_file(folder, facts, (), "heron")
    keep(folder, person.number, WHO, seen(person.number))
    shown(folder, person.number, owner(), "Qasim asked the court")
    if connection.vendor == "sqlite":
        settle()
        assert b"Qasim" not in bytes_of(folder)
    for _ in range(2):
        assert risk_reason(folder, Person.objects.get()) == facts.risk_reason
        assert [why for _row, why in reasons_of(folder, PersonReveal.objects.all())] == ["Qasim asked the court"]
        assert rotate(folder, "heron").done
    assert history(Person.objects.get())[-1][1]
    change(folder, person.number, replace(facts, risk_reason="Qasim"), seen(person.number))
    destroy(folder, person.number, "the family of Qasim asked", seen(person.number))
    assert "Qasim" not in str(list(PersonRevision.objects.values_list("content", flat=True)))
    PersonReveal.objects.update(by="crane")
    assert [why for _row, why in reasons_of(folder, PersonReveal.objects.all())] == [None]
    (folder / "keys/fields.key").unlink()
    assert risk_reason(folder, Person.objects.get()) is None


def test_no_other_key_is_made_beside_fields_that_the_lost_one_sealed(folder: Path) -> None:
    person = file_of(folder)
    key = folder / "keys/fields.key"
    kept = key.read_bytes()
    key.unlink()
    for act in (
        lambda: field_keys(folder),
        lambda: keep(folder, person.number, Identity(given="x"), seen(person.number)),
    ):
        with pytest.raises(FieldKeyLost, match="tawthiq key anew"):
            act()
        assert not key.exists()
    with pytest.raises(WrongUsage, match="--losing"):
        begin_anew(folder, None, "heron")
    with pytest.raises(WrongUsage):
        begin_anew(folder, 1_000, "heron")
    assert not key.exists()
    assert begin_anew(folder, sealed_fields(), "heron") >= 2
    with pytest.raises(WrongUsage):
        begin_anew(folder, sealed_fields(), "heron")
    with pytest.raises(FieldKeyLost):
        shown(folder, person.number, owner(), REASON)
    key.write_bytes(kept)
    assert shown(folder, person.number, owner(), REASON).identity.names


def test_a_destroyed_identity_is_gone_from_the_bytes_and_the_pseudonym_and_the_log_stay(folder: Path) -> None:
    person = file_of(folder)
    add_naming(folder, person.number, NAMED, seen(person.number))
    add_role(folder, person.number, "victim", seen(person.number), incident=100_005, anchor=ANCHOR)
    row = PersonIdentity.objects.get()
    sealed = (row.data_key.ciphertext, row.content.ciphertext, PersonNaming.objects.get().content.ciphertext)
    shown(folder, person.number, owner(), REASON)
    (folder / "tawthiq.sqlite3.moved-2026").write_bytes(sealed[0].encode())
    destroy(folder, person.number, "the person asked us to", seen(person.number))
    connection.close()
    data = b"".join(file.read_bytes() for file in folder.glob("tawthiq.sqlite3*"))
    assert not any(text.encode() in data for text in sealed)
    assert not PersonNameCode.objects.exists()
    assert PersonReveal.objects.count() == PersonRole.objects.count() == 1
    assert Person.objects.get().identity_state == "destroyed"
    with pytest.raises(NotAllowed):
        shown(folder, person.number, owner(), REASON)
    with pytest.raises(WrongUsage):
        keep(folder, person.number, WHO, seen(person.number))


def test_who_comes_second_is_told_and_nothing_is_overwritten(folder: Path) -> None:
    person = open_file(folder, Facts(pseudonym="first"), (), "heron")
    change(folder, person.number, Facts(pseudonym="second"), Acting("heron", 1))
    late = Acting("tern", 1)
    acts = (
        lambda: change(folder, person.number, Facts(pseudonym="third"), late),
        lambda: keep(folder, person.number, WHO, late),
        lambda: add_role(folder, person.number, "witness", late, incident=7, anchor=ANCHOR),
        lambda: set_groups(folder, person.number, (), late),
        lambda: destroy(folder, person.number, "the person asked us to", late),
    )
    for act in acts:
        with pytest.raises(Overtaken):
            act()
    assert Person.objects.get().pseudonym == "second"
    assert not PersonIdentity.objects.exists()
    assert [sound for _, sound in history(Person.objects.get())] == [True, True]


def test_a_role_taken_back_keeps_its_row_and_can_be_taken_back_once(folder: Path) -> None:
    person = open_file(folder, Facts(), (), "heron")
    add_role(folder, person.number, "witness", seen(person.number), incident=7, anchor=ANCHOR)
    with pytest.raises(WrongUsage):
        add_role(folder, person.number, "witness", seen(person.number), incident=7, anchor=ANCHOR)
    role = PersonRole.objects.get()
    end_role(folder, person.number, role.pk, seen(person.number))
    assert PersonRole.objects.get().ended_by == "heron"
    with pytest.raises(Overtaken):
        end_role(folder, person.number, role.pk, seen(person.number))


def test_a_change_that_other_hands_rewrote_is_shown_as_such(folder: Path) -> None:
    person = open_file(folder, Facts(risk="high"), (), "heron")
    row = person.revisions.get()
    row.content["facts"]["risk"] = "low"
    row.save()
    assert [sound for _, sound in history(person)] == [False]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("سامر", True),
        ("الزيتون سامر", True),
        ("zaytoun", True),
        ("سامر الزَّيتون", True),
        ("أبو ليث", True),
        ("سام", False),
        ("سامر القيسي", False),
        ("", False),
        ("\x00", False),
        ("ريم", False),
    ],
)
def test_a_person_is_found_by_whole_folded_words_of_the_name(folder: Path, asked: str, found: bool) -> None:
    person = file_of(folder)
    file_of(folder, Identity(given="لينا"))
    rows = named(Person.objects.all(), asked, field_keys(folder))
    assert [row.number for row in rows] == ([person.number] if found else [])


def test_sight_hides_files_of_other_groups_of_hidden_items_and_their_existence(folder: Path) -> None:
    member = User.objects.make("tern", "several unrelated words", User.Role.EDITOR)
    group = Group.objects.create(name="Raqqa")
    group.members.add(member)
    by_group = open_file(folder, Facts(), (group,), "tern")
    by_item = open_file(folder, Facts(), (), "tern")
    add_role(folder, by_item.number, "witness", seen(by_item.number), incident=7, anchor=ANCHOR)
    plain = open_file(folder, Facts(), (), "tern")
    ItemRestriction.objects.create(item="item-1", group=group)
    of = lambda user: set(sight_of(user).persons(Person.objects.all()).values_list("number", flat=True))  # noqa: E731
    assert of(owner()) == {plain.number}
    assert of(member) == {plain.number, by_group.number, by_item.number}
    User.objects.filter(pk=member.pk).update(role=User.Role.PUBLIC)
    assert of(User.objects.get(pk=member.pk)) == set()


def test_an_erased_item_takes_the_links_to_it_and_no_more(folder: Path) -> None:
    person = file_of(folder)
    add_naming(folder, person.number, NAMED, seen(person.number))
    add_role(folder, person.number, "victim", seen(person.number), incident=7, anchor=ANCHOR)
    basis = {
        "sex": {"item": "item-2", "start": 1, "end": 2, "sha256": "0"},
        "civilian": {"by": "heron", "on": "2026-11-22"},
    }
    change(folder, person.number, Facts(sex="male", civilian="civilian", bases=basis), seen(person.number))
    assert forget_persons("item-2") > 0
    found = Person.objects.get()
    assert not PersonNaming.objects.exists()
    assert found.bases == {"civilian": basis["civilian"]}
    assert [each.item for each in found.items.all()] == ["item-1"]
    assert forget_persons("item-1") > 0
    assert not PersonRole.objects.exists()
    assert shown(folder, person.number, owner(), REASON).identity == WHO


def test_erasing_a_restricted_item_opens_the_file_to_nobody(folder: Path) -> None:
    person = open_file(folder, Facts(), (), "heron")
    add_role(folder, person.number, "victim", seen(person.number), incident=7, anchor=ANCHOR)
    ItemRestriction.objects.create(item="item-1", group=Group.objects.create(name="Raqqa"))
    forget_persons("item-1")
    assert not sight_of(owner()).persons(Person.objects.all()).exists()


@pytest.mark.parametrize("step", range(7))
def test_a_rotation_cut_off_at_any_row_is_finished_by_the_next(
    folder: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [file_of(folder, replace(WHO, notes=str(n))) for n in range(2)]
    add_naming(folder, people[0].number, NAMED, seen(people[0].number))
    old = field_keys(folder).current
    calls: list[int] = []
    real = identities.put, field_key_rotation.write_ring, identities._code

    def counted(at: int):  # type: ignore[no-untyped-def]
        def cut(*args: object) -> None:
            calls.append(at)
            if len(calls) > step:
                raise KeyboardInterrupt
            real[at](*args)  # type: ignore[operator]

        return cut

    with monkeypatch.context() as patched:
        patched.setattr(identities, "put", counted(0))
        patched.setattr(field_key_rotation, "write_ring", counted(1))
        patched.setattr(identities, "_code", counted(2))
        try:
            rotate(folder, "heron")
        except KeyboardInterrupt:
            assert step < 6
    for n, person in enumerate(people):
        assert shown(folder, person.number, owner(), REASON).identity.notes == str(n)
    assert rotate(folder, "heron").done
    assert len(field_keys(folder).all) == 1
    assert field_keys(folder).current.name != old.name
    assert shown(folder, people[0].number, owner(), REASON).namings == (NAMED,)
    assert {row.number for row in named(Person.objects.all(), "سامر", field_keys(folder))} == {p.number for p in people}
    with pytest.raises(FieldKeyLost):
        identities.opened(Person.objects.first(), FieldKeys([old]))  # type: ignore[arg-type]


def test_a_rotation_that_meets_a_changed_row_tells_it_and_keeps_the_old_key(folder: Path) -> None:
    one, other = file_of(folder), file_of(folder)
    stolen = PersonIdentity.objects.get(person=one)
    PersonIdentity.objects.filter(person=other).update(data_key=stolen.data_key)
    outcome = rotate(folder, "heron")
    assert not outcome.done
    assert outcome.failed == (f"person {other.number}",)
    assert len(field_keys(folder).all) == 2
    assert shown(folder, one.number, owner(), REASON).identity == WHO


def test_a_rotation_waits_for_who_is_saving_and_then_seals_what_they_saved(folder: Path) -> None:
    person = file_of(folder)
    outcome: list[field_key_rotation.Rotation] = []

    def turn() -> None:
        outcome.append(rotate(folder, "heron"))
        connection.close()

    thread = Thread(target=turn)
    with writing_keys(folder) as keys:
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        row, key = identities._own_key(Person.objects.get(), keys)
        identities._seal(row, replace(WHO, notes="saved meanwhile"), key)
        row.save()
    thread.join()
    assert outcome[0].done
    assert shown(folder, person.number, owner(), REASON).identity.notes == "saved meanwhile"


@given(st.integers(0, 200), st.integers(0, 200))
def test_whoever_may_be_under_eighteen_is_taken_for_a_child(least: int, most: int) -> None:
    identity = Identity(age_least=least, age_most=most)
    assert identity.may_be_child(date(2026, 1, 1)) == (min(least, most) < 18)


@pytest.mark.parametrize(
    ("first", "last", "child"),
    [("2010-05-01", "", True), ("2008", "", True), ("2007-12-31", "", False), ("1990", "2012", True), ("", "", False)],
)
def test_a_birth_day_known_in_part_counts_by_the_latest_that_is_possible(first: str, last: str, child: bool) -> None:
    assert Identity(birth_first=first, birth_last=last).may_be_child(date(2026, 1, 1)) is child
