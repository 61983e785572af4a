// Fresh shelves of the sample shop: dairy, plant-based, bread, fruit and vegetables.

/**
 * `[category | department | class | weight | gap days | brands]`, then products `stem | size price | size price @season`.
 * Weight: how much of the shop's trade. Gap: days between two buys of a household that likes it. "kg" is sold by weight.
 */
export const FRESH = `
[Maidot | Maitotuotteet | ok | 14 | 4 | Kotipelto, Niittypuro, Halla, Arkipuu]
kevytmaito | 1 l 1,15 | 1,5 l 1,65
rasvaton maito | 1 l 1,09 | 1,5 l 1,59
laktoositon kevytmaito | 1 l 1,49 | 1,5 l 2,19
laktoositon rasvaton maitojuoma | 1 l 1,45
luomu kevytmaito | 1 l 1,65
täysmaito | 1 l 1,25
[Piimät ja hapanmaidot | Maitotuotteet | ok | 4 | 7 | Kotipelto, Niittypuro, Arkipuu]
piimä | 1 l 1,35 | 1,5 l 1,89
rasvaton piimä | 1 l 1,29
kefiiri | 1 l 1,95
viili | 200 g 0,65
viili marja | 200 g 0,79
rasvaton viili | 200 g 0,69
[Kermat | Maitotuotteet | ok | 5 | 12 | Kotipelto, Niittypuro, Kuusipiha, Arkipuu]
kuohukerma | 2 dl 1,19 | 5 dl 2,49
laktoositon kuohukerma | 2 dl 1,39
ruokakerma 15 % | 2 dl 0,99 | 5 dl 1,99
kahvikerma | 2 dl 0,95
ranskankerma | 200 g 1,29
smetana | 200 g 1,65
vispikermavaahto | 250 ml 3,29
[Jogurtit | Maitotuotteet | ok | 9 | 7 | Kotipelto, Halla, Lumikko, Arkipuu]
maustamaton jogurtti | 1 kg 2,29 | 500 g 1,49
mansikkajogurtti | 1 kg 2,49 | 150 g 0,59
mustikkajogurtti | 1 kg 2,49 | 150 g 0,59
vaniljajogurtti | 1 kg 2,49
turkkilainen jogurtti | 400 g 1,69 | 1 kg 3,49
luonnonjogurtti laktoositon | 1 kg 2,79
hedelmäjogurtti | 4 x 125 g 1,99
[Rahkat | Maitotuotteet | ok | 7 | 6 | Kotipelto, Lumikko, Arkipuu]
maitorahka | 250 g 1,09 | 500 g 1,89
mansikkarahka | 200 g 1,19
vaniljarahka | 200 g 1,19
proteiinirahka mustikka | 200 g 1,39
proteiinirahka suklaa | 200 g 1,39
kvarkki hedelmä | 175 g 0,95
[Vanukkaat ja välipalat | Maitotuotteet | ok | 4 | 9 | Lumikko, Aamunkajo, Arkipuu]
suklaavanukas | 4 x 120 g 2,19
vaniljavanukas | 120 g 0,69
proteiinivanukas kaakao | 180 g 1,59
riisivälipala omena | 150 g 1,05
juotava jogurtti mansikka | 2,5 dl 1,35
[Voit ja levitteet | Maitotuotteet | ok | 7 | 14 | Kotipelto, Peltotuuli, Kesäheinä, Arkipuu]
kevytlevite | 400 g 1,99 | 600 g 2,79
voi normaalisuolainen | 500 g 4,29
laktoositon voilevite | 400 g 3,49
margariini leivontaan | 500 g 1,79
rypsiöljylevite | 400 g 2,29
[Juustot | Maitotuotteet | ok | 10 | 9 | Mäntylinna, Kotipelto, Mustapekka, Arkipuu]
edam-juusto | 1 kg 6,99 | 400 g 3,99
edam viipale | 300 g 2,99
emmental-juusto | 500 g 5,49
emmentalraaste | 150 g 1,99
kermajuusto | 500 g 4,79 | 300 g 3,29
salaattijuusto | 200 g 2,29
homejuusto sininen | 150 g 2,79
leipäjuusto | 200 g 3,29
tuorejuusto maustamaton | 200 g 1,99
tuorejuusto ruohosipuli | 200 g 1,99
kevytjuusto viipale | 200 g 2,79
mozzarella | 125 g 1,29
raejuusto | 200 g 1,19 | 400 g 1,99
kitkerä cheddar | 200 g 3,49
[Munat | Maitotuotteet | ok | 6 | 10 | Torppari, Niittypuro, Arkipuu]
vapaan kanan munat | 10 kpl 2,79 | 6 kpl 1,89
luomumunat | 10 kpl 4,49 | 6 kpl 2,89
virikehäkkimunat | 15 kpl 2,99
[Kasvijuomat | Kasvipohjaiset | ok | 4 | 6 | Peltotuuli, Kesäheinä, Arkipuu, Viljamäki]
kaurajuoma | 1 l 1,89
kaurajuoma barista | 1 l 2,29
kaurajuoma luomu | 1 l 2,09
soijajuoma | 1 l 1,79
mantelijuoma | 1 l 2,49
[Kasvipohjaiset välipalat | Kasvipohjaiset | ok | 3 | 7 | Peltotuuli, Kesäheinä, Arkipuu, Viljamäki]
kauragurtti mustikka | 400 g 2,39
kauragurtti maustamaton | 400 g 2,19
soijajogurtti vanilja | 500 g 2,49
kaurakerma | 2 dl 1,19
kookosgurtti | 350 g 2,99
vegaaninen viipale | 200 g 3,19
[Kasviproteiinit | Kasvipohjaiset | ok | 3 | 8 | Peltotuuli, Metsäpolku, Arkipuu, Viljamäki]
tofu maustamaton | 250 g 2,29
tofu marinoitu | 250 g 2,69
härkäpapumurske | 250 g 2,99
hernesuikale | 240 g 3,29
kaurajauhis | 300 g 3,19
vegemakkara | 200 g 2,99
vegepyörykkä | 280 g 3,39
kikhernefalafel | 250 g 3,09
[Ruisleivät | Leivät | ok | 10 | 4 | Aamunkajo, Torppari, Kuusipiha, Arkipuu]
ruispala | 6 kpl/330 g 1,59 | 9 kpl/495 g 2,19
ruisreikäleipä | 420 g 2,39
jälkiuuniruis | 350 g 2,29
ruisviipale | 500 g 1,89
täysruisvuoka | 550 g 2,59
ruisnappi | 320 g 2,09
[Vaaleat leivät | Leivät | ok | 8 | 5 | Aamunkajo, Torppari, Kuusipiha, Arkipuu]
paahtoleipä | 500 g 1,59 | 320 g 1,19
kauraleipä | 400 g 2,19
kaurasämpylä | 6 kpl 2,29
moniviljavuoka | 500 g 2,49
rieska ohra | 300 g 1,99
patonki | 2 kpl 1,69
hampurilaissämpylä | 4 kpl 1,39
tortilla | 8 kpl 2,29
[Näkkileivät | Leivät | ok | 4 | 20 | Torppari, Saarenkärki, Arkipuu]
näkkileipä ruis | 450 g 1,99
näkkileipä ohut | 300 g 1,89
hapankorppu | 200 g 1,59
kauranäkki | 240 g 2,19
[Pullat ja leivonnaiset | Leivät | ok | 6 | 8 | Aamunkajo, Kuusipiha, Arkipuu]
korvapuusti | 4 kpl 2,99
pullapitko | 400 g 2,79
rahkapulla | 2 kpl 1,99
mustikkapiirakka | 400 g 4,29
berliininmunkki | 2 kpl 1,79
karjalanpiirakka | 10 kpl 3,29 | 4 kpl 1,99
lihapiirakka | 2 kpl 1,89
laskiaispulla hillo | 2 kpl 3,29 @laskiainen
laskiaispulla manteli | 2 kpl 3,29 @laskiainen
runebergintorttu | 2 kpl 3,49 @runeberg
joulutorttu | 6 kpl 3,49 @joulu
vappumunkki | 4 kpl 3,99 @vappu
[Hedelmät | Hedelmät ja vihannekset | ok | 16 | 5 | Tori, Luomula]
banaani | kg 1,49
omena kotimainen | kg 2,79
omena punainen | kg 1,99
päärynä | kg 2,39
appelsiini | kg 1,79
klementiini | kg 2,49
viinirypäle tumma | 500 g 2,49
viinirypäle vihreä | 500 g 2,49
sitruuna | kg 2,99
kiivi | 6 kpl 1,99
mango | 1 kpl 1,79
avokado | 2 kpl 2,49
vesimeloni | kg 1,29 @kesä
nektariini | kg 2,99 @kesä
[Marjat | Hedelmät ja vihannekset | ok | 4 | 9 | Tori, Lumikko, Luomula]
mustikka | 125 g 2,49
vadelma | 125 g 2,99
kotimainen mansikka | 500 g 5,49 @kesä
pensasmustikka | 300 g 4,49
puolukka pakaste | 500 g 3,49
mustikka pakaste | 500 g 4,29
marjasekoitus pakaste | 400 g 3,29
[Vihannekset | Hedelmät ja vihannekset | ok | 16 | 5 | Tori, Torppari, Luomula]
kurkku | 1 kpl 1,29
tomaatti | kg 2,49
kirsikkatomaatti | 250 g 1,99
jäävuorisalaatti | 1 kpl 1,49
ruukkusalaatti | 1 kpl 1,59
paprika punainen | kg 3,49
paprika suippo | 200 g 1,99
parsakaali | 400 g 1,99
kukkakaali | kg 2,79
pinaatti | 100 g 1,69
rucola | 65 g 1,79
herkkusieni | 200 g 1,69
basilika | 1 ruukku 1,79
tilli | 1 ruukku 1,69
parsa vihreä | 250 g 2,99 @kevät
[Juurekset | Hedelmät ja vihannekset | ok | 9 | 8 | Tori, Torppari, Luomula]
peruna yleis | 2 kg 2,49 | 1 kg 1,49
peruna kiinteä | 2 kg 2,79
uusi peruna | 1 kg 2,99 @juhannus
porkkana | 1 kg 1,29 | 500 g 0,89
keltasipuli | 1 kg 1,49
punasipuli | 500 g 1,19
valkosipuli | 3 kpl 1,29
punajuuri | 1 kg 1,69
lanttu | kg 1,49
bataatti | kg 2,49
inkivääri | 100 g 0,79
`;
