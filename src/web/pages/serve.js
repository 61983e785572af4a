// A card held up, and a coupon that comes back: the two forms.
import { newKey, post } from './calls.js';
import { known } from './known.js';
import { byId, say } from './page.js';
import { isSaid } from './visits.js';
import { couponWords, errorWords, language, moodOf, text } from './words.js';

byId('scan-form').addEventListener('submit', (event) => {
  event.preventDefault();
  scan(byId('card').value.trim());
});

export async function scan(card) {
  const { isOk, body } = await post('/api/v1/scans', { card }, { isShown: true });
  // A customer's number does not stay on the screen; one of the sample shop may be tried again.
  if (known.sample === null) byId('card').value = '';
  else byId('card').select();
  if (!isOk) say('scan-result', 'bad', errorWords(body));
  else if (!isSaid(body.visit)) {
    say('scan-result', moodOf({ outcome: body.outcome, end: null }), text(`outcome.${body.outcome}`));
  }
}

byId('redeem-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const code = byId('code').value.trim();
  const { isOk, body } = await post('/api/v1/coupons/redeem', { code }, { key: newKey(), isShown: true });
  if (!isOk) say('redeem-result', 'bad', errorWords(body));
  else say('redeem-result', body.outcome === 'redeemed' ? 'good' : 'bad', body.say[language], couponWords(body.coupon));
  byId('code').select();
});
