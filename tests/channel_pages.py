"""Pages in the shape of a Telegram channel's public pages, in our own wording."""

from collections.abc import Iterable


def channel_html(name: str, numbers: Iterable[int], *, linked: bool = True) -> bytes:
    """The page with these messages; `linked` says whether it links to older ones, as all but the first page do."""
    shown = sorted(numbers)
    more = f'<a href="/s/{name}?before={shown[0]}" class="tme_messages_more js-messages_more"></a>'
    messages = "".join(
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="{name}/{number}">'
        f'<div class="tgme_widget_message_text" dir="auto">رسالة رقم {number}</div></div></div>'
        for number in shown
    )
    older = more if linked and shown[0] > 1 else ""
    return f'<!DOCTYPE html><html><body class="tgme_page">{older}<section>{messages}</section></body></html>'.encode()
