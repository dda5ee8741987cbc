r"""Regular expressions as Java and ICU write them, translated for the `regex` module (VERSION1).

SRX 2.0 asks for ICU's syntax; most tools that read SRX are written in Java. The two agree but for
details, where we follow ICU, as the standard does: `\s`, `\w`, `\d`, `\b` and `(?i)` know all of
Unicode, with or without the `(?U)` and `(?u)` that Java needs for it. Groups never capture, since
nothing can refer to them: a break rule has no replacement, and back-references are refused.

References: java.util.regex.Pattern (Java 17), ICU User Guide "Regular Expressions".
"""

from __future__ import annotations

import re
from collections.abc import Callable

_HORIZONTAL = r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
_VERTICAL = r"\n\x0b\f\r\x85\u2028\u2029"

# Escapes that `regex` spells otherwise. A set may stand inside a set, so these fit everywhere.
_ESCAPES = {
    "h": f"[{_HORIZONTAL}]",
    "H": f"[^{_HORIZONTAL}]",
    "v": f"[{_VERTICAL}]",
    "V": f"[^{_VERTICAL}]",
    "e": r"\x1b",
    "z": r"\Z",  # the very end
    "Z": r"(?-m:$)",  # the end, or before the line break that ends the text
}
_SAME_ESCAPES = frozenset("aAbBdDfnrRsStwWX")

# Properties that `regex` does not know by their Java name: what stands inside the set.
_PROPERTIES = {
    "javaLowerCase": r"\p{Lowercase}",
    "javaUpperCase": r"\p{Uppercase}",
    "javaTitleCase": r"\p{Lt}",
    "javaAlphabetic": r"\p{Alphabetic}",
    "javaLetter": r"\p{L}",
    "javaDigit": r"\p{Nd}",
    "javaLetterOrDigit": r"\p{L}\p{Nd}",
    "javaSpaceChar": r"\p{Z}",
    "javaWhitespace": r"\s",
    "javaISOControl": r"\p{Cc}",
    "IsLetter": r"\p{L}",
    "IsDigit": r"\p{Nd}",
    "IsPunctuation": r"\p{P}",
    "IsControl": r"\p{Cc}",
    "IsTitlecase": r"\p{Lt}",
    "L1": r"\x00-\xff",
    "all": r"\s\S",
}

_TOKEN = re.compile(
    r"""
      \\Q (?P<quoted> .*? ) (?: \\E | \Z )
    | \\u (?P<high> [Dd][89ABab][0-9A-Fa-f]{2} ) \\u (?P<low> [Dd][C-Fc-f][0-9A-Fa-f]{2} )
    | \\ (?: u (?P<utf16> [0-9A-Fa-f]{4} ) | x (?P<latin> [0-9A-Fa-f]{2} ) )
    | \\x \{ (?P<codepoint> [0-9A-Fa-f]{1,6} ) \}
    | \\0 (?P<octal> [0-3]?[0-7]{1,2} )
    | \\c (?P<control> [@-_] )
    | (?P<named> \\N\{ [^}]+ \} )
    | \\ (?P<sign> [pP] ) (?: \{ (?P<property> [^}]+ ) \} | (?P<category> [A-Z] ) )
    | \\ (?P<escaped> . )
    | (?P<posix> \[: \^? \w+ :\] )
    | (?P<open> \[ \^? \]? )
    | \(\? (?P<on> [dimsuxU]* ) (?: - (?P<off> [dimsuxU]+ ) )? (?P<scope> [:)] )
    | (?P<look> \(\? (?: <?[=!] | > ) )
    | (?P<comment> \(\?\# [^)]* \) )
    | (?P<name> \(\?< [A-Za-z][A-Za-z0-9]* > )
    | (?P<unknown> \( [?*] )
    | (?P<repeat> \{ [0-9]+ (?: , [0-9]* )? \} )
    | (?P<operator> && | --(?=\[) )
    | (?P<hyphens> -- )
    | (?P<char> . )
    """,
    re.DOTALL | re.VERBOSE,
)


def translate(pattern: str) -> str:
    """Write a Java or ICU pattern as one for `regex` with VERSION1.

    Raises:
        ValueError: the pattern uses what neither engine has, or a back-reference.
    """
    out = []
    depth = 0  # of sets in sets: [a[b]]
    groups = 0
    for token in _TOKEN.finditer(pattern):
        kind, text = token.lastgroup, token.group()
        if kind == "open":
            depth += 1
            out.append(text.replace("]", r"\]"))  # a bracket that comes first is literal
        elif kind in _ANYWHERE:
            out.append(_ANYWHERE[kind](token))
        elif depth and text == "]":
            depth -= 1
            out.append(text)
        elif depth:
            out.append(_in_set(text))
        else:
            out.append(_outside(token))
            groups += text.startswith("(") and not text.endswith(")")
            groups -= text == ")"
            if groups < 0:
                raise ValueError("a parenthesis closes no group")
    if depth or groups:
        raise ValueError("a set or group is not closed")
    return "".join(out)


def _literal(text: str) -> str:
    """Spell text so that it stands for itself, in a set and outside, with `(?x)` and without."""
    return "".join(c if c.isalnum() or ord(c) > 127 else f"\\x{ord(c):02x}" for c in text)


def _escape(token: re.Match[str]) -> str:
    letter = token["escaped"]
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter in "123456789k":
        raise ValueError("back-references are not supported")
    if letter.isascii() and letter.isalnum() and letter not in _SAME_ESCAPES:
        raise ValueError(f"unknown escape \\{letter}")
    return token.group() if letter.isascii() else letter


def _property(token: re.Match[str]) -> str:
    r"""`\p{IsLu}` is `\p{Lu}`, `\P{javaLetterOrDigit}` is `[^\p{L}\p{Nd}]`."""
    name, negated = token["property"] or token["category"], token["sign"] == "P"
    if content := _PROPERTIES.get(name):
        return f"[{'^' * negated}{content}]"
    name = re.sub(r"\AIs(?=[CLMNPSZ][a-z]?\Z)", "", name)
    return f"\\{token['sign']}{{{name}}}"


def _in_set(text: str) -> str:
    """What opens groups outside is literal in a set; `[!--]` runs from ! to the hyphen."""
    if text in ("^", "-"):
        return text
    return r"-\-" if text == "--" else _literal(text)


def _outside(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "scope":
            return _flags(token)
        case "name":
            return "(?:"
        case "unknown":
            raise ValueError(f"unknown group {token.group()}")
        case "char" if token.group() == "(":
            return "(?:"
        case "char" if token.group() == "{":
            raise ValueError("a brace that opens no repetition")
    return token.group()


def _flags(token: re.Match[str]) -> str:
    """Keep the flags that mean the same; Java's i folds one letter to one, not ß to ss."""
    on = "".join(flag for flag in token["on"] if flag in "imsx")
    off = "".join(flag for flag in token["off"] or "" if flag in "imsx")
    off += "f" * ("i" in on)
    flags = on + "-" * bool(off) + off
    return f"(?{flags}{token['scope']}" if flags or token["scope"] == ":" else ""


_ANYWHERE: dict[str | None, Callable[[re.Match[str]], str]] = {
    "quoted": lambda token: _literal(token["quoted"]),
    "low": lambda token: chr(
        0x10000 + (int(token["high"], 16) - 0xD800 << 10) + int(token["low"], 16) - 0xDC00
    ),
    "utf16": lambda token: _literal(chr(int(token["utf16"], 16))),
    "latin": lambda token: _literal(chr(int(token["latin"], 16))),
    "codepoint": lambda token: _literal(chr(int(token["codepoint"], 16))),
    "octal": lambda token: _literal(chr(int(token["octal"], 8))),
    "control": lambda token: _literal(chr(ord(token["control"]) ^ 64)),
    "named": re.Match.group,
    "posix": re.Match.group,
    "operator": re.Match.group,
    "property": _property,
    "category": _property,
    "escaped": _escape,
}
