"""Russian: «ёлочки», „лапки“ within, a spaced em dash (Мильчин, Чельцова: Справочник издателя).

No line ends behind a preposition or conjunction of one or two letters, between a number and what
it counts, or before a dash.
"""

from aligner.languages.typography import Typography, after, before, binding, units

MONTHS = (
    "январ[яь] феврал[яь] март(?:а|е|\\b) апрел[яь] ма[яй]\\b июн[яь] июл[яь] август сентябр[яь]"
    " октябр[яь] ноябр[яь] декабр[яь]"
)
MEASURES = (
    r"(?:тыс|млн|млрд|трлн|руб|долл|коп)\b (?:тысяч|миллион|миллиард|триллион|процент)"
    r" (?:км|м|см|мм|кг|г|т|ц|га|л|км²|м²|м³|кВт|МВт|ГВт|кВт·ч)\b"
)

TYPOGRAPHY = Typography(
    outer="«»",
    inner="„“",
    own="",
    dash="—",
    other_dashes="—",
    begins_speech=True,
    binds=binding(
        after(
            "в во к ко с со о об обо у и а но на за по до из от не ни"
            r" г\. ул\. им\. стр\. ст\. п\. пп\. рис\. табл\. т\. и\sт\. см\. ср\. гл\."
        ),
        r"(?<=\bн\.) (?=э\.)",
        before(r"же ж ли ль бы б г\. гг\. в\. вв\. н\.\sэ\. [IVX]{1,4}"),
        units(f"{MONTHS} {MEASURES} (?:сом|рубл|доллар|евро|тенге|юан|год|лет|век)"),
    ),
)
