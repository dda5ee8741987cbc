"""Names that sound otherwise in another language: how they begin, in small letters, a name a line.

Prefixes are enough: what follows is endings, and adjectives that are made of the name.
"""

GROUPS = tuple(
    frozenset(line.split())
    for line in """
    american us usa states америк америка сша соединен соединён кошмо акш штат
    athens athenian афин афины
    balkans балкан
    beijing peking пекин бээжин
    bible biblical библи ыйык
    britain british uk british brit british великобритани британ британи улуу england англи united
    buddh будд
    burma myanmar мьянм бирм
    caesar цезар
    cairo каир
    charles карл шарл чарльз
    china chinese sino китай кита кытай
    christ christian jesus христ христос иисус ыйса машаяк
    christmas рождеств
    constantinople istanbul стамбул константинопол ыстамбул
    crimea crimean крым
    croat хорват
    cyprus cypriot кипр
    dutch netherlands holland нидерланд голланд
    easter пасх
    egypt egyptian египет египт мисир
    eu euro europe european ес евросоюз европ еб европа
    finland finn фин
    florence флоренц
    france french франц
    geneva женев
    georgia грузи джордж
    german germany deutsch неме немец немц герман германи
    god lord бог господ кудай алла
    greece greek грец греч грек гре
    gulf залив булуң
    hague гааг
    henry генри генрих анри
    hungary hungarian magyar венгр мажар
    iceland исланд
    ireland irish ирланд
    israel израил ысрайыл
    issyk иссык ысык
    jerusalem иерусалим
    jew jewish hebrew еврей евре жөөт
    james яков иаков джеймс
    japan japanese япон жапон
    john иоанн иван джон жон
    jordan иордан
    joseph иосиф
    kiev kyiv киев
    korea korean dprk rok коре кндр
    koran quran коран куран
    kremlin кремл
    kazakh kazakhstan казах казахстан казак казакстан
    kyrgyz kyrgyzstan кыргыз кыргызстан киргиз киргизи кр
    latin латин латын
    london лондон
    louis людовик луи
    lviv lvov льв
    maldives мальдив
    manas манас
    mecca мекк меке
    mongol монгол моңгол
    moscow muscovite москв москва
    mount mountain гора гор тоо
    munich мюнхен
    muslim islam мусульман мусулман ислам
    naples неапол
    nile нил
    norway norwegian норвег норвеги
    nuremberg нюрнберг
    olympic олимпи
    orthodox православ
    ottoman осман
    paris париж
    persia iran перс иран фарс
    philippines filipino филиппин
    poland polish pole польш поляк польск поль
    portugal portuguese португал
    prague праг
    pyongyang пхеньян
    rome roman рим
    russia russian росси русск россия орус орусия рф
    satan сатан шайтан
    scottish scot scotland scotia шотланд шотландия
    seoul сеул
    spain spanish испан
    sweden swedish swede швед швеци
    switzerland swiss швейцар
    syria syrian сири
    tehran тегеран
    tajik tajikistan таджик таджикистан тажик тажикстан
    thailand тайланд таиланд тай
    turk turkey turkish турц турк түрк түркия
    turkic тюрк түрк
    turkmen turkmenistan туркмен туркменистан түркмөн түркмөнстан
    ukraine ukrainian украин
    un nations united оон бун буу бириккен улуттар
    denmark danish дани дат
    lithuania lithuanian литв литва
    mediterranean средиземн жер
    bible инжил
    urumqi урумчи үрүмчү
    uzbek uzbekistan узбек узбекистан өзбек өзбекстан
    venice венец
    vienna вен
    wales welsh уэльс валли
    warsaw варшав
    william вильгельм уильям
    xinjiang синьцзян шинжаң синьцзянь
    zurich цюрих
    """.strip().splitlines()
)
