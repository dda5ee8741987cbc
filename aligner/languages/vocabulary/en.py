"""English: its function words."""

from aligner.languages import words
from aligner.languages.vocabulary import Vocabulary

FUNCTION = words(
    "the of and to a in is was for on that with as it at by from be are were this have has had not"
    " but or which their they we you he she his her its an will would there been when who what if"
    " can all more than into about after also said one two no do did up out so some could these"
    " over my our your them him us then only other new may any how where because before between"
    " during while against without under most should must each both such through those"
)

CAPITALISED = words(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july"
    " september october november december russia russian russians kyrgyz kyrgyzstan kazakh kazakhs"
    " kazakhstan uzbek uzbeks uzbekistan tajik tajiks tajikistan turkmen turkmenistan chinese"
    " america american americans british britain english england france french germany german"
    " germans japan japanese korea korean india indian europe european europeans asia asian africa"
    " african afghanistan afghan iran iranian iraq israel israeli ukraine ukrainian armenia"
    " armenian azerbaijan georgian belarus moscow bishkek astana almaty tashkent dushanbe ashgabat"
    " beijing london paris berlin washington brussels islam islamic muslim muslims christian"
    " christians spain spanish italy italian mexico mexican canada canadian australia australian"
)

VOCABULARY = Vocabulary(
    tells=FUNCTION.__contains__,
    is_common=lambda _: True,  # as far as we know
    is_place=CAPITALISED.__contains__,
    may_be_name=lambda _: False,
)
