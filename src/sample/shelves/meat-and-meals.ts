// Meat, fish and ready meals of the sample shop; the table's form is told in fresh.ts.

export const MEAT_AND_MEALS = `
[Jauhelihat | Liha | ok | 9 | 6 | Mäntylinna, Kotipelto, Arkipuu]
nauta-sikajauheliha | 400 g 3,49 | 700 g 5,49
naudan jauheliha 10 % | 400 g 4,99
naudan jauheliha 17 % | 400 g 4,49 | 700 g 6,99
paistijauheliha | 350 g 5,29
kanan jauheliha | 350 g 3,79
[Broileri | Liha | ok | 9 | 7 | Mäntylinna, Kotipelto, Arkipuu]
broilerin fileesuikale hunajamarinoitu | 300 g 3,99
broilerin fileesuikale maustamaton | 300 g 3,79 | 450 g 5,29
broilerin rintafilee | 500 g 5,99
broilerin koipireisi | 800 g 3,99
broilerin siipi grilli | 700 g 4,49
broileripyörykkä | 350 g 2,99
[Possu ja nauta | Liha | ok | 6 | 12 | Mäntylinna, Saarenkärki, Arkipuu]
porsaan fileepihvi | 400 g 5,29
porsaan kassler | 500 g 5,99
porsaan suikale | 300 g 3,49
naudan paisti | kg 14,90
naudan sisäfilee | 300 g 12,90
karjalanpaistiliha | 500 g 5,79
possun ribs | 700 g 7,49 @kesä
joulukinkku pakaste | 3 kg 23,90 @joulu
karitsan paisti | 700 g 13,90 @pääsiäinen
[Makkarat ja nakit | Liha | ok | 8 | 9 | Mäntylinna, Kotipelto, Saarenkärki, Arkipuu]
nakki | 280 g 2,29
kuorettomat nakit | 400 g 2,79
lenkkimakkara | 500 g 2,49 | 400 g 1,99
grillimakkara | 400 g 2,69
juustogrillimakkara | 350 g 2,99 @kesä
bratwurst | 240 g 3,49 @kesä
uunimakkara | 500 g 2,89
[Leikkeleet | Liha | ok | 9 | 6 | Mäntylinna, Kotipelto, Saarenkärki, Arkipuu]
keittokinkku | 300 g 2,99 | 150 g 1,79
kalkkunaleike | 300 g 3,49 | 150 g 1,99
saunapalvikinkku | 250 g 2,99
meetwursti | 150 g 2,19
lauantaimakkara | 300 g 1,99
maksamakkara | 150 g 1,29
pekoni | 170 g 1,99
[Kala ja äyriäiset | Kala | ok | 6 | 10 | Saarenkärki, Vesaniemi, Arkipuu]
lohifilee | 300 g 6,99 | kg 18,90
kirjolohifilee | 300 g 5,99
kylmäsavulohi siivu | 200 g 6,49
lämminsavulohi | 250 g 5,99
silakkafilee | 400 g 3,99
katkarapu | 200 g 4,49
graavilohi | 150 g 4,99
siika savu | 300 g 7,49
maustesilli | 500 g 3,99
sinappisilli | 250 g 2,99
keitetyt ravut tilliliemessä | 1 kg 24,90 @ravut
mäti kirjolohi | 100 g 6,99 @joulu
[Valmisruoat | Valmisruoka | ok | 8 | 6 | Kuusipiha, Kotipelto, Arkipuu, Viljamäki]
lihamakaronilaatikko | 400 g 2,79 | 700 g 3,99
maksalaatikko | 400 g 2,49
kinkkukiusaus | 400 g 2,99
lohikeitto | 300 g 3,29
hernekeitto | 520 g 1,99
lihapullat ja muusi | 300 g 3,49
kasvislasagne | 400 g 3,49
kana-pastavuoka | 400 g 3,59
pinaattilettu | 400 g 2,29
veriohukainen | 350 g 2,59
lanttulaatikko | 400 g 2,29 @joulu
porkkanalaatikko | 400 g 2,29 @joulu
imelletty perunalaatikko | 700 g 2,99 @joulu
mämmi | 650 g 2,79 @pääsiäinen
[Salaatit ja dipit | Valmisruoka | ok | 4 | 10 | Kuusipiha, Kesäheinä, Arkipuu, Viljamäki]
perunasalaatti | 300 g 1,79
italiansalaatti | 250 g 2,19
hummus | 200 g 2,19
tzatziki | 200 g 2,29
coleslaw | 300 g 1,99
sienisalaatti | 200 g 2,49
rosolli | 400 g 2,29 @joulu
`;
