"""Russian spellings of names in Latin script.

Names of the region by the reverse of BGN/PCGN romanisation and of the spellings in use in English
news from Central Asia; Western ones after Гиляревский, Старостин, Иностранные имена и названия в
русском тексте (1985), much simplified.
"""

from aligner.languages.transliteration import Rules, Scheme, table

_C = "[bcdfghjklmnpqrstvwxz]"
_V = "[aeiouyöüäəı]"

RESPELL: Rules = (
    # Kyrgyz has neither f, h nor q: with them j is that of Uzbek and Tajik, «Джахонгир».
    (r"^(?=.*(?:f|q|kh|(?<![szckg])h|jo[nh]|iddin|ajik|baij|rajab))(.*?)j", r"\1dj"),
)

# Letters of Turkic and Uzbek alphabets, and what stands for them in print.
LETTERS: Rules = (
    (r"yo'", "ю"),
    (r"o'", "у"),
    (r"g'|ğ", "г"),
    (rf"(?<={_C})'(?={_V})", "ь"),
    (r"'", ""),
    (r"ö", "о"),
    (r"ü", "у"),
    (r"ı", "ы"),
    (r"ş", "ш"),
    (r"ç", "ч"),
    (r"[ñŋ]", "н"),
    (r"[äə]", "а"),
)
DIGRAPHS: Rules = (
    (r"shch", "щ"),
    (r"sh", "ш"),
    (r"zh", "ж"),
    (r"kh", "х"),
    (r"tch|ch", "ч"),
    (r"ts", "ц"),
    (r"gh", "г"),
    (r"dzh|dj", "дж"),
    (r"ph", "ф"),
    (r"th", "т"),
)
ENDINGS: Rules = (
    (r"(?<=[au])tsk$", "тск"),
    (r"tsk(?:iy|ii|y)$", "цкий"),
    (r"sk(?:iy|ii|y)$", "ский"),
    (r"skaya$", "ская"),
    (r"(?:yy|yi)$", "ый"),
    (r"(?:iy|ii)$", "ий"),
    (r"lsk$", "льск"),
    (r"kel(?=di)", "кель"),
    (r"(?<![a-z])el(?=[dmnvz])", "эль"),
    (r"(?<![a-z])dil(?=[bdfmns])", "диль"),
    (r"(?<!to)gul$", "гуль"),
    (r"(?<![a-z])gul(?=[a-z])", "гуль"),
)
VOWELS: Rules = (
    # э at the beginning, but for Russian names.
    (r"(?<![a-z])e(?=len|v[gd]|kater|gor|liz|fim|remin|rmak|lts)", "е"),
    (r"(?<![a-z])e", "э"),
    (r"ee(?=v)", "ее"),
    (r"ee", "ээ"),
    (rf"(?<={_C})yov(?=a?$)", "ьёв"),
    (rf"(?<={_C})yan(?=[aeo])", "ьян"),  # «Лукьянов», but Armenian «Саргсян»
    (rf"(?<={_C})(?<!l)ya$", "ья"),
    (rf"(?<={_C})ye", "ье"),
    (r"ye", "е"),
    (r"yo", "ё"),
    (r"yu", "ю"),
    (r"ya", "я"),
    (rf"(?<={_V})y", "й"),
    # After e, i, o no ы can stand (harmony): the word is Russian.
    (rf"(?:(?<=[eio]{_C})|(?<=[eio]{_C}{{2}}))y$", "ий"),
    (r"y", "ы"),
    # «Саид», «Исмаил», «Михаил», «Раим», «Аида» have two syllables there.
    (r"(?<=sa)i(?=d)|(?<=[ao])i(?=l)|(?<=ra)i(?=m)|(?<=(?<![a-z])a)i(?=da$)", "и"),
    (rf"(?<=[aeou])i(?!{_V})", "й"),
    (rf"(?<={_C})ia$", "ия"),
    (rf"(?<={_C})iu", "ю"),
)
SINGLE: Rules = (
    (r"ck", "к"),
    (r"c(?=[eiy])", "с"),
    (r"(?<=[a-z])x", "кс"),
    (r"x", "х"),
    *zip("abcdefghijklmnopqrstuvwz", "абкдефгхижклмнопкрстувв", strict=False),
    (r"w", "в"),
    (r"z", "з"),
)
REGION: Rules = (*LETTERS, *ENDINGS, *DIGRAPHS, *VOWELS, *SINGLE)

WEST: Rules = (
    (r"'", ""),
    (r"tsch|tch|ch", "ч"),
    (r"sch|sh", "ш"),
    (r"lz$", "льц"),
    (r"ts|tz|zz", "ц"),
    (r"ph", "ф"),
    (r"th", "т"),
    (r"wh(?=o)", "х"),
    (r"ck", "к"),
    (r"qu", "кв"),
    (r"ough", "о"),
    (r"igh", "ай"),
    (r"gh(?![aeiou])", ""),
    (r"oo|ou", "у"),
    (r"ee|ea", "и"),
    (r"(?:ey|ie|y)$", "и"),
    (r"a[iy]", "эй"),
    (r"e[iy]", "ей"),
    (r"(?<![a-z])y(?=o)", "й"),
    (r"(?<=[a-z])y", "и"),
    (r"(?<![a-z])e", "э"),
    (rf"(?<=[aeiou]{_C})e$", ""),
    (r"(?<![a-z])w(?=[aeio])", "у"),
    (r"(?<=[aeo])w(?![aeiou])", "у"),
    (r"mann$", "манн"),
    (r"j", "дж"),
    (r"g(?=e)", "дж"),
    (r"c(?=[eiy])", "с"),
    (r"x", "кс"),
    (r"y", "й"),
    *zip("abcdfghiklmnopqrstuv", "абкдфгхиклмнопкрстув", strict=True),
    (r"e", "е"),
    (r"w", "в"),
    (r"z", "з"),
    (r"ö", "ё"),
    (r"ü", "ю"),
    (r"ä", "е"),
    (r"[ñŋ]", "нь"),
    (r"ç|ş", "ш"),
    (r"ğ|ı|ə", "и"),
)

WORDS = table(
    """
    al аль, el эль, de де, di ди, da да, la ла, le ле, van ван, von фон, der дер, den ден, bin бин
    ibn ибн, ulu уулу, uulu уулу, kassym касым, emil эмиль, igor игорь, olga ольга, daniil даниил
    alexander александр, aleksandr александр, alexandra александра, alexei алексей, alexey алексей
    aleksei алексей, maxim максим, maksim максим, xenia ксения, oksana оксана, oxana оксана
    dmitry дмитрий, dmitri дмитрий, dmitriy дмитрий, yuri юрий, yury юрий, yuriy юрий
    sergei сергей, sergey сергей, andrei андрей, andrey андрей, nikolai николай, nikolay николай
    arkady аркадий, vitaly виталий, vitali виталий, gennady геннадий, vasily василий
    evgeny евгений, evgeni евгений, anatoly анатолий, valery валерий, grigory григорий
    georgy георгий, pyotr пётр, lev лев, natalia наталья, natalya наталья, ilya илья
    tatiana татьяна, tatyana татьяна, asel асель, nazgul назгуль, kazan казань, tver тверь
    perm пермь, ilham ильхам, kul куль, jalal джалал, ust усть, astrakhan астрахань, ryazan рязань
    moscow москва, russia россия, vladimir владимир, viktor виктор, victor виктор, pavel павел
    boris борис, ivan иван, oleg олег, svetlana светлана, irina ирина, ekaterina екатерина
    """
)
GIVEN = table(
    """
    john джон, james джеймс, michael майкл, donald дональд, joe джо, george джордж, david дэвид
    daniel дэниел, paul пол, mark марк, thomas томас, charles чарльз, william уильям, bill билл
    richard ричард, robert роберт, bruce брюс, brian брайан, kevin кевин, jack джек, jake джейк
    joseph джозеф, stephen стивен, steven стивен, steve стив, henry генри, edward эдвард
    anthony энтони, antony энтони, andrew эндрю, matthew мэтью, philip филип, jeffrey джеффри
    catherine кэтрин, kate кейт, mary мэри, elizabeth элизабет, jennifer дженнифер, sarah сара
    jane джейн, alice элис, emily эмили, helen хелен, laura лора, linda линда, lisa лиза, amy эми
    emma эмма, susan сьюзан, karen карен, nancy нэнси, margaret маргарет, hillary хиллари
    barack барак, kyle кайл, tyler тайлер, dylan дилан, ryan райан, eric эрик, frank фрэнк
    peter питер, christopher кристофер, jonathan джонатан, benjamin бенджамин, samuel сэмюэл
    jean жан, jacques жак, pierre пьер, françois франсуа, francois франсуа, emmanuel эммануэль
    charlotte шарлотта, olaf олаф, angela ангела, ursula урсула, hans ханс, jürgen юрген
    jurgen юрген, wolfgang вольфганг, friedrich фридрих, heinrich генрих, smith смит, trump трамп
    johnson джонсон, wilson уилсон, brown браун, white уайт, clinton клинтон, kennedy кеннеди
    bush буш, obama обама, biden байден, recep реджеп, tayyip тайип, erdogan эрдоган
    erdoğan эрдоган, mehmet мехмет, antonio антониу, jose хосе, josé хосе, carlos карлос
    juan хуан
    """
)

SCHEME = Scheme(RESPELL, REGION, WEST, WORDS, GIVEN)
