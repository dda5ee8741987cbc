"""Language codes as files spell them: ISO 639-1 and -2, BCP 47, and what tools make of them."""

from __future__ import annotations

import re

# ISO 639-1: ISO 639-2, the bibliographic codes too.
_ISO_639 = (
    "aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak "
    "be:bel bg:bul bi:bis bm:bam bn:ben bo:bod,tib br:bre bs:bos ca:cat ce:che ch:cha co:cos "
    "cr:cre cs:ces,cze cu:chu cv:chv cy:cym,wel da:dan de:deu,ger dv:div dz:dzo ee:ewe el:ell,gre "
    "en:eng eo:epo es:spa et:est eu:baq,eus fa:fas,per ff:ful fi:fin fj:fij fo:fao fr:fra,fre "
    "fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat "
    "hu:hun hy:arm,hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:ice,isl it:ita "
    "iu:ike,iku ja:jpn jv:jav ka:geo,kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor "
    "kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit "
    "lu:lub lv:lav mg:mlg mh:mah mi:mao,mri mk:mac,mkd ml:mal mn:mon mr:mar ms:may,msa mt:mlt "
    "my:bur,mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:dut,nld nn:nno no:nor nr:nbl nv:nav ny:nya "
    "oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run "
    "ro:mol,ron,rum ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk,slo sl:slv "
    "sm:smo sn:sna so:som sq:alb,sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel "
    "tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig "
    "uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha "
    "zh:chi,zho zu:zul "
)
_SHORT = {
    long: short
    for short, _, longs in (pair.partition(":") for pair in _ISO_639.split())
    for long in longs.split(",")
}
_KNOWN = frozenset(_SHORT.values())


def language(code: str) -> str:
    """The primary subtag of a language code in any spelling, in two letters where they exist.

    >>> language("KIR"), language("ru_RU"), language("*all*")
    ('ky', 'ru', '')
    """
    primary = re.split("[-_]", code.strip().lower(), maxsplit=1)[0]
    return _SHORT.get(primary, primary) if primary.isalpha() else ""


def is_known(code: str) -> bool:
    """Whether a language code, in any spelling, is that of a language of ISO 639-1.

    >>> is_known("ru_RU"), is_known("KIR"), is_known("rr")
    (True, True, False)
    """
    return language(code) in _KNOWN
