// The strip printed last, as a picture and as text, with its coupons to try in the sample shop.
import { call, get } from './calls.js';
import { known } from './known.js';
import { byId, make } from './page.js';
import { forgetReasons, showReasons } from './reasons.js';
import { couponCount, text, time } from './words.js';

let shownStrip = null;

export async function showStrip() {
  const newest = known.status.lastVisits.find(
    (visit) => visit.end !== null && visit.end !== 'dropped' && visit.coupons > 0,
  );
  if (newest === undefined) {
    forgetStrip();
    return;
  }
  await showReasons(newest.visit);
  byId('strip-state').textContent =
    `${newest.visit} · ${time(newest.at)} · ${text(`end.${newest.end}`)}, ${couponCount(newest.coupons)}`;
  if (shownStrip === newest.visit) return;
  const query = `?visit=${encodeURIComponent(newest.visit)}`;
  const [picture, words] = await Promise.all([call(`/strips/last.png${query}`), call(`/strips/last.txt${query}`)]);
  byId('strip-view').hidden = !picture.ok;
  if (!picture.ok) return;
  const image = byId('strip');
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(await picture.blob());
  image.alt = text('strip.picture', { visit: newest.visit });
  byId('strip-text').textContent = words.ok ? await words.text() : '';
  shownStrip = newest.visit;
  await showCoupons(newest.visit);
}

/** After a restart nothing is known of a strip any more, and the page does not know more than the daemon. */
function forgetStrip() {
  shownStrip = null;
  URL.revokeObjectURL(byId('strip').src);
  byId('strip').removeAttribute('src');
  byId('strip-text').textContent = '';
  byId('strip-state').textContent = text('strip.none');
  byId('strip-view').hidden = true;
  byId('try-coupons').hidden = true;
  forgetReasons();
}

/** In the sample shop the strip's coupons are at hand: a tap fills in the number. */
async function showCoupons(visit) {
  const record = known.sample === null ? null : await get(`/api/v1/visits/${encodeURIComponent(visit)}`);
  byId('try-coupons').hidden = record === null;
  byId('coupons').replaceChildren(...(record?.coupons ?? []).map(couponToTry));
}

function couponToTry({ serial, productName }) {
  const button = make('button', { type: 'button', title: serial }, productName ?? serial);
  button.addEventListener('click', () => {
    byId('code').value = serial.replace(/(\d{4})(?=\d)/g, '$1 ');
    byId('code').focus();
  });
  return button;
}
