"""Kyrgyz: plural, possessives and cases of nouns, names, initialisms and numbers.

Suffixes are written with archiphonemes, as Turkologists do: capital Latin letters take their sound
from the stem. LAр is «-лар» in «суулар», «-дөр» in «көлдөр», «-тор» in «топтор».
What decides is the word as it is read aloud: «5тен» because of «беш», «ИИМдин» because of «эм».

After Kyrgyz orthography («Кыргыз тилинин жазуу эрежелери», Jogorku Kenesh, 26 June 2008, No. 567)
and R. J. Hebert and N. Poppe, Kirghiz Manual (1963). Where the rules are silent, after usage in the
news: UD Kyrgyz-KTMU.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from aligner.errors import UsageError
from aligner.languages.morphology.forms import Forms
from aligner.languages.morphology.kept import PREFIX, keep, kept


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CASES = {"nom": "", "gen": "NIн", "dat": "GA", "acc": "NI", "loc": "DA", "abl": "DAн"}
# «his, her, its» brings up an н: «уюму», «уюмуна», «уюмунда».
_AFTER_PX3 = {"nom": "", "gen": "нIн", "dat": "нA", "acc": "н", "loc": "нDA", "abl": "нAн"}
# «китебиме», not «китебимге»
_AFTER_PX12 = CASES | {"dat": "A", "abl": "Aн"}
_AFTER = {"px3": _AFTER_PX3, "px1sg": _AFTER_PX12, "px2sg": _AFTER_PX12}

_PLURAL = "LAр"

# Whose → the suffix after a consonant, after a vowel: «китебим», «энем».
POSSESSIVES = {
    "px1sg": ("Iм", "м"),
    "px2sg": ("Iң", "ң"),
    "px3": ("I", "сI"),
    "px1pl": ("IбIз", "бIз"),
    "px2pl": ("IңAр", "ңAр"),
}

# To one or several people whom one does not call «сен»: «китебиңиз».
POLITE = {"px2sg.polite": ("IңIз", "ңIз"), "px2pl.polite": ("IңIздAр", "ңIздAр")}

FEATURES = _words("px3 plural pl frozen person")
# Grammemes that Russian needs; a glossary gives both languages the same ones.
_NOT_IN_KYRGYZ = _words("m f n anim inan sg")

# The sound of a vowel letter, and the open and close vowels that may follow it (harmony). An open
# vowel after у is а: «суулар», «бутка», but «үйлөр».
_VOWEL = "аяыуюоёэеиөү"
_VOWELS = dict(zip(_VOWEL, "ааыууооееиөү", strict=True))
_OPEN = dict(zip("аыуоеиөү", "аааоееөө", strict=True))
_CLOSE = dict(zip("аыуоеиөү", "ыыууииүү", strict=True))

# After в, б, г, д, ж, з of loans come voiced suffixes: «клубга», «Жапаровго», «Петербургда».
VOICELESS = frozenset("пфктхцчшщс")

# Stems that lose a vowel before a suffix that begins with one.
_ELIDED = {
    "орун": "орд",
    "мурун": "мурд",
    "эрин": "эрд",
    "карын": "кард",
    "моюн": "мойн",
    "коюн": "койн",
    "ийин": "ийн",
    "убакыт": "убакт",
}
_FULL = {short: full for full, short in _ELIDED.items()}
_IRREGULAR_PLURALS = {"бала": "балдар"}

_UNITS = ("нөл", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз")
_TENS = ("он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон")
_THOUSANDS = {3: "миң", 6: "миллион", 9: "миллиард", 12: "триллион"}

# Written short, read in full.
_SYMBOLS = {
    "%": "пайыз",
    "$": "доллар",
    "€": "евро",
    "№": "номер",
    "млн": "миллион",
    "млрд": "миллиард",
    "трлн": "триллион",
    "км": "километр",
    "см": "сантиметр",
    "мм": "миллиметр",
    "кг": "килограмм",
    "кВт": "киловатт",
    "МВт": "мегаватт",
    "ГВт": "гигаватт",
}

# Names of letters; all other consonants are read with ы in Cyrillic («УКМКнын»: кы), with и in
# Latin («USBнин»: би).
_LETTERS = {
    "б": "бе",
    "л": "эл",
    "м": "эм",
    "н": "эн",
    "р": "эр",
    "с": "эс",
    "f": "эф",
    "h": "эйч",
    "k": "кей",
    "l": "эл",
    "m": "эм",
    "n": "эн",
    "q": "кю",
    "r": "ар",
    "s": "эс",
    "w": "дабл ю",
    "x": "экс",
    "z": "зет",
}

# Foreign spelling → sound, as far as the end of a word needs it, in order.
_LATIN = (
    (r"[ae][iy]", "ей"),  # «Payден»
    (r"oo|ou", "у"),  # «Facebookтун», «Googleдан»
    (r"ee|ea", "и"),
    (r"sh|ch", "ш"),
    (r"th|ck", "к"),
    (r"a", "а"),
    (r"e", "е"),
    (r"[iy]", "и"),
    (r"o", "о"),
    (r"u", "у"),
    (r"[cfkpqstx]", "к"),
    (r"[a-z]", "л"),
)


def inflect(term: str, features: Collection[str] = ()) -> Forms:
    """Give all case forms of a noun, name or noun phrase: its last word changes.

    Quotation marks close after the ending («Газпромдун»), parentheses stay behind the word that
    changes: «Шанхай кызматташтык уюмуна (ШКУ)».

    Args:
        term: in the nominative.
        features: "px3" (the term itself ends in the possessive: «Шанхай кызматташтык уюму»;
            found by rule where it is not given), "plural" or "pl" (it is plural; likewise),
            "person", "frozen" (never changes), "frozen:WORD" (that word never does), "read:…"
            (how its end is read: "read:эл").
            What only Russian needs ("m", "anim" …) changes nothing.

    Raises:
        UsageError: an unknown feature, or an empty term.
    """
    return keep(_inflect(term, _check(term, features)), kept(term, features))


def _inflect(term: str, given: frozenset[str]) -> Forms:
    if "frozen" in given:
        same = dict.fromkeys(CASES, term)
        return Forms(term, same, same)
    reading = next((_read_letters(one[5:]) for one in given if one.startswith("read:")), "")
    head, rest = split_term(term)
    person = "person" in given
    px3 = "px3" in given or is_izafet(head, person=person)
    owner = "px3" if px3 else ""
    if given & {"plural", "pl"} or (not person and is_plural(head, px3=px3)):
        return Forms(term, {}, _end(decline(head, owner, reading), rest))
    plural = possess(pluralise(possessed(head))) if px3 else pluralise(head, reading)
    singular = decline(head, owner, reading)
    return Forms(term, _end(singular, rest), _end(decline(plural, owner), rest))


def decline(word: str, owner: str = "", reading: str = "") -> dict[str, str]:
    """Form by case, of a singular or plural: «уюму», «уюмунун», «уюмуна» with the owner "px3".

    Args:
        word: in the nominative.
        owner: a key of `POSSESSIVES`, if the word ends in one.
        reading: how its end is read aloud, if not as its letters say.
    """
    suffixes = _AFTER.get(owner, CASES)
    return {case: attach(word, suffix, reading) for case, suffix in suffixes.items()}


def pluralise(word: str, reading: str = "") -> str:
    """The plural in the nominative: «көл» → «көлдөр», «ГЭС» → «ГЭСтер»."""
    return _exchange(word, _IRREGULAR_PLURALS) or attach(word, _PLURAL, reading)


def possess(word: str, owner: str = "px3") -> str:
    """Add a possessive: «Биримдик» → «Биримдиги», «орун» → «орду».

    Args:
        word: singular or plural, in the nominative.
        owner: a key of `POSSESSIVES` or `POLITE`.
    """
    closed, open_ = POSSESSIVES.get(owner) or POLITE[owner]
    if spoken(word)[-1] in _VOWELS:
        return attach(word, open_)
    return attach(_before_vowel(word), closed, reading=spoken(word))


def attach(word: str, suffix: str, reading: str = "") -> str:
    """Write a suffix with archiphonemes (A, I, B, L, N, D, G) to a word.

    Args:
        word: what it is written to; a soft sign at the end falls out: «апрель», «апрелдин».
        suffix: such as "DAн".
        reading: how the word's end is read aloud, if not as its letters say.
    """
    if not suffix:
        return word
    sounds = reading or spoken(word)
    vowel = next((_VOWELS[letter] for letter in reversed(sounds) if letter in _VOWELS), "а")
    ending = ""
    last = sounds[-1]
    for sound in suffix:
        written = _written(sound, vowel, last)
        vowel, last = _VOWELS.get(written, vowel), written
        ending += written
    return _join(word.removesuffix("ь"), ending)


def _written(sound: str, vowel: str, last: str) -> str:
    """The letter for a sound of a suffix, after a vowel (harmony) and a letter (assimilation)."""
    after_vowel, after_voiceless = last in _VOWELS, last in VOICELESS
    match sound:
        case "A":
            return _OPEN[vowel]
        case "I":
            return _CLOSE[vowel]
        case "G":
            return "к" if after_voiceless else "г"
        case "B":
            return "п" if after_voiceless else "б"
        case "N" if after_vowel:
            return "н"
        case "L" if after_vowel or last in "йр":
            return "л"
        case "L" | "N" | "D":
            return "т" if after_voiceless else "д"
        case _:
            return sound


def _join(stem: str, ending: str) -> str:
    if stem.endswith("й") and ending.startswith("у"):  # «той» → «тою»
        return f"{stem[:-1]}ю{ending[1:]}"
    if stem[-2:] == 2 * ending[0]:  # never three alike: «ватт» → «ваттын»
        return stem + ending[1:]
    return stem + ending


def _before_vowel(word: str) -> str:
    """The stem before a vowel: «орун» → «орд», «китеп» → «китеб», «Биримдик» → «Биримдиг»."""
    if short := elided(word):
        return short
    if re.search(rf"[{_VOWEL}]к$", word):
        return word[:-1] + "г"
    if re.search(rf"[{_VOWEL}]п$", word):
        return word[:-1] + "б"
    return word


def elided(word: str) -> str:
    """The stem that has lost its last vowel before a suffix: «орун» → «орд»; "" if none has."""
    return _exchange(word, _ELIDED)


def _exchange(word: str, table: Mapping[str, str]) -> str:
    """Another stem for the last word, with its first letter as it was; "" if it has none."""
    *_, last = re.split(r"[\s-]", word)
    other = table.get(last.lower())
    return word[: -len(last)] + last[0] + other[1:] if other else ""


# How the end of a word is read aloud ---------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def spoken(word: str) -> str:
    """The last word as it is read aloud, small letters of Kyrgyz: "ИИМ" → "эм", "2025" → "беш"."""
    tokens = re.findall(r"[^\W_]+|[%$€№]", word)
    if not tokens:
        return "а"
    return next(sounds for read in _READERS if (sounds := read(tokens[-1])))


def readings(word: str) -> list[str]:
    """How the last word may be read, the likeliest first: people differ in how they read «ГЭС»."""
    last = re.findall(r"[^\W_]+", word)[-1:]
    found = [spoken(word)]
    if last and last[0].isupper() and len(last[0]) > 1 and last[0].isalpha():
        found += [_name(last[0][-1].lower()), last[0].lower()]
    return found


def _read_symbol(token: str) -> str:
    return _SYMBOLS.get(token, "")


def _read_number(token: str) -> str:
    """The last word of a number: «2023» → «үч», «1990» → «токсон», «2000» → «миң»."""
    digits = re.search(r"[0-9]+$", token)
    if not digits:
        return ""
    number = digits[0].lstrip("0")
    if not number:
        return _UNITS[0]
    zeros = len(number) - len(number.rstrip("0"))
    last = int(number[len(number) - zeros - 1])
    if zeros == 0:
        return _UNITS[last]
    if zeros == 1:
        return _TENS[last - 1]
    return "жүз" if zeros == 2 else _THOUSANDS[min(zeros // 3 * 3, 12)]


def _read_initialism(token: str) -> str:
    """The name of the last letter: «КМШнын», «ИИМдин».

    Three letters and more read as a syllable if a vowel stands before the last: «ЕАЭБдин»,
    «ГЭСтин», but «ЕБнин». Small letters without a vowel are named, too: «vb.kgге».
    """
    word = token.lower()
    if token.isupper() and len(token) > 1:
        syllable = _is_vowel(word[-1]) or (len(word) > 2 and _is_vowel(word[-2]))
    else:
        syllable = any(map(_is_vowel, word))
    if syllable or not word[-1].isalpha():
        return ""
    return _name(word[-1])


def _name(letter: str) -> str:
    return _LETTERS.get(letter) or letter + ("и" if letter < "а" else "ы")


def _read_latin(token: str) -> str:
    if not re.search(r"[A-Za-z]$", token):
        return ""
    # The silent e: «YouTubeдан», «Chromeдун», but not in capitals: «OSCEнин».
    word = re.sub(r"(?<=[aeiouy])([^aeiouy\W]+)e$", r"\1", token).lower()
    for pattern, sound in _LATIN:
        word = re.sub(pattern, sound, word)
    return word


def _read_letters(token: str) -> str:
    """As it is written; «рубль» is read «рубель», hence «рублдин»."""
    return re.sub(rf"([^{_VOWEL}])ль$", r"\1ель", token.lower()).rstrip("ьъ")


_READERS: tuple[Callable[[str], str], ...] = (
    _read_symbol,
    _read_number,
    _read_initialism,
    _read_latin,
    _read_letters,
)


def _is_vowel(letter: str) -> bool:
    return letter in _VOWELS or letter in "aeiouy"


# What a term is ------------------------------------------------------------------------------

# Words that end in a close vowel of their own, not in a possessive.
_CLOSE_STEMS = _words(
    """
    эки алты жети киши кеми түлкү уйку чоку жаңы эски кары сары жогорку төмөнкү азыркы кийинки ички
    тышкы жылкы дары ири акы оору бугу коңшу кайгы белги үлгү сезги түрткү күзгү тамеки кадимки
    маани керки кулпу көчкү сокку чубалгы колукту мөңгү бөрү жүгөрү чыны аары жогору каршы тышкары
    жакшы бери каранды зомби туфли пенни дүйшөмбү шейшемби шаршемби бейшемби ишемби жекшемби такси
    жюри алиби хобби лобби ралли пенальти леди мини рагу мурунку акыркы бүгүнкү кечки эртеңки
    алдыңкы арткы күлкү
    """
)
# Heads of names written with capitals: «Рим Статуту». In small letters any word can be a head.
_HEADS = _words(
    """
    уюму кеңеши банкы фонду борбору комитети соту кабинети институту университети театры музейи
    кызматы мамлекети султанаты эмираты парламенти уставы сенаты конгресси трибуналы статуту
    келишими ордени сыйлыгы саммити форуму союзу альянсы блогу пакты кодекси мыйзамы шаары
    району облусу айылы аймагы көлү деңизи океаны өрөөнү каналы аралы чөлү тоолору
    базары аэропорту вокзалы үйү короосу президенти министри премьер-министри депутаты элчиси
    төрагасы башчысы директору ректору уулу кызы ханы эли күнү жылы согушу заводу комбинаты концерни
    тобу клубу кыймылы
    """
)
# Agents in -чы («элчи», «таануучу») are no possessives, but these stems end in ч; «баскычы».
_STEM_IN_CH = re.compile(r"^(?:күч|үч|уч|ич|кылыч|чач|агач)[ыиуү]$|[гк][ыиуү]ч[ыиуү]$")
_LOOK_PLURAL = _words("доктор тендер гендер дилер дептер астар искендер истер мухтар саттар")
# Loans keep their last letter before a vowel: «клубу», «педагогу».
_LOANS_IN_B = re.compile(r"(?:клуб|штаб|араб)$", re.IGNORECASE)


def _check(term: str, features: Collection[str]) -> frozenset[str]:
    if not term.strip():
        raise UsageError("an empty term has no forms")
    for feature in features:
        free = feature.startswith(("read:", PREFIX))
        if not free and feature not in FEATURES | _NOT_IN_KYRGYZ:
            known = ", ".join(sorted(FEATURES))
            raise UsageError(
                f'"{feature}" is not a feature of Kyrgyz terms',
                hint=f"Give one of: {known}, frozen:WORD, read:… (how the end is read aloud).",
            )
    return frozenset(features)


def split_term(term: str) -> tuple[str, str]:
    """What changes, and what stays behind it: «Газпром» and », уюму and (ШКУ)."""
    found = re.fullmatch(r"(.*?[\w%$€])((?:\s*\([^()]*\))?[^\w%$€]*)", term, re.DOTALL)
    return (found[1], found[2]) if found else (term, "")


def _end(forms: dict[str, str], rest: str) -> dict[str, str]:
    """Put back what stays behind the word that changes."""
    return {case: form + rest for case, form in forms.items()}


def is_izafet(head: str, *, person: bool) -> bool:
    """Whether the last of several words ends in the possessive: «Чүй өрөөнү», «… министрлиги».

    Any close vowel at the end says so, but for stems in -ы and agents in -чы; in a word with a
    capital, which may be a name («Индира Ганди»), only a known head or ending does.
    """
    *before, last = head.split() or [""]
    word = last.lower()
    if not before or not re.search(rf"[^{_VOWEL}][ыиуү]$", word):
        return False
    if person:
        return word in {"уулу", "кызы"}  # «Нурлан уулу»: the son of Nurlan
    if word in _CLOSE_STEMS or (re.search(r"ч[ыиуү]$", word) and not _STEM_IN_CH.search(word)):
        return False
    telling = r"[лдт](?:ары|ери|ору|өрү)$|л[ыиуү]г[ыиуү]$|[дт][ыиуү]г[ыиуү]$|[аяеоө]с[ыиуү]$"
    return (
        last == word
        or word in _HEADS
        or re.search(telling, word) is not None
        or re.search(r"[А-ЯӨҮҢЁ]{2}[ыиуү]$", last) is not None  # «Токтогул ГЭСи»
    )


def is_plural(head: str, *, px3: bool) -> bool:
    """Whether the last word ends as its own plural would: «мамилелер», with px3 «мигранттары»."""
    word = head.split()[-1].lower() if head.split() else ""
    word = word[:-1] if px3 else word
    stem = word[:-3]
    if len(stem) < 2 or word in _LOOK_PLURAL or not any(letter in _VOWELS for letter in stem):
        return False
    return attach(stem, _PLURAL) == word


def possessed(word: str) -> str:
    """What belongs to somebody: «уюму» → «уюм», «министрлиги» → «министрлик», «бюросу» → «бюро»."""
    # «бюросу», «башчысы», «белгиси», but «облусу» → «облус», «намысы» → «намыс»
    if re.search(r"(?:[аяеоөэё]|уу|үү|[чг][ыиуү])с[ыиуү]$", word):
        return word[:-2]
    stem = word[:-1] + ("й" if word.endswith("ю") else "")
    if full := _exchange(stem, _FULL):
        return full
    if re.search(r"(?:[аыуеиөү]|[^лг]о)г$", stem):  # «рыногу», but «педагогу» → «педагог»
        return stem[:-1] + "к"
    if re.search(r"[аоуыеиөү]б$", stem) and not _LOANS_IN_B.search(stem):
        return stem[:-1] + "п"
    return stem
