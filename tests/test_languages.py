"""Languages as data modules."""

from __future__ import annotations

import pytest

from aligner import languages
from aligner.errors import UsageError


@pytest.mark.parametrize("code", ["ky", "KY", "ky-KG", "ky_KG", "ky-Cyrl-KG"])
def test_a_tag_gives_its_language(code: str) -> None:
    assert languages.get(code).name == "Kyrgyz"


def test_every_module_is_a_language() -> None:
    assert set(languages.known()) >= {"en", "ru", "ky"}
    for code in languages.known():
        assert languages.get(code).code == code


def test_a_language_without_data_is_neutral() -> None:
    turkish = languages.get("tr")
    assert (turkish.code, turkish.name) == ("tr", "tr")
    assert turkish.boilerplate.search("© 2023 Örnek")
    assert not turkish.captions.search("Photo: x")


@pytest.mark.parametrize("code", ["zz9!", "", "e", "english", "en/..", "../en", "en ru", "-en"])
def test_what_is_no_code_is_refused_with_the_known_ones(code: str) -> None:
    with pytest.raises(UsageError, match=r"en \(English\), ky \(Kyrgyz\), ru \(Russian\)"):
        languages.check(code)


@pytest.mark.parametrize("code", languages.known())
def test_date_words_are_lower_case(code: str) -> None:
    assert all(word == word.lower() for word in languages.get(code).date_words)
