// Why these six, what was left out, and the customer's word that there shall be no more.
import { get, post } from './calls.js';
import { byId, make } from './page.js';
import { errorWords, language, text } from './words.js';

let reasonsOf = null;
let isOptedOut = false;

/** Asked once for each visit. */
export async function showReasons(visit) {
  if (visit === reasonsOf) return;
  const answer = await get(`/api/v1/visits/${encodeURIComponent(visit)}/explanation?language=${language}`);
  if (answer === null) return;
  reasonsOf = visit;
  isOptedOut = false;
  byId('reasons-none').hidden = answer.offers.length > 0;
  byId('opt-out').hidden = answer.offers.length === 0;
  byId('opt-out').textContent = text('optOut.button');
  byId('opt-out-result').textContent = '';
  byId('reasons').replaceChildren(...answer.offers.map(reason));
  const lost = answer.runnersUp.filter(({ loss }) => !UNSAID.includes(loss));
  byId('lost').hidden = lost.length === 0;
  byId('runners-up').replaceChildren(...lost.map(runnerUp));
}

/** Customers see this screen: what is not printed for its kind is not shown for it either. */
const UNSAID = ['forbidden-class', 'sensitive-class', 'unmapped-category'];

function runnerUp({ productName, words }) {
  return make('li', {}, make('span', { className: 'product' }, productName), ` ${words}`);
}

export function forgetReasons() {
  reasonsOf = null;
  byId('reasons').replaceChildren();
  byId('lost').hidden = true;
  byId('reasons-none').hidden = false;
  byId('opt-out').hidden = true;
  byId('opt-out-result').textContent = '';
}

function reason({ productName, slot, probability, words }) {
  // Nothing a customer may do is certain: 100 % would be a lie of rounding.
  const percent = `${Math.min(99, Math.round(probability * 100))} %`;
  const bar = make('progress', { max: 1, value: probability, title: `${text('reasons.probability')} ${percent}` });
  bar.setAttribute('aria-label', text('reasons.probability'));
  const kind = make('span', { className: `slot ${slot}` }, `${text(`slot.${slot}`)} · ${percent}`);
  return make(
    'li',
    {},
    make('div', { className: 'product' }, productName, kind),
    bar,
    make('div', { className: 'words' }, words),
  );
}

byId('opt-out').addEventListener('click', async () => {
  const { isOk, body } = await post('/page/opt-out', { visit: reasonsOf, optedOut: !isOptedOut });
  if (isOk) isOptedOut = body.optedOut;
  byId('opt-out').textContent = text(isOptedOut ? 'optOut.undo' : 'optOut.button');
  byId('opt-out-result').textContent = isOk ? text(isOptedOut ? 'optOut.done' : 'optOut.undone') : errorWords(body);
});
