"""English."""

from aligner.languages import Language, boilerplate_cues, caption_cues, cues, words

LANGUAGE = Language(
    code="en",
    name="English",
    letters=frozenset("abcdefghijklmnopqrstuvwxyz"),
    captions=cues(
        *caption_cues(
            nouns=r"photos?|photographs?|pictures?|images?|illustrations?|infographics?|videos?"
            r"|screenshots?|maps?|charts?|graphs?|(?:photo|image) (?:source|credit)s?",
            credits=r"by|courtesy of|taken (?:by|from)|provided by|credit|copyright"
            r"|from (?:open sources|(?:the |his |her |their |a )?(?:\w+ )?(?:archives?|account|page"
            r"|website|site))",
        ),
        r"^(?:figure|fig\.|table|chart|map|graph|photo)\s\d+\s?[.:]",  # "Figure 1. Growth of GDP"
        r"^(?:screenshot|screengrab|still)\s(?:of|from)\b.*[^.!?…]$",
        r"\b(?:AP|AFP|EPA|Reuters) photo\s?/",  # "(AP Photo/Vladimir Voronin)"
        r"^(?:photo |image )?source:\s\S.{1,80}$",
    ),
    boilerplate=boilerplate_cues(
        r"\ball rights reserved\b",
        r"\b(?:active|hyper|direct)[ -]?(?:hyper)?links?\b.{0,60}"
        r"\b(?:sources?|website|site|required)\b",
        r"\b(?:reproduction|reprint(?:ing)?|republication|use of (?:the )?materials?)\b.{0,80}"
        r"\b(?:prohibited|permission|permitted|allowed|link|consent)\b",
        # "If you have found a spelling error, please, notify us by … pressing Ctrl+Enter."
        r"\b(?:errors?|mistakes?|typos?|misprints?)\b.{0,120}\b(?:ctrl|highlight|select(?:ing)?)\b",
        r"^spelling error report$",
        r"^report (?:an? )?(?:spelling )?(?:error|mistake|typo)$",
        r"^the following text will be sent to our editors",
        r"^(?:subscribe|sign up)(?:$| (?:to|for|now|here)\b.{0,80}$)",
        r"^follow us\b",
        r"^(?:join|find|like) us on\b",
        r"^(?:read|see|watch) (?:also|more|next)(?:$|:|\s*[>»→])",
        r"^(?:also read|related|related (?:articles|news|stories|posts|content|topics)|more on this"
        r"|most (?:read|popular)|recommended|latest news|you may also like)(?:$|:)",
        r"^(?:share|tweet|print|send|save)(?:$| (?:this|on|via|by)\b.{0,60}$)",
        # "Facebook | Twitter | Print"
        r"^(?:(?:share|tweet|print|facebook|twitter|telegram|whatsapp|instagram|e-?mail)"
        r"(?:[\s|/,·•]+|$)){2,}$",
        r"^(?:advertisement|sponsored(?: content)?|comments?(?: \(?\d+\)?)?"
        r"|leave a (?:comment|reply)|log ?in|sign in|home|back to top|skip to (?:main )?content"
        r"|menu|search)$",
        r"^(?:tags?|keywords|categor(?:y|ies)|topics|filed under|views|reading time)\s?:",
        r"\b(?:we use|uses|accept(?: all)?) cookies\b",
        r"^(?:terms (?:of (?:use|service)|and conditions)|privacy policy|cookie policy)\b.{0,80}$",
        r"\b(?:views|opinions)\b.{0,80}\bdo not (?:necessarily )?(?:reflect|represent|coincide)\b",
    ),
    bylines=cues(
        r"^by\s(?!the\b)[A-Z]\S*(?:,?\s\S+){0,6}$",
        r"^(?:authors?|text|written by|reported by|edited by|editor|translated by)\s?:?\s\S+"
        r"(?:\s\S+){0,6}$",
    ),
    date_words=words(
        "january february march april may june july august september october november december"
        " jan feb mar apr jun jul aug sep sept oct nov dec"
        " monday tuesday wednesday thursday friday saturday sunday"
        " published updated posted on at of am pm a.m p.m gmt utc"
    ),
    encodings=("cp1252",),
)
