"""The value of folded digits with their separators."""

_LONGEST = 30
_LARGEST = 10**18


def digits_value(raw: str) -> int | float:
    """The value of digits with separators: "1,234" and "1.234.567" group thousands; "2.5" and "2,5" are decimals.

    A vulgar fraction arrives folded as "1⁄4". More than 18 digits count nothing and come as the largest value, 10^18.
    """
    if len(raw) > _LONGEST:
        return _LARGEST
    if "⁄" in raw:
        upper, _, lower = raw.partition("⁄")
        return int(upper) / int(lower) if int(lower) else 0
    compact = raw.replace(" ", "").replace("،", ",")
    if compact.isdigit():
        return int(compact)
    return _separated(compact)


def _separated(compact: str) -> int | float:
    """The value of digits with points or commas: the last separator is the decimal one where both occur."""
    commas, points = compact.count(","), compact.count(".")
    if commas and points:
        decimal = "." if compact.rfind(".") > compact.rfind(",") else ","
        whole, _, decimals = compact.rpartition(decimal)
        return float(whole.replace(",", "").replace(".", "") + "." + decimals)
    groups = compact.replace(".", ",").split(",")
    grouped = 0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if grouped and (commas or points > 1 or compact.endswith(".000")):
        return int("".join(groups))
    *whole_groups, decimals = groups
    return float("".join(whole_groups) + "." + decimals)
