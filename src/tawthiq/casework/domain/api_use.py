"""How often a token asks, and the one entry of the custody log that tells of an hour's reading.

The first request of an hour is logged at once, before anything is handed out, with the counts of the last hour that the token
was used in; so no reading stays out of the log when the server stops, and a program that asks every second makes one entry an
hour. Counting is one write a request.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tawthiq.casework.domain import custody
from tawthiq.casework.models import ApiToken, ApiUse

A_MINUTE = 600
"""Requests that one token, or everybody without one, has in a minute."""
NOBODY = "without a token"
"""Who reads where the team lets everybody read what is published: the actor of the log's entry."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Whether a request may go on; `wait` is after how many seconds another may."""

    allowed: bool
    wait: int = 0


def admit(folder: Path | None, token: ApiToken | None, now: datetime | None = None) -> Admitted:
    """Count a request and have the hour logged where it is the first of one."""
    moment = now or timezone.now()
    minute = moment.replace(second=0, microsecond=0)
    hour = minute.replace(minute=0)
    with transaction.atomic():
        row, is_new = ApiUse.objects.select_for_update().get_or_create(
            key=_key(token), defaults={"minute": minute, "hour": hour}
        )
        in_minute = row.in_minute if row.minute == minute else 0
        if in_minute >= A_MINUTE:
            return Admitted(False, max(1, int((minute + timedelta(minutes=1) - moment).total_seconds()) + 1))
        before = None if is_new or row.hour == hour else _counts(row)
        begins = is_new or row.hour != hour
        row.minute, row.in_minute = minute, in_minute + 1
        if begins:
            row.hour, row.requests, row.incidents, row.reports = hour, 0, 0, 0
        row.requests += 1
        row.save()
        if token is not None and token.used != moment.date():
            ApiToken.objects.filter(pk=token.pk).update(used=moment.date())
    if begins:
        _log(folder, token, hour, before)
    return Admitted(True)


def handed_out(token: ApiToken | None, incidents: int, reports: int) -> None:
    """Add to the counts of the hour what an answer held."""
    if incidents or reports:
        changes = {"incidents": F("incidents") + incidents, "reports": F("reports") + reports}
        ApiUse.objects.filter(key=_key(token)).update(**changes)


def _log(folder: Path | None, token: ApiToken | None, hour: datetime, before: dict[str, object] | None) -> None:
    facts: dict[str, object] = {"hour": hour.isoformat(), "profile": token.profile if token else "public"}
    if token is not None:
        facts["token_sha256"] = token.token_sha256
    if before is not None:
        facts["before"] = before
    name, subject = (token.user.name, f"token:{token.number}") if token else (NOBODY, "public")
    custody.record(folder, custody.API_READ, name, subject=subject, facts=facts, later=True)


def _counts(row: ApiUse) -> dict[str, object]:
    return {
        "hour": row.hour.isoformat(),
        "requests": row.requests,
        "incidents": row.incidents,
        "reports": row.reports,
    }


def _key(token: ApiToken | None) -> str:
    return str(token.number) if token else ""
