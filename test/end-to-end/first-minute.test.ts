// A newcomer's first minute: npm start without a terminal and with one, and the start after it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converse } from './conversation.ts';
import { keepEvidence } from './evidence.ts';
import { areThere } from './needed-programs.ts';
import { freePort } from './shop-folder.ts';
import { TILLCAT } from './tillcat.ts';

const CONFIRMED = 'printed, confirmed by the printer: 6 coupons';

describe('the first minute', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-first-minute-'));
  const configFile = join(folder, 'tillcat.yaml');
  let env: NodeJS.ProcessEnv;
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    writeFileSync(configFile, `data: var\nhttp: { port: ${port} }\n`);
    env = { ...process.env, TILLCAT_CONFIG: configFile };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const cardServed = (story: string): string => /^card \.\.(\d{4})/m.exec(story)?.[1] ?? 'none';
  const isServing = async (): Promise<boolean> => {
    const answer: unknown = await (await fetch(`http://127.0.0.1:${port}/api/v1/status`)).json();
    return typeof answer === 'object' && answer !== null && 'state' in answer && answer.state === 'ready';
  };

  it('npm start makes the shop, prints a strip and runs on, though its input is closed; a restart serves another card', async () => {
    const served: string[] = [];
    {
      await using first = converse('npm', ['start'], { env, input: 'none' });
      await first.hear('making Kulmakauppa, an invented corner shop');
      await first.hear(`http://127.0.0.1:${port}`);
      await first.hear(CONFIRMED);
      await first.hear('first byte');
      served.push(cardServed(first.story()));
      expect(first.story()).toMatch(/\(17\)\d{6}\(255\)\d{25}/);
      expect(first.story()).not.toContain('Scan somebody');
      expect(await isServing()).toBe(true);
      expect(first.isRunning()).toBe(true);
      keepEvidence('first-minute-npm-start.txt', first.story());
      await first.end('SIGTERM');
    }
    {
      await using second = converse('sh', ['-c', `exec "${TILLCAT}" run --sample <&-`], { env, input: 'none' });
      await second.hear(CONFIRMED);
      await second.hear('first byte');
      served.push(cardServed(second.story()));
      expect(second.story()).not.toContain('first start');
      expect(await isServing()).toBe(true);
      expect(await second.end('SIGTERM')).toBe(0);
    }
    expect(new Set(served).size).toBe(2);
    expect(served).not.toContain('none');
  });

  it.skipIf(!areThere('socat'))('offers a prompt at a terminal: 1, p, w, r, n, ? and q do what they say', async () => {
    const address = `EXEC:"${TILLCAT} run --sample",pty,setsid,ctty,stderr,echo=0`;
    await using prompt = converse('socat', ['-', address], { env, input: 'typed' });
    await prompt.hear(CONFIRMED);
    await prompt.hear('q quit');
    const ask = async (word: string, answer: string | RegExp): Promise<string> => {
      await prompt.hear('> ');
      prompt.type(word);
      return prompt.hear(answer, 15_000);
    };
    expect(await ask('w', /new +\d+ %[^\n]+\n/)).toMatch(/habitual/);
    await ask('3', 'printed, confirmed by the printer');
    await ask('n', CONFIRMED);
    await ask('r', /redeem \d{12}: not-yet-valid - .+/);
    await ask('p', 'paper out: broken');
    await ask('n', /no-printer: .+/);
    await ask('p', 'paper out: mended');
    await ask('n', CONFIRMED);
    await ask('c', 'cover open: broken');
    await ask('c', 'cover open: mended');
    await ask('u', 'unplugged: broken');
    await ask('u', 'unplugged: mended');
    await ask('4', /opted-out: .+/);
    await ask('1', /capped: .+/);
    await ask('123456', /not-a-card: .+/);
    await ask('x!', '"x!" means nothing here');
    await ask('?', `http://127.0.0.1:${port}`);
    await prompt.hear('> ');
    prompt.type('q');
    expect(await prompt.ended).toBe(0);
    keepEvidence('first-minute-prompt.txt', prompt.story());
  });

  it.skipIf(!areThere('socat'))('ends when Ctrl-C is pressed', async () => {
    const address = `EXEC:"${TILLCAT} run --sample",pty,setsid,ctty,stderr,echo=0`;
    await using prompt = converse('socat', ['-', address], { env, input: 'typed' });
    await prompt.hear('> ');
    prompt.type('\u0003');
    expect(await prompt.ended).toBe(0);
  });
});
