"""Readers of published lists, on small files made in the exact published layout (no copies of real lists)."""

import json
from datetime import date

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources.list_file import read_list

SDN = (
    '46388,"BELTAMOZHSERVICE",-0- ,"BELARUS-EO14038",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 191083233 (Belarus)."\r\n'
    '15036,"ARTAVIL","vessel","IRAN] [NPWMD",-0- ,"5IM316","Crude Oil Tanker","99,144","56,068","Malta","NITC",'
    '"Vessel Registration Identification IMO 9187629; MMSI 572469210."\r\n'
    '306,"IVANOV, Sergei","individual","CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 18 Jul 1970; nationality Russia; Passport A0123456 (Russia)."\r\n\x1a'
)
ADD = '46388,1,"d. 17","Minsk 220035","Belarus",-0- \r\n'
ALT = '46388,9,"aka","RUE BELTAMOZHSERVICE",-0- \r\n'
OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Publish_Date>12/24/2025</Publish_Date><Record_Count>2</Record_Count></publshInformation>
<sdnEntry><uid>15036</uid><lastName>ARTAVIL</lastName><sdnType>Vessel</sdnType><programList><program>IRAN</program><program>NPWMD</program></programList>
<idList><id><uid>1</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 9187629</idNumber></id></idList>
<akaList><aka><uid>2</uid><type>a.k.a.</type><category>strong</category><lastName>SHONA</lastName></aka>
<aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>THE TANKER</lastName></aka></akaList>
<vesselInfo><callSign>5IM316</callSign><vesselFlag>Malta</vesselFlag><vesselOwner>NITC</vesselOwner></vesselInfo></sdnEntry>
<sdnEntry><uid>306</uid><firstName>Sergei</firstName><lastName>IVANOV</lastName><sdnType>Individual</sdnType><programList><program>CUBA</program></programList>
<nationalityList><nationality><uid>4</uid><country>Russia</country></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><uid>5</uid><dateOfBirth>18 Jul 1970</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>"""
EU_XML = """<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2025-11-20T10:00:00.000+01:00" globalFileId="1">
<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.8000.1" logicalId="141234">
<regulation regulationType="amendment" programme="BLR" publicationDate="2022-06-03" numberTitle="2022/876 (OJ L153)"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="Beltamozhservice" strong="true"/>
<nameAlias wholeName="Белтаможсервис" strong="true"/><nameAlias wholeName="BTS" strong="false"/>
<address city="Minsk" street="" countryIso2Code="BY" countryDescription="BELARUS"/>
<identification identificationTypeCode="regnumber" number="100111222"/></sanctionEntity></export>"""
EU_CSV = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;"
    "NameAlias_WholeName;Address_CountryIso2Code;BirthDate_BirthDate;Citizenship_CountryIso2Code;Extra\n"
    "20/11/2025;13;EU.27.28;P;2003-07-07;IRQ;Saddam Example;;;IQ;x\n20/11/2025;13;EU.27.28;P;2003-07-07;IRQ;Abu Example;;1937-04-28;;x\n"
    "20/11/2025;20;EU.39.56;E;2022-06-03;BLR;Beltamozhservice;BY;;;x\n"
)
UK_CSV = (
    "Report Date: 20-Nov-2025\nLast Updated,Unique ID,OFSI Group ID,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Name non-latin script,"
    "Regime Name,Designation Type,Sanctions Imposed,Address Country,Date Designated,D.O.B,Nationality(/ies),IMO number,Current owner/operator (s),Extra\n"
    "24/03/2022,RUS0001,1,Russian Railways,,,,,,Primary Name,,РЖД,The Russia (Sanctions) (EU Exit) Regulations 2019,Entity,Asset freeze,Russia,24/03/2022,,,,,x\n"
    "24/03/2022,RUS0001,1,RZD,,,,,,Alias,Low quality a.k.a,,The Russia (Sanctions) (EU Exit) Regulations 2019,Entity,Asset freeze,Russia,24/03/2022,,,,,x\n"
    "09/05/2025,RUS0002,2,LANA,,,,,,Primary Name,,,The Russia (Sanctions) (EU Exit) Regulations 2019,Ship,,,09/05/2025,,,9187629,Owner Ltd,x\n"
)
UN_XML = """<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2025-11-20T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ABD</FIRST_NAME>
<SECOND_NAME>EXAMPLE</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.001</REFERENCE_NUMBER><LISTED_ON>2001-01-25</LISTED_ON>
<NAME_ORIGINAL_SCRIPT>عبد المثال</NAME_ORIGINAL_SCRIPT><NATIONALITY><VALUE>Iraq</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Abdul Example</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Doctor</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1960</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>IRISL BENELUX NV</FIRST_NAME><UN_LIST_TYPE>1737</UN_LIST_TYPE><REFERENCE_NUMBER>IRe.029</REFERENCE_NUMBER>
<LISTED_ON>2010-06-09</LISTED_ON><ENTITY_ADDRESS><COUNTRY>Belgium</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
SECO_XML = """<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="full" date="2025-11-20">
<sanctions-program ssid="1"><program-key lang="eng">Belarus</program-key><sanctions-set lang="eng" ssid="55">Annex 13</sanctions-set></sanctions-program>
<target ssid="600" sanctions-set-id="55"><entity><identity main="true" ssid="601"><name ssid="602" name-type="primary-name" quality="good">
<name-part ssid="603" order="1" name-part-type="whole-name"><value>Belshina</value><spelling-variant lang="rus" script="Cyrl">Белшина</spelling-variant></name-part></name>
<name ssid="604" name-type="alias" quality="low"><name-part order="1"><value>Tyres</value></name-part></name>
<nationality><country iso-code="BY">Belarus</country></nationality></identity></entity>
<modification modification-type="listed" effective-date="2021-12-20"/><modification modification-type="de-listed" effective-date="2026-01-01"/></target></swiss-sanctions-list>"""
SIMPLE = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,first_seen,last_seen,last_change\n"
    "NK-1,Vessel,ARTAVIL,SHONA;LANA,,mt;ir,,IMO9187629,Block,,,US-IRAN,us_ofac_sdn,2012-07-12T00:00:00,2025-11-20T00:00:00,2025-11-01T00:00:00\n"
)
FTM = "\n".join(
    json.dumps(row)
    for row in (
        {"id": "NK-2", "schema": "Person", "datasets": ["eu_fsf"], "properties": {"name": ["Ivan Petrov"], "weakAlias": ["Vanya"], "nationality": ["ru"], "innCode": ["7700000000"]}},
        {"id": "s-1", "schema": "Sanction", "properties": {"entity": ["NK-2"], "program": ["EU-UKR"], "startDate": ["2022-03-01"], "endDate": ["2024-01-01"]}},
        {"id": "a-1", "schema": "Address", "properties": {"full": ["Moscow"]}},
    )
)  # fmt: skip


def read(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_list(path)


def test_the_trio_of_ofac(tmp_path):
    (tmp_path / "ADD.CSV").write_text(ADD, encoding="utf-8")
    (tmp_path / "ALT.CSV").write_text(ALT, encoding="utf-8")
    entries, day, _ = read(tmp_path, "SDN.CSV", SDN)
    company, vessel, person = entries
    assert day is None
    assert (company.names, company.countries, company.identifiers) == (
        ("BELTAMOZHSERVICE", "RUE BELTAMOZHSERVICE"),
        ("Belarus",),
        (("tin", "191083233"),),
    )
    assert (vessel.kind, vessel.program, vessel.identifiers, vessel.owners) == (
        "vessel",
        "IRAN; NPWMD",
        (("imo", "9187629"), ("callsign", "5IM316")),
        ("NITC",),
    )
    assert (person.kind, person.births, person.countries) == ("person", ("18 Jul 1970",), ("Russia",))


def test_a_trio_without_its_aliases_is_not_read(tmp_path):
    with pytest.raises(DataError) as raised:
        read(tmp_path, "SDN.CSV", SDN)
    assert {finding.code for finding in raised.value.findings} == {"LIST-PART-MISSING"}


def test_the_xml_of_ofac(tmp_path):
    (vessel, person), day, _ = read(tmp_path, "sdn.xml", OFAC_XML)
    assert day == date(2025, 12, 24)
    assert (vessel.names, vessel.weak_names, vessel.identifiers) == (("ARTAVIL", "SHONA"), ("THE TANKER",), (("imo", "9187629"),))
    assert (person.names, person.countries, person.births) == (("Sergei IVANOV",), ("Russia",), ("18 Jul 1970",))


def test_both_files_of_the_eu(tmp_path):
    (entry,), day, _ = read(tmp_path, "eu.xml", EU_XML)
    assert day == date(2025, 11, 20)
    assert (entry.entry_id, entry.names, entry.weak_names) == ("EU.8000.1", ("Beltamozhservice", "Белтаможсервис"), ("BTS",))
    assert (entry.program, entry.listed_on, entry.countries, entry.identifiers) == (
        "BLR",
        date(2022, 6, 3),
        ("BY",),
        (("regnumber", "100111222"),),
    )
    (person, company), day, _ = read(tmp_path, "eu.csv", EU_CSV)
    assert day == date(2025, 11, 20)
    assert (person.kind, person.names, person.births, person.countries) == (
        "person",
        ("Saddam Example", "Abu Example"),
        ("1937-04-28",),
        ("IQ",),
    )
    assert (company.kind, company.listed_on) == ("company", date(2022, 6, 3))


def test_the_list_of_the_uk(tmp_path):
    (company, ship), day, _ = read(tmp_path, "uk.csv", UK_CSV)
    assert day == date(2025, 11, 20)
    assert (company.names, company.weak_names, company.listed_on) == (("Russian Railways", "РЖД"), ("RZD",), date(2022, 3, 24))
    assert (ship.kind, ship.identifiers, ship.owners, ship.measure) == ("vessel", (("imo", "9187629"),), ("Owner Ltd",), "freeze")


def test_the_list_of_the_un(tmp_path):
    (person, company), day, _ = read(tmp_path, "un.xml", UN_XML)
    assert day == date(2025, 11, 20)
    assert (person.entry_id, person.names, person.weak_names) == (
        "QDi.001",
        ("ABD EXAMPLE", "عبد المثال", "Abdul Example"),
        ("The Doctor",),
    )
    assert (company.names, company.countries, company.listed_on) == (("IRISL BENELUX NV",), ("Belgium",), date(2010, 6, 9))


def test_the_list_of_switzerland(tmp_path):
    (entry,), day, _ = read(tmp_path, "seco.xml", SECO_XML)
    assert day == date(2025, 11, 20)
    assert (entry.names, entry.weak_names, entry.program, entry.countries) == (("Belshina", "Белшина"), ("Tyres",), "Belarus", ("BY",))
    assert (entry.listed_on, entry.delisted_on) == (date(2021, 12, 20), date(2026, 1, 1))


def test_both_files_of_opensanctions(tmp_path):
    (vessel,), day, _ = read(tmp_path, "targets.simple.csv", SIMPLE)
    assert day == date(2025, 11, 20)
    assert (vessel.regime, vessel.names, vessel.countries, vessel.identifiers) == (
        "US",
        ("ARTAVIL", "SHONA", "LANA"),
        ("MT", "IR"),
        (("imo", "9187629"),),
    )
    (person,), _, _ = read(tmp_path, "entities.ftm.json", FTM)
    assert (person.regime, person.weak_names, person.identifiers) == ("EU", ("Vanya",), (("inn", "7700000000"),))
    assert (person.program, person.listed_on, person.delisted_on) == ("EU-UKR", date(2022, 3, 1), date(2024, 1, 1))


BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sdnList><sdnEntry><uid>1</uid><lastName>&b;</lastName></sdnEntry></sdnList>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><sdnList><sdnEntry><uid>1</uid><lastName>&x;</lastName></sdnEntry></sdnList>'


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("bomb.xml", BOMB, "LIST-UNSAFE"),
        ("outside.xml", OUTSIDE, "LIST-UNSAFE"),
        ("cut.xml", OFAC_XML[: len(OFAC_XML) // 2], "LIST-BROKEN"),
        ("cut_eu.xml", EU_XML[:-30], "LIST-BROKEN"),
        ("nameless.xml", OFAC_XML.replace("<lastName>ARTAVIL</lastName>", ""), "LIST-ENTRY"),
        ("uk.csv", UK_CSV.replace("Unique ID", "Unique ID ").replace("Name 6", "Last name"), "LIST-COLUMNS"),
        ("short.csv", SIMPLE + "NK-9\n", "LIST-ROW"),
        ("quotes.csv", SIMPLE + '"NK-9,Vessel,OPEN', "LIST-BROKEN"),
        ("empty.csv", SIMPLE.split("\n")[0] + "\n", "LIST-EMPTY"),
        ("lines.json", FTM + "\n{broken", "LIST-ROW"),
        ("else.txt", "Dear Sir, ...", "LIST-UNKNOWN"),
        ("nothing.xml", "", "LIST-UNKNOWN"),
    ],
)
def test_what_is_broken_is_said_and_nothing_is_read(tmp_path, name, text, code):
    with pytest.raises(DataError) as raised:
        read(tmp_path, name, text)
    assert code in {finding.code for finding in raised.value.findings}


def test_further_columns_do_no_harm(tmp_path):
    lines = SIMPLE.splitlines()
    entries, _, _ = read(tmp_path, "more.csv", f"{lines[0]},new_column\n{lines[1]},x\n")
    assert len(entries) == 1


OFAC_ADVANCED = """<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML">
<DateOfIssue CalendarTypeID="1"><Year>2025</Year><Month>12</Month><Day>24</Day></DateOfIssue>
<ReferenceValueSets>
<CountryValues><Country ID="11082" ISO2="IR">Iran</Country><Country ID="11145" ISO2="MT">Malta</Country></CountryValues>
<FeatureTypeValues><FeatureType ID="3">Vessel Flag</FeatureType><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="25">Location</FeatureType></FeatureTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType></IDRegDocTypeValues>
<ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List></ListValues>
<PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
<RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType></RelationTypeValues>
</ReferenceValueSets>
<Locations><Location ID="500"><LocationCountry CountryID="11082"/></Location><Location ID="502"><LocationCountry CountryID="11145"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="900" IDRegDocTypeID="1626" IdentityID="31"><IDRegistrationNo>IMO 9187629</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties>
<DistinctParty FixedRef="15036"><Profile ID="15036" PartySubTypeID="1"><Identity ID="31" Primary="true">
<Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="5"><DocumentedNamePart><NamePartValue>THE TANKER</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="4"><DocumentedNamePart><NamePartValue>ARTAVIL</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature ID="5" FeatureTypeID="3"><FeatureVersion ID="5"><VersionLocation LocationID="502"/></FeatureVersion></Feature></Profile></DistinctParty>
<DistinctParty FixedRef="8001"><Profile ID="8001" PartySubTypeID="3"><Identity ID="32" Primary="true">
<Alias Primary="true" LowQuality="false"><DocumentedName ID="6"><DocumentedNamePart><NamePartValue>EXAMPLE TANKERS CO</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature ID="6" FeatureTypeID="25"><FeatureVersion ID="6"><VersionLocation LocationID="500"/></FeatureVersion></Feature></Profile></DistinctParty>
<DistinctParty FixedRef="306"><Profile ID="306" PartySubTypeID="4"><Identity ID="33" Primary="true">
<Alias Primary="true" LowQuality="false"><DocumentedName ID="7"><DocumentedNamePart><NamePartValue>IVANOV</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Sergei</NamePartValue></DocumentedNamePart></DocumentedName>
<DocumentedName ID="8"><DocumentedNamePart><NamePartValue>Иванов</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Сергей</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature ID="7" FeatureTypeID="8"><FeatureVersion ID="7"><DatePeriod><Start><From><Year>1970</Year><Month>7</Month><Day>18</Day></From></Start></DatePeriod></FeatureVersion></Feature></Profile></DistinctParty>
</DistinctParties>
<ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="15036" To-ProfileID="8001" RelationTypeID="15003" Former="false"/></ProfileRelationships>
<SanctionsEntries>
<SanctionsEntry ID="1" ProfileID="15036" ListID="1550"><EntryEvent ID="1"><Date><Year>2012</Year><Month>7</Month><Day>12</Day></Date></EntryEvent>
<SanctionsMeasure ID="1"/><SanctionsMeasure ID="2"><Comment>IRAN</Comment></SanctionsMeasure><SanctionsMeasure ID="3"><Comment>NPWMD</Comment></SanctionsMeasure></SanctionsEntry>
<SanctionsEntry ID="2" ProfileID="306" ListID="91512"><EntryEvent ID="2"><Date><Year>2020</Year><Month>1</Month><Day>2</Day></Date></EntryEvent></SanctionsEntry>
</SanctionsEntries></Sanctions>"""
UK_XML = """<?xml version="1.0" encoding="utf-8"?><Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><DateGenerated>20/11/2025</DateGenerated>
<Designation><LastUpdated>24/03/2022</LastUpdated><DateDesignated>24/03/2022</DateDesignated><UniqueID>RUS0001</UniqueID><OFSIGroupID>1</OFSIGroupID>
<Names><Name><Name6>RZD</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
<Name><Name6>Russian Railways</Name6><NameType>Primary Name</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>РЖД</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
<SanctionsImposed>Asset freeze</SanctionsImposed><Addresses><Address><AddressCountry>Russia</AddressCountry></Address></Addresses></Designation>
<Designation><DateDesignated>09/05/2025</DateDesignated><UniqueID>RUS0002</UniqueID><Names><Name><Name6>LANA</Name6><NameType>Primary Name</NameType></Name></Names>
<IndividualEntityShip>Ship</IndividualEntityShip><ShipDetails><Ship><IMONumbers><IMONumber>9187629</IMONumber></IMONumbers></Ship></ShipDetails></Designation></Designations>"""


def test_ofac_advanced_joins_what_the_file_tells_apart(tmp_path) -> None:
    path = tmp_path / "SDN_ADVANCED.XML"
    path.write_text(OFAC_ADVANCED, encoding="utf-8")
    entries, day, _ = read_list(path)
    vessel, owner, person = entries
    assert day == date(2025, 12, 24)
    assert (vessel.entry_id, vessel.kind, vessel.names, vessel.weak_names) == ("ofac-15036", "vessel", ("ARTAVIL",), ("THE TANKER",))
    assert (vessel.program, vessel.identifiers, vessel.countries) == ("IRAN; NPWMD", (("imo", "9187629"),), ("Malta",))
    assert (vessel.owners, vessel.listed_on, vessel.measure) == (("EXAMPLE TANKERS CO",), date(2012, 7, 12), "freeze")
    assert (owner.kind, owner.countries, owner.list_name) == ("company", ("Iran",), "OFAC SDN")
    assert (person.kind, person.names, person.births) == ("person", ("IVANOV Sergei", "Иванов Сергей"), ("1970-07-18",))
    assert (person.list_name, person.measure) == ("OFAC consolidated (non-SDN)", "sectoral")


def test_who_stands_on_two_lists_of_ofac_stays_frozen(tmp_path) -> None:
    path = tmp_path / "SDN_ADVANCED.XML"
    second = '<SanctionsEntry ID="3" ProfileID="15036" ListID="91512"><SanctionsMeasure ID="9"><Comment>UKRAINE</Comment></SanctionsMeasure></SanctionsEntry>'
    path.write_text(OFAC_ADVANCED.replace("</SanctionsEntries>", f"{second}</SanctionsEntries>"), encoding="utf-8")
    vessel = read_list(path)[0][0]
    assert (vessel.list_name, vessel.measure, vessel.listed_on) == ("OFAC SDN", "freeze", date(2012, 7, 12))
    assert vessel.program == "IRAN; NPWMD; UKRAINE"


def test_uk_xml_reads_names_of_all_kinds_and_ships(tmp_path) -> None:
    path = tmp_path / "UK_Sanctions_List.xml"
    path.write_text(UK_XML, encoding="utf-8")
    entries, day, _ = read_list(path)
    railways, ship = entries
    assert day == date(2025, 11, 20)
    assert (railways.names, railways.weak_names, railways.countries) == (("Russian Railways", "РЖД"), ("RZD",), ("Russia",))
    assert (railways.measure, railways.listed_on) == ("freeze", date(2022, 3, 24))
    assert (ship.kind, ship.identifiers) == ("vessel", (("imo", "9187629"),))


@pytest.mark.parametrize(("name", "text"), [("SDN_ADVANCED.XML", OFAC_ADVANCED), ("uk.xml", UK_XML)])
def test_the_newer_xml_is_read_whole_or_not_at_all(tmp_path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text[: len(text) * 2 // 3], encoding="utf-8")
    with pytest.raises(DataError, match="broken or cut off"):
        read_list(path)
    path.write_text(text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1), encoding="utf-8")
    with pytest.raises(DataError):
        read_list(path)


def test_a_politician_of_a_regime_is_no_freeze_but_who_stands_in_its_sanctions_is(tmp_path) -> None:
    path = tmp_path / "entities.ftm.json"
    rows = [
        {"id": "a", "schema": "Person", "caption": "A B", "datasets": ["eu_meps"], "properties": {"name": ["A B"], "topics": ["role.pep"]}},
        {"id": "c", "schema": "Person", "caption": "C D", "datasets": ["eu_fsf"], "properties": {"name": ["C D"], "topics": ["role.pep"]}},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert [(one.regime, one.measure) for one in read_list(path)[0]] == [("EU", "listing"), ("EU", "freeze")]


def test_a_politician_is_for_a_look_and_a_nameless_entity_stays(tmp_path) -> None:
    path = tmp_path / "entities.ftm.json"
    rows = [
        {"id": "Q1", "schema": "Person", "caption": "Q1", "datasets": ["wd_peps"], "properties": {"topics": ["role.pep"]}},
        {"id": "Q2", "schema": "Person", "datasets": ["us_ofac_sdn"], "properties": {"name": ["A B"], "topics": ["sanction"]}},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (first, second), _, _ = read_list(path)
    assert (first.names, first.measure) == (("Q1",), "listing")
    assert (second.names, second.measure) == (("A B",), "freeze")


def test_an_entity_of_several_lists_is_of_each_regime(tmp_path) -> None:
    path = tmp_path / "targets.simple.csv"
    titles = "UK FCDO Sanctions List;US OFAC Specially Designated Nationals (SDN) List"
    path.write_text(
        "id,schema,name,aliases,sanctions,dataset\n"
        f'NK-1,Company,Beltamozhservice,,UK,"{titles}"\nNK-2,Person,A B,,,Wikidata Politically Exposed Persons\n',
        encoding="utf-8",
    )
    entries, _, _ = read_list(path)
    assert [(one.entry_id, one.regime, one.measure) for one in entries] == [
        ("NK-1", "US", "freeze"),
        ("NK-1@UK", "UK", "freeze"),
        ("NK-2", "OTHER", "listing"),
    ]


SECO_EXCERPT = """<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="whole-list" date="2026-08-27">
<sanctions-program ssid="20"><program-key lang="eng">Belarus</program-key>
<sanctions-set ssid="4387" lang="eng">article 12 -- Restrictions on named individuals and entities</sanctions-set>
<sanctions-set ssid="46113" lang="eng">article 16 and 17 -- Restrictions on the money and capital market</sanctions-set></sanctions-program>
<target ssid="5142"><sanctions-set-id>4387</sanctions-set-id><individual><identity ssid="5144" main="true"><name name-type="primary-name" quality="good" lang="eng">
<name-part order="1" name-part-type="family-name"><value>Lukashenka</value><spelling-variant lang="RUS" script="LATN">Lukashenko</spelling-variant></name-part>
<name-part order="2" name-part-type="given-name"><value>Dzmitry</value></name-part></name>
<day-month-year day="23" month="3" year="1980" calendar="Gregorian" quality="good"/></identity></individual></target>
<target ssid="46130"><sanctions-set-id>46113</sanctions-set-id><entity><identity main="true"><name name-type="primary-name" quality="good">
<name-part order="1" name-part-type="whole-name"><value>Belagroprombank</value></name-part></name></identity></entity></target>
<target ssid="34461"><sanctions-set-id>4387</sanctions-set-id><object object-type="vessel"><identity main="true"><name name-type="primary-name" quality="good">
<name-part order="1" name-part-type="whole-name"><value>Hui Chon</value></name-part></name></identity>
<other-information ssid="34465">IMO Number: 8405270</other-information></object></target></swiss-sanctions-list>"""
"""Facts and layout of the SECO list of 27 Aug 2026, shortened: three real targets."""


def test_seco_spells_whole_names_reads_numbers_of_ships_and_tells_a_closed_market_from_a_freeze(tmp_path) -> None:
    person, bank, ship = read(tmp_path, "seco.xml", SECO_EXCERPT)[0]
    assert (person.names, person.births, person.measure) == (("Lukashenka Dzmitry", "Lukashenko Dzmitry"), ("1980-03-23",), "freeze")
    assert bank.measure == "sectoral"
    assert (ship.kind, ship.identifiers) == ("vessel", (("imo", "8405270"),))


def test_the_uk_list_tells_numbers_of_registers(tmp_path) -> None:
    text = UK_XML.replace(
        "<SanctionsImposed>",
        "<EntityDetails><Entity><BusinessRegistrationNumbers><BusinessRegistrationNumber>OGRN 1037739877295 / INN 7708503727"
        "</BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity></EntityDetails><SanctionsImposed>",
    )
    railways = read(tmp_path, "uk.xml", text)[0][0]
    assert railways.identifiers == (("registration", "1037739877295"), ("registration", "7708503727"))
