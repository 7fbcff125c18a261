"""The grammar of time expressions: patterns over the class letters of `items`, each with the name of its resolver.

Owns the third pass's rules. A pattern's named groups say which item is what: E today or yesterday, W weekday, D day, M month,
Y year, n a number of U periods, mod last/this/next, pos beginning/middle/end, and a second D2, W2, M2, Y2 in ranges. Rules are
tried in this order at each place and the first that holds is taken; `time_values` gives them their meaning.
"""

import re

import regex

_YEAR = r"(?:[,/\-.]{0,2}|,?[if]{0,2})U?(?P<Y>[YI])[heq]?"
_DAY = r"(?P<D>[NO])"
_DAY2 = r"(?P<D2>[NO])"
_MONTH = r"(?P<M>M)"
_MOD = r"(?P<mod>[LCF])"
_OF_YEAR = rf"(?:{_YEAR}|{_MOD}(?P<whole>U)?|[fi]?(?P<whole>U){_MOD})"
_CLOCK = r"(?:K~?[NO](?:[:.]N)?&?[NQ]?U?(?:[fi]?[kpP])?|N:[NQ](?::[NQ])?k?[pP]?|N(?:[:.][NQ])?k|O&?[NQ]?U?[pP])"
_HEAD = rf"(?:{_CLOCK}[fi,(]{{0,2}})?(?:[Ppy][fi]{{0,2}}){{0,2}}"
_TAIL = rf"(?:,?[fi]?[Pp](?![DTEWNOM]))?(?:,?[\-i]?{_CLOCK})?"
_DMY = rf"{_DAY}D?[.\-/]{{0,2}}f?U?{_MONTH}{_OF_YEAR}?"
_MDY = rf"{_MONTH}[\-/,.]{{0,2}}i?{_DAY}(?![:%])(?:{_YEAR})?"
_NUMERIC = (
    r"(?:(?P<a>N)[/\-.](?P<b>N)[/\-.](?P<c>[YINQ])|(?P<a>N)/(?P<b>N),(?P<c>[YINQ])"
    r"|(?P<a>[YI])[/\-.](?P<b>N)[/\-.](?P<c>N))[hqe]?"
)
_SHORT = r"(?P<a>N)[/\-](?P<b>N)"
_OF_MONTH = rf"{_DAY}[fi]{_MOD}?(?P<U>U){_MOD}?"
_ABSOLUTE = rf"(?:{_NUMERIC}|{_DMY}|{_MDY}|{_OF_MONTH})"
_JOIN = r"(?P<join>[t\-&,])"
_TO = r"(?:[t&\-]|,&)"

_MONTH_TAIL = rf"{_MONTH}{_OF_YEAR}?"
_UNIT = r"(?P<U>[UD])"
_COUNT = r"(?P<n>[NQ])?"
_ROUGH = r"(?P<ap>[~>])?"

RULES: dict[str, str] = {
    "same_month": rf"{_DAY}[fi]{{0,2}}1",
    "same_year": rf"(?:U?{_MONTH}|(?P<V>V))[fi]{{0,2}}2",
    "numbered_day": (
        r"j(?P<D>O)|G[ia]?(?P<D>O)x?D|G(?P<D>Q)x?D|(?P<own>c)(?P<D>O)(?P<day>D)?"
        rf"|(?P<T>T)(?P<D>O)(?![fi]{{0,2}}{_MOD}?[UM])"
    ),
    "nth_weekday": (rf"(?P<D>O)D?(?P<W>W)[fi]{{0,2}}(?:U?{_MONTH}{_OF_YEAR}?|{_MOD}?(?P<U>U){_MOD}?)"),
    "weekday_night": rf"(?:r[fi]?)?{_HEAD}D?(?P<W>W)[\-/x&]?D?(?P<W2>W){_MOD}?",
    "after_midnight": r"r[fi]?D?(?:(?P<E>[TE])(?:[,(]?D?(?P<W>W)\)?)?|(?P<W>W))",
    "near_day": rf"{_HEAD}D?(?P<E>[TE])\(?(?:[,]?D?(?P<W>W)\)?)?(?:,?[(\-]?i?{_ABSOLUTE}\)?)?{_TAIL}",
    "day_range": (
        rf"(?:b|P|D)?i?{_DAY}(?:[,&]?N){{0,6}}(?P<join>{_TO}|(?<=P[NO])x)?U?D?(?:W,?)?i?{_DAY2}[.\-/]?f?U?{_MONTH_TAIL}"
    ),
    "month_day_range": rf"b?U?{_MONTH}b?{_DAY}(?P<join>{_TO})?{_DAY2}(?:{_YEAR})?",
    "day_range_of": rf"{_DAY}(?P<join>{_TO})?{_DAY2}[fi]{{0,2}}{_MOD}?(?P<U>U){_MOD}?",
    "weekday": (
        rf"{_HEAD}{_MOD}?D?\(?(?P<W>W)\)?"
        rf"(?:(?:{_MOD}?[,.(\-]{{0,2}}[if]{{0,2}}D?(?:{_ABSOLUTE}|{_SHORT})|[,(]?i?{_DAY}(?![:kPp])(?P<noun>(?=x))?)\)?)?"
        rf"(?:,?[if]?{_MOD})?(?:f?{_MOD}?(?P<U>U){_MOD}?)?{_TAIL}"
    ),
    "week_days": rf"{_MOD}?(?P<U>U){_MOD}?[bfi]{{0,2}}D?(?P<W>W)(?P<join>{_TO})?f?D?(?P<W2>W)",
    "week_weekday": rf"{_MOD}?(?P<U>U){_MOD}?D?(?P<W>W)",
    "day": rf"{_HEAD}D?{_ABSOLUTE}{_TAIL}",
    "short": rf"(?P<day>D){_SHORT}|(?P<near>(?<=i))?(?P<a>N)/(?P<b>N)(?![/\-NQY:%])",
    "month_figures": r"(?P<a>N)[/\-](?P<Y>Y)(?![/\-])|(?P<Y>Y)/(?P<a>N)(?![/\-N])",
    "part_of_year": (
        rf"(?:(?P<part>Q)(?P<D>O)|(?P<D>O)(?P<part>[Q@]))[fi]{{0,2}}"
        rf"(?:U?(?P<Y>Y)|{_MOD}?(?P<U>U){_MOD}?|(?:U(?=M))?{_MONTH_TAIL})"
    ),
    "week_in": (
        rf"(?:(?P<U>U)(?P<D>[OLX])|(?P<D>[OL])(?P<U>U))"
        rf"(?:[fi]{{1,2}}{_MOD}?(?P<whole>U)?(?:{_MONTH_TAIL}|(?P<Y>Y)|{_MOD}|(?<=U))|(?P<whole>U){_MOD})"
    ),
    "week_of": rf"(?<![CLF])(?P<U>U)f?{_DAY}[.\-/]{{0,2}}f?U?{_MONTH}{_OF_YEAR}?",
    "positioned": (
        rf"(?P<pos>[BXZOy])[fi\-]{{0,2}}"
        rf"(?:(?:U(?=M))?{_MONTH_TAIL}|{_MOD}?(?P<U>U){_MOD}?(?P<Y>Y)?|(?P<Y>Y))"
    ),
    "months": rf"U?{_MONTH}&?(?P<M2>M)(?:{_YEAR}|{_MOD})?",
    "month_range": rf"(?<=[fb]){_MONTH}{_TO}(?P<M2>M)(?:{_YEAR}|{_MOD})?",
    "month_year": rf"U?{_MONTH}{_YEAR}",
    "month": (
        rf"(?:{_MOD}?(?P<named>U)|{_MOD}|(?P<near>(?<=[iGS])))?{_MONTH}"
        rf"(?:[fi]?(?:{_MOD}(?P<whole>U)|(?P<whole>U)?{_MOD}))?"
    ),
    "season": rf"(?:(?P<start>B)|{_MOD})?(?P<V>V)(?:f{_MOD}(?P<whole>U)|{_MOD}|[fi]{{0,2}}U?(?P<Y>Y))?",
    "years": r"U?(?P<Y>Y)(?:[t\-&]|(?=Y))U?(?P<Y2>Y)",
    "year": r"(?P<named>U)(?P<Y>[YI])[he]?",
    "bare_year": r"(?<=[iSGtR])(?P<Y>Y)(?![/\-:%.]?[NQ])",
    "sum": (
        rf"(?P<way>[RSA])?{_COUNT}{_UNIT}(?P<and2>[&,])?(?P<n2>[NQ])?(?P<U2>[UD])"
        rf"(?:(?P<and3>[&,])?(?P<n3>[NQ])?(?P<U3>[UD]))?(?:(?P<now>fn)|(?P<ago>g))?"
    ),
    "ago": (
        rf"R{_ROUGH}{_COUNT}{_UNIT}(?!L)(?P<event>(?=fx))?|(?<=f){_ROUGH}{_COUNT}(?P<U>U)(?=[x.,!¶i]|$)"
        rf"|{_ROUGH}(?P<n>[NQa])?{_UNIT}(?P<ago>g)"
    ),
    "since_duration": rf"S{_ROUGH}{_COUNT}{_UNIT}(?![LCFMYOETW])",
    "span": rf"G?{_COUNT}{_UNIT}(?P<n>[NOQ])?{_MOD}|G?{_MOD}v?{_COUNT}{_UNIT}",
    "during": (
        rf"(?P<G>G)i?~?{_COUNT}{_UNIT}(?![YMOLCF])|(?<=i)(?P<n>[NQ]){_UNIT}(?![LCFgYMf])|(?<=i)(?P<U>U)(?![LCFgYMfO])"
    ),
    "later": rf"A{_ROUGH}{_COUNT}{_UNIT}(?P<now>fn)?(?!O)",
    "night_before": rf"(?P<H>H){_TAIL}",
    "now": r"n",
    "same_day": r"[Pp]?(?P<same>m)",
    "same_period": r"z",
    "since_then": r"J",
    "until_now": r"j(?![ON])",
    "rest": rf"wf?{_MOD}?(?P<U>U){_MOD}?",
    "open": r"u|[RS]v[UD]|v[UD]g",
    "time_of_day": rf"(?:{_CLOCK}|(?P<p>p)|(?<=S)P)",
    "decade": r"(?P<decade>d)",
    "nth": r"(?<=i)(?P<D>O)(?![fxMUW])|D(?P<D>N)(?![xMU/:\-%&t])",
}

_SENTENCE_END = r"(?=[.!]?(?:¶|$))"
BEFORE_RULES: dict[str, str] = {
    "day_beside": r"T(?P<mod>[LF]|s(?=[.!¶]|$))",
    "bare_day": rf"(?P<near>(?<=i))?(?P<D>[NO]){_SENTENCE_END}",
    "to_day": rf"(?P<to>t)(?P<D>[NO]){_SENTENCE_END}",
    "day_figures": r"(?P<a>N)[/\-](?P<b>N)(?![/\-NQY:%,M]|f?U?M)",
    "following": r"(?P<U>U)s",
    "bare_period": rf"(?<![LCFNQwBXZOvaGRSA])(?P<U>U){_SENTENCE_END}",
    "bare_season": r"(?<![BLCFU])Z?(?P<V>V)(?![fi]{0,2}[LCFUYsI])",
    "week_on": rf"(?<![CLF])(?P<U>U)i{_DAY}[.\-/]{{0,2}}f?U?{_MONTH}{_OF_YEAR}?",
}
"""Tried before `RULES` in general texts, which tell of plans and speak to someone: "I come back on the 15th"."""
BEHIND_RULES: dict[str, str] = {
    "any_year": r"(?P<named>U)(?P<Y>[NQ])",
    "decimal_day": rf"(?P<near>(?<=i)(?=Q{_SENTENCE_END}))?(?P<Y>Q)(?![UDM%])",
}
"""Tried behind `RULES` in general texts."""


def _any(rules: dict[str, str]) -> "regex.Pattern[str]":
    """The rules as alternatives; `rule_NAME` is set for the rule that held."""
    return regex.compile("|".join(f"(?P<rule_{name}>{rule})" for name, rule in rules.items()))


GRAMMAR = _any(RULES)
"""All rules of reports as one pattern."""
GENERAL = _any({**BEFORE_RULES, **RULES, **BEHIND_RULES})
"""All rules of general texts as one pattern."""
OPENINGS = re.compile(
    r"[TEWMDIPpHrKBXVnmzJjudycw]|N(?![x!¶\")|v])|(?<=[PD])N|O(?!x)|(?<=P)O|Q(?=[UDO])|Y(?=[/\-.tY&])|(?<=[iSGtR])Y"
    r"|U(?=[MWDOLXYCFUgNQbfi&,])|(?<=[fi])U|[LCF](?=[DW(UMVvNQ])|Z(?=[fi\-MLCFUY])|G(?=[~NQUDLCFviaO])|b(?=[iNOUM])"
    r"|[>~](?=[NQa]?[UD])|[ARS](?=v|[~>]?[NQ]?[UD])|a(?=[UD])|v(?=[UD]g)"
)
"""Where a rule may begin: the first letters of all, with what must follow those that are common and begin little."""
NEAR = _any({name: RULES[name] for name in ("near_day", "after_midnight")})
"""The rules that may name the text's own day."""
