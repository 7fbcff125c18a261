"""An estimate as the JSON of estimate/1 (docs/contracts.md), with its cautions in words.

Numbers are rounded to four decimals, so that the same table gives the same bytes whatever the last bits of a sum are.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from tawthiq.lexicon.tables import Row, load
from tawthiq.records.estimate import Caution, Estimate, ModelEstimate, NoEstimate, StratumTable

SCHEMA = "tawthiq/estimate/1"
LANGUAGES = ("en", "ar")


def contract(made: Estimate, before: Sequence[Caution] = (), language: str = "en") -> dict[str, Any]:
    """The object of estimate/1. `before` are cautions of how the table was read; `language` is "en", "ar" or "both"."""
    cautions = [*before, *made.cautions]
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "method": made.method.value,
        "observed": made.table.observed,
        "lists": list(made.table.lists),
        "columns": made.table.kind.value,
        "models": [_model(model) for model in made.models],
        "range": [_rounded(made.low), _rounded(made.high)],
        "considered": made.considered,
        "left_out": made.left_out,
        "warnings": [f"{caution.code}: {_sentence(caution, language)}" for caution in cautions],
        "cautions": [{"code": each.code, **{key: _sentence(each, key) for key in LANGUAGES}} for each in cautions],
    }
    if made.seed is not None:
        told["seed"] = made.seed
    return told


def _model(model: ModelEstimate) -> dict[str, Any]:
    told: dict[str, Any] = {"model": model.model, "estimate": _rounded(model.estimate)}
    if model.standard_error is not None:
        told["se"] = _rounded(model.standard_error)
    told |= {"low": _rounded(model.low), "high": _rounded(model.high), "interval": model.interval}
    if model.bic is not None:
        told |= {"bic": _rounded(model.bic), "parameters": model.parameters}
    if model.terms:
        told["terms"] = [list(term) for term in model.terms]
    if model.r_hat is not None and model.effective_sample_size is not None:
        told |= {"r_hat": _rounded(model.r_hat), "effective_sample_size": _rounded(model.effective_sample_size)}
    return {**told, "in_range": model.in_range}


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _sentence(caution: Caution, language: str) -> str:
    row = _sentences()[caution.code]
    values = dict(caution.values)
    if language == "both":
        return " ".join(row[key].format(**values) for key in LANGUAGES)
    return row[language].format(**values)


@cache
def _sentences() -> Mapping[str, Row]:
    return {row["code"]: row for row in load("estimate_cautions", ("code", "ar", "en"))}


def strata_contract(
    parts: Sequence[tuple[StratumTable, Estimate | NoEstimate]], before: Sequence[Caution], language: str
) -> dict[str, Any]:
    """The object for a table divided into strata: each with its own models, and as range the sums of their ends.

    Sums are wider than an interval of the sum: the strata are not taken to err independently. Where a stratum is refused the
    range is null.
    """
    told = []
    for part, made in parts:
        label = {"stratum": dict(part.stratum)}
        if isinstance(made, NoEstimate):
            told.append({**label, "observed": part.table.observed, "refused": f"{made.happened}. {made.advice}"})
        else:
            told.append(label | contract(made, language=language))
    answered = [made for _, made in parts if isinstance(made, Estimate)]
    whole = len(answered) == len(parts)
    return {
        "schema": SCHEMA,
        "method": answered[0].method.value,
        "observed": sum(part.table.observed for part, _ in parts),
        "lists": sorted({heading for part, _ in parts for heading in part.table.lists}),
        "models": [],
        "range": [_rounded(sum(made.low for made in answered)), _rounded(sum(made.high for made in answered))]
        if whole
        else None,
        "warnings": [f"{caution.code}: {_sentence(caution, language)}" for caution in before],
        "cautions": [{"code": each.code, **{key: _sentence(each, key) for key in LANGUAGES}} for each in before],
        "strata": told,
    }
