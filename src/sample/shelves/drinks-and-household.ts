// Drinks, household, beauty and baby shelves of the sample shop; the table's form is told in fresh.ts.

export const DRINKS_AND_HOUSEHOLD = `
[Virvoitusjuomat | Juomat | ok | 7 | 8 | Halla, Karamelliina, Saarenkärki, Arkipuu]
cola | 1,5 l 2,19 | 6 x 0,33 l 4,79
cola sokeriton | 1,5 l 2,19 | 6 x 0,33 l 4,79
appelsiinilimonadi | 1,5 l 1,99
sitruunalimonadi | 1,5 l 1,99
appelsiinilimonadi sokeriton | 1,5 l 1,99
päärynälimonadi | 0,5 l 1,59
sima | 1 l 2,29 @vappu
jouluolut alkoholiton | 0,33 l 1,19 @joulu
[Kivennäisvedet | Juomat | ok | 5 | 8 | Halla, Vesaniemi, Arkipuu, Hillasuo]
kivennäisvesi | 1,5 l 1,29 | 6 x 0,33 l 3,49
kivennäisvesi sitruuna | 1,5 l 1,39 | 6 x 0,33 l 3,59
kivennäisvesi karpalo | 1,5 l 1,39
lähdevesi | 0,5 l 0,99
vichyvesi | 0,95 l 1,19
[Mehut | Juomat | ok | 7 | 7 | Kuusipiha, Niittypuro, Metsäpolku, Arkipuu]
appelsiinitäysmehu | 1 l 1,99 | 2 dl 0,69
omenatäysmehu | 1 l 1,79
monihedelmämehu | 1 l 1,69
mustaherukkamehu | 1 l 1,89
sekamehutiiviste | 1 l 2,49
pillimehu | 2 dl 0,59 | 3 x 2 dl 1,59
smoothie mango | 250 ml 2,29
glögi | 1 l 2,49 @joulu
glögi punainen tiiviste | 0,5 l 2,99 @joulu
[Energiajuomat | Juomat | ok | 4 | 5 | Halla, Revontuli, Arkipuu, Hillasuo]
energiajuoma | 0,5 l 1,49 | 0,33 l 1,19
energiajuoma sokeriton | 0,5 l 1,49
energiajuoma trooppinen | 0,5 l 1,59
palautusjuoma kaakao | 250 ml 2,19
urheilujuoma | 0,5 l 1,89
[Oluet | Alkoholi | alcohol | 6 | 7 | Revontuli, Hukkakoski, Vanha Mylly]
olut III | 0,33 l 1,59 | 12 x 0,33 l 14,90 | 24 x 0,33 l 27,90
olut IV lager | 0,5 l 2,79
olut tumma | 0,5 l 3,19
vehnäolut | 0,5 l 3,49
ipa | 0,33 l 3,29
[Siiderit ja lonkerot | Alkoholi | alcohol | 4 | 10 | Revontuli, Hukkakoski]
siideri päärynä | 0,33 l 1,99 | 0,5 l 2,89
siideri omena | 0,33 l 1,99
lonkero | 0,33 l 2,29 | 6 x 0,33 l 12,90
lonkero karpalo | 0,33 l 2,29
[Miedot viinit | Alkoholi | alcohol | 2 | 14 | Vanha Mylly, Hukkakoski]
marjaviini | 0,75 l 6,99
kuohujuoma 8 % | 0,75 l 7,49
glögiviini | 0,75 l 6,49 @joulu
[Savukkeet | Tupakka | tobacco | 3 | 2 | Tervasuo, Nokipolku]
savuke | 20 kpl 10,50
savuke sininen | 20 kpl 10,50
kääretupakka | 30 g 13,90
[Nikotiinituotteet | Tupakka | nicotine | 2 | 4 | Tervasuo, Nokipolku]
nikotiinipussi mint | 20 kpl 6,50
nikotiinipussi marja | 20 kpl 6,50
nikotiinipurukumi 2 mg | 24 kpl 7,90
[Veikkaus | Kassatuotteet | gambling | 2 | 7 | Kioski]
raaputusarpa | 1 kpl 3,00
arvontakuponki | 1 kpl 1,00
[Käsikauppalääkkeet | Apteekkihylly | medicine | 2 | 35 | Apteekkari]
särkylääke 400 mg | 10 kpl 3,90
nenäsumute | 10 ml 5,90
närästyslääke | 20 kpl 6,90
[Vitamiinit ja lisäravinteet | Terveys | health | 3 | 45 | Metsäpolku, Apteekkari]
d-vitamiini | 100 tabl 5,90
monivitamiini | 90 tabl 8,90
magnesium | 90 tabl 6,90
maitohappobakteeri | 30 kpl 9,90
laihdutusjauhe suklaa | 15 annosta 19,90
[Intiimihygienia | Hygienia | discreet | 4 | 28 | Pehmo, Hymy]
kuukautisside normaali | 14 kpl 2,79
pikkuhousunsuoja | 40 kpl 2,49
tamponi | 16 kpl 2,89
kondomi | 10 kpl 6,90
raskaustesti | 1 kpl 5,90
inkontinenssisuoja | 12 kpl 5,49
täishampoo | 100 ml 9,90
[Hiustenhoito | Hygienia | ok | 3 | 35 | Pehmo, Hymy, Revontuli, Arkipuu]
shampoo | 250 ml 2,99 | 400 ml 3,99
hoitoaine | 250 ml 2,99
muotovaahto | 200 ml 4,49
hiuslakka | 250 ml 4,29
hiusväri ruskea | 1 kpl 5,99
[Ihonhoito ja pesu | Hygienia | ok | 4 | 30 | Pehmo, Hymy, Kesäheinä, Arkipuu]
suihkusaippua | 250 ml 1,99 | 500 ml 2,99
nestesaippua | 300 ml 1,79 | 500 ml 2,29
käsivoide | 100 ml 2,99
deodorantti | 50 ml 2,79
kasvovoide | 50 ml 5,99
aurinkovoide | 150 ml 7,99 @kesä
huulirasva | 1 kpl 1,99
partahöylä | 4 kpl 4,99
[Suunhoito | Hygienia | ok | 3 | 30 | Hymy, Pehmo, Arkipuu, Aallokko]
hammastahna | 75 ml 1,99 | 2 x 75 ml 3,49
hammasharja | 2 kpl 2,99
suuvesi | 500 ml 3,99
hammaslanka | 50 m 2,49
[Paperit | Koti | ok | 6 | 16 | Pehmo, Lumikko, Arkipuu, Aallokko]
wc-paperi | 8 rll 3,99 | 16 rll 7,49
talouspaperi | 4 rll 2,79 | 8 rll 4,99
nenäliina | 10 pkt 1,79
lautasliina | 50 kpl 1,99
[Pyykinpesu | Koti | ok | 3 | 35 | Puhdas, Halla, Arkipuu, Aallokko]
pyykinpesuneste | 1,3 l 6,99
pyykinpesujauhe color | 1,6 kg 6,49
huuhteluaine | 1 l 2,99
tahranpoisto | 500 ml 3,99
[Siivous ja tiski | Koti | ok | 4 | 28 | Puhdas, Halla, Arkipuu, Aallokko]
konetiskitabletti | 40 kpl 5,99
astianpesuaine | 500 ml 1,99
yleispuhdistusaine | 750 ml 2,79
wc-puhdistaja | 750 ml 2,49
tiskiharja | 1 kpl 1,99
sieniliina | 3 kpl 1,99
[Jätepussit ja foliot | Koti | ok | 2 | 35 | Puhdas, Pehmo, Arkipuu, Aallokko]
roskapussi 30 l | 20 kpl 1,79
biojätepussi | 25 kpl 2,19
leivinpaperi | 20 arkkia 1,99
tuorekelmu | 30 m 1,89
pakastepussi 2 l | 50 kpl 1,69
alumiinifolio | 10 m 1,99
grillihiili | 2,5 kg 4,99 @kesä
[Kynttilät ja kattaus | Koti | ok | 1 | 50 | Kuusipiha, Lumikko, Arkipuu, Aallokko]
lämpökynttilä | 50 kpl 3,99
kruunukynttilä | 10 kpl 3,49 @joulu
hautakynttilä 60 h | 1 kpl 2,99 @pyhät
rapukattaus | 12 kpl 3,49 @ravut
serpentiini | 3 kpl 1,49 @vappu
[Äidinmaidonkorvikkeet | Lapset | infant-formula | 2 | 6 | Untuva, Hymy]
äidinmaidonkorvike 1 jauhe | 800 g 15,90
äidinmaidonkorvike 1 neste | 2 dl 1,39
vieroitusvalmiste 2 jauhe | 800 g 14,90
[Lastenruoat | Lapset | ok | 3 | 5 | Untuva, Hymy, Arkipuu]
hedelmäsose päärynä | 90 g 0,89
hedelmäsose mango | 90 g 0,89
lihasose peruna | 200 g 1,69
kaurapuuro lastenpuuro | 230 g 2,99
maissinaksu | 35 g 1,29
[Vaipat ja lastenhoito | Lapset | ok | 2 | 12 | Untuva, Pehmo, Arkipuu]
teippivaippa koko 4 | 46 kpl 11,90
housuvaippa koko 5 | 38 kpl 12,90
puhdistuspyyhe | 80 kpl 1,99
vauvaöljy | 200 ml 3,49
[Kissanruoat | Lemmikit | ok | 3 | 6 | Viiru, Tassula, Arkipuu]
kissan märkäruoka lohi | 85 g 0,69 | 12 x 85 g 6,49
kissan märkäruoka kana | 85 g 0,69 | 12 x 85 g 6,49
kissan kuivaruoka | 800 g 4,99
kissanhiekka | 10 l 6,99
[Koiranruoat | Lemmikit | ok | 3 | 8 | Tassula, Metsäpolku, Arkipuu]
koiran kuivaruoka | 3 kg 12,90 | 1 kg 4,99
koiran tuoreruoka nauta | 400 g 2,49
puruluu | 5 kpl 2,99
koiranherkku kana | 100 g 2,79
[Lehdet | Kassatuotteet | ok | 2 | 7 | Kioski]
iltalehti | 1 kpl 2,90
ristikkolehti | 1 kpl 4,90
aikakauslehti | 1 kpl 6,90
sarjakuvalehti | 1 kpl 3,90
[Kukat | Kukat | ok | 2 | 20 | Tori, Niittypuro, Luomula]
tulppaanikimppu | 10 kpl 4,99 @kevät
ruusukimppu | 7 kpl 6,99
leikkokukkakimppu | 1 kpl 8,99
joulutähti | 1 kpl 4,99 @joulu
hyasintti | 1 kpl 3,49 @joulu
ruukkuyrtti | 1 kpl 2,49
[Paristot ja lamput | Koti | ok | 1 | 60 | Revontuli, Puhdas, Arkipuu, Aallokko]
paristo AA | 8 kpl 4,99 | 4 kpl 2,99
paristo AAA | 8 kpl 4,99
led-lamppu E27 | 1 kpl 3,99
`;
