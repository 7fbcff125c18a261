"""Decisions about invented actors and places, for tests of the authority."""

from dataclasses import replace

from tawthiq.records.authority import Decision, EntryKind, Step

WHY = {"reason": "own statements name it", "source": "own sample reports"}
ADD_ACTOR = Decision(
    Step.ADD, EntryKind.ACTOR, code="own.cedar_shield", name_ar="درع الأرز الشرقي", name_en="Eastern Cedar Shield",
    country="SY", parent="opposition", **WHY,
)  # fmt: skip
OTHER_ACTOR = replace(ADD_ACTOR, code="own.dawn_column", name_ar="رتل الفجر البعيد", name_en="Far Dawn Column")
ADD_PLACE = Decision(
    Step.ADD, EntryKind.PLACE, code="own.tell_zanbaq", name_ar="تل الزنبق", name_en="Tell Zanbaq", sort="village",
    country="SY", parent="sy.idlib", latitude=35.81, longitude=36.55, **WHY,
)  # fmt: skip
OTHER_PLACE = replace(ADD_PLACE, code="own.tall_zambak", name_ar="تل الزمبق", name_en="Tall Zambak", longitude=36.56)


def about(decision: Decision, step: Step, **fields: object) -> Decision:
    """A further decision about the entry of another one."""
    return replace(Decision(step, decision.kind, code=decision.code, **WHY), **fields)


def withdrawing(identifier: str) -> Decision:
    return Decision(Step.WITHDRAW, EntryKind.ACTOR, target=identifier, reason="it was a mistake")
