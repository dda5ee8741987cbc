"""Miles that became kilometres: numbers that translators convert for their readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product

from aligner.quality.quantities import Number

_NEAR = 0.15  # people round
_FACTORS = {
    "mile": (1.609, 1609.0),
    "foot": (0.3048, 30.48),
    "inch": (2.54, 25.4, 0.0254),
    "yard": (0.9144,),
    "pound": (0.4536,),
    "ounce": (28.35,),
    "acre": (0.4047,),
    "gallon": (3.785,),
}
_UNIT = re.compile(
    r"""[\s-]{0,2}(?:(?:square|cubic|fluid|кв\.|квадратн\w+)\s)?(?:
      (?P<mile> miles? | mph\b | mi\b | мил[ьяией]\w* )
    | (?P<foot> feet | foot | ft\b | фут\w* )
    | (?P<inch> inch(?:es)? | in\b\. | дюйм\w* )
    | (?P<yard> yards? | yd\b | ярд\w* )
    | (?P<pound> pounds? | lbs?\b | фунт\w* )
    | (?P<ounce> ounces? | oz\b | унци\w* )
    | (?P<acre> acres? | акр\w* )
    | (?P<gallon> gallons? | галлон\w* )
    | (?P<degree> degrees? | °\s?F | градус\w* | s\b )
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ANY_UNIT = re.compile(rf"\d{_UNIT.pattern}", _UNIT.flags)
_RANGE = re.compile(
    r"-?(?:[дтн][аеоө]н)?[\s–—-]*(?:to|and|or|до|или|же)?[\s–—-]*[\d.,]+", re.IGNORECASE
)


def has_units(text: str) -> bool:
    """Whether a text may have a number with a unit that people convert."""
    return bool(_ANY_UNIT.search(text))


def converted(text: str, number: Number, other: str, numbers: Iterable[Number]) -> bool:
    """Whether a number of a text stands among those of another in another system of units."""
    unit = _unit(text, number)
    for one in numbers:
        its = _unit(other, one)
        if unit == its == "degree" and (_are_degrees(number, one) or _are_degrees(one, number)):
            return True
        if unit and not its and _is_near(_metric(number, unit), _floats(one)):
            return True
        if its and not unit and _is_near(_metric(one, its), _floats(number)):
            return True
    return False


def _are_degrees(fahrenheit: Number, celsius: Number) -> bool:
    return _is_near(_metric(fahrenheit, "degree"), _floats(celsius))


def _unit(text: str, number: Number) -> str:
    """The unit of a number, if it is not of the metric system."""
    found = _UNIT.match(text, number.end)
    if not found and (range_ := _RANGE.match(text, number.end)):
        found = _UNIT.match(text, range_.end())  # "1 to 4 inches"
    return found.lastgroup or "" if found else ""


def _metric(number: Number, unit: str) -> Iterator[float]:
    """What a number is in metric units."""
    for value in _floats(number):
        if unit == "degree":
            yield (value - 32) / 1.8
        else:
            yield from (value * factor for factor in _FACTORS[unit])


def _floats(number: Number) -> Iterator[float]:
    return (float(one) for one in number.values if isinstance(one, int | Fraction))


def _is_near(ours: Iterable[float], theirs: Iterable[float]) -> bool:
    return any(
        abs(one - other) <= _NEAR * max(abs(one), abs(other))
        for one, other in product(ours, theirs)
    )
