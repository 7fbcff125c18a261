"""Exports as Telegram Desktop writes them, in our own words."""

import json
from typing import Any

from tawthiq.page.platforms.telegram_cutting import cut_export
from tawthiq.page.platforms.telegram_json import TelegramPage, telegram_page
from tawthiq.records.export import ExportCut


def message(
    number: int, words: object = "سقطت قذيفة قرب المخبز", day: str = "2021-03-12", **more: object
) -> dict[str, Any]:
    moment = f"{day}T14:{number % 60:02d}:33"
    return {
        "id": number, "type": "message", "date": moment, "from": "شبكة الوادي", "from_id": "channel77", "text": words, **more
    }  # fmt: skip


def chat(*messages: object, name: object = "شبكة الوادي", sort: str = "public_channel") -> dict[str, Any]:
    return {"name": name, "type": sort, "id": 77, "messages": list(messages)}


def account(*chats: object) -> dict[str, Any]:
    return {
        "about": "Here is the data you requested. Telegram made it.",
        "personal_information": {"user_id": 1, "bio": '{["odd]}'},
        "contacts": {"list": [{"first_name": "a"}]},
        "chats": {"about": "", "list": list(chats)},
        "left_chats": {"about": "", "list": []},
    }


def written(value: object, *, ascii_only: bool = False) -> bytes:
    return json.dumps(value, ensure_ascii=ascii_only, indent=1).encode()


def cut(data: bytes, block: int = 1000) -> ExportCut:
    return cut_export(data[start : start + block] for start in range(0, len(data), block))


def pages(data: bytes) -> list[TelegramPage]:
    return [telegram_page(data[part.place.start : part.place.end], part, id="x") for part in cut(data).parts]
