// Talking to the daemon: with the token where one was given, and shown as curl where the integrator may want it.
import { showAnswer, showCall } from './curl.js';
import { askForToken, token } from './token.js';
import { text } from './words.js';

export async function call(path, options = {}) {
  const headers = { ...options.headers };
  const given = token();
  if (given) headers.Authorization = `Bearer ${given}`;
  const response = await fetch(path, { ...options, headers, cache: 'no-store' });
  if (response.status === 401) askForToken(given !== null);
  return response;
}

export const get = async (path) => {
  const response = await call(path);
  return response.ok ? response.json() : null;
};

/** Sends JSON; shows the call as curl where the integrator may want it. Answers { isOk, body }. */
export async function post(path, body, { key = null, isShown = false } = {}) {
  const headers = { 'Content-Type': 'application/json' };
  if (key !== null) headers['Idempotency-Key'] = key;
  if (isShown) showCall(path, body, key);
  try {
    const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (isShown) showAnswer(answer);
    return { isOk: response.ok, body: answer };
  } catch {
    return { isOk: false, body: { error: { message: text('state.disconnected'), hint: '' } } };
  }
}

/** Not crypto.randomUUID: it is missing where the page does not come from this machine. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
