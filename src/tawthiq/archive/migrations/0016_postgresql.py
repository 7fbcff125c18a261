"""What a PostgreSQL database has besides: the archive it belongs to, and its own index over `archive_searchtext`.

The index holds the words of each column as 64-bit hashes in arrays, which have no longest word and no longest text, unlike
tsvector; the server keeps them in step. SQLite has its index since 0002.
"""

from django.db import migrations, models

COLUMNS = ("exact", "stemmed", "comments_exact", "comments_stemmed")
FORWARDS = (
    r"""CREATE FUNCTION archive_search_words(words text) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT hashtextextended(word COLLATE "C", 0)), '{}')
        FROM unnest(string_to_array(replace(words, ' ', chr(10)), chr(10))) AS word WHERE word <> '' $$""",
    r"""CREATE FUNCTION archive_search_count(words text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT count(*) FROM unnest(string_to_array(replace(words, ' ', chr(10)), chr(10))) AS word WHERE word <> '' $$""",
    "ALTER TABLE archive_searchtext "
    + ", ".join(
        f"ADD COLUMN {column}_words bigint[] GENERATED ALWAYS AS (archive_search_words({column})) STORED"
        for column in COLUMNS
    ),
    "ALTER TABLE archive_searchtext ADD COLUMN word_count bigint GENERATED ALWAYS AS ("
    + " + ".join(f"archive_search_count({column})" for column in COLUMNS)
    + ") STORED",
    "CREATE INDEX archive_search ON archive_searchtext USING gin ("
    + ", ".join(f"{column}_words" for column in COLUMNS)
    + ")",
)
BACKWARDS = (
    "DROP INDEX archive_search",
    "ALTER TABLE archive_searchtext DROP COLUMN word_count, "
    + ", ".join(f"DROP COLUMN {column}_words" for column in COLUMNS),
    "DROP FUNCTION archive_search_words(text)",
    "DROP FUNCTION archive_search_count(text)",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in FORWARDS:
            schema_editor.execute(statement, None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in BACKWARDS:
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("archive", "0015_incident_summaries")]
    operations = [
        migrations.CreateModel(
            name="ArchiveKey",
            fields=[
                ("key", models.IntegerField(default=1, primary_key=True, serialize=False)),
                ("value", models.TextField()),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
