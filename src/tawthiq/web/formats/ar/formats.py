"""Dates and numbers in Arabic pages: day, month, year without a comma, as Arab editors write; a clock of 24 hours.

Numbers stand in Western digits beside coordinates and code, so that their decimal sign is the point: Django's comma made
1,000 of a probability and of a thousand alike. The names are Django's (django.conf.locale.*.formats).
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
