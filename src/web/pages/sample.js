// The sample shop's toys: cards to hold up, and faults to switch on.
import { get, post } from './calls.js';
import { showCall } from './curl.js';
import { known } from './known.js';
import { byId, make } from './page.js';
import { scan } from './serve.js';
import { language, text } from './words.js';

export async function showSample() {
  const { status } = known;
  if (known.sample === null && status.sample === null && !status.printer.isSimulated) return;
  const sample = await get('/page/sample');
  if (sample === null) return;
  const isFirst = known.sample === null;
  known.sample = sample;
  if (isFirst) {
    byId('cards').replaceChildren(...sample.cardsToTry.map(cardToTry));
    // A line that works as it stands, for whoever copies it before trying anything.
    const [first] = sample.cardsToTry;
    if (first !== undefined) showCall('/api/v1/scans', { card: first.card }, null);
  }
  byId('try').hidden = sample.cardsToTry.length === 0;
  byId('faults-panel').hidden = sample.faults.length === 0;
  if (byId('faults').childElementCount === 0) byId('faults').append(...sample.faults.map(faultSwitch));
  for (const { name, isOn } of sample.faults) byId(`fault-${name}`).checked = isOn;
}

function cardToTry({ card, words }) {
  const button = make('button', { type: 'button' }, words[language], ' ', make('small', {}, `…${card.slice(-4)}`));
  button.addEventListener('click', () => {
    byId('card').value = card;
    scan(card);
  });
  return button;
}

function faultSwitch({ name }) {
  const box = make('input', { type: 'checkbox', id: `fault-${name}` });
  box.addEventListener('change', () => post('/page/faults', { name, isOn: box.checked }));
  return make('label', {}, box, text(`faults.${name}`));
}
