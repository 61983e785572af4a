// The till page: asks for the daemon's state, listens to its events, and shows both in the reader's language.

const byId = (id) => document.getElementById(id);
const language = document.documentElement.lang;
/** How numbers and times are written: as in Finland, and English with 24 hours. */
const locale = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }[language];
const texts = await (await fetch(`/pages/texts/${language}.json`)).json();
const TOKEN = 'tillcat-token';

let status = null;
let sample = null;
let shownStrip = null;
let reasonsOf = null;
let isOptedOut = false;
/** Visit and end last said beside the card field. */
let said = null;

/** A text by its key, with the values of its {places}. */
function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// ---- talking to the daemon ----

async function call(path, options = {}) {
  const headers = { ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(path, { ...options, headers, cache: 'no-store' });
  if (response.status === 401) askForToken(token !== null);
  return response;
}

const get = async (path) => {
  const response = await call(path);
  return response.ok ? response.json() : null;
};

/** Sends JSON; shows the call as curl where the integrator may want it. Answers { isOk, body }. */
async function post(path, body, { key = null, isShown = false } = {}) {
  const headers = { 'Content-Type': 'application/json' };
  if (key !== null) headers['Idempotency-Key'] = key;
  if (isShown) showCall(path, body, key);
  try {
    const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (isShown) byId('call-answer').textContent = JSON.stringify(answer, null, 2);
    return { isOk: response.ok, body: answer };
  } catch {
    return { isOk: false, body: { error: { message: text('state.disconnected'), hint: '' } } };
  }
}

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
  status = now;
  byId('token-form').hidden = true;
  byId('desk').hidden = false;
  notice('connection', 'bad', null);
  showState();
  showVisits();
  await showSample();
  await showStrip();
}

// ---- state ----

function showState() {
  byId('shop').textContent = status.shop.name;
  const { printer, scanner, clock, model } = status;
  const simulated = (device) => (device.isSimulated ? ` · ${text('device.simulated')}` : '');
  const mood = { ready: 'good', printing: 'good', 'paper-low': 'warn', none: 'warn' };
  const days = model === null ? 0 : Math.floor(model.ageDays);
  const age = days < 1 ? text('model.fresh') : text('model.age', { days });
  byId('state').replaceChildren(
    pill(
      'printer.label',
      text(`printer.${printer.state}`) + simulated(printer),
      mood[printer.state] ?? 'bad',
      printer.why,
    ),
    pill(
      'scanner.label',
      text(`scanner.${scanner.state}`) + simulated(scanner),
      { ready: 'good', offline: 'bad' }[scanner.state] ?? '',
      scanner.why,
    ),
    pill('clock.label', text(`clock.${clock.state}`), clock.state === 'ok' ? 'good' : 'bad'),
    pill('model.label', model === null ? text('model.none') : age, model === null ? 'warn' : 'good', model?.name),
  );
  const isFaulty = mood[printer.state] === undefined;
  notice('printer', 'bad', isFaulty ? text('printer.fault', { state: text(`printer.${printer.state}`) }) : null);
  const isServing = status.state === 'ready' || status.state === 'degraded';
  notice('daemon', 'bad', isServing ? null : text(`state.${status.state}`));
  notice('clock', 'bad', clock.state === 'doubtful' ? text('clock.doubtfulLong') : null);
  notice('replay', 'warn', clock.isReplay ? text('clock.replay', { time: dateTime(clock.now) }) : null);
  notice('storage', 'bad', status.storage.state === 'ok' ? null : text(`storage.${status.storage.state}`));
  notice('sample', 'warn', status.sample?.isOld ? text('sample.old', { day: status.sample.newestDay }) : null);
  notice('problems', 'warn', status.problems.length === 0 ? null : status.problems.join(' '));
  const figures = ['customers', 'products'].map(
    (key) => `${status[key].toLocaleString(locale)} ${text(`figures.${key}`)}`,
  );
  if (status.queueLength > 0) figures.push(`${status.queueLength} ${text('figures.queue')}`);
  byId('figures').textContent = `${figures.join(' · ')} · ${status.version}`;
}

function pill(label, words, mood, why) {
  const name = make('b', {}, text(label));
  return make('li', { className: mood, title: why ?? '' }, name, ` ${words}`);
}

function notice(name, mood, words) {
  const old = document.querySelector(`[data-notice="${name}"]`);
  if (words === null) old?.remove();
  else if (old === null) {
    const line = make('p', { className: `notice ${mood}` }, words);
    line.dataset.notice = name;
    byId('notices').append(line);
  } else if (old.textContent !== words) old.textContent = words;
}

function showVisits() {
  const rows = status.lastVisits.map((visit) =>
    make('tr', {}, make('td', {}, time(visit.at)), make('td', {}, visit.visit), make('td', {}, resultWords(visit))),
  );
  byId('visits').hidden = rows.length === 0;
  byId('visits-none').hidden = rows.length > 0;
  byId('visits').tBodies[0].replaceChildren(...rows);
  sayNewest();
}

/** A card held up at the real scanner is said here too, and how its strip ended. */
function sayNewest() {
  const newest = status.lastVisits[0];
  const key = newest === undefined ? '' : `${newest.visit}:${newest.end}`;
  if (said !== null && said !== key && newest !== undefined) say('scan-result', moodOf(newest), resultWords(newest));
  said = key;
}

function moodOf({ outcome, end }) {
  if (end === 'failed' || end === 'unknown' || end === 'partly-printed') return 'bad';
  return end !== 'dropped' && (outcome === 'printing' || outcome === 'queued') ? 'good' : 'warn';
}

function resultWords({ outcome, end, coupons }) {
  if (end === null || coupons === 0) return text(`outcome.${outcome}`);
  return `${text(`end.${end}`)}, ${couponCount(coupons)}`;
}

// ---- the strip and its reasons ----

async function showStrip() {
  const newest = status.lastVisits.find((visit) => visit.end !== null && visit.end !== 'dropped' && visit.coupons > 0);
  if (newest === undefined) {
    forgetStrip();
    return;
  }
  if (newest.visit !== reasonsOf) await showReasons(newest.visit);
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
  reasonsOf = null;
  URL.revokeObjectURL(byId('strip').src);
  byId('strip').removeAttribute('src');
  byId('strip-text').textContent = '';
  byId('strip-state').textContent = text('strip.none');
  byId('strip-view').hidden = true;
  byId('try-coupons').hidden = true;
  byId('reasons').replaceChildren();
  byId('lost').hidden = true;
  byId('reasons-none').hidden = false;
  byId('opt-out').hidden = true;
  byId('opt-out-result').textContent = '';
}

async function showReasons(visit) {
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

/** In the sample shop the strip's coupons are at hand: a tap fills in the number. */
async function showCoupons(visit) {
  const record = sample === null ? null : await get(`/api/v1/visits/${encodeURIComponent(visit)}`);
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

// ---- cards and coupons ----

byId('scan-form').addEventListener('submit', (event) => {
  event.preventDefault();
  scan(byId('card').value.trim());
});

async function scan(card) {
  const { isOk, body } = await post('/api/v1/scans', { card }, { isShown: true });
  // A customer's number does not stay on the screen; one of the sample shop may be tried again.
  if (sample === null) byId('card').value = '';
  else byId('card').select();
  if (!isOk) say('scan-result', 'bad', errorWords(body));
  else if (!said?.startsWith(`${body.visit}:`)) {
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

function couponWords(coupon) {
  if (coupon === null) return '';
  const { reward } = coupon;
  const off =
    reward.kind === 'percent'
      ? `-${reward.percent} %`
      : new Intl.NumberFormat(locale, { style: 'currency', currency: status.shop.currency }).format(-reward.amount);
  return coupon.productName === null ? off : `${off} · ${coupon.productName}`;
}

function couponCount(count) {
  return count === 1 ? text('coupons.one') : text('coupons.count', { count });
}

/** Not crypto.randomUUID: it is missing where the page does not come from this machine. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function say(id, mood, words, small = '') {
  const line = byId(id);
  line.className = `result ${mood}`;
  line.replaceChildren(words, ...(small === '' ? [] : [make('small', {}, small)]));
}

function errorWords(body) {
  return `${body.error.message} ${body.error.hint}`;
}

// ---- the sample shop ----

async function showSample() {
  if (sample === null && status.sample === null && !status.printer.isSimulated) return;
  const answer = await get('/page/sample');
  if (answer === null) return;
  const isFirst = sample === null;
  sample = answer;
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

// ---- the call as curl ----

showCall('/api/v1/scans', { card: '' }, null);

/** A customer's card is written out only in the sample shop. */
function showCall(path, body, key) {
  const shown = { ...body };
  if ('card' in shown && sample === null) shown.card = `…${shown.card.slice(-4)}`;
  const quoted = JSON.stringify(shown).replaceAll("'", "'\\''");
  const headers = ["-H 'Content-Type: application/json'"];
  if (key !== null) headers.push(`-H 'Idempotency-Key: ${key}'`);
  if (sessionStorage.getItem(TOKEN)) headers.push('-H "Authorization: Bearer $TOKEN"');
  byId('call').textContent = `curl ${location.origin}${path} \\\n  ${headers.join(' \\\n  ')} \\\n  -d '${quoted}'`;
}

byId('copy').addEventListener('click', async () => {
  await navigator.clipboard?.writeText(byId('call').textContent);
  byId('copy').textContent = text('call.copied');
  setTimeout(() => (byId('copy').textContent = text('call.copy')), 1500);
});

// ---- the token ----

function askForToken(wasWrong) {
  byId('desk').hidden = true;
  byId('token-form').hidden = false;
  if (wasWrong) byId('token-result').textContent = text('token.wrong');
  byId('token').focus();
}

byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, byId('token').value.trim());
  listen();
});

// ---- small things ----

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Times are the shop's own, wherever the page is read. */
function time(at) {
  return new Date(at).toLocaleTimeString(locale, {
    timeZone: status.shop.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
}

function dateTime(at) {
  return new Date(at).toLocaleString(locale, {
    timeZone: status.shop.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}

listen();
