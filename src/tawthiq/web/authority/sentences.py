"""What is said of decisions that cannot be kept, or should be looked at first, in the reader's language.

The sentences are those of lexicon.authority and its checks; they stand here so that they can be translated. One that is
missing here is shown in English.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tawthiq.records.authority import Told
from tawthiq.web.authority.forms import LABELS

SENTENCES = (
    gettext_noop("%(code)s and %(other)s lie %(km)s km apart"),
    gettext_noop("%(code)s has ended"),
    gettext_noop("%(code)s is no party"),
    gettext_noop("%(code)s is of the other kind: an actor is no place"),
    gettext_noop("%(code)s is this entry itself"),
    gettext_noop("%(code)s lies in %(country)s, the place in %(other)s"),
    gettext_noop("%(code)s lies in this place"),
    gettext_noop("%(code)s would stand above itself"),
    gettext_noop("a code is never used again: take another"),
    gettext_noop("a country is merged into none"),
    gettext_noop("a parent is of the same kind"),
    gettext_noop("a party of the contract counts under itself"),
    gettext_noop("a party of the contract does not end"),
    gettext_noop("a party of the contract is merged into none"),
    gettext_noop("a place and a part of it are two places"),
    gettext_noop("add a spelling to %(code)s, or merge the two"),
    gettext_noop("add it first"),
    gettext_noop("an actor and a place are never one"),
    gettext_noop("an actor needs one in Arabic and one in English"),
    gettext_noop("check both codes"),
    gettext_noop("check both days"),
    gettext_noop("check it, or install its place pack"),
    gettext_noop("check its code"),
    gettext_noop("check latitude, longitude and country; the two numbers may be the wrong way round"),
    gettext_noop("check the code"),
    gettext_noop("check the parents"),
    gettext_noop("correct or withdraw an alias instead"),
    gettext_noop("decide about %(code)s instead, or withdraw the merge"),
    gettext_noop("give a contract code or your own entry's"),
    gettext_noop("give a parent: the party it belongs to, or the contract code it counts under (other, unknown)"),
    gettext_noop("give a reason, with its source"),
    gettext_noop("give both, or neither"),
    gettext_noop("give its full name, or limit an alias to reports about one country"),
    gettext_noop("give its two letters (ISO 3166)"),
    gettext_noop("give one of docs/contracts.md as parent"),
    gettext_noop("give one of two letters or more"),
    gettext_noop("give the alias as texts write it"),
    gettext_noop("give the code of one"),
    gettext_noop("give the code of the containing place"),
    gettext_noop("give the code of the place that stays"),
    gettext_noop("give the entry that stays"),
    gettext_noop("give the name as texts write it"),
    gettext_noop("give the name in %(script)s script"),
    gettext_noop("give the place that contains it"),
    gettext_noop("give the place's own name"),
    gettext_noop("give the word that is no place"),
    gettext_noop("give the wording in full, or let the entry count under %(code)s"),
    gettext_noop("give what is to be different"),
    gettext_noop("give what the party calls itself or a plain description; keep this wording as a loaded alias"),
    gettext_noop("it corrects nothing"),
    gettext_noop("it counts under no contract code"),
    gettext_noop("it counts under no party"),
    gettext_noop("it does not say into which entry"),
    gettext_noop("it does not say what kind of place it is"),
    gettext_noop("it does not say why"),
    gettext_noop("it ends before it begins"),
    gettext_noop("it has no neutral name"),
    gettext_noop("it lies %(km)s km from %(code)s, which is to contain it"),
    gettext_noop("it lies %(km)s km from %(name)s, the nearest known place of %(country)s"),
    gettext_noop("it may mean several decisions"),
    gettext_noop("it names no entry"),
    gettext_noop("it names no word"),
    gettext_noop("it names no wording"),
    gettext_noop("it withdraws no decision that is in force"),
    gettext_noop("its reason names no source"),
    gettext_noop("leave it as it is"),
    gettext_noop("leave the parent out"),
    gettext_noop("merge entries of one kind"),
    gettext_noop("merge into an entry that is in use"),
    gettext_noop("merge your entry into it instead"),
    gettext_noop("name another one"),
    gettext_noop("name the decision by %(signs)s or more signs of its identifier, as the history shows it"),
    gettext_noop("no country is given"),
    gettext_noop("no gazetteer at hand has this code"),
    gettext_noop("no place has the code %(code)s"),
    gettext_noop("no place is called “%(name)s” now: the decision changes nothing until one is"),
    gettext_noop("no place of %(country)s is known here: its coordinates were not compared"),
    gettext_noop("one coordinate is given without the other"),
    gettext_noop("say where it can be read: a report, a map, a page"),
    gettext_noop("shorten it"),
    gettext_noop("such as village"),
    gettext_noop("the code does not have the form of one's own"),
    gettext_noop("the code was given before"),
    gettext_noop("the coordinates lie %(km)s km from %(name)s, the nearest known place of %(country)s"),
    gettext_noop("the entry has ended already"),
    gettext_noop("the entry has this alias"),
    gettext_noop("the entry was merged into %(code)s"),
    gettext_noop("there is no entry %(code)s"),
    gettext_noop("there is no such entry"),
    gettext_noop("type the words anew: signs that nobody sees can turn a name around"),
    gettext_noop("write days as YYYY-MM-DD"),
    gettext_noop("write degrees with a point"),
    gettext_noop("write one of these"),
    gettext_noop("write two capitals (ISO 3166), such as SY"),
    gettext_noop('write it as "own.", then small Latin letters, digits, and . _ - between them'),
    gettext_noop("“%(name)s” holds loaded wording (%(row)s), and a neutral name is due"),
    gettext_noop("“%(name)s” holds a word that the tables know from loaded wording only (%(row)s): is it neutral?"),
    gettext_noop("“%(name)s” names %(code)s already (%(row)s)"),
    gettext_noop("“%(name)s” is held by %(code)s (%(row)s)"),
    gettext_noop("“%(name)s” names no party: any force is called so"),
    gettext_noop("“%(name)s” names no place: any place is called so"),
    gettext_noop("“%(name)s” has no %(script)s letter"),
    gettext_noop("“%(name)s” is no name"),
    gettext_noop("“%(name)s” has more than %(most)s words"),
    gettext_noop("“%(name)s” is held by %(code)s, %(km)s km away"),
    gettext_noop("“%(name)s” is held by %(code)s in the same place"),
    gettext_noop("“%(name)s” is also borne by %(others)s: where a text does not tell, readings stay open"),
    gettext_noop("“%(cell)s” is no country code"),
    gettext_noop("“%(column)s” holds the invisible sign %(sign)s"),
    gettext_noop("“%(column)s” is longer than %(most)s signs"),
    gettext_noop("“%(column)s” is “%(cell)s”, not between -%(most)s and %(most)s"),
    gettext_noop("“%(column)s” is “%(cell)s”, not a day"),
)
WORDS = (gettext_noop("your authority"), gettext_noop("Arabic"), gettext_noop("Latin"))


def said(told: Told) -> str:
    """The sentence in the active language, its values as they are but for names of fields and words of our own."""
    values = {name: _value(name, value) for name, value in told.values}
    return _(told.template) % values if values else _(told.template)


def _value(name: str, value: str) -> str:
    if name == "column":
        return str(LABELS.get(value, value))
    return _(value) if value in WORDS else value
