"""English names and terms."""

import re

from aligner import languages
from aligner.languages.naming import Naming, words
from aligner.languages.transliteration.ru import GIVEN

_FUNCTION = languages.words(
    """
    a an the this that these those some any no every each all both either neither none one ones
    i me my mine myself we us our ours ourselves you your yours he him his himself she her hers it
    its itself they them their theirs themselves who whom whose which what whoever whatever
    someone somebody something anyone anybody anything everyone everybody everything nobody nothing
    and or but nor so yet if unless because since as than while whereas although though when
    whenever where wherever why how whether until till once before after
    of in on at by for from to into onto upon with within without about above across against along
    alongside amid amidst among around behind below beneath beside besides between beyond despite
    down during except inside like unlike near off out outside over past per regarding concerning
    through throughout toward towards under underneath up via versus vs following according due
    owing given thanks instead rather
    be am is are was were been being do does did done doing have has had having will would shall
    should can could may might must ought cannot let get gets got
    not never ever also too very just only even still again almost already always often sometimes
    usually here there then now today tomorrow yesterday tonight soon later earlier ago perhaps
    maybe however therefore moreover furthermore meanwhile nevertheless nonetheless otherwise thus
    hence indeed instead overall afterwards afterward further first second third firstly secondly
    finally next last lastly previously recently currently yes no oh well please ok okay etc
    many much more most few fewer less least several enough other others another such same own
    half twice two three four five six seven eight nine ten eleven twelve hundred thousand million
    billion trillion dozens hundreds thousands millions
    don doesn didn isn aren wasn weren won wouldn couldn shouldn can't hasn haven hadn ain
    ad bc bce ce a.d. b.c. am pm a.m. p.m. tv
    it's i'm i've i'd i'll we're we've we'll they're that's there's let's what's don't doesn't
    didn't isn't aren't wasn't weren't won't wouldn't couldn't shouldn't hasn't haven't
    """
)
_OPENERS = languages.words(
    """
    new old former late early recent current future local original ancient modern
    majority minority part parts people experts analysts officials authorities residents journalists
    photo photos video image source figure map table author authors editor news update read watch
    more see share subscribe neutrality poor dear total average nearly roughly approximately
    """
)
_TITLES = """
    mr mrs ms miss dr prof professor sir lord lady dame president vice-president premier minister
    secretary secretary-general spokesman spokeswoman spokesperson chairman chairwoman chairperson
    chair chief speaker ambassador envoy consul king queen prince princess emperor sultan emir
    sheikh imam mufti pope patriarch archbishop bishop cardinal father rabbi reverend rev governor
    mayor senator congressman congresswoman representative deputy judge prosecutor
    ombudsman chancellor director director-general rector dean general colonel major captain
    lieutenant sergeant admiral marshal commander commissioner commissar akim hokim khokim mp leader
    head founder expert actor actress administrator advisor adviser madam pharaoh tsar lama
    captain singer coach author analyst economist historian lawyer activist researcher
    coordinator writer     fellow pm composer farmer poet journalist student teacher doctor
    driver shepherd engineer
"""
_ORGANISATION = """
    ministry committee commission council court bank fund university institute academy agency bureau
    organization organisation association federation union department directorate administration
    office service society company corporation corp inc ltd llc group party movement front alliance
    league assembly parliament congress senate duma kenesh majilis cabinet government centre center
    foundation school college chamber tribunal authority board command army navy guard forces police
    club network initiative conference consortium house mission embassy consulate mosque church
    hospital museum theatre theater press times post herald tribune agency airlines airways railways
    corps republics oversight inspectorate inspection secretariat staff taskforce team
"""
_PLACE = """
    republic kingdom emirates states river lake mountain mountains range valley region province
    oblast district raion county city town village street avenue square bridge pass sea ocean bay
    gulf strait island islands peninsula desert plateau steppe airport port station dam reservoir
    canal border territory park temple palace castle tomb cathedral room hall
"""
_TREATY = """
    statute treaty agreement convention pact protocol charter declaration accord act
    code constitution article report law bill
"""
_NAME = """
    order war summit forum festival games cup prize award day medal hero revolution hurricane storm
    dynasty empire corridor railway highway pipeline operation project programme program movement
"""

# A closed list: endings such as -ian are those of surnames, too.
_PEOPLES = r"""
    kyrgyz | kazakh | uzbek | tajik | turkmen | uyghur | uighur | dungan | tatar | karakalpak
  | pamiri
  | (?:kyrgyz|kazakh|uzbek|tajik|afghan|pakist|turkmen)(?:s|stanis?|anis?|istanis?)? | pakistanis?
  | (?:russ|ukrain|belarus|belaruss|georg|armen|iran|ind|ital|austr|syr|eurasiatic|euras|as|arab|
     egypt|lithuan|latv|eston|roman|bulgar|hungar|serb|bosn|alban|norweg|brazil|canad|paras|
     austral|palestin|mongol|alger|liby|eston|christ|roman|argentin|colomb|peruv|chil|persi|caspi|
     orthodox|nigeri|kenyi|sudan|malays|indones|singapore|cambod|ethiop|crime|caucas|tunis|ottom|
     moldov|macedon|sloven|croat|jord|mexic|cub|venezuel|europ|afric|americ|germ|kor|dagestan|sib)
     (?:ian|an|ean|anian)s?
  | (?:chin|japan|vietnam|portugu|leban|sudan|taiwan|malt|nepal|burm|congol|senegal)ese
  | (?:brit|engl|scott|ir|turk|pol|span|swed|dan|finn|jew|kurd|flem|wel)ish
  | english(?:man|men)? | french | dutch | german s? | greeks? | turks? | turkic | swiss | czechs?
  | slovaks? | arabs? | arabic | israelis? | iraqis? | kurds? | chechens? | azerbaijanis? | azeris?
  | jews? | muslims? | moslems? | christians? | catholics? | sunnis? | shia | shiites? | buddhists?
  | emiratis? | mongols? | latin | cyrillic
  | islamic | islamists? | western(?:ers?)? | eastern | northern | southern | soviets? | slavic
  | [a-z]*(?:stanis?) | indo-\w+ | anglo-\w+ | \w+-language | hong\ kongers? | londoners?
  | republicans? | democrats? | communists? | socialists? | conservatives? | bolsheviks?
"""
# Endings of words that are rarely names.
_COMMON = re.compile(
    r".{2,}(?:ly|tion|tions|ment|ments|ness|ings?|ities|ity|ists?|isms?|ances?|ences?|ives?|ous|ful"
    r"|less|able|ible|ers|ors|ures?|ships?|hoods?|wards?|ways|sions?|[^aou]ed|[a-z]{3}ical|cies"
    r"|[a-z]{3}tic|[a-z]{2}mental|[a-z]{2}ional|selves|thing|where|ever|times?|years?|days?|yone"
    r"|dren|[^aeiou]ics|[a-z]{2}ants|[a-z]{2}ents|[a-z]{3}als|[a-z]{2}ries)"
)
_VERBS = r"""
    (?: sa(?:y|ys|id|ying) | t(?:ell|ells|old|elling) | note[sd]? | noting | add(?:s|ed|ing)?
      | believe[sd]? | explain(?:s|ed|ing)? | th(?:ink|inks|ought) | claim(?:s|ed|ing)?
      | report(?:ed|ing) | announce[sd]? | announcing | stat(?:es|ed|ing) | call(?:s|ed|ing)
      | t(?:ake|akes|ook|aken|aking) | m(?:ake|akes|ade|aking) | g(?:o|oes|one|oing) | went
      | com(?:e|es|ing) | came | see(?:s|n|ing)? | saw | kn(?:ow|ows|ew|own|owing)
      | giv(?:e|es|en|ing) | gave | (?:find|finds|found|finding) | (?:keep|keeps|kept|keeping)
      | becom(?:e|es|ing) | became | remain(?:s|ed|ing)? | (?:hold|holds|held|holding)
      | (?:bring|brings|brought|bringing) | (?:begin|begins|began|begun|beginning)
      | (?:start|stop|continue|visit|ask|want|need|use|try|help|show|turn|seem|appear|allow|offer|
         include|provide|require|expect|accept|pursue|increase|reduce|support|lose|follow|raise|
         sign|work|play|live|move|happen|wait|discuss|decide|consider|agree|receive|join|reach|
         emphasize|emphasise|stress|underline|recall|warn|hope|plan|aim|affect|cause|create|
         develop|grow|rise|fall|open|close|lead|face|build|buy|sell|pay|spend|send|serve|speak|
         talk|write|read|learn|study|teach|travel|arrive|leave|return|win|understand|determine)
        (?:d|ed|ing)
      | (?:ask|show|want|seem|appear|allow|include|provide|require|expect|accept|pursue|happen|
         discuss|decide|consider|agree|receive|affect|arrive|understand|determine|remain|continue|
         become|depend|lose|bring|emphasize|emphasise|believe)s?
      | (?:meet|meets|met|led|rose|fell|grew|built|bought|sold|paid|spent|sent|spoke|wrote|won|lost|
         left|put|puts|set|sets|cut|cuts|got|stood|stand|stands|ran|run|runs|kept|felt|feel|feels|
         understood|broke|break|breaks|written|shown|grown|risen|fallen|driven|chosen|seen|born)
      | [a-z]+n['’]t | (?:issued|signed|based|located|related|linked|aimed|compared|according) )
"""
_VAGUE = languages.words(
    """
    year years time times day days week weeks month months hour hours minute minutes moment period
    hand hands way ways part parts lot lots number numbers kind kinds sort type thing things word
    words people person man men woman women majority case cases fact place end beginning side sides
    percent per cent per-cent today level question example reason result something decade decades
    century centuries stage amount total rate piece bit couple pair set side point points half
    morning evening night age reasons results
    """
)
_WEAK = languages.words(
    """
    different various certain particular possible important main major large small big great long
    short high low good better best bad worse worst real whole entire full top latest previous
    certain able likely little long-term clear close common difficult easy necessary significant
    serious similar single special specific strong true usual wide young early ready regional
    additional
    """
)

NAMING = Naming(
    is_common=lambda word: _COMMON.fullmatch(word.lower()) is not None,
    stops=_FUNCTION,
    openers=_OPENERS,
    titles=words(_TITLES, r"s|\.|"),
    modifiers=languages.words(
        """
        foreign prime deputy vice first interior defence defense finance justice economy health
        education labor labour agriculture energy transport trade press acting former state chief
        security attorney special permanent executive managing senior political independent
        prominent         presidential parliamentary major general national regional opposition
        """
    ),
    heads={
        "organisation": words(_ORGANISATION),
        "place": words(_PLACE, "s|"),
        "treaty": words(_TREATY, "s|"),
        "name": words(_NAME, "s|"),
    },
    links=frozenset(("of", "for", "on", "and", "in")),
    particles=languages.words("de del della di da dos von van der den ten bin ibn zu al el la le"),
    kinship=languages.words("uulu kyzy ogly oglu qizi"),
    portfolios=languages.words("minister ministers secretary under-secretary"),
    compass=languages.words("central south north east west southeast southwest middle latin"),
    peoples=re.compile(_PEOPLES, re.VERBOSE | re.IGNORECASE),
    speech=languages.words(
        """
        said says told tells noted notes added adds believes explained explains thinks wrote writes
        stressed emphasized emphasised recalled argued argues claimed claims warned commented
        """
    ),
    given=frozenset(GIVEN),
    adjectives=re.compile(r"\w{3,}(?:ian|ean|ese|ish|ine|ic|an|ist|ox|ino)"),
    locating=frozenset(("in", "from", "near", "at", "to", "across", "throughout", "around")),
    vague=_VAGUE | _WEAK,
    verbs=re.compile(_VERBS, re.VERBOSE | re.IGNORECASE),
)
