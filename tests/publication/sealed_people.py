"""People whose names must not leave, for tests of what leaves. Nobody real: everyday words put together for this."""

from tawthiq.records.disclosure import Protected, ProtectedPerson

NAME, LATIN = "سنبل عبد الغيم النرجسي", "Sunbul Abd al-Ghaym al-Narjisi"
GIVEN, FAMILY, KUNYA = "سنبل", "النرجسي", "أبو الزعتر"
TELEPHONE, MAIL, BIRTH = "+963 944 000 117", "sunbul.nrj@mail.example", "1991-04-23"
PSEUDONYM = "وردة"
PERSON = ProtectedPerson(PSEUDONYM, (NAME, GIVEN, FAMILY, KUNYA, LATIN, TELEPHONE, MAIL, BIRTH))
COMMON = ProtectedPerson("P-9", ("محمد علي الكمثراوي", "محمد"))
PROTECTED = Protected((PERSON, COMMON), members=("tern", "heron"))
