"""English."""

from aligner.languages.negation import Negation, any_of

NEGATION = Negation(
    negators=any_of(
        r"not",
        r"\w+n[’'´`]t",
        r"cannot",
        r"never",
        r"no",
        r"nobody",
        r"no one",
        r"nothing",
        r"nowhere",
        r"none",
        r"neither",
        r"without",
        r"rather than",
        r"hardly",
    ),
    hints=any_of(
        r"un(?:able|likely|paid|changed|known|aware|official|resolved|finished|employed|answered)\w*",
        r"un(?:lawful|fair|clear|safe|certain|happy|healthy|usual|expected)\w*|illegal\w*",
        r"im(?:poss|pract)\w*|in(?:ability|capable|visible|eligible|complete)\w*|dis(?:agree|like)\w*",
        r"barely|scarcely|unless|rather(?! than)|instead|non|nor|until|wrong|silen\w+",
        r"\w{3,}less|non-\w+|fail(?:s|ed|ing|ures?)?|refus\w*|lack\w*|absen\w+|avoid\w*|den(?:y|ied)",
    ),
    idle=any_of(
        r"(?:not|\w+n[’']t) (?:only|just|merely|simply|least|until|to mention|so much)",
        r"(?:whether|why|if|or) not",
        r"no (?:matter|doubt|wonder|sooner|more than|less than|fewer than|later than|earlier than"
        r"|other|stranger|secret|better|worse|different|less)",
        r"nothing (?:but|more|less|short)|none other|no(?=\. ?\d)|never mind|yes or no",
        r"(?:ca|could)n[’']t (?:help|wait)|(?:can|could) ?not (?:help|wait|but)|or no",
        r"(?:is|are|was|were|do|does|did|has|have|had|wo|would|ca|could|should)n[’']t"
        r" (?:it|he|she|we|they|you|i|there)",
        r"without (?:a )?(?:doubt|question|fail)|if nothing else|out of nowhere|second to none",
        r"next to nothing|none the less|no-\w+",
    ),
    bounds=any_of(r"(?:at|no) (?:least|less|fewer|later|earlier)|minimum of|a minimum"),
    below=any_of(r"(?<!no )(?<!not )(?:less|fewer|later|earlier) than"),
)
