"""What each kind of waiting items is called, what is asked of the person, and under which heading it stands."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tawthiq.casework.queries.queue import QueueKind

# Name, what one does there, heading.
_PROTECTED = pgettext_lazy("queue", "Protected items")
_CASES = pgettext_lazy("queue", "Cases")
_MACHINE = pgettext_lazy("queue", "What the machine proposes")
_UNSURE = pgettext_lazy("queue", "What the program is unsure about")
WORDING: dict[QueueKind, tuple[Promise, Promise, Promise]] = {
    QueueKind.DISAGREEMENTS: (
        pgettext_lazy("queue", "Two people disagree"),
        pgettext_lazy("queue", "Grade the case yourself before you see what the two found; yours is the third sheet."),
        _CASES,
    ),
    QueueKind.SECOND: (
        pgettext_lazy("queue", "A second person is needed"),
        pgettext_lazy("queue", "Somebody graded the case. Grade it on your own; you see theirs when yours is done."),
        _CASES,
    ),
    QueueKind.PROPOSALS: (
        pgettext_lazy("queue", "Proposed incidents"),
        pgettext_lazy("queue", "Read two reports and say whether they tell one occurrence."),
        _MACHINE,
    ),
    QueueKind.CONTRADICTIONS: (
        pgettext_lazy("queue", "Contradictions without a case"),
        pgettext_lazy("queue", "Sources contradict each other. Look who says what, and open a case."),
        _MACHINE,
    ),
    QueueKind.REPORTS: (
        pgettext_lazy("queue", "New reports"),
        pgettext_lazy("queue", "Compare the reading with the preserved text, correct it, and mark it as looked at."),
        _MACHINE,
    ),
    QueueKind.SENSITIVE: (
        pgettext_lazy("queue", "Cases with children or sexual violence"),
        pgettext_lazy("queue", "Handle these first and with care: consent, risk, who may see them."),
        _PROTECTED,
    ),
    QueueKind.PAIRS: (
        pgettext_lazy("queue", "Records that may be one person"),
        pgettext_lazy("queue", "Say whether two records name one person. Two people must say so before it holds."),
        _PROTECTED,
    ),
    QueueKind.RESTRICTED: (
        pgettext_lazy("queue", "Restricted reports"),
        pgettext_lazy("queue", "Only your groups see these; nobody else will look at them."),
        _PROTECTED,
    ),
    QueueKind.PAGES: (
        pgettext_lazy("queue", "Pages taken apart in two ways"),
        pgettext_lazy("queue", "Two extractors disagree on what the report’s own text is. Confirm it or correct it."),
        _UNSURE,
    ),
    QueueKind.MISFITS: (
        pgettext_lazy("queue", "Page corrections that fit no more"),
        pgettext_lazy("queue", "The page is read otherwise now than when it was corrected. Correct it anew."),
        _UNSURE,
    ),
    QueueKind.UNFIT: (
        pgettext_lazy("queue", "Link decisions that fit no more"),
        pgettext_lazy("queue", "What was decided about is not in the reading any more. Withdraw it or decide anew."),
        _UNSURE,
    ),
}
