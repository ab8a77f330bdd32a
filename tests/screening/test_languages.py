"""One name in several languages: words by their meaning, acronyms, foreign names in Chinese characters, Łacinka."""

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening.acronym import spells
from landbridge.screening.index import ListIndex
from landbridge.screening.lacinka import read_lacinka
from landbridge.screening.match import MATCH_SCORE, score_names
from landbridge.screening.name import parse_name
from landbridge.screening.sound import foreign_similarity, sound


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Хазар Си Шиппинг Лайнз", "Khazar Sea Shipping Lines", "company"),
        ("Белорусский калийный комбинат", "Belarusian Potash Combine", "company"),
        ("Мозырский НПЗ", "Mozyr Oil Refinery", "company"),
        ("Mazyrski naftapierapracoŭčy zavod", "Мозырский нефтеперерабатывающий завод", "company"),
        ("СП ООО «Спорт»", "Sport JV LLC", "company"),
        ("Roshan Money Exchange", "صرافی روشان", "company"),
        ("NLC", "National Logistics Corporation", "company"),
        ("نیشنل لاجسٹکس کارپوریشن", "National Logistics Corporation", "company"),
        ("North Caspian Freight Forwarding", "شرکت حمل و نقل خزر شمالی", "company"),
        ("罗伯特·约翰逊", "Robert Johnson", "person"),
        ("Salman bin Muhammad al-Rawi", "سلمان بن محمد الراوي", "person"),
        ("Bank of China (Hong Kong) Limited", "Банк Китая (Гонконг)", "company"),
        ("Kamel Ben Ali", "كمال بن علي", "person"),
        ("Песчанская Марина Леонидовна", "Peschanskaya Marina Leonidovna", "person"),
        ("Ибрагим Махмудзаде", "Ibrahim Mahmoud-Zadeh", "person"),
        ("Arab Shipbuilding and Repair Yard Company", "الشركة العربية لبناء وإصلاح السفن", "company"),
        ("Kuwait Oil Tanker Company", "شركة ناقلات النفط الكويتية", "company"),
        ("Industrial Park Development Company China-Belarus", "中白工业园区开发股份有限公司", "company"),
        ("Qingdao Seaway International Logistics", "青岛海路国际物流有限公司", "company"),
        ("Sun Rise General Trading", "شروق الشمس للتجارة العامة", "company"),
        ("Abdullah Hamad Al-Zamil and Sons", "عبد الله حمد الزامل وأولاده", "company"),
        ("Ocean Fortune", "海洋财富", "vessel"),
        ("Seastar III", "سی سٹار 3", "vessel"),
        ("Dong Fang Hong 3", "Дунфанхун-3", "vessel"),
        ("John Lee Ka-chiu", "李家超", "person"),
        ("Kim Jong Un", "Ким Чен Ын", "person"),
        ("Siarhei Tsiatseryn", "Сергей Тетерин", "person"),
        ("Arab Bank for Investment and Foreign Trade", "المصرف العربي للاستثمار والتجارة الخارجية", "company"),
        ("COSCO Shipping Tanker (Dalian)", "大连中远海运油品运输有限公司", "company"),
        ("Foshan Golden Phoenix Ceramics", "佛山金凤凰陶瓷有限公司", "company"),
        ("Брэсцкі электралямпавы завод", "Брестский электроламповый завод", "company"),
    ],
)
def test_knows_one_party_in_two_languages(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Хазар Си Шиппинг Лайнз", "Khazar Sea Fishing Lines", "company"),
        ("Мозырский НПЗ", "Mozyr Oil Depot", "company"),
        ("罗伯特·约翰逊", "Robert Jackson", "person"),
        ("حسین دهقان", "Hasan Dehghan", "person"),
        ("Bank of China (Hong Kong) Limited", "中国银行（新加坡）有限公司", "company"),
        ("Salman bin Muhammad al-Rawi", "محمد بن سلمان الراوي", "person"),
        ("CSCL", "China Shipbuilding Industry Corporation", "company"),
        ("Luoyang Bearing Factory", "洛阳玻璃厂", "company"),
        ("Kuwait Oil Tanker Company", "شركة نفط الخليج الكويتية", "company"),
        ("Kim Jong Un", "Ким Чен Ир", "person"),
        ("Yang Jun", "Ян Чунь", "person"),
        ("Северное сияние", "Northern Star", "vessel"),
    ],
)
def test_tells_two_parties_apart_in_two_languages(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


@pytest.mark.parametrize(
    ("short", "whole", "wanted"),
    [
        ("CMIC", "China Minerals Industry Corporation", True),
        ("НКМК", "Новокузнецкий металлургический комбинат", True),
        ("JAFZA", "Управление свободной зоны Джебель-Али", True),
        ("БЗТДиА", "Бобруйский завод тракторных деталей и агрегатов", True),
        ("CMIC", "China Shipping Container Lines Limited", False),
    ],
)
def test_reads_acronyms_in_the_language_that_they_come_from(short: str, whole: str, wanted: bool) -> None:
    token = parse_name(short, "company").tokens[0]
    name = parse_name(whole, "company")
    assert spells(token, [one for one in name.tokens if one.weight >= 0.15], name.legal) is wanted


def test_a_brand_of_several_words_may_also_be_those_words() -> None:
    assert score_names("State Oil Company of Iran", "شرکت دولتی نفت ایران", "company").score >= MATCH_SCORE
    assert score_names("NIOC", "Иранская национальная нефтяная компания", "company").score >= MATCH_SCORE


def test_reads_lacinka_as_cyrillic() -> None:
    assert [read_lacinka(word) for word in ("škłozavod", "miedycynskich", "zialony", "leśničy")] == [
        "шклозавод", "медыцынскіх", "зялёны", "лесьнічы",
    ]  # fmt: skip


def test_hears_foreign_names_in_chinese_characters() -> None:
    pairs = {"johnson": "jackson", "lavrov": "larionov"}
    for (good, bad), pinyin in zip(pairs.items(), ("yuehanxun", "lafuluofu"), strict=True):
        assert foreign_similarity(sound(pinyin), sound(good)) > 0.8 > foreign_similarity(sound(pinyin), sound(bad))


def test_an_index_finds_what_sound_writes_otherwise() -> None:
    pairs = (
        ("Novotrans", "شركة نوفوترانس", "company"),
        ("JAFZA", "Jebel Ali Free Zone Authority", "company"),
        ("ХСЗ", "Херсонский судостроительный завод", "company"),
        ("Kang Sheng 8", "КАНШЭН 8", "vessel"),
        ("Fiodar Michajłavič Dołhaŭ", "Долгов Ф. М.", "person"),
        ("Horizont", "هوریزونت", "company"),
    )
    for asked, listed, kind in pairs:
        entry = ListedEntry(entry_id="1", list_name="list", regime="UN", names=(listed,), kind=kind)
        found = ListIndex((entry, *_others())).find(asked, kind)
        assert [match.entry_id for match in found][:1] == ["1"], (asked, listed)


def _others() -> tuple[ListedEntry, ...]:
    names = ("Volga Shipping", "Novorossiysk Trading", "Free Zone Authority", "Херсонский хлебозавод", "Долгих Ф. М.", "Kansas 8")
    kinds = ("company", "company", "company", "company", "person", "vessel")
    return tuple(
        ListedEntry(entry_id=f"other {name}", list_name="list", regime="UN", names=(name,), kind=kind)
        for name, kind in zip(names, kinds, strict=True)
    )


def test_a_name_whose_direction_is_overridden_is_read_both_ways() -> None:
    for text in ("\u202esyawliaR naissuR\u202c", "\u202eRussian Railways", "Russian Railways / Foo Bar Trading\u202e"):
        assert score_names(text, "Russian Railways", "company").score > 0.9


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Kurganmashzavod", "Курганский машиностроительный завод", "company"),
        ("JSC 35th Shipyard", "АО «35-й судоремонтный завод»", "company"),
        ("Scientific and Production Enterprise Istok", "АО «НПП «Исток» имени А. И. Шокина»", "company"),
        ("GFK Logistics LLC", "ООО «Джиэфкей Логистикс»", "company"),
        ("Vologda Optical and Mechanical Plant", "Вологодский оптико-механический завод", "company"),
        ("Zaporizhzhia Transformer Plant", "Запорізький трансформаторний завод", "company"),
        ("Black Sea Queen", "Королева Чёрного моря", "vessel"),
        ("Third of May", "Третье мая", "vessel"),
        ("MADADI Hassan", "حسن مددی", "person"),
        ("FATHIZADEH Mohsen", "محسن فتحی زاده", "person"),
        ("Zaki-ur-Rehman Lakhvi", "ذکی الرحمٰن لکھوی", "person"),
        ("Leung Chun-ying", "梁振英", "person"),
        ("Lam Cheng Yuet-ngor", "林郑月娥", "person"),
        ("Goh Chok Tong", "吴作栋", "person"),
        ("Teo Chee Hean", "张志贤", "person"),
        ("Lee Hsien Loong", "李显龙", "person"),
        ("Mikalai Ivanavich DOLIA", "Ниĸолай Иванович ДОЛЯ", "person"),
    ],
)
def test_classes_of_names_that_published_lists_showed(one: str, other: str, kind: str) -> None:
    assert score_names(one, other, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Belarusian National Reinsurance Organization", "Белорусская национальная страховая организация", "company"),
        ("Minsk Motor Plant", "Минский автомобильный завод", "company"),
        ("Sichuan Changhong Electric", "四川长江电器", "company"),
        ("V. V. Sheiman", "Виталий Андреевич Шейман", "person"),
        ("Lee Hsien Loong", "李显扬", "person"),
        ("Goh Chok Tong", "吴庆瑞", "person"),
        ("Lam Cheng Yuet-ngor", "林郑思怡", "person"),
        ("Black Sea Queen", "Королева Белого моря", "vessel"),
    ],
)
def test_their_neighbours_are_others(one: str, other: str, kind: str) -> None:
    assert score_names(one, other, kind).score < MATCH_SCORE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karadeniz Demir Çelik Sanayi ve Ticaret A.Ş.", "Black Sea Iron and Steel Industry and Trade JSC"),
        ("Ziraat Katılım Sigortası", "Ziraat Katılım Insurance"),
        ("İsviçre Denizcilik", "Swiss Shipping"),
        ("Latvijas dzelzceļš", "Латвийская железная дорога"),
        ("Lietuvos geležinkeliai", "Lithuanian Railways"),
        ("Société Nationale des Chemins de Fer Belges", "Бельгийские национальные железные дороги"),
        ("Qarmet Temir zauyty", "Qarmet Iron Plant"),
        ("«Алматы Әуежайы» АҚ", "Almaty Airport JSC"),
        ("Ferrocarriles del Sur", "Южные железные дороги"),
        ("Gdańska Stocznia Remontowa", "Gdansk Repair Shipyard"),
        ("Belarusian Charity Fund", "Белорусский благотворительный фонд"),
        ("National Library of Qatar", "مكتبة قطر الوطنية"),
        ("Minsk Compressor Works", "Мінскі кампрэсарны завод"),
        ("Bank Zenit", "ПАО АБ «Зенит»"),
        ("Chelyabinskij kuznechno-pressovyj zavod", "Chelyabinsk Forge-and-Press Plant"),
        ("Nezavisimaâ gazeta", "Independent Newspaper"),
        ("Deutsche Bahn AG", "Дойче Бан АГ"),
        ("Zorvik Sp. z o.o.", "Зорвик Сп. з о.о."),
        ("Gulf Warehousing Company K.S.C.", "شركة الخليج للمخازن ش.م.ك"),
        ("Sinopharm Group Logistics", "国药集团物流有限公司"),
        ("Ministry of Defence of the Republic of Tajikistan", "塔吉克斯坦共和国国防部"),
        ("Минская АЭС", "Minsk Nuclear Power Plant"),
        ("Vilniaus vandenys UAB", "Vilnius Waters"),
        ("Toshkent metrosi", "Tashkent Metro"),
        ("Türk Denizyolları ve Endüstri A.Ş.", "Turkish Shipping and Industry JSC"),
        ("Iran Statistics and Standards Organization", "سازمان آمار و استاندارد ایران"),
    ],
)
def test_knows_business_words_of_more_languages(one: str, other: str) -> None:
    assert score_names(one, other, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lietuvos geležinkeliai", "Latvian Railways"),
        ("Karadeniz Demir Çelik Sanayi", "Black Sea Cement Industry"),
        ("«Алматы Әуежайы» АҚ", "Almaty Seaport JSC"),
        ("Türkiye Petrol Rafinerileri", "Turkish Sugar Plants"),
    ],
)
def test_tells_business_words_of_more_languages_apart(one: str, other: str) -> None:
    assert score_names(one, other, "company").score < MATCH_SCORE
