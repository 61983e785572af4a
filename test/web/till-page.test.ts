// The till page: its words, its files, and what only it may ask.
import { readdirSync, readFileSync } from 'node:fs';
import request from 'supertest';
import { describe, expect, it, test } from 'vitest';
import { VISIT_OUTCOMES } from '../../src/domain/visit.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { DAEMON_STATES, FAULT_NAMES } from '../../src/web/desk.ts';
import { sampleSchema } from '../../src/web/page-routes.ts';
import { fillShell } from '../../src/web/till-page.ts';
import { TEXTS, textsOf } from '../../src/web/texts.ts';
import { explanationSchema } from '../../src/web/visit-answer.ts';
import { errorOf, FAMILY, openDesk, OPTED_OUT, STUDENT } from './open-desk.ts';

const page = (file: string) => readFileSync(new URL(`../../src/web/pages/${file}`, import.meta.url), 'utf8');

const scripts = readdirSync(new URL('../../src/web/pages', import.meta.url)).filter((file) => file.endsWith('.js'));
const script = scripts.map(page).join('\n');

describe('the words of the page', () => {
  it('are there in all three languages, with the same places to fill', () => {
    for (const [key, words] of Object.entries(TEXTS)) {
      const places = LANGUAGES.map((language) => (words[language].match(/\{\w+\}/g) ?? []).sort().join());
      expect(new Set(places).size, key).toBe(1);
      for (const language of LANGUAGES) expect(words[language].trim(), key).not.toBe('');
    }
  });

  it('are there for every text the script and the shell ask for, and every one is asked for', () => {
    const asked = new Set<string>();
    for (const match of page('till.html').matchAll(/\{\{([\w.-]+)\}\}/g)) asked.add(match[1] ?? '');
    for (const match of script.matchAll(/'([a-z]\w*\.[\w-]+)'/gi)) asked.add(match[1] ?? '');
    const prefixes = [...script.matchAll(/text\(`(\w+\.)\$/g)].map((match) => match[1] ?? '');
    asked.delete('language');
    asked.delete('languages');
    for (const key of asked) expect(Object.keys(TEXTS), key).toContain(key);
    for (const key of Object.keys(TEXTS)) {
      const isAsked = asked.has(key) || prefixes.some((prefix) => key.startsWith(prefix)) || key === 'language.name';
      expect(isAsked, key).toBe(true);
    }
  });

  it('are there for every outcome, fault and state a page can meet', () => {
    const serving = ['ready', 'degraded'];
    const states = DAEMON_STATES.filter((state) => !serving.includes(state));
    for (const key of [
      ...VISIT_OUTCOMES.map((outcome) => `outcome.${outcome}`),
      ...FAULT_NAMES.map((fault) => `faults.${fault}`),
      ...states.map((state) => `state.${state}`),
    ]) {
      expect(textsOf('fi')).toHaveProperty([key]);
    }
  });
});

describe('the shell', () => {
  test.each(LANGUAGES)('in %s is filled completely and marks its language', (language) => {
    const html = fillShell(page('till.html'), language);
    expect(html).not.toContain('{{');
    expect(html).toContain(`<html lang="${language}">`);
    expect(html.match(/aria-current/g)).toHaveLength(1);
  });

  it('has no inline script, style or handler, because the policy forbids them', () => {
    const html = fillShell(page('till.html'), 'en');
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
  });

  it('comes in the language of the shop until another is chosen, and remembers that one', async () => {
    const { web } = openDesk();
    const first = await request(web.handle).get('/').expect(200).expect('Content-Language', 'fi');
    expect(first.headers['set-cookie']).toBeUndefined();
    const chosen = await request(web.handle).get('/?language=sv').expect('Content-Language', 'sv');
    const cookie = String(chosen.headers['set-cookie']);
    expect(cookie).toContain('SameSite=Strict');
    await request(web.handle)
      .get('/')
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect('Content-Language', 'sv');
    await request(web.handle)
      .get('/?language=xx')
      .set('Cookie', 'tillcat-language=zz')
      .expect('Content-Language', 'fi');
  });

  it('comes with its files', async () => {
    const { web } = openDesk();
    const types = {
      '/pages/till.css': 'text/css',
      '/pages/till.js': 'text/javascript',
      '/favicon.svg': 'image/svg+xml',
    };
    for (const [path, type] of Object.entries(types)) {
      const answer = await request(web.handle).get(path).expect(200);
      expect(answer.headers['content-type']).toContain(type);
    }
    for (const file of scripts) {
      const answer = await request(web.handle).get(`/pages/${file}`).expect(200);
      expect(answer.headers['content-type']).toContain('text/javascript');
    }
    await request(web.handle).get('/pages/../web-app.ts').expect(404);
    await request(web.handle).get('/pages/till.html').expect(404);
  });
});

describe('the scripts of the page', () => {
  it.each(scripts)('%s imports only files of the page, and says in its first line what it is', (file) => {
    expect(page(file)).toMatch(/^\/\/ [A-Z].*\.\n/);
    for (const [, name = ''] of page(file).matchAll(/from '([^']+)'/g))
      expect(scripts).toContain(name.slice('./'.length));
    expect(page(file).split('\n').length).toBeLessThan(120);
  });
});

describe('the last strip', () => {
  it('is shown as a picture and as text, and never in place of another', async () => {
    const { web } = openDesk();
    await request(web.handle).get('/strips/last.png').expect(404);
    await request(web.handle).post('/api/v1/scans').send({ card: FAMILY }).expect(200);
    await request(web.handle).post('/api/v1/scans').send({ card: STUDENT }).expect(200);
    const picture = await request(web.handle).get('/strips/last.png?visit=01-000002').expect(200);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(
      Buffer.from(picture.body as Uint8Array)
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const text = await request(web.handle).get('/strips/last.txt').expect(200).expect('TillCAT-Visit', '01-000002');
    expect(text.text).toContain('Kulmakauppa');
    await request(web.handle).get('/strips/last.png?visit=01-000001').expect(404);
  });
});

describe('what the page asks', () => {
  it('why these six', async () => {
    const { web } = openDesk();
    await request(web.handle).post('/api/v1/scans').send({ card: FAMILY }).expect(200);
    const answer = await request(web.handle).get('/api/v1/visits/01-000001/explanation?language=sv').expect(200);
    const { offers, runnersUp } = explanationSchema.parse(answer.body);
    expect(offers).toHaveLength(6);
    expect(offers.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(runnersUp.map(({ loss }) => loss)).toEqual(['ranked-lower', 'unmapped-category']);
    await request(web.handle).get('/api/v1/visits/01-000009/explanation').expect(404);
    const none = await request(web.handle).get('/api/v1/visits/nobody/explanation').expect(404);
    expect(errorOf(none.body).code).toBe('NOT_FOUND');
  });

  it('no more coupons for this customer, and coupons again', async () => {
    const { web } = openDesk();
    const wish = (body: object) => request(web.handle).post('/page/opt-out').send(body);
    await request(web.handle).post('/api/v1/scans').send({ card: OPTED_OUT }).expect(200);
    await wish({ visit: '01-000001', optedOut: false }).expect(200, { optedOut: false });
    const scan = await request(web.handle).post('/api/v1/scans').send({ card: OPTED_OUT });
    expect(scan.body).toMatchObject({ outcome: 'printing' });
    await wish({ visit: '01-000002', optedOut: true }).expect(200, { optedOut: true });
    await wish({ visit: '01-000009', optedOut: true }).expect(404);
    await wish({ visit: 'x', optedOut: true }).expect(400);
  });

  it('cards to try and faults to switch on', async () => {
    const { web, desk } = openDesk();
    const toys = await request(web.handle).get('/page/sample').expect(200);
    expect(sampleSchema.parse(toys.body).cardsToTry.length).toBeGreaterThan(3);
    await request(web.handle).post('/page/faults').send({ name: 'paper-out', isOn: true }).expect(200);
    expect(desk.status().printer.status.state).toBe('paper-out');
    const scan = await request(web.handle).post('/api/v1/scans').send({ card: FAMILY });
    expect(scan.body).toMatchObject({ outcome: 'no-printer' });
    await request(web.handle).post('/page/faults').send({ name: 'fire', isOn: true }).expect(400);
  });
});
