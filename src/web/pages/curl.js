// The page's last call as a line for the terminal, and what was answered.
import { known } from './known.js';
import { byId } from './page.js';
import { token } from './token.js';
import { text } from './words.js';

/** A customer's card is written out only in the sample shop. */
export function showCall(path, body, key) {
  const shown = { ...body };
  if ('card' in shown && known.sample === null) shown.card = `…${shown.card.slice(-4)}`;
  const quoted = JSON.stringify(shown).replaceAll("'", "'\\''");
  const headers = ["-H 'Content-Type: application/json'"];
  if (key !== null) headers.push(`-H 'Idempotency-Key: ${key}'`);
  if (token()) headers.push('-H "Authorization: Bearer $TOKEN"');
  byId('call').textContent = `curl ${location.origin}${path} \\\n  ${headers.join(' \\\n  ')} \\\n  -d '${quoted}'`;
}

export function showAnswer(answer) {
  byId('call-answer').textContent = JSON.stringify(answer, null, 2);
}

byId('copy').addEventListener('click', async () => {
  await navigator.clipboard?.writeText(byId('call').textContent);
  byId('copy').textContent = text('call.copied');
  setTimeout(() => (byId('copy').textContent = text('call.copy')), 1500);
});

showCall('/api/v1/scans', { card: '' }, null);
