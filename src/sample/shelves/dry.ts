// Dry and frozen shelves of the sample shop; the table's form is told in fresh.ts.

export const DRY = `
[Kahvit | Kahvi ja tee | ok | 9 | 12 | Kuusipiha, Saarenkärki, Aamunkajo, Arkipuu]
kahvi vaalea paahto suodatin | 500 g 5,99 | 450 g 5,49
kahvi tumma paahto suodatin | 500 g 6,29 | 450 g 5,79
kahvi keskipaahto papu | 400 g 6,49 | 1 kg 13,90
espressopapu | 400 g 6,99
kofeiiniton kahvi | 250 g 4,49
pikakahvi | 200 g 5,49
luomukahvi | 400 g 6,79
joulukahvi | 450 g 6,99 @joulu
[Teet ja kaakaot | Kahvi ja tee | ok | 3 | 30 | Kuusipiha, Metsäpolku, Arkipuu, Viljamäki]
musta tee | 50 kpl 2,99
vihreä tee | 20 kpl 2,49
hedelmätee | 20 kpl 2,29
rooibos | 20 kpl 2,59
kaakaojauhe | 500 g 3,49
[Suodattimet | Kahvi ja tee | ok | 1 | 60 | Halla, Aamunkajo, Arkipuu, Viljamäki]
suodatinpussi koko 4 | 100 kpl 1,79
suodatinpussi koko 2 | 80 kpl 1,69
[Jauhot | Kuivat | ok | 4 | 25 | Torppari, Peltotuuli, Arkipuu, Viljamäki]
vehnäjauho | 2 kg 1,89 | 1 kg 1,19
ruisjauho | 1 kg 1,59
sämpyläjauho | 2 kg 2,49
perunajauho | 500 g 1,49
gluteeniton jauhoseos | 500 g 3,29
mämmijauho | 500 g 2,19 @pääsiäinen
[Hiutaleet ja murot | Kuivat | ok | 6 | 14 | Torppari, Peltotuuli, Kesäheinä, Arkipuu]
kaurahiutale | 1 kg 1,79 | 500 g 1,09
pikakaurahiutale | 700 g 1,69
neljän viljan hiutale | 700 g 1,89
mysli rusina | 750 g 2,99
granola pähkinä | 400 g 3,49
maissihiutale | 500 g 2,29
suklaamuro | 375 g 2,99
mannasuurimo | 700 g 1,69
[Pastat ja riisit | Kuivat | ok | 6 | 14 | Peltotuuli, Casalina, Kesäheinä, Arkipuu]
makaroni tumma | 400 g 0,79 | 1 kg 1,59
spagetti | 500 g 1,09 | 1 kg 1,89
penne | 500 g 1,29
lasagnelevy | 400 g 1,69
täysjyväpasta | 500 g 1,39
pitkäjyväinen riisi | 1 kg 2,29
basmatiriisi | 1 kg 3,29
puuroriisi | 1 kg 2,19
nuudeli kana | 85 g 0,49
nuudeli kasvis | 85 g 0,49
[Säilykkeet | Kuivat | ok | 6 | 16 | Kesäheinä, Vesaniemi, Casalina, Arkipuu]
tomaattimurska | 400 g 0,89 | 3 x 390 g 2,49
tonnikala vedessä | 185 g 1,79
tonnikala öljyssä | 185 g 1,89
kikherne | 380 g 0,99
kidneypapu | 380 g 0,95
maissi | 340 g 1,29
ananaspala | 565 g 1,79
suolakurkku | 680 g 2,29
oliivi vihreä | 200 g 1,99
kookosmaito | 400 ml 1,89
hernekeitto säilyke | 435 g 1,89
[Mausteet ja öljyt | Kuivat | ok | 5 | 30 | Metsäpolku, Casalina, Peltotuuli, Arkipuu]
rypsiöljy | 900 ml 2,99 | 500 ml 1,99
oliiviöljy | 500 ml 6,99
ketsuppi | 1 kg 2,79 | 500 g 1,79
sinappi | 500 g 1,99 | 300 g 1,49
majoneesi | 400 g 2,29
soijakastike | 150 ml 1,99
merisuola | 600 g 1,19
mustapippuri | 26 g 1,89
paprikajauhe | 30 g 1,59
lihaliemikuutio | 12 kpl 1,79
kasvisliemi | 12 kpl 1,79
tacomausteseos | 30 g 0,99
salsakastike | 230 g 1,99
pesto | 190 g 2,49
[Leivonta ja makeutus | Kuivat | ok | 4 | 28 | Torppari, Kuusipiha, Arkipuu, Viljamäki]
sokeri | 1 kg 1,39
fariinisokeri | 500 g 1,99
vaniljasokeri | 170 g 1,79
leivinjauhe | 200 g 1,69
kuivahiiva | 3 x 11 g 0,89
hunaja | 450 g 4,99
siirappi | 750 g 2,99
taloussuklaa | 200 g 2,49
piparkakkutaikina | 500 g 2,49 @joulu
torttutaikina | 500 g 2,29 @joulu
[Hillot ja levitteet | Kuivat | ok | 3 | 25 | Metsäpolku, Kuusipiha, Arkipuu, Viljamäki]
mansikkahillo | 400 g 2,29
puolukkahillo | 400 g 2,49
appelsiinimarmeladi | 400 g 2,39
maapähkinävoi | 350 g 2,99
suklaalevite | 400 g 3,29
[Texmex ja etniset | Kuivat | ok | 3 | 18 | Casalina, Metsäpolku, Arkipuu, Viljamäki]
tacokuori | 12 kpl 1,99
tortillalastu | 200 g 1,79
tikka masala -kastike | 350 g 2,79
riisinuudeli | 250 g 1,99
currytahna | 110 g 2,19
jasmiiniriisi | 500 g 2,49
[Pakastevihannekset | Pakasteet | ok | 4 | 15 | Lumikko, Halla, Arkipuu, Routa]
herne-maissi-paprika | 250 g 1,19
wokvihannes | 450 g 2,29
keittojuures | 400 g 1,29
pinaatti pakaste | 200 g 0,99
parsakaali pakaste | 400 g 1,79
herne pakaste | 250 g 1,09
[Pakasteruoat | Pakasteet | ok | 6 | 10 | Lumikko, Vesaniemi, Arkipuu, Routa]
pizza kinkku | 350 g 2,49 | 3 x 300 g 6,49
pizza mozzarella | 335 g 2,69
kalapuikko | 300 g 2,79 | 450 g 3,69
lihapulla | 1 kg 5,99
ranskanperuna | 1 kg 2,49
lohkoperuna | 750 g 2,59
kanankoipi paneroitu | 400 g 3,49
seitipala | 400 g 3,99
vegehampurilainen | 300 g 3,49
[Pakasteleivonta | Pakasteet | ok | 2 | 25 | Lumikko, Aamunkajo, Arkipuu, Routa]
lehtitaikina | 500 g 2,19
pullataikina | 1 kg 3,49
riisipiirakka raaka | 18 kpl 4,49
mustikkapiirakkapohja | 400 g 2,79
[Jäätelöt | Pakasteet | ok | 5 | 12 | Lumikko, Halla, Niittypuro, Arkipuu]
vaniljajäätelö | 1 l 3,29 | 480 ml 3,99
suklaajäätelö | 1 l 3,29
mansikkajäätelö | 1 l 3,29
jäätelötuutti vanilja | 6 kpl 3,99
jäätelöpuikko suklaa | 8 kpl 3,79
mehujää | 10 kpl 2,99 @kesä
kaurajäätelö | 480 ml 4,29
lakritsijäätelö | 480 ml 4,19
[Karkit | Makeiset | ok | 7 | 8 | Taikapolku, Karamelliina, Arkipuu, Hillasuo]
irtokarkki | kg 9,90
lakritsi | 250 g 2,49
salmiakki | 120 g 1,69
vaahtokarkki | 150 g 1,49
hedelmäkarkki | 200 g 1,99
purukumi minttu | 35 g 1,29
ksylitolipurukumi | 90 g 2,49
ksylitolipastilli | 55 g 2,29
toffee | 180 g 2,29
suklaamuna | 20 g 1,19 @pääsiäinen
nougatmuna | 52 g 2,99 @pääsiäinen
marmeladikuula | 300 g 4,99 @joulu
[Suklaat | Makeiset | ok | 6 | 9 | Taikapolku, Karamelliina, Kuusipiha, Arkipuu]
maitosuklaa | 200 g 2,79 | 100 g 1,69
tumma suklaa 70 % | 100 g 2,19
pähkinäsuklaa | 200 g 2,89
suklaapatukka | 50 g 0,99 | 4 x 45 g 2,99
konvehtirasia | 300 g 5,99 @joulu
valkosuklaa | 100 g 1,69
[Keksit | Makeiset | ok | 6 | 11 | Aamunkajo, Taikapolku, Karamelliina, Arkipuu]
kaurakeksi | 250 g 1,79
täytekeksi suklaa | 300 g 1,89
voileipäkeksi | 200 g 1,49
digestive-keksi | 400 g 1,69
piparkakku | 400 g 2,49 @joulu
suolakeksi | 150 g 1,39
vohveli | 175 g 1,59
[Sipsit ja naksut | Makeiset | ok | 6 | 9 | Halla, Taikapolku, Arkipuu, Hillasuo]
perunalastu suola | 250 g 2,79
perunalastu juusto-sipuli | 250 g 2,79
juustonaksu | 200 g 2,29
maapähkinä suolattu | 250 g 1,99
popcorn mikro | 3 x 90 g 1,79
dippijauhe | 22 g 0,79
[Pähkinät ja kuivahedelmät | Kuivat | ok | 3 | 20 | Metsäpolku, Casalina, Arkipuu, Viljamäki]
cashewpähkinä | 200 g 3,49
saksanpähkinä | 200 g 3,29
manteli | 200 g 3,19
rusina | 250 g 1,49
taateli | 250 g 1,99
pähkinäsekoitus | 300 g 4,29
luumu kuivattu | 300 g 2,99
`;
