// A model of another version, or damaged on the disk: the till serves on with the one before it, or without one, and takes the next.
import { openSync, closeSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openShop, type Shop } from '../../src/app.ts';
import { modelProblemOf } from '../../src/daemon-status.ts';
import { judgeFailure } from '../../src/doctor.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { cardNumber } from '../../src/domain/ids.ts';
import { ModelInUse } from '../../src/model-in-use.ts';
import { readShippedWeights } from '../../src/shipped-weights.ts';
import { inMemory } from '../../src/recommender/byte-source.ts';
import type { OpenModel } from '../../src/store/model-folder.ts';
import { calendar, CARDS, NOW, TODAY } from '../visit/corner-shop.ts';
import { openTill, type OpenTill } from '../visit/open-till.ts';

const shipped = readShippedWeights(new URL('../..', import.meta.url).pathname);

const opened = (name: string, words: string): OpenModel => ({
  name,
  file: `${name}.model`,
  bytes: { ...inMemory(Buffer.from(words)), [Symbol.dispose]: () => undefined },
});

function modelInUse() {
  const stored: { is: OpenModel | null } = { is: opened('m1', 'damaged') };
  const reported: Error[] = [];
  const folder = { currentName: () => stored.is?.name ?? null, current: () => stored.is, before: () => null };
  return { stored, reported, model: new ModelInUse({ folder, shipped, report: (error) => reported.push(error) }) };
}

it('a daemon reports it once and ranks with the weights that come with the program', () => {
  const { model, reported } = modelInUse();
  model.openOrDoWithout();
  model.refresh();
  expect(reported.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^The model m1\.model cannot be used: .*tillcat train.* Meanwhile the weights that come with/,
    ),
  ]);
  expect(model.about()).toBeNull();
  expect(model.inUse().name).toBeNull();
});

it('another model put in place is looked at, and told of once where it is no better', () => {
  const { model, stored, reported } = modelInUse();
  model.openOrDoWithout();
  stored.is = opened('m2', 'damaged as well');
  model.refresh();
  model.refresh();
  expect(reported.map(({ message }) => /m[12]/.exec(message)?.[0])).toEqual(['m1', 'm2']);
});

it('a command is told instead: it would measure something else', () => {
  expect(() => modelInUse().model.inUse()).toThrow('cannot be used');
});

/** As of yesterday, after it was as of today: that model is in use, and the other one before it. */
async function trainAgain({ shop }: OpenTill): Promise<{ before: string; inUse: string }> {
  const before = shop.models.currentName();
  if (before === null) throw new Error('The corner shop is trained');
  const asOf = calendar.startOf(addDays(TODAY, -1));
  const { summary } = await shop.train({ asOf, signal: new AbortController().signal, onProgress: () => undefined });
  return { before, inUse: summary.model };
}

/** Four bytes in its midst. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, 'oops', 5000);
  closeSync(handle);
}

/** As the daemon starts on what is on the disk. */
function start(till: OpenTill, report: (error: Error) => void): Shop {
  const shop = openShop(till.config, { clock: till.clock, report });
  shop.model.openOrDoWithout();
  return shop;
}

function stripOf(shop: Shop) {
  const anna = shop.customers.findByCard(cardNumber(CARDS.anna));
  if (anna === null) throw new Error('Anna is known here');
  const { choice, model } = shop.decide(anna, NOW);
  return { model, slots: choice.offers.map(({ slot }) => slot) };
}

const statusOf = ({ model }: Shop) =>
  modelProblemOf({ model: model.about(), damage: model.damage(), now: NOW, nowText: calendar.isoLocal(NOW) });

it('four bytes of it overwritten: the one before it ranks, new things are offered, and log, status and doctor name the file', async () => {
  await using till = await openTill();
  const { before, inUse } = await trainAgain(till);
  const [current] = till.shop.models.all();
  const file = current?.file ?? '';
  damage(file);
  const told: Error[] = [];
  using shop = start(till, (error) => told.push(error));
  const { model, slots } = stripOf(shop);
  expect(model).toBe(before);
  expect(slots).toContain('new');
  shop.lookForNews();
  expect(told).toHaveLength(1);
  const words = told[0]?.message ?? '';
  expect(file).toContain(inUse);
  expect(words).toContain(`The model ${file} cannot be used: `);
  expect(words).toContain(`"tillcat train". Meanwhile ${before} ranks.`);
  expect(statusOf(shop)).toBe(words);
  expect(told.map(judgeFailure)).toEqual([{ level: 'warning', part: 'model', words }]);
});

it('the one before it damaged too: the weights that come with the program rank, and nobody says there is no model yet', async () => {
  await using till = await openTill();
  const { inUse } = await trainAgain(till);
  for (const { file } of till.shop.models.all()) damage(file);
  const told: Error[] = [];
  using shop = start(till, (error) => told.push(error));
  expect(stripOf(shop).model).toBeNull();
  expect(statusOf(shop)).toContain(`${inUse}.model cannot be used`);
  expect(told.map((error) => judgeFailure(error).level)).toEqual(['error', 'error']);
});

it('a pointer that names nothing is told once, and the till takes up what it names once it is mended', async () => {
  await using till = await openTill();
  const { inUse } = await trainAgain(till);
  const pointer = join(dirname(till.shop.models.all()[0]?.file ?? ''), 'current');
  writeFileSync(pointer, 'Oops!\n');
  const told: Error[] = [];
  using shop = start(till, (error) => told.push(error));
  for (let minute = 0; minute < 3; minute++) shop.lookForNews();
  expect(told).toHaveLength(1);
  expect(statusOf(shop)).toContain(pointer);
  writeFileSync(pointer, `${inUse}\n`);
  shop.lookForNews();
  expect(stripOf(shop).model).toBe(inUse);
  expect(statusOf(shop)).toBeNull();
});

it('a new one that cannot be used leaves the one in use, and status says so until there is a better one', async () => {
  await using till = await openTill();
  using shop = start(till, () => undefined);
  const before = shop.model.about()?.name;
  till.shop.models.put({ name: 'model-x', bytes: Buffer.from('damaged'), card: '' });
  shop.lookForNews();
  expect(stripOf(shop).model).toBe(before);
  expect(statusOf(shop)).toMatch(/model-x\.model cannot be used: .* Meanwhile model-\S+ ranks\.$/);
  till.shop.models.goBack();
  shop.lookForNews();
  expect(statusOf(shop)).toBeNull();
});
