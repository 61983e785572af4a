// A training that is killed, at any moment and at every write, leaves the model in use whole, and the next one clears up.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeModel } from '../../src/recommender/model-file.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { buildShim, shimEnvironment } from '../soak/shim.ts';
import { startDaemon, type DaemonProcess } from './daemon-process.ts';
import { areThere } from './needed-programs.ts';
import { makeShopFolder, type ShopFolder } from './shop-folder.ts';
import { cardOf, customersCsv, dayFromToday, productsCsv } from './small-shop.ts';
import { runToEnd, TILLCAT, type Said } from './tillcat.ts';
import { until } from './until.ts';

const CUSTOMERS = 200;
const BASKETS = 30;
const PRODUCTS = 60;
const SEED = 2002;
/** Some thirty trainings, on a machine that may be busy. */
const MANY_TRAININGS_MS = 600_000;

/** Enough visits for the weights to be learned and judged: a training of some seconds. */
function manyPurchases(): string {
  const rows = ['customer,basket,time,product,quantity,price'];
  for (let customer = 0; customer < CUSTOMERS; customer++)
    for (let basket = 0; basket < BASKETS; basket++)
      for (let line = 0; line < 8; line++) {
        const product = (customer * 3 + line * (1 + (basket % 3))) % PRODUCTS;
        rows.push(
          `C${customer},B${basket},${dayFromToday(-2 - ((basket * 2 + customer) % 54))}T10:${10 + basket},P${product},1,1.50`,
        );
      }
  return `${rows.join('\n')}\n`;
}

describe('a training that does not come to its end', () => {
  let shop: ShopFolder;
  let daemon: DaemonProcess;
  let models: string;
  let durationMs: number;
  let before: { pointer: string; files: ReadonlyMap<string, Buffer> };

  beforeAll(async () => {
    shop = await makeShopFolder({ scanner: { type: 'none' }, printer: { transport: { type: 'none' } } });
    models = shop.path('var/models');
    await shop.must('import', 'products', shop.write('products.csv', productsCsv()));
    await shop.must('import', 'customers', shop.write('customers.csv', customersCsv(CUSTOMERS)));
    await shop.must('import', 'purchases', shop.write('purchases.csv', manyPurchases()));
    await shop.must('train', '--as-of', dayFromToday(-1));
    const from = performance.now();
    await shop.must('train');
    durationMs = performance.now() - from;
    daemon = await startDaemon(shop);
  });
  afterAll(async () => {
    await daemon[Symbol.asyncDispose]();
    shop.remove();
  });

  beforeEach(() => {
    before = { pointer: pointer(), files: modelFiles() };
  });
  // Whatever became of it, the till has served on.
  afterEach(async () => {
    expect((await daemon.scan(cardOf(3))).outcome).not.toBe('unknown-card');
  });

  const pointer = (): string => readFileSync(join(models, 'current'), 'utf8');
  const inUse = (): string => pointer().split('\n')[0] ?? '';
  const modelFiles = (): Map<string, Buffer> =>
    new Map(
      readdirSync(models)
        .filter((name) => name.endsWith('.model'))
        .map((name) => [name, readFileSync(join(models, name))]),
    );

  /** The model the pointer names opens; where it is the one from before, no byte of it has changed. Answers whether it is. */
  const mustBeWhole = (): boolean => {
    const name = `${inUse()}.model`;
    const bytes = readFileSync(join(models, name));
    expect(decodeModel(bytes, name).customers.length).toBe(CUSTOMERS);
    const isOld = pointer() === before.pointer;
    if (isOld) for (const [file, was] of before.files) expect(readFileSync(join(models, file)).equals(was)).toBe(true);
    return isOld;
  };

  const trainUntil = async (signal: NodeJS.Signals, afterMs: number) => {
    const child = spawn(TILLCAT, ['--config', shop.configFile, 'train'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const timer = setTimeout(() => child.kill(signal), afterMs);
    await once(child, 'close');
    clearTimeout(timer);
    return { code: child.exitCode, signal: child.signalCode, err };
  };

  /** Progress is drawn, and Ctrl-C is heard, at a terminal only. Without exec a shell between would tell its own exit code. */
  const inTerminal = () => {
    const child = spawn('script', ['-qefc', `exec ${TILLCAT} --config ${shop.configFile} train`, '/dev/null'], {
      stdio: 'pipe',
    });
    let drawn = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (drawn += text));
    return { child, closed: once(child, 'close'), drawn: () => drawn };
  };

  const random = seededRandom(SEED);
  const moments = Array.from({ length: 8 }, () => random.between(5, 100) / 100);

  it.each(moments)(
    'is killed (kill -9) after %f of its time: the old model is in use, byte for byte',
    async (share) => {
      const ended = await trainUntil('SIGKILL', share * durationMs);
      const isOld = mustBeWhole();
      expect(isOld || ended.code === 0 || ended.signal === 'SIGKILL').toBe(true);
    },
  );

  it.each(moments.map((share, i) => [share, i % 2 === 0 ? 'SIGTERM' : 'SIGINT'] as const))(
    'is stopped after %f of its time by %s: it says so, exits 1, and leaves nothing behind',
    async (share, signal) => {
      const ended = await trainUntil(signal, share * durationMs);
      const isOld = mustBeWhole();
      if (ended.code === 0) return expect(isOld).toBe(false);
      expect(isOld).toBe(true);
      // Before it listens to signals there is nothing to tell yet.
      if (ended.signal !== null) return expect(ended.signal).toBe(signal);
      expect(ended.code).toBe(1);
      expect(ended.err).toContain('train was stopped before its end; run it again');
    },
  );

  it.runIf(areThere('script'))('is stopped with Ctrl-C while it draws its progress', async () => {
    const terminal = inTerminal();
    await until('progress to be drawn', () => /[3-9]\d % training/.test(terminal.drawn()), { story: terminal.drawn });
    terminal.child.stdin.write('\x03');
    await terminal.closed;
    expect(terminal.drawn()).toContain('train was stopped before its end; run it again');
    expect(terminal.child.exitCode).toBe(1);
    expect(mustBeWhole()).toBe(true);
  });

  it.runIf(areThere('script'))('is killed (kill -9) while it draws its progress', async () => {
    const terminal = inTerminal();
    await until('progress to be drawn', () => /[3-9]\d % training/.test(terminal.drawn()), { story: terminal.drawn });
    const script = String(terminal.child.pid);
    const inner = Number(readFileSync(`/proc/${script}/task/${script}/children`, 'utf8').trim());
    process.kill(inner, 'SIGKILL');
    await terminal.closed;
    expect(mustBeWhole()).toBe(true);
  });

  it.runIf(areThere('gcc'))(
    'is killed before each of its writes: the old model or the new one, whole, and the next clears up',
    async () => {
      const shim = buildShim(shop.folder);
      if (shim === null) throw new Error('gcc is there and builds nothing');
      const countFile = shop.path('count');
      const kept = shop.path('models-before');
      cpSync(models, kept, { recursive: true });
      const train = (fault: { killAt: number } | null): Promise<Said> => {
        const env = shimEnvironment({
          shim,
          folder: shop.path('var'),
          fault,
          ...(fault === null ? { countFile } : {}),
        });
        return runToEnd(TILLCAT, ['--config', shop.configFile, 'train'], { env: { ...process.env, ...env } });
      };
      expect((await train(null)).code).toBe(0);
      const operations = Number(readFileSync(countFile, 'utf8'));
      // Three files written, synced, renamed and their folder synced; then what is left over goes.
      expect(operations).toBeGreaterThanOrEqual(14);
      const outcomes: string[] = [];
      for (let killAt = 1; killAt <= operations; killAt++) {
        rmSync(models, { recursive: true });
        cpSync(kept, models, { recursive: true });
        const { code } = await train({ killAt });
        expect(code).toBeNull();
        outcomes.push(mustBeWhole() ? 'old' : 'new');
      }
      expect(outcomes).toEqual([...outcomes].sort().reverse());
      expect(new Set(outcomes)).toEqual(new Set(['old', 'new']));
      const left = inUse();
      await shop.must('train');
      expect(inUse()).not.toBe(left);
      expect(readdirSync(models).sort()).toEqual(
        ['current', ...[left, inUse()].flatMap((name) => [`${name}.md`, `${name}.model`])].sort(),
      );
    },
    MANY_TRAININGS_MS,
  );

  it('is followed by one that succeeds, and what was in use before is one word away', async () => {
    const was = inUse();
    await shop.must('train');
    const is = inUse();
    expect(is).not.toBe(was);
    expect(await shop.must('train', '--back')).toContain(`${was} is in use again`);
    expect(inUse()).toBe(was);
    expect(readdirSync(models).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await shop.must('preview', cardOf(3));
  });
});
