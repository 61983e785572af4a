// The last visits, and what came of the newest one.
import { known } from './known.js';
import { byId, make, say } from './page.js';
import { moodOf, resultWords, text, time } from './words.js';

/** Visit and end last said beside the card field. */
let said = null;

export function showVisits() {
  const { lastVisits } = known.status;
  const rows = lastVisits.map((visit) =>
    make('tr', {}, make('td', {}, time(visit.at)), make('td', {}, visit.visit), make('td', {}, resultWords(visit))),
  );
  byId('visits').hidden = rows.length === 0;
  byId('visits-none').hidden = rows.length > 0;
  byId('visits').tBodies[0].replaceChildren(...rows);
  sayNewest(lastVisits[0]);
}

/** A card held up at the real scanner is said here too, and how its strip ended. */
function sayNewest(newest) {
  const key = newest === undefined ? '' : `${newest.visit}:${newest.end}`;
  if (said !== null && said !== key && newest !== undefined) say('scan-result', moodOf(newest), resultWords(newest));
  said = key;
}

/** What came of this visit stands beside the card field already. */
export function isSaid(visit) {
  return said?.startsWith(`${visit}:`) === true;
}
