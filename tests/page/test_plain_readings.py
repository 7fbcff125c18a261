"""Comments of a copied page are read by the order of their lines, whatever furniture stands around them."""

import pytest

from tawthiq.page import anatomy

REPORT = (
    "إغلاق الجسر القديم للترميم\n"
    "أعلن مجلس البلدة إغلاق الجسر القديم أمام السيارات شهرين كاملين حتى تنتهي أعمال ترميم دعائمه الثلاث.\n"
    "وقال مهندس المشروع إن المشاة يستطيعون العبور من الجانب الشرقي بين السابعة صباحاً والثامنة مساءً كل يوم.\n"
)
FIRST, SECOND = "شهران طويلان جداً على أهل الضفة الأخرى", "أحسنتم، الجسر كان خطراً على الأطفال"
ORDERS = {
    "name and moment on one line": f"سعاد 12 آذار 2021 - 10:15\n{FIRST}\nمازن 12 آذار 2021 - 11:40\n{SECOND}\n",
    "wrote on": f"سعاد كتب في 12 آذار 2021 الساعة 10:15:\n{FIRST}\nرد\nمازن كتب في 12 آذار 2021 الساعة 11:40:\n{SECOND}\nرد\n",
    "moment above the name": f"12/3/2021 10:15\nسعاد\n{FIRST}\n12/3/2021 11:40\nمازن\n{SECOND}\n",
    "name above the moment": f"سعاد\n12/3/2021 10:15\n{FIRST}\nمازن\n12/3/2021 11:40\n{SECOND}\n",
}


@pytest.mark.parametrize("order", ORDERS)
def test_comments_under_a_heading_are_read_in_whatever_order_their_lines_come(order: str) -> None:
    page = anatomy(f"{REPORT}تعليقان (2)\n{ORDERS[order]}".encode(), id="t")
    assert [comment.author for comment in page.comments] == ["سعاد", "مازن"]
    assert [comment.span.of(page.text) for comment in page.comments] == [FIRST, SECOND]
    assert all(comment.date for comment in page.comments)
    assert not any(words in page.body for words in (FIRST, SECOND))


def test_sentences_that_nobody_signs_are_comments_under_their_heading_all_the_same() -> None:
    page = anatomy(f"{REPORT}تعليقان (2)\n\n{FIRST}.\n{SECOND}.\n".encode(), id="t")
    assert page.comments
    assert not any(words in page.body for words in (FIRST, SECOND))
