"""Addresses that maps repeat thousands of times: those of incidents and of the map itself, each made once."""

import re
from functools import lru_cache
from urllib.parse import quote, urlencode

from django.urls import get_script_prefix, reverse

_PLAIN = re.compile(r"[A-Za-z0-9._-]*")


def incident_address(number: int) -> str:
    """The address of an incident's page."""
    return _incidents(get_script_prefix()).replace("/0/", f"/{number}/")


def map_address(query: str, **parts: str) -> str:
    """The address of the map with the filters in `query` and these further parts."""
    rest = "&".join(filter(None, (query, urlencode(parts, safe=","))))
    return f"{_map(get_script_prefix())}?{rest}"


def place_address(query: str, code: str) -> str:
    """The address of the map and table of one place."""
    return f"{_places(get_script_prefix(), query)}{code if _PLAIN.fullmatch(code) else quote(code, safe='')}#places"


@lru_cache(maxsize=64)
def _places(_prefix: str, query: str) -> str:
    return map_address(query, spot="")


@lru_cache(maxsize=8)
def _incidents(_prefix: str) -> str:
    return reverse("incident", args=[0])


@lru_cache(maxsize=8)
def _map(_prefix: str) -> str:
    return reverse("map")
