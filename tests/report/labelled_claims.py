"""Sentences that somebody could write into the report by hand, each labelled by hand as what `Few` below bears out, speaks against,
or cannot tell. `Few` is a small year of 21 that all have reported; who has done what stands in `DONE`."""

from __future__ import annotations

DONE = {
    ("samverkan", "KOM"): "alla utom Norrbotten",  # 20
    ("samverkan", "REG"): "Stockholm Uppsala Södermanland Östergötland Jönköping Kronoberg Kalmar Gotland Blekinge Skåne Halland Värmland Örebro Dalarna Gävleborg",  # 15
    ("samverkan", "IDE"): "Stockholm Uppsala Södermanland Östergötland Jönköping Kronoberg Kalmar Gotland Blekinge Skåne",  # 10
    ("samverkan", "POL"): "Stockholm Uppsala Södermanland",  # 3
    ("samverkan", "ÅKL"): "Stockholm",  # 1
    ("samverkan", "RK"): "",  # 0
    ("yrkesgrupp", "SKO"): "Stockholm Uppsala Södermanland Östergötland Jönköping Kronoberg Kalmar Gotland Blekinge Skåne Halland Värmland",  # 12
    ("yrkesgrupp", "BES"): "Stockholm Uppsala Södermanland Östergötland Jönköping Kronoberg Kalmar",  # 7
    ("typ", "KAM"): "Östergötland Jönköping",  # 2
    ("typ", "STÖ"): "Skåne",  # 1
    ("typ", "INS"): "alla utom Blekinge Skåne Halland",  # 18
    ("typ", "KAR"): "alla",  # 21
    ("status", "K"): "alla",
}  # fmt: skip

FALSE = """
Inget län samverkar med polisen.
Inga länsstyrelser samverkar med polisen.
Inte en enda länsstyrelse samverkar med polisen.
Ingen länsstyrelse vänder sig till skolan.
Ingenstans redovisas kampanjer.
Samtliga länsstyrelser samverkar med polisen.
Alla utom Gotland samverkar med kommuner.
Varje län samverkar med polisen.
Flera länsstyrelser samverkar med polisen.
Flera av länen redovisar kampanjer.
Åtskilliga län har kampanjer.
Ett flertal länsstyrelser samverkar med Åklagarmyndigheten.
Många länsstyrelser samverkar med polisen.
Många av länen har kampanjer.
Ett stort antal länsstyrelser samverkar med åklagare.
Några länsstyrelser samverkar med kommuner.
Några av länen samverkar med regionen.
Vissa länsstyrelser har gjort en kartläggning.
En del av länen har insatsveckor.
Få länsstyrelser samverkar med kommuner.
Få av länsstyrelserna har gjort en kartläggning.
Mycket få län vänder sig till skolan.
Ett fåtal län vänder sig till skolan.
Enstaka länsstyrelser samverkar med kommunerna.
Ett litet antal län har insatsveckor.
Ett par länsstyrelser samverkar med idéburna organisationer.
Ett par län har gjort en kartläggning.
De flesta länsstyrelserna redovisar kampanjer.
De flesta samverkar med polisen.
De allra flesta länsstyrelser vänder sig till beslutsfattare.
Merparten av länsstyrelserna samverkar med polisen.
Merparten av länen har kampanjer.
Majoriteten av länsstyrelserna samverkar med polisen.
En majoritet av länen samverkar med polisen.
En klar majoritet av länsstyrelserna har kampanjer.
Flertalet län samverkar med idéburna organisationer.
Mer än hälften av länen når beslutsfattare.
Större delen av länsstyrelserna samverkar med polisen.
Hälften av länen redovisar kampanjer.
Hälften av länsstyrelserna samverkar med kommuner.
Knappt hälften av länen samverkar med kommuner.
Drygt hälften av länen samverkar med polisen.
Mindre än hälften av länsstyrelserna samverkar med regionen.
Vartannat län samverkar med polisen.
Varannan länsstyrelse har gjort en kartläggning.
Vart tredje län samverkar med kommuner.
En tredjedel av länen har kampanjer.
Två tredjedelar av länsstyrelserna samverkar med polisen.
Nästan alla länsstyrelser samverkar med polisen.
Så gott som alla län har kampanjer.
Bara länsstyrelsen Uppsala samverkar med polisen.
Endast Stockholm samverkar med polisen.
Enbart Skåne och Halland har samtalsstöd.
Stockholm är den enda länsstyrelse som samverkar med polisen.
Bara två länsstyrelser samverkar med polisen.
Endast ett fåtal länsstyrelser samverkar med kommuner.
Endast tre län har insatsveckor.
Varken Stockholm eller Uppsala samverkar med polisen.
Varken länsstyrelsen Skåne eller länsstyrelsen Halland har samtalsstöd genom Mika eller KAST.
Nio av tio länsstyrelser samverkar med polisen.
Tre av fyra län har kampanjer.
Fem av 21 länsstyrelser samverkar med polisen.
12 av 21 länsstyrelser samverkar med regionen.
Fem av länsstyrelserna har kampanjer.
Minst fem länsstyrelser samverkar med polisen.
Högst tio län samverkar med kommuner.
Fler än tre länsstyrelser har kampanjer.
Fem län samverkar med polisen.
Flera länsstyrelser (7 av 21) samverkar med polisen.
Länsstyrelserna samverkar inte med polisen.
Länsstyrelserna redovisar inga kampanjer.
Länen saknar samtalsstöd genom Mika eller KAST.
Länsstyrelserna arbetar inte med skolan.
Under året samverkade länsstyrelserna inte med polisen.
Länsstyrelserna har aldrig samverkat med åklagare.
Kampanjer saknas helt i länen.
Samverkan med polisen saknas i länen.
Insatsveckor förekommer inte i länen.
Polisen deltar inte någonstans.
Länsstyrelsen Stockholm samverkar inte med polisen.
Länsstyrelserna Stockholm och Uppsala samverkar inte med polisen.
Stockholm saknar samverkan med polisen.
Länsstyrelsen i Skåne har inget samtalsstöd.
Skåne län har inte något samtalsstöd.
I Östergötland saknas kampanjer.
Kampanjer finns i flera län.
I de flesta län finns kampanjer.
Två länsstyrelser samverkar inte med kommuner.
Flera länsstyrelser samverkar inte med kommunerna.
De flesta länsstyrelser saknar kartläggning.
Ett fåtal länsstyrelser saknar samtalsstöd.
Polisen samverkar med flera av länen, medan kommunerna gör det i alla län.
Arbetet går framåt, men inget län samverkar med polisen.
Inte många länsstyrelser samverkar med kommuner.
Bara en länsstyrelse samverkar med polisen.
Endast ett län har kampanjer.
Enbart en enda länsstyrelse samverkar med polisen.
Ett enda län har kampanjer.
Minst en länsstyrelse samverkar med regionkoordinatorn.
Noll länsstyrelser samverkar med polisen.
Länsstyrelsen Östergötland har noll kampanjer.
34 procent av länsstyrelserna samverkar med polisen.
Mer än 90 procent av länsstyrelserna samverkar med polisen.
Tre länsstyrelser samverkar med polisen, elva med idéburna organisationer och 20 med kommuner.
Flera länsstyrelser (10 av 21) samverkar med idéburna organisationer och flera (9 av 21) med kommuner.
Tolv länsstyrelser vänder sig till skolan och åtta till beslutsfattare.
""".strip().splitlines()

TRUE = """
Inget län samverkar med regionkoordinatorn.
Inte en enda länsstyrelse samverkar med regionkoordinatorn.
Ingen av länsstyrelserna samverkar med regionkoordinatorn.
Ingen länsstyrelse har en rutin för kommunerna.
Ingen länsstyrelse har arbete inom området som pågår och inte är avslutat.
Samtliga länsstyrelser har gjort en kartläggning.
Alla har gjort en kartläggning.
Varje länsstyrelse har gjort en kartläggning.
Alla utom Norrbotten samverkar med kommuner.
Flera länsstyrelser når beslutsfattare.
Flera av länen vänder sig till beslutsfattare.
Åtskilliga län samverkar med idéburna organisationer.
Många länsstyrelser samverkar med kommuner.
Många av länen samverkar med regionen.
Några länsstyrelser samverkar med polisen.
Några av länen har kampanjer.
Vissa länsstyrelser samverkar med polisen.
En del län samverkar med polisen.
Få länsstyrelser samverkar med polisen.
Få av länen har kampanjer.
Ett fåtal län har kampanjer.
Enstaka länsstyrelser har samtalsstöd.
Ett litet antal län samverkar med polisen.
Ett par länsstyrelser har kampanjer.
De flesta länsstyrelserna samverkar med kommuner.
De flesta samverkar med kommunerna.
De allra flesta länsstyrelser har insatsveckor.
Merparten av länsstyrelserna samverkar med regionen.
Majoriteten av länsstyrelserna vänder sig till skolan.
En majoritet av länen når skolan.
En klar majoritet av länsstyrelserna samverkar med kommuner.
Flertalet län samverkar med regionen.
Mer än hälften av länen når skolan.
Hälften av länen samverkar med idéburna organisationer.
Ungefär hälften av länsstyrelserna samverkar med idéburna organisationer.
Knappt hälften av länsstyrelserna samverkar med idéburna organisationer.
Drygt hälften av länen når skolan.
Mindre än hälften av länsstyrelserna samverkar med polisen.
Vartannat län samverkar med idéburna organisationer.
Vart tredje län når beslutsfattare.
En tredjedel av länen vänder sig till beslutsfattare.
Två tredjedelar av länsstyrelserna samverkar med regionen.
Nästan alla länsstyrelser samverkar med kommuner.
Så gott som alla län har insatsveckor.
Bara Skåne har samtalsstöd.
Endast länsstyrelsen Stockholm samverkar med Åklagarmyndigheten.
Stockholm är den enda länsstyrelse som samverkar med åklagare.
Enbart Östergötland och Jönköping har kampanjer.
Bara tre länsstyrelser samverkar med polisen.
Endast ett fåtal län har kampanjer.
Endast några länsstyrelser samverkar med polisen.
Varken Skåne eller Halland samverkar med polisen.
Varken länsstyrelsen Kalmar eller länsstyrelsen Blekinge har kampanjer.
Tre av 21 länsstyrelser samverkar med polisen.
20 av 21 länsstyrelser samverkar med kommuner.
Två av länen redovisar kampanjer.
Sju av tio länsstyrelser samverkar med regionen.
Minst tio länsstyrelser samverkar med regionen.
Högst fem län har kampanjer.
Fler än två länsstyrelser samverkar med polisen.
Tre län samverkar med polisen.
Flera länsstyrelser (7 av 21) når beslutsfattare.
Länsstyrelserna samverkar inte med regionkoordinatorn.
Samverkan med regionkoordinatorn saknas i länen.
Regionkoordinatorn deltar inte någonstans.
Länsstyrelsen Skåne samverkar inte med polisen.
Länsstyrelserna Kalmar och Halland samverkar inte med polisen.
Norrbotten saknar samverkan med kommunerna.
I Kalmar saknas kampanjer.
Kampanjer finns i två län.
I de flesta län finns insatsveckor.
En majoritet av länen saknar kampanjer.
De flesta länsstyrelser saknar samtalsstöd.
Tre länsstyrelser har inga insatsveckor.
De flesta länsstyrelser samverkar inte med polisen.
Inte många länsstyrelser samverkar med polisen.
Länsstyrelserna samverkar inte bara med kommuner utan också med polisen.
Bara en länsstyrelse samverkar med åklagare.
Ett enda län har samtalsstöd.
Noll länsstyrelser samverkar med regionkoordinatorn.
Länsstyrelsen Skåne har noll kampanjer.
14 procent av länsstyrelserna samverkar med polisen.
Mindre än 20 procent av länsstyrelserna samverkar med polisen.
Tre länsstyrelser samverkar med polisen, tio med idéburna organisationer och 20 med kommuner.
Flera länsstyrelser (10 av 21) samverkar med idéburna organisationer och nästan alla (20 av 21) med kommuner.
Tolv länsstyrelser vänder sig till skolan och sju till beslutsfattare.
""".strip().splitlines()

ASKED = """
Ingen länsstyrelse har en överenskommelse med kommunerna.
Inget län har svårigheter.
Samtliga länsstyrelser är nöjda.
Flera länsstyrelser är nöjda med stödet.
En majoritet av länen har haft det svårt.
Många länsstyrelser har fått nya handläggare.
Några av länsstyrelserna beskriver en hög belastning.
Hälften av länen har ökat.
Vartannat län har fått mer pengar.
Bara Stockholm har haft råd.
Varken Skåne eller Halland är nöjda.
Nio av tio länsstyrelser är nöjda.
Få länsstyrelser har tillräckligt med tid.
De flesta länsstyrelser är positiva.
Enstaka län har bytt system.
Länsstyrelserna har inte haft tid.
Länsstyrelserna i norr samverkar inte med kommuner.
Länsstyrelsen Skåne har inte blivit tillfrågad.
Resurser saknas i länen.
Ingen länsstyrelse har arbete som inte är avslutat.
De flesta länsstyrelser har nått målvärdet för sina kampanjer.
Bara tre länsstyrelser har redovisat hur många möten de hade med polisen.
10 procent av länsstyrelserna särredovisar sina utgifter.
Endast Kalmar har redovisat hur många möten som hölls med polisen.
""".strip().splitlines()

BARE = """
Nitton länsstyrelser särredovisar sina utgifter.
19 länsstyrelser särredovisar sina utgifter.
Ett enda län särredovisar sina utgifter.
Tre länsstyrelser har en kedja från lägesbild till indikator, enligt redovisningarna.
Två länsstyrelser saknar mål.
Nitton länsstyrelser har inga kostnader.
Fem länsstyrelser redovisar inga utgifter på den egna koden.
Tre länsstyrelser har redovisat hur många möten de hade med polisen.
Två länsstyrelser har nått målvärdet för sina kampanjer.
Två tredjedelar av länsstyrelserna redovisar inga utgifter på den egna koden.
Minst fyra länsstyrelser särredovisar sina utgifter.
En av länsstyrelserna särredovisar sina utgifter.
""".strip().splitlines()
"""How many have done what no answer tells of, or more than an answer does: a number that happens to be that of an answer is no support
(three do work with the police). In a finished report they are told, once; some of them before the printing too."""

SILENT = """
Hur många länsstyrelser det gäller anges inom parentes.
Lika många länsstyrelser har kampanjer som året före.
För få länsstyrelser har kampanjer, anser polisen.
Alla former av våld ingår.
Flera former av våld ingår i uppdraget.
Flera kommuner samverkar med polisen.
Många kommuner i länet har en rutin.
De flesta kommuner har en handlingsplan.
Några skolor har fått besök av polisen.
Få barn får stöd.
Hälften av kommunerna har kampanjer.
Varje insats räknas en gång.
Vartannat år görs en kartläggning.
Ett par kommuner har hört av sig.
En majoritet av aktiviteterna gäller utbildning.
Merparten av anslaget är förbrukat.
Det finns flera skäl till det.
På flera håll pågår ett arbete.
Bara en del av beloppen är kända.
Endast uppgifter från 2020 ingår.
Varken polisen eller åklagaren har någon egen redovisning.
Två av fyra målsättningar är nådda.
Länsstyrelserna kan inte bestämma över kommunerna.
Länsstyrelserna bör samverka mer med polisen.
Flera länsstyrelser bör samverka med polisen.
Alla länsstyrelser behöver samverka med polisen.
Målet är att de flesta länsstyrelser samverkar med polisen.
Samverkar flera länsstyrelser med polisen?
Det är oklart om flera länsstyrelser samverkar med polisen.
Länsstyrelserna samverkar med polisen.
Länsstyrelserna har fått uppdraget av regeringen.
Länsstyrelsen Stockholm samverkar med polisen.
Polisen i Stockholm deltog inte i mötet om regionkoordinatorn.
Stockholms kommun samverkar inte med polisen.
Region Skåne samverkar inte med kommunerna.
Det går inte att utläsa hur vanliga brotten är i länen.
Redovisningen görs i en arbetsbok som är gemensam för alla län.
Hur det ser ut i varje län framgår av tabell 7.
Figur 3 visar hur många de är i varje län.
Tabellerna visar det värde som varje länsstyrelse har redovisat.
Det är svårt att hänföra ett resultat till en enskild insats, eftersom flera myndigheter bidrar till det.
Kommunerna ansvarar för stödet till den som är utsatt.
De 21 länsstyrelserna har samma uppdrag.
Inget av dem är nått.
Alla är nådda.
Hälften av dem är nådda.
Inte alla kommuner har en rutin.
Polisen är inte en del av länsstyrelserna.
Det är ingen tillfällighet.
""".strip().splitlines()
