// The till page: asks for the daemon's state, listens to its events, and shows both in the reader's language.
import { call, get } from './calls.js';
import { known } from './known.js';
import { byId, notice } from './page.js';
import { showSample } from './sample.js';
import { showState } from './state.js';
import { showStrip } from './strip.js';
import { whenTokenGiven } from './token.js';
import { showVisits } from './visits.js';
import { text } from './words.js';

/** Events by fetch and not by EventSource, which cannot carry a token. Tries again for as long as the page is open. */
async function listen() {
  for (;;) {
    try {
      const response = await call('/api/v1/events');
      if (response.status === 401) return;
      if (response.ok) {
        await refresh();
        await readEvents(response.body);
      }
    } catch {
      // The daemon is away: said below, and tried again.
    }
    notice('connection', 'bad', text('state.disconnected'));
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function readEvents(body) {
  let rest = '';
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const messages = (rest + value).split('\n\n');
    rest = messages.pop();
    if (messages.some((message) => message.includes('\ndata: ') || message.startsWith('data: '))) refreshSoon();
  }
}

/** Many events at once become one question. */
let isRefreshing = false;
let isOutdated = false;
async function refreshSoon() {
  isOutdated = true;
  if (isRefreshing) return;
  isRefreshing = true;
  try {
    while (isOutdated) {
      isOutdated = false;
      await refresh();
    }
  } catch {
    // The event stream breaks as well, and says so.
  } finally {
    isRefreshing = false;
  }
}

async function refresh() {
  const now = await get('/api/v1/status');
  if (now === null) return;
  known.status = now;
  byId('token-form').hidden = true;
  byId('desk').hidden = false;
  notice('connection', 'bad', null);
  showState();
  showVisits();
  await showSample();
  await showStrip();
}

whenTokenGiven(listen);
listen();
