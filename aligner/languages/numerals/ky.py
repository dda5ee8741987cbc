"""Kyrgyz numbers, with their endings."""

from __future__ import annotations

import re
from fractions import Fraction

from aligner.languages.numerals import Numerals, Role, grouped, named

# Case, possession, plural and what else a number takes: «бешке», «экисинин», «онго», «үчүнчүдө».
# Loosely: only words that begin as a number do would be taken for one.
_ENDINGS = (
    r"(?:[лдт][ыиуү]к)?(?:[лдт][аеоө]р)?(?:[ыиуү]б[ыиуү]з|с[ыиуү]|[ыиуү])?"
    r"(?:н[ыиуү]н|н[ыиуү]|н|[дт][ыиуү]н|[дт][ыиуү]|"
    r"[гк][аеоө]|н[аеоө]|[дт][аеоө]н?|н[дт][аеоө]н?|[дт][аеоө]г[ыиуү]|ч[аеоө]|[дт][аеоө]й)?"
)
_CARDINALS = (
    (1, "бир", "биринчи"),
    (2, "эки", "экинчи"),
    (3, "(?!үчүн$)үч", "үчүнчү"),  # «үчүн» is "for"
    (4, "төрт", "төртүнчү"),
    (5, "беш", "бешинчи"),
    (6, "(?!алтын)алты", "алтынчы"),  # «алтын» is gold
    (7, "жети", "жетинчи"),
    (8, "сегиз", "сегизинчи"),
    (9, "тогуз", "тогузунчу"),
    (10, "он", "онунчу"),
    (20, "жыйырма", "жыйырманчы"),
    (30, "отуз", "отузунчу"),
    (40, "кырк", "кыркынчы"),
    (50, "элүү", "элүүнчү"),
    (60, "алтымыш", "алтымышынчы"),
    (70, "жетимиш", "жетимишинчи"),
    (80, "сексен", "сексенинчи"),
    (90, "токсон", "токсонунчу"),
)
_GROUPS = (
    (1, "бирөө"),
    (2, "экөө"),
    (3, "үчөө"),
    (4, "төртөө"),
    (5, "бешөө"),
    (6, "алтоо"),
    (7, "жетөө"),
)

NUMERALS = Numerals(
    inflected=(
        *((ordinal, n, Role.ORDINAL) for n, _, ordinal in _CARDINALS),
        *((forms, n, Role.CARDINAL) for n, forms, _ in _CARDINALS),
        ("жүз", 100, Role.SCALE),
        ("миң", 10**3, Role.SCALE),
        ("миллион", 10**6, Role.SCALE),
        ("миллиард", 10**9, Role.SCALE),
    ),
    endings=_ENDINGS,
    table=(
        *((f"{forms}\\w*", n, Role.CARDINAL) for n, forms in _GROUPS),
        ("ноль|нөл\\w*|нол\\w*", 0, Role.HINT),
        ("бир\\w*|жалгыз\\w*|жападан|алгачкы\\w*|алгач|тунгуч\\w*", 1, Role.HINT),
        ("кош\\w*|жуп\\w*|эгиз\\w*|эки\\w+|экөө\\w*|түгөй\\w*", 2, Role.HINT),
        ("(?!үчүн$)үч\\w+", 3, Role.HINT),
        ("чейрек\\w*|квартал\\w*|төрт\\w+", 4, Role.HINT),
        ("беш\\w+", 5, Role.HINT),
        ("алты(?!н)\\w+", 6, Role.HINT),
        ("жети\\w+", 7, Role.HINT),
        ("ондогон|ондоп|он\\w{4,}", 10, Role.HINT),
        ("түш|түштө|түшкү|чак|түштөн", 12, Role.HINT),
        ("түн|сутка\\w*", 24, Role.HINT),
        ("кылым\\w*", 100, Role.HINT),
        ("жарым\\w*|жарты\\w*", Fraction(1, 2), Role.PART),
        ("жүздө\\w*|жүз\\w+", 100, Role.HINT),
        ("миң\\w+", 10**3, Role.HINT),
        ("млн\\w*", 10**6, Role.SCALE),
        ("миллион\\w+", 10**6, Role.HINT),
        ("млрд\\w*", 10**9, Role.SCALE),
        ("миллиард\\w+", 10**9, Role.HINT),
        ("триллион\\w*|трлн\\w*", 10**12, Role.SCALE),
    ),
    decimals=",",
    months=named(
        (
            r"январ\w*",
            r"феврал\w*",
            r"март(?:[тк]\w*|ы\w+)?",
            r"апрел\w*",
            r"(?<=\d-)май\w*|(?<=\d )май\w*|май ай\w*|майда(?:гы)?(?= \d| жыл)",
            r"июн\w*",
            r"июл\w*",
            r"август\w*",
            r"сентябр\w*",
            r"октябр\w*",
            r"ноябр\w*",
            r"декабр\w*",
        ),
        {5: r"май\w{0,5}"},
        first="яфмаисонд",
    ),
    weekdays=named(
        (
            r"дүйшөмбү\w*",
            r"шейшемб[иү]\w*",
            r"шаршемб[иү]\w*",
            r"бейшемб[иү]\w*",
            r"жума(?:га|нын|дан)? (?:күн|эртең|кеч)\w*",
            r"ишемб[иү]\w*",
            r"жекшемб[иү]\w*|жешемб[иү]\w*|базар күн\w*",
        ),
        {5: r"жума\w*"},
        first="дшбжи",
    ),
    percent=re.compile(r"пайыз\w*|процент\w*", re.IGNORECASE),
    currencies=grouped(
        {
            "USD": r"(?:US)?\$|доллар\w*|USD",
            "EUR": r"€|евро\w{0,4}|EUR",
            "GBP": r"£|фунт стерлинг\w*|стерлинг\w*|GBP",
            "RUB": r"₽|рубл\w*|руб\.?|RUB",
            "KGS": r"сом(?:[гдн]о\w*|[дн]у\w*|у\w*|до\w*)?|KGS",
            "KZT": r"₸|тенге\w*|теңге\w*|KZT",
            "CNY": r"юан\w*|CNY",
        },
        first="$€£₽₸uegrkcдефрстю",
    ),
    below_zero=re.compile(
        r"\bминус\w*|\b(?:нөл|ноль)\w* төмөн|\bсуук\w*|\bаяз\w*|\bтерс\b|(?<![\w\d])[-−–](?=\d)",
        re.IGNORECASE,
    ),
    afternoon=re.compile(r"\b(?:кеч\w*|түштөн кийин\w*|түнкү|түн\w*)\b", re.IGNORECASE),
)
