"""Tables of incidents, claims and reports for people who count: CSV, Parquet, GeoJSON and the columns of others."""
