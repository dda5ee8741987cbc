"""Kyrgyz: «тырмакча», „тырмакча“ within (CLDR 45), a spaced em dash, as its newspapers print."""

from aligner.languages.typography import Typography, after, before, binding, ru, units

TYPOGRAPHY = Typography(
    outer="«»",
    inner="„“",
    own="",
    dash="—",
    other_dashes="—",
    begins_speech=True,
    binds=binding(
        after(r"г\. ш\. көч\. им\. ст\. стр\. рис\. проф\. акад\."),
        r"(?<=\bж\.) (?=б\.)",
        before(r"ж\.\s?б\. ж\. жж\. к\. [IVX]{1,4}"),
        units(
            f"{ru.MONTHS} {ru.MEASURES} (?:миң|миллион|миллиард|триллион|пайыз|сом|доллар|рубль"
            "|евро|теңге|юань|жыл|кылым|жаш|киши|адам)"
        ),
    ),
)
