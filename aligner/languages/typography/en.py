"""English: “double, ‘single’ within”, a spaced en dash (New Hart's Rules, 2014, chapters 4 and 9).

Quotes and dashes that are English stay as a house has them: ‘single’ outside, an em dash.
"""

from aligner.languages.typography import Typography, after, before, binding, units

TYPOGRAPHY = Typography(
    outer="“”",
    inner="‘’",
    own="“”‘’",
    dash="–",
    other_dashes="–—",
    begins_speech=False,
    binds=binding(
        after(r"mr\. mrs\. ms\. dr\. prof\. st\. no\. nos\. p\. pp\. vol\. fig\. art\."),
        r"(?<=\b(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)) (?=\d{1,2}\b)",
        units(
            r"January\b February\b March\b April\b May\b June\b July\b August\b September\b"
            r" October\b November\b December\b"
            r" (?:hundred|thousand|[mbtr]+illion|per\s?cent)\b"
            r" (?:km|m|cm|mm|kg|g|t|ha|l|km²|m²|m³|kWh|MWh|MW|GW|kW)\b [ap]\.m\."
        ),
        before(r"[IVX]{1,4}"),
    ),
)
