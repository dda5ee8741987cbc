"""SRX files: what is read, what is refused and why, and which rule decides."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import InputError, RuleError, UsageError
from aligner.segmentation import srx
from aligner.segmentation.srx import DEFAULT_RULES, Rules

SRX = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}"/>
<body><languagerules>{languages}</languagerules><maprules>{maps}</maprules></body></srx>"""


def rule(breaks: str, before: str, after: str) -> str:
    return (
        f'<rule break="{breaks}"><beforebreak>{before}</beforebreak>'
        f"<afterbreak>{after}</afterbreak></rule>"
    )


def write(folder: Path, content: str) -> Path:
    path = folder / "rules.srx"
    path.write_text(content, encoding="utf-8")
    return path


def load(
    folder: Path,
    *rules: str,
    cascade: str = "yes",
    languages: dict[str, str] | None = None,
    maps: tuple[tuple[str, str], ...] = ((".*", "All"),),
) -> Rules:
    """Rules of an SRX file with those `rules` for every language, or with these `languages`."""
    named = languages or {"All": "\n".join(rules)}
    content = SRX.format(
        cascade=cascade,
        languages="".join(
            f'<languagerule languagerulename="{name}">{text}</languagerule>'
            for name, text in named.items()
        ),
        maps="".join(
            f'<languagemap languagepattern="{pattern}" languagerulename="{name}"/>'
            for pattern, name in maps
        ),
    )
    return Rules.load(write(folder, content))


def cut(rules: Rules, text: str, lang: str = "en") -> str:
    """`text` with `|` at its breaks."""
    edges = [0, *rules.breaks(text, lang), len(text)]
    return "|".join(text[start:stop] for start, stop in pairwise(edges))


class TestRules:
    def test_the_first_rule_that_holds_decides(self, tmp_path: Path) -> None:
        exception, general = rule("no", r"Mr\.", r"\s"), rule("yes", r"\.", r"\s")
        assert cut(load(tmp_path, exception, general), "Mr. X. Y") == "Mr. X.| Y"
        assert cut(load(tmp_path, general, exception), "Mr. X. Y") == "Mr.| X.| Y"

    def test_a_position_is_all_that_counts(self, tmp_path: Path) -> None:
        # the exception ends before the white space, the rule after it: they do not meet
        rules = load(tmp_path, rule("no", r"Mr\.", ""), rule("yes", r"\.\s", ""))
        assert cut(rules, "Mr. X. Y") == "Mr. |X. |Y"

    def test_every_position_counts_however_the_matches_overlap(self, tmp_path: Path) -> None:
        assert cut(load(tmp_path, rule("yes", "a+", "a")), "aaaa") == "a|a|a|a"
        assert cut(load(tmp_path, rule("yes", "", "b")), "abb") == "a|b|b"
        assert cut(load(tmp_path, rule("yes", "aba", "")), "ababab") == "aba|ba|b"
        assert cut(load(tmp_path, rule("yes", r"\.|!", ""), rule("yes", "x", "")), "a.x!") == (
            "a.|x|!"
        )

    def test_the_ends_of_the_text_are_no_breaks(self, tmp_path: Path) -> None:
        assert load(tmp_path, rule("yes", "", "")).breaks("abc", "en") == [1, 2]

    def test_rules_for_no_break_alone_make_none(self, tmp_path: Path) -> None:
        assert load(tmp_path, rule("no", r"\.", "")).breaks("a. b", "en") == []

    def test_a_flag_holds_for_its_rule_only(self, tmp_path: Path) -> None:
        rules = load(tmp_path, rule("no", r"(?i)MR\.", ""), rule("yes", r"[a-z]\.", ""))
        assert cut(rules, "mr. x. X. y") == "mr. x.| X. y"

    def test_a_flag_in_what_comes_before_a_break(self, tmp_path: Path) -> None:
        assert cut(load(tmp_path, rule("yes", "(?i)end", "")), "END. x") == "END|. x"

    def test_says_which_rule_decided(self, tmp_path: Path) -> None:
        rules = load(tmp_path, rule("no", r"Mr\.", r"\s"), rule("yes", r"\.", r"\s"))
        first, second = rules.decisions("Mr. X. Y", "en")
        assert (first.position, first.breaks, first.rule.number) == (3, False, 1)
        assert (second.position, second.breaks, second.rule.number) == (6, True, 2)
        assert (second.rule.language, second.rule.line) == ("All", 5)
        assert (second.rule.before, second.rule.after) == (r"\.", r"\s")

    @given(st.text(alphabet="ab. \n!«»X", max_size=40))
    def test_finds_the_same_as_trying_each_rule_everywhere(self, text: str) -> None:
        rules = Rules.default()
        for lang in ("en", "ru", "ky", "de"):
            compiled = [(r, srx._compile_rule(r, "")) for r in rules.rules(lang)]
            expected = []
            for position in range(1, len(text)):
                first = next((r for r, one in compiled if one.match(text, position)), None)
                if first and first.breaks:
                    expected.append(position)
            assert rules.breaks(text, lang) == expected


class TestLanguages:
    def test_cascade(self, tmp_path: Path) -> None:
        languages = {"Dot": rule("yes", r"\.", ""), "Bang": rule("yes", "!", "")}
        maps = (("en.*", "Dot"), (".*", "Bang"))
        both = load(tmp_path, cascade="yes", languages=languages, maps=maps)
        one = load(tmp_path, cascade="no", languages=languages, maps=maps)
        assert cut(both, "a.b!c", "en") == "a.|b!|c"
        assert cut(one, "a.b!c", "en") == "a.|b!c"
        assert cut(one, "a.b!c", "ru") == "a.b!|c"

    @pytest.mark.parametrize("code", ["ky", "KY", "ky-KG", "ky_KG"])
    @pytest.mark.parametrize("pattern", ["ky.*", "KY.*", "[Kk][Yy]([-_].*)?", "(?i)ky(-kg)?"])
    def test_spellings_of_a_code(self, tmp_path: Path, code: str, pattern: str) -> None:
        assert load(tmp_path, rule("yes", "a", ""), maps=((pattern, "All"),)).rules(code)

    def test_the_whole_code_must_match(self, tmp_path: Path) -> None:
        rules = load(tmp_path, rule("yes", "a", ""), maps=(("ky", "All"),))
        with pytest.raises(UsageError, match="'kyx'"):
            rules.rules("kyx")

    def test_a_language_without_rules(self, tmp_path: Path) -> None:
        rules = load(tmp_path, rule("yes", "a", ""), maps=(("en", "All"),))
        with pytest.raises(UsageError, match="no segmentation rules for the language 'ru'"):
            rules.breaks("x", "ru")


class TestBrokenFiles:
    @pytest.mark.parametrize(
        ("before", "reason"),
        [("(a", "not closed"), (r"(a)\1", "back-references"), ("*", "nothing to repeat")],
    )
    def test_a_broken_pattern_is_named(self, tmp_path: Path, before: str, reason: str) -> None:
        rules = load(tmp_path, rule("yes", r"\.", ""), rule("no", before, "x"))
        with pytest.raises(RuleError, match=reason) as caught:
            rules.breaks("a. b", "en")
        assert caught.value.where.endswith("rules.srx:5")
        assert repr(before) in caught.value.message

    def test_a_broken_language_pattern(self, tmp_path: Path) -> None:
        with pytest.raises(RuleError, match="language pattern"):
            load(tmp_path, rule("yes", "a", ""), maps=(("(en", "All"),))

    def test_a_map_to_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(RuleError, match="'None of that'"):
            load(tmp_path, rule("yes", "a", ""), maps=((".*", "None of that"),))

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("", "not well-formed"),
            ("<srx", "not well-formed"),
            ("<html/>", "not an SRX file"),
            ('<srx version="3.0"/>', "not an SRX file"),
            ("<srx><a></srx>", "not well-formed"),
        ],
    )
    def test_not_srx(self, tmp_path: Path, content: str, reason: str) -> None:
        with pytest.raises(RuleError, match=reason):
            Rules.load(write(tmp_path, content))

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(RuleError, match="cannot be read"):
            Rules.load(tmp_path / "none.srx")

    def test_a_file_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(srx, "_LARGEST_FILE", 10)
        with pytest.raises(RuleError, match="too large"):
            load(tmp_path, rule("yes", "a", ""))

    def test_entities_are_not_expanded(self, tmp_path: Path) -> None:
        secret = write(tmp_path, "secret").rename(tmp_path / "secret.txt")
        content = SRX.format(
            cascade="yes",
            languages=f'<languagerule languagerulename="A">{rule("yes", "&e;", "")}</languagerule>',
            maps="",
        )
        for entity in (f'SYSTEM "{secret.as_uri()}"', '"lol"'):
            declared = content.replace("<srx ", f"<!DOCTYPE srx [<!ENTITY e {entity}>]><srx ", 1)
            with pytest.raises(RuleError, match="&e;"):
                Rules.load(write(tmp_path, declared))

    def test_rules_that_rest_on_icu(self, tmp_path: Path) -> None:
        content = SRX.format(cascade="yes", languages="", maps="").replace(
            'cascade="yes"/>',
            'cascade="yes"><o:options xmlns:o="http://okapi.sf.net/srx-extensions" '
            'useIcu4jBreakRules="yes"/></header>',
        )
        with pytest.raises(RuleError, match="ICU"):
            Rules.load(write(tmp_path, content))

    def test_a_pattern_that_backtracks_without_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(srx, "_SECONDS", 0.1)
        rules = load(tmp_path, rule("yes", r"\.", ""), rule("yes", "a", r"(x|xx|xy)+;"))
        with pytest.raises(RuleError, match="takes for ever") as caught:
            rules.breaks("a" + "x" * 5000, "en")
        assert caught.value.where.endswith(":5")


def test_srx_1(tmp_path: Path) -> None:
    content = """<srx version="1.0"><header segmentsubflows="yes"/><body><languagerules>
    <languagerule languagerulename="A"><rule break="no"><beforebreak>Mr\\.</beforebreak>
    <afterbreak>\\s</afterbreak></rule><rule><beforebreak>\\.</beforebreak>
    <afterbreak>\\s</afterbreak></rule></languagerule></languagerules>
    <maprules><maprule maprulename="Default">
    <languagemap languagepattern="(EN|en).*" languagerulename="A"/></maprule></maprules>
    </body></srx>"""
    assert cut(Rules.load(write(tmp_path, content)), "Mr. X. Y") == "Mr. X.| Y"
    twice = content.replace("</maprules>", '<maprule maprulename="B"/></maprules>')
    with pytest.raises(RuleError, match="several <maprule>"):
        Rules.load(write(tmp_path, twice))


def test_the_default_rules_are_read_once_and_known_by_their_digest() -> None:
    rules = Rules.default()
    assert rules is Rules.default()
    assert hashlib.sha256(DEFAULT_RULES.read_bytes()).hexdigest().startswith(rules.digest)
    assert len(rules.digest) == 12


def test_the_default_rules_are_valid_against_the_standard(shared: Path) -> None:
    from lxml import etree

    schema = shared / "data/interchange/schema/srx/srx20.xsd"
    text = schema.read_text(encoding="utf-8")
    # what it imports for xml:lang lies on the web, and nothing in it is used
    start = text.index("<xs:import")
    text = text[:start] + text[text.index("/>", start) + 2 :]
    etree.XMLSchema(etree.fromstring(text.encode())).assertValid(etree.parse(DEFAULT_RULES))


def test_files_of_other_tools_are_read_or_refused_with_the_reason(shared: Path) -> None:
    refused = {}
    for path in sorted((shared / "data/interchange/srx").glob("*.srx")):
        try:
            rules = Rules.load(path)
            for lang in ("en", "ru-RU", "de", "ja"):
                rules.breaks("Mr. Smith came. Он ушёл! Was?", lang)
        except UsageError:  # it has none for the language
            pass
        except InputError as error:
            refused[path.name] = error.message
    reasons = ("only refine ICU", "not an SRX file", "not well-formed")
    assert [name for name, why in refused.items() if not any(r in why for r in reasons)] == []
    assert len(refused) == 6
