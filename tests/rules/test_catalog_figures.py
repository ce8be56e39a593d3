"""Numbers, dates, addresses and acronyms in catalogs."""

import pytest

from a11ynews.rules.catalog_figures import po_acronyms, po_dates, po_email, po_numbers, po_url
from catalogs import found, told

SAME = [
    ("de", "1,234,567.89 euros", "1.234.567,89 Euro"),
    ("de", "10,000 people", "10 000 Menschen"),
    ("de", "1,200 people", "1200 Menschen"),
    ("it", "20.5%", "20,5%"),
    ("it", "at 6:00 p.m.", "alle 18"),
    ("de", "at 12 noon", "um 12 Uhr mittags"),
    ("de", "open 24/7", "rund um die Uhr geöffnet"),
    ("de", "open 24 hours", "rund um die Uhr geöffnet"),
    ("it", "open 24 hours, seven days a week", "aperto 24 ore su 24, sette giorni su sette"),
    ("en", "24 Stunden geöffnet", "open around the clock"),
    ("it", "in 9.98 seconds", "in 9”98"),
    ("it", "the 18th century", "il Settecento"),
    ("it", "in the 1960s", "negli anni Sessanta"),
    ("de", "the ’80s", "die 80er"),
    ("de", "from 2 to 4 p.m.", "von 14 bis 16 Uhr"),
    ("de", "12 weeks", "zwölf Wochen"),
    ("it", "twenty-five years", "25 anni"),
    ("de", "a dozen eggs", "12 Eier"),
    ("de", "a five-day week", "die 5-Tage-Woche"),
    ("it", "half a million", "500.000"),
    ("de", "3 million", "3.000.000"),
    ("de", "nearly 60 miles away", "fast 100 Kilometer entfernt"),
    ("en", "100 Kilometer entfernt", "60 miles away"),
    ("de", "9/11", "der 11. September"),
    ("de", "11/14/2022", "14.11.2022"),
    ("it", "in 2026/27", "nel 2026-2027"),
    ("de", "chapter 2.1.1", "Kapitel 2.1.1"),
    ("de", "Windows 3.1", "Windows 3.1"),
    ("it", "USB version 3.2", "la versione 3.2 di USB"),
    ("de", "SHA1", "SHA-1"),
    ("de", "call +49 89 289-22798", "Tel. +49 (89) 289 22798"),
    ("it", "World War II", "la seconda guerra mondiale"),
    ("it", "the 21st century", "il XXI secolo"),
    ("de", "1½ hours", "eineinhalb Stunden"),
    ("de", "see https://a.example/2022/x", "siehe https://a.example/2023/x"),
    ("fr", "two of 30", "2 sur 30"),
    ("fr", "at 2 a.m.", "à deux heures du matin"),
    ("ar", "30 trains", "٣٠ قطارًا"),
    ("fa", "1.5 million", "۱٫۵ میلیون"),
    ("fa", "2,300 people", "۲٬۳۰۰ نفر"),
    ("ko", "1.5 million euros", "150만 유로"),
    ("zh", "1.5 million euros", "150万欧元"),
    ("ja", "300 million yen", "3億円"),
    ("hi", "1.5 million euros", "15 लाख यूरो"),
    ("hi", "50 million euros", "5 करोड़ यूरो"),
    ("de", "one of the best", "einer der besten"),
    ("de", "Both agreed on three points.", "Beide einigten sich auf drei Punkte."),
    ("it", "one hundred days", "cento giorni"),
    ("de", "at 8.30 pm", "um 20.30 Uhr"),
    ("it", "doors: 7.15pm", "apertura: ore 19.15"),
    ("de", "at 12.15 a.m.", "um 0.15 Uhr"),
    ("it", "at 20 past seven in the evening", "alle 19.20"),
    ("de", "half past eight", "halb neun"),
    ("de", "at 8:30", "um halb 9"),
    ("it", "half past eight", "le otto e mezza"),
    ("de", "a quarter to nine", "Viertel vor neun"),
    ("it", "1.5 million jobs", "un milione e mezzo di posti"),
    ("it", "21.5 hours", "21 ore e mezza"),
    ("it", "300,000 people", "300mila persone"),
    ("de", "€250k", "250.000 Euro"),
    ("it", "0.27 seconds behind", "a 27 centesimi"),
    ("de", "0.3 seconds", "3 Zehntel"),
    ("it", "in 3:56.03", "in 3’56”03"),
    ("it", "the 46-year-old", "il quarantaseienne"),
    ("it", "some 50 people", "una cinquantina di persone"),
    ("it", "80 years ago", "ottant’anni fa"),
    ("it", "23 days", "ventitré giorni"),
    ("de-CH", "30 days", "dreissig Tage"),
    ("de-CH", "61.4 per cent", "61,4 Prozent"),
    ("de-CH", "€3.50", "3.50 Euro"),
    ("de", "the 1600s", "das 17. Jahrhundert"),
    ("it", "in the 12th century", "nel XII secolo"),
    ("de", "in his 30s", "in den Dreißigern"),
    ("it", "2½ miles", "quattro chilometri"),
    ("it", "thirtyish people", "circa 30 persone"),
    ("de", "no. " + "7" * 5000, "Nr. " + "7" * 5000),
    ("de", "$4bn", "4 Milliarden Dollar"),
    ("de", "from 4 million to 4 billion", "auf 4 Milliarden, von 4 Millionen"),
    ("it", "1 trillion dollars", "1.000 miliardi di dollari"),
    ("fr", "4 billion euros", "4 milliards d’euros"),
    ("de", "4m long", "4 Meter lang"),
    ("de", "the A7", "die A 7"),
    ("it", "the G7 and then the G8", "il G8 e prima il G7"),
    ("de", "the M25 and the A7", "die Autobahn"),
    ("it", "in size US9", "di misura EU42"),
]
OTHER = [
    ("de", "1,234 people", "1,234 Menschen"),
    ("de", "1,234 people", "12.34 Menschen"),
    ("it", "20.5%", "20.5%"),
    ("it", "In 2020", "Nel 2012"),
    ("de", "at 6 p.m.", "um 19 Uhr"),
    ("de", "12 weeks", "dreizehn Wochen"),
    ("de", "12 weeks", "Wochen"),
    ("de", "weeks", "12 Wochen"),
    ("de", "call +49 89 289-22798", "Tel. +49 89 289-22799"),
    ("de", "€19.20", "19.20 Euro"),
    ("fr", "30 trains", "13 trains"),
    ("de-CH", "61.4 per cent", "61,5 Prozent"),
    ("fr", "30 trains", "des trains"),
    ("ar", "30 trains", "٣١ قطارًا"),
    ("fa", "1.5 million", "۱٫۶ میلیون"),
    ("ko", "1.5 million euros", "15만 유로"),
    ("ja", "300 million yen", "3万円"),
    ("de", "three weeks", "vier Wochen"),
    ("it", "two years", "tre anni"),
    ("en", "zwei Jahre", "three years"),
    ("de", "60 miles and 7 tents", "100 Kilometer und 8 Zelte"),
    ("it", "60 miles and 7 tents", "100 chilometri e 8 tende"),
    ("de", "at 8.30 pm", "um 21.30 Uhr"),
    ("it", "at 8.30 a.m.", "alle 20.30"),
    ("it", "300,000 people", "300 persone"),
    ("it", "1.5 million jobs", "un milione di posti"),
    ("it", "in 3:56.03", "in 3’57”03"),
    ("it", "in 9.98 seconds", "in 9”89"),
    ("de", "the 1600s", "das 18. Jahrhundert"),
    ("de", "half past eight", "halb acht"),
    ("de", "at 8:30", "um halb acht"),
    ("de", "no. " + "7" * 5000, "Nr. " + "7" * 4999),
    ("de", "4 billion euros", "4 Billionen Euro"),
    ("de", "$4bn", "4 Millionen Dollar"),
    ("it", "1.5 million jobs", "1,5 miliardi di posti"),
    ("fr", "4 billion euros", "4 billions d’euros"),
    ("en", "4 Milliarden Euro", "4 million euros"),
    ("de", "the A7", "die A6"),
    ("it", "an F-16", "un F15"),
]


@pytest.mark.parametrize(("language", "source", "words"), SAME)
def test_a_number_may_be_written_in_other_ways(language: str, source: str, words: str) -> None:
    """In the marks of the language, in words, by another clock, in other units."""
    assert told(po_numbers, f"[{language} paragraph] {source} => {words}") == []


@pytest.mark.parametrize(("language", "source", "words"), OTHER)
def test_another_number_is_found(language: str, source: str, words: str) -> None:
    """Changed, lost, added, or with the marks of the other language."""
    assert found(po_numbers, f"[{language} paragraph] {source} => {words}")


@pytest.mark.parametrize(
    ("language", "source", "words", "advice"),
    [
        ("de", "1,500 people", "1,500 Menschen", "1,500 has the marks of the source's language; write 1.500"),
        ("it", "3.5 per cent", "il 3.5 per cento", "3.5 has the marks of the source's language; write 3,5"),
        ("fr", "1,500 people", "1,500 personnes", "1,500 has the marks of the source's language; write 1\u202f500"),
        ("de", "1,500 people", "1,600 Menschen", "the source says 1,500 and the translation 1,600; write the source's number"),
    ],
)
def test_a_number_with_the_marks_of_the_source_is_told_as_that(language: str, source: str, words: str, advice: str) -> None:
    """Nobody is told that 1,500 is not 1,500."""
    assert told(po_numbers, f"[{language} paragraph] {source} => {words}") == [advice]


def test_a_small_number_is_compared_in_languages_whose_number_words_are_not_known() -> None:
    """It may be missing, but not be another one."""
    assert told(po_numbers, "[fr paragraph] 3 trains => 4 trains") == [
        "the source says 3 and the translation 4; write the source's number"
    ]


def test_a_time_is_told_whole() -> None:
    """“The source says 15” would send people looking for a fifteen."""
    assert told(po_numbers, "[de paragraph] It leaves at 7:15 a.m. => Er fährt um 7.51 Uhr.") == [
        "the source says 7:15 and the translation 7.51; write the source's number"
    ]


def test_a_slug_may_have_other_numbers() -> None:
    """It is an address, and nobody reads it for the facts."""
    assert not found(po_numbers, "[de slug] the-bridge-2 => die-brücke")


@pytest.mark.parametrize(
    ("language", "source", "words", "is_found"),
    [
        ("de", "On 4 May", "Am 4.5.", False),
        ("de", "On 4 May", "Am 4. Juni", True),
        ("de", "On 4 May", "Am Samstag", True),
        ("de", "An evening in June", "Ein Juniabend", False),
        ("de", "July was dry.", "Julia war da.", False),
        ("de", "Jan came on 3 Jan. 2020", "Jan kam am 3. Jan. 2020", False),
        ("de", "On Saturday", "Am Sonnabend", False),
        ("de", "On Saturday", "Am Sonntag", True),
        ("de", "On Saturdays", "Samstags", False),
        ("de", "Yesterday", "Am Dienstag", False),
        ("it", "They may march on.", "Possono marciare.", False),
        ("it", "In March", "A marzo", False),
        ("it", "A set of keys on 3 October", "Un set di chiavi il 3 ottobre", False),
        ("it", "On Tuesday night", "Nella notte tra martedì e mercoledì", False),
        ("it", "Black Friday", "Black Friday", False),
        ("it", "From Monday to Friday", "Dal lunedì al lunedì", True),
        ("de", "From March to October", "Von Oktober bis Oktober", True),
        ("it", "In May and June", "Tra aprile e giugno", True),
        ("de", "On Sunday night", "In der Nacht zum Montag", False),
        ("de", "On Sunday night", "In der Nacht zum Dienstag", True),
        ("it", "In the night to Sunday", "La notte di sabato", False),
        ("it", "In the night to Sunday", "Nella notte tra sabato e domenica", False),
        ("it", "In the night to Sunday", "Nella notte tra giovedì e domenica", True),
        ("de", "Sunday and Monday", "In der Nacht von Sonntag auf Montag", False),
        ("de", "On the night of 3 May", "In der Nacht vom 3. auf den 4. Mai", False),
        ("fr", "On 4 August", "Le 4 août", False),
        ("ja", "On 3 May 2025", "2025年5月3日に", False),
        ("ko", "On 3 May 2025", "2025년 5월 3일", False),
        ("zh", "On 3 May 2025", "2025年的春天，3日", True),
        ("sl", "On 3 May 2025", "3. maja 2025", False),
        ("he", "On 14 October 2025", "ב-14 באוקטובר 2025", False),
        ("sl", "On 3 May 2025", "3. marca 2025", True),
        ("sl", "On 3 May 2025", "3. v mesecu", True),
        ("fr", "On 4 August", "Le 4 avril", True),
    ],
)
def test_months_and_days_are_compared_by_their_names(language: str, source: str, words: str, is_found: bool) -> None:
    """As CLDR has them; a day may be left out, a month may be a number."""
    assert bool(found(po_dates, f"[{language} paragraph] {source} => {words}")) is is_found


def test_addresses_in_words_stay() -> None:
    """But for their case, a slash at the end, and the language in them."""
    assert told(po_email, "[it contact] Write to a@b.example => Scrivete a a@c.example") == [
        "the e-mail address a@b.example is missing; write it as it is in the source"
    ]
    assert not found(po_email, "[it paragraph] Follow @desk => Seguite @redazione")
    assert not found(po_url, "[it contact] See the page => Si veda la pagina")
    assert told(po_url, "[it contact] See https://a.example/x => Si veda htps://a.example/x") == [
        "an address begins with htps://; write it as it is in the source"
    ]
    assert not found(po_url, "[de contact] Open ftp://a.example => Öffnen Sie ftp://a.example")
    assert not found(po_email, "[de contact] Write to Desk@News.example => An desk@news.example")
    assert found(po_email, "[de contact] Write => An desk@news.example")
    assert not found(po_url, "[de contact] See https://a.example/help/ => Siehe a.example/help")
    assert not found(po_url, "[it contact] See en.a.example => Si veda it.a.example")
    assert found(po_url, "[it contact] See a.example/en/help => Si veda a.example/it/aiuto")
    assert not found(po_url, "[de contact] At 9.30 a.m., approx. 2 hours => Um 9.30 Uhr, ca. 2 Std.")


@pytest.mark.parametrize(
    ("example", "is_found"),
    [
        ("[it paragraph] The EU => L’Ue", False),
        ("[it paragraph] The EU => L’Europa", False),
        ("[it paragraph] The EU => Il Paese", True),
        ("[en paragraph] Die KI => The AI", False),
        ("[it paragraph] An AI => Un’Italia", True),
        ("[de paragraph] World War II => Der Zweite Weltkrieg", False),
        ("[de paragraph] NGOs => NGOs", False),
        ("[de headline] FIRE IN THE PORT => Feuer im Hafen", False),
        ("{TUM} [de paragraph] At TUM => Dort", False),
        ("[de paragraph] The MEP, the DFG => Die DFG-Sprecherin, der EU-Abgeordnete", False),
        ("[de credit] AP/LH => Foto: ap", False),
        ("[de paragraph] The BKA => Die Polizei", True),
        ("[it paragraph] The BKA => La polizia", True),
        ("[it paragraph] The GP and the ATM => Il medico di base e il bancomat", False),
        ("[de paragraph] CCTV shows it. => Überwachungskameras zeigen es.", False),
        ("[it slug] the-eu => europa", False),
    ],
)
def test_acronyms_may_be_said_in_the_language(example: str, is_found: bool) -> None:
    """As they are, in their own form, or in words."""
    assert bool(found(po_acronyms, example)) is is_found
