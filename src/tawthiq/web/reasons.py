"""The reasons of zones in the reader's language.

A reason is recorded in English, with the reading (records.Zone). Those that `page` gives are translated here as whole
sentences; some end in a name (a table's cue, a host, an account), which is kept as it stands. A reason without a
translation is shown as it was recorded: nothing depends on this table being whole.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "no cue": _("no cue"),
    "too large to take apart": _("too large to take apart"),
    "the main heading": _("the main heading"),
    "the heading of the page": _("the heading of the page"),
    "the first line, which is no sentence": _("the first line, which is no sentence"),
    "the largest type of the first sheet": _("the largest type of the first sheet"),
    "the title that the file's metadata tells": _("the title that the file's metadata tells"),
    "prose of the element that holds the article": _("prose of the element that holds the article"),
    "text that no cue takes away": _("text that no cue takes away"),
    "text of the sheet": _("text of the sheet"),
    "an element or wording that signs the report": _("an element or wording that signs the report"),
    "wording that signs the report": _("wording that signs the report"),
    "wording that signs the document": _("wording that signs the document"),
    "the initials or credits of a desk": _("the initials or credits of a desk"),
    "a date beside the title or the body": _("a date beside the title or the body"),
    "a date above the text": _("a date above the text"),
    "a date of updating": _("a date of updating"),
    "a date on the first sheet": _("a date on the first sheet"),
    "a credited agency": _("a credited agency"),
    "the credit of a picture": _("the credit of a picture"),
    "a shortcode of the publishing system": _("a shortcode of the publishing system"),
    "a headline under a related heading": _("a headline under a related heading"),
    "a related heading": _("a related heading"),
    "the teaser of another report": _("the teaser of another report"),
    "a short line that repeats": _("a short line that repeats"),
    "an element named for signature or date": _("an element named for signature or date"),
    "nothing but an address": _("nothing but an address"),
    "words of a menu": _("words of a menu"),
    "a row of sections": _("a row of sections"),
    "the outlet's name above the headline": _("the outlet's name above the headline"),
    "the address of a channel": _("the address of a channel"),
    "a paragraph about the outlet": _("a paragraph about the outlet"),
    "under a paragraph about the outlet": _("under a paragraph about the outlet"),
    "a rule of marks or a counter": _("a rule of marks or a counter"),
    "its wording": _("its wording"),
    "the name of the element": _("the name of the element"),
    "a heading": _("a heading"),
    "records of author, moment and text that repeat": _("records of author, moment and text that repeat"),
    "the form or rules for commenting": _("the form or rules for commenting"),
    "the form for commenting": _("the form for commenting"),
    "a line of the comment section": _("a line of the comment section"),
    "the heading of the comments": _("the heading of the comments"),
    "a button among comments": _("a button among comments"),
    "a counter or rule among comments": _("a counter or rule among comments"),
    "a reply below the post": _("a reply below the post"),
    "a reply by another account": _("a reply by another account"),
    "the platform's name": _("the platform's name"),
    "the account that posted": _("the account that posted"),
    "the account that the page shows": _("the account that the page shows"),
    "how the account describes itself": _("how the account describes itself"),
    "who signed the message": _("who signed the message"),
    "the moment of posting": _("the moment of posting"),
    "the moment of posting or of a reply": _("the moment of posting or of a reply"),
    "the day of the messages below": _("the day of the messages below"),
    "a link or number of the thread": _("a link or number of the thread"),
    "a button or counter of the platform": _("a button or counter of the platform"),
    "furniture of the platform": _("furniture of the platform"),
    "text beside the posts": _("text beside the posts"),
    "the words of a post": _("the words of a post"),
    "the words of a post, as the platform translated them": _("the words of a post, as the platform translated them"),
    "words that the account forwarded": _("words that the account forwarded"),
    "the platform's translation of the post": _("the platform's translation of the post"),
    "a translation by the platform": _("a translation by the platform"),
    "the message that this one answers": _("the message that this one answers"),
    "the preview of a linked page": _("the preview of a linked page"),
    "what is attached to a message": _("what is attached to a message"),
    "a remark of the platform between messages": _("a remark of the platform between messages"),
    "what the platform offers beside the posts": _("what the platform offers beside the posts"),
    "a post that the platform offers": _("a post that the platform offers"),
    "another account's post, shown inside a post": _("another account's post, shown inside a post"),
    "who signed a post that the article quotes": _("who signed a post that the article quotes"),
    "the moment of a post that the article quotes": _("the moment of a post that the article quotes"),
    "a person's correction": _("a person's correction"),
    "confirmed by a person": _("confirmed by a person"),
    "the printed number of the sheet": _("the printed number of the sheet"),
    "a line that the sheets repeat": _("a line that the sheets repeat"),
    "a line with the printed number of the sheet": _("a line with the printed number of the sheet"),
    "small type under a picture": _("small type under a picture"),
    "a note at the foot of the sheet": _("a note at the foot of the sheet"),
    "an entry of a list of contents": _("an entry of a list of contents"),
    "small type beside a picture": _("small type beside a picture"),
    "printed number": _("printed number"),
    "who signed or when, above the text": _("who signed or when, above the text"),
    "the sign of rights before the name of who took a picture": _(
        "the sign of rights before the name of who took a picture"
    ),
    "a caption or the credit of a picture": _("a caption or the credit of a picture"),
    "the words of a message": _("the words of a message"),
    "the number of the message": _("the number of the message"),
    "the number of the message that this one answers": _("the number of the message that this one answers"),
    "when the message was edited": _("when the message was edited"),
    "a remark of the service between messages": _("a remark of the service between messages"),
    "text beside the words of a post": _("text beside the words of a post"),
    "forwarded from": _("forwarded from"),
    "another account": _("another account"),
}
WITH_NAME: dict[str, Promise] = {
    "its wording (%s)": _("its wording (%(name)s)"),
    "the name of the element (%s)": _("the name of the element (%(name)s)"),
    "nothing but a link in <%s>": _("nothing but a link in <%(name)s>"),
    "seen on 3 or more pages of %s": _("seen on 3 or more pages of %(name)s"),
    "a comment counter by %s": _("a comment counter, found by: %(name)s"),
    "around comments, found by %s": _("around comments, found by: %(name)s"),
    "a reader's comment, found by %s": _("a reader's comment, found by: %(name)s"),
    "the words of a post by %s, quoted in the article": _("the words of a post by %(name)s, quoted in the article"),
}
"""Reasons with a name in the place of %s; the name may be a reason itself."""


def reason_in_words(reason: str) -> str:
    """The reason in the active language; empty where it has no translation."""
    if reason in REASONS:
        return str(REASONS[reason])
    for form, words in WITH_NAME.items():
        before, _name, after = form.partition("%s")
        if reason.startswith(before) and reason.endswith(after) and len(reason) > len(before) + len(after):
            name = reason[len(before) : len(reason) - len(after)]
            return str(words) % {"name": REASONS.get(name, name)}
    return ""
