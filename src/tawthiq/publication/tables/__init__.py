"""Tables of incidents, claims and reports for people who count (docs/exports.md).

| module | owns | specification |
|---|---|---|
| `rows` | which rows the tables have, value by value | lexicon table export_columns |
| `csv_cells`, `csv_tables` | cells and files of CSV | RFC 4180 |
| `parquet_tables` | Parquet, by DuckDB | Apache Parquet |
| `describing` | columns.csv, README.html, datapackage.json beside the tables | Data Package (Frictionless) 1 |
| `reading` | the tables read back into incidents | |
| `geojson` | features, and reading them back | RFC 7946 |
| `acled_csv`, `atlos_csv` | the columns of ACLED's codebook and of Atlos's bulk import | |
| `carrying` | what a format could not carry, counted | |
| `claimed` | what several writers ask of claims: bounds of tolls, what people chose | |

Every format has a function that says what it keeps of an incident; its reader gives back exactly that, and what lies between
that and the incident is what its report tells.
"""
