"""Kyrgyz spellings of names in Latin script: as Russian does, but for what Kyrgyz hears itself."""

from aligner.languages.transliteration import Rules, Scheme, ru, table

_OWN: Rules = (
    (r"dzh|dj", "ж"),
    (r"ö", "ө"),
    (r"ü", "ү"),
    (r"[ñŋ]", "ң"),
    (r"kel(?=di)", "кел"),
    (r"(?<![a-z])el(?=[dnz])", "эл"),
    (r"(?<![a-z])dil(?=[bdfmns])", "дил"),
    # «гүл», flower
    (r"(?<!to)gul$", "гүл"),
    (r"(?<![a-z])gul(?=[a-z])", "гүл"),
)
_WORDS = ru.WORDS | table(
    """
    emil эмил, asel асел, nazgul назгүл, chingiz чыңгыз, ilham илхам, jalal жалал, issyk ысык
    kul көл, chui чүй, chuy чүй
    """
)

SCHEME = Scheme((), (*_OWN, *ru.REGION), ru.WEST, _WORDS, ru.GIVEN)
