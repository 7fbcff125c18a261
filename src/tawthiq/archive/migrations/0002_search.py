"""The full-text index over `archive_searchtext` (SQLite FTS5, external content) and the triggers that keep it in step.

`contentless_delete` needs a newer SQLite than Debian 12 carries. unicode61 only splits at our blanks: the words are
already folded or stemmed. Other databases bring their own index.
"""

from django.db import migrations

COLUMNS = "exact, stemmed, comments_exact, comments_stemmed"
OLD = "old.exact, old.stemmed, old.comments_exact, old.comments_stemmed"
NEW = "new.exact, new.stemmed, new.comments_exact, new.comments_stemmed"
FORWARDS = (
    f"""CREATE VIRTUAL TABLE archive_search USING fts5({COLUMNS}, content='archive_searchtext',
        content_rowid='report_id', tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER archive_searchtext_insert AFTER INSERT ON archive_searchtext BEGIN
        INSERT INTO archive_search(rowid, {COLUMNS}) VALUES (new.report_id, {NEW}); END""",
    f"""CREATE TRIGGER archive_searchtext_delete AFTER DELETE ON archive_searchtext BEGIN
        INSERT INTO archive_search(archive_search, rowid, {COLUMNS}) VALUES ('delete', old.report_id, {OLD}); END""",
    f"""CREATE TRIGGER archive_searchtext_update AFTER UPDATE ON archive_searchtext BEGIN
        INSERT INTO archive_search(archive_search, rowid, {COLUMNS}) VALUES ('delete', old.report_id, {OLD});
        INSERT INTO archive_search(rowid, {COLUMNS}) VALUES (new.report_id, {NEW}); END""",
)
BACKWARDS = (
    "DROP TRIGGER archive_searchtext_insert",
    "DROP TRIGGER archive_searchtext_delete",
    "DROP TRIGGER archive_searchtext_update",
    "DROP TABLE archive_search",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in FORWARDS:
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in BACKWARDS:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
