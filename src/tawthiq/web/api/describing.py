"""The description of the API (OpenAPI 3.1.0), made of the table of resources and of the records that are answered.

Always in English, and the same for every archive of this version: it tells nothing of what an archive holds.
"""

from functools import cache
from typing import Any

from django.utils.translation import override

import tawthiq
from tawthiq.web.api.answers import IncidentPage, Problem
from tawthiq.web.api.parameters import Parameter
from tawthiq.web.api.problems import CONTENT_TYPE
from tawthiq.web.api.resources import RESOURCES, Resource
from tawthiq.web.api.schemas import Schema, schemas_of

_ABOUT = (
    "Read-only. Incidents, claims and reports as the profile of the token discloses them, through the sight of the member of "
    "the team behind it. Lists go on by cursors; entity tags tell what changed. Unknown parameters are refused."
)
_REFUSALS = {
    400: "a parameter that is unknown, repeated or not of its form",
    401: "no token, or none that is in force",
    403: "the token does not open this resource",
    404: "nothing that the token sees",
    429: "more requests than one token has in a minute",
    503: "the archive is busy, or its keys are locked",
}
_TEXT: Schema = {"type": "string"}


@cache
def description() -> dict[str, Any]:
    """The whole of it."""
    with override("en"):
        return {
            "openapi": "3.1.0",
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "info": {"title": "Tawthiq", "version": tawthiq.__version__, "description": _ABOUT},
            "paths": {resource.path: {"get": _operation(resource)} for resource in RESOURCES},
            "components": {
                "schemas": schemas_of(Problem, *(resource.answer for resource in RESOURCES)),
                "responses": {str(status): _refusal(status) for status in _REFUSALS},
                "securitySchemes": {
                    "token": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "A token that an owner or editor of the team made; it begins with twq_.",
                    }
                },
            },
            "security": [{"token": []}],
        }


def _operation(resource: Resource) -> dict[str, Any]:
    statuses = [status for status in _REFUSALS if status != 404 or resource.numbered]
    parameters = [_parameter(each) for each in resource.parameters]
    if resource.numbered:
        whole = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
        parameters.insert(0, {"name": "number", "in": "path", "required": True, "schema": whole})
    return {
        "operationId": resource.name,
        "summary": str(resource.title),
        "description": str(resource.about),
        "parameters": parameters,
        "responses": {
            "200": {**_found(resource), "links": _links(resource)},
            "304": {"description": "nothing changed since the answer with the entity tag that was sent"},
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": str(parameter.about),
        "schema": parameter.schema,
    }


def _found(resource: Resource) -> dict[str, Any]:
    return {
        "description": "found",
        "headers": {
            "ETag": {"required": True, "description": "the entity tag, for If-None-Match", "schema": _TEXT},
            "Cache-Control": {"required": True, "schema": {"const": "private, no-cache"}},
        },
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{resource.answer.__name__}"}}},
    }


def _links(resource: Resource) -> dict[str, Any]:
    """Where an answer leads: to the first incident of a page, and to the page after it."""
    if "cursor" not in [each.name for each in resource.parameters]:
        return {}
    following = {"next": {"operationId": resource.name, "parameters": {"cursor": "$response.body#/next"}}}
    if resource.answer is IncidentPage:
        first = {"number": "$response.body#/incidents/0/number"}
        following["first"] = {"operationId": "incident", "parameters": first}
    return following


def _refusal(status: int) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if status == 401:
        headers["WWW-Authenticate"] = {"required": True, "schema": _TEXT}
    if status in (429, 503):
        headers["Retry-After"] = {"required": True, "description": "seconds", "schema": {"type": "integer"}}
    return {
        "description": _REFUSALS[status],
        "headers": headers,
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
