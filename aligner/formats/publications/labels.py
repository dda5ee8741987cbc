"""The words that a publication itself says, in the language of its readers."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on a page besides the text.

    Attributes:
        language: the language's own name.
        source: before the link to where a text was first published.
        notice: at the top of a text that nobody has reviewed.
        partial_notice: the same where somebody has reviewed some of it.
        mark: beside a passage that nobody has reviewed; short.
        memory_mark: the same where none of it is a machine's, but some from a translation memory.
        missing: in place of a translation that is not there.
        made: by which tool and models; {} stands for their names.
        made_reviewed: the same where a person has reviewed all of it.
        date: before the date of the last change.
        contents: above the list of headings.
        skip: a link over the top of the page to the text.
    """

    language: str
    source: str
    notice: str
    partial_notice: str
    mark: str
    memory_mark: str
    missing: str
    made: str
    made_reviewed: str
    date: str
    contents: str
    skip: str


_LABELS = {
    "en": Labels(
        language="English",
        source="Source",
        notice="This is a machine translation. It has not been reviewed by an editor.",
        partial_notice="Parts of this text are machine translation that has not been reviewed by"
        " an editor. They are marked.",
        mark="machine translation, not reviewed",
        memory_mark="from a translation memory, not reviewed",
        missing="[not translated]",
        made="Machine translation: {}.",
        made_reviewed="Translated by machine ({}) and reviewed by an editor.",
        date="Date",
        contents="Contents",
        skip="Skip to the text",
    ),
    "ru": Labels(
        language="Русский",
        source="Источник",
        notice="Это машинный перевод. Редактор его не проверял.",
        partial_notice="Часть этого текста — машинный перевод, который редактор не проверял."
        " Такие места отмечены.",
        mark="машинный перевод, не проверен",
        memory_mark="из памяти переводов, не проверено",
        missing="[не переведено]",
        made="Машинный перевод: {}.",
        made_reviewed="Перевод выполнен машиной ({}) и проверен редактором.",
        date="Дата",
        contents="Содержание",
        skip="Перейти к тексту",
    ),
    "ky": Labels(
        language="Кыргызча",
        source="Булагы",
        notice="Бул машиналык котормо. Аны редактор текшере элек.",
        partial_notice="Бул тексттин бир бөлүгү — редактор текшере элек машиналык котормо."
        " Андай жерлер белгиленген.",
        mark="машиналык котормо, текшериле элек",
        memory_mark="котормо эсинен, текшериле элек",
        missing="[которула элек]",
        made="Машиналык котормо: {}.",
        made_reviewed="Машина которгон ({}), редактор текшерген.",
        date="Күнү",
        contents="Мазмуну",
        skip="Текстке өтүү",
    ),
}


def labels(lang: str) -> Labels:
    """The words for readers of a language; English ones where we have none in it."""
    return _LABELS.get(lang) or replace(_LABELS["en"], language=lang)
