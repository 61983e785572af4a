// Two trainings at once, and beside one the purge, the way back and a customer forgotten: real processes, one of them held still.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeModel } from '../../src/recommender/model-file.ts';
import { holderOf } from '../../src/store/file-lock.ts';
import { areHoldersKnown } from '../store/a-lock-holder.ts';
import type { ShopFolder } from './shop-folder.ts';
import { cardOf, dayFromToday, makeSmallShop } from './small-shop.ts';
import { TILLCAT } from './tillcat.ts';
import { until } from './until.ts';

describe.runIf(areHoldersKnown())('while a training is under way', () => {
  let shop: ShopFolder;
  let first: HeldStill;
  beforeAll(async () => {
    shop = await makeSmallShop({ keys: { scanner: { type: 'none' }, printer: { transport: { type: 'none' } } } });
    await shop.must('train', '--as-of', dayFromToday(0));
    first = await trainAndHoldStill(shop);
  });
  afterAll(() => {
    first.child.kill('SIGKILL');
    shop.remove();
  });

  const pointer = () => readFileSync(shop.path('var/models/current'), 'utf8').trim().split('\n');
  const models = () => readdirSync(shop.path('var/models')).filter((name) => name.endsWith('.model'));
  const customersIn = (name: string) =>
    decodeModel(readFileSync(shop.path(join('var/models', `${name}.model`))), name).customers.length;

  it('a second one is refused at its start, and told who is at it', async () => {
    const before = pointer();
    const { code, err } = await shop.tillcat('train');
    expect(code).toBe(1);
    expect(err).toContain(`Another training is under way (process ${first.child.pid})`);
    expect(pointer()).toEqual(before);
  });

  it('the model before is gone back to, the purge takes what is old, and a customer is forgotten', async () => {
    const [inUse = '', before = ''] = pointer();
    expect(await shop.must('train', '--back')).toContain(before);
    expect(pointer()).toEqual([before, inUse]);
    await shop.must('purge');
    const known = customersIn(pointer()[0] ?? '');
    await shop.must('customer', 'forget', cardOf(3));
    expect(customersIn(pointer()[0] ?? '')).toBe(known - 1);
  });

  it('it ends as if nothing had been: its model is in use, without the customer, and the one before it is there', async () => {
    const [was = ''] = pointer();
    const left = customersIn(was);
    expect(await first.goOn()).toBe(0);
    const [inUse = '', before = ''] = pointer();
    // Held still before it read the customer's purchases or after that: then both were written anew, under other names.
    expect(before.replace(/-r\d+$/, '')).toBe(was.replace(/-r\d+$/, ''));
    expect([customersIn(inUse), customersIn(before)]).toEqual([left, left]);
    expect(models().sort()).toEqual([`${inUse}.model`, `${before}.model`].sort());
    await shop.must('preview', cardOf(4));
  });

  it('one that is killed holds nobody up', async () => {
    const killed = await trainAndHoldStill(shop);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const [was] = pointer();
    await shop.must('train');
    expect(pointer()[1]).toBe(was);
    expect(models()).toHaveLength(2);
  });
});

type HeldStill = {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** @returns its exit code */
  readonly goOn: () => Promise<number | null>;
};

/** A training stopped in its midst, as a machine that swaps stops it; one that was through sooner is followed by another. */
async function trainAndHoldStill(shop: ShopFolder): Promise<HeldStill> {
  const inUse = () => readFileSync(shop.path('var/models/current'), 'utf8');
  for (;;) {
    const before = inUse();
    const child = spawn(TILLCAT, ['--config', shop.configFile, 'train'], { stdio: 'ignore' });
    const ended = once(child, 'exit').then(() => child.exitCode);
    const { pid } = child;
    const isAtIt = () => holderOf(shop.path('var/training.lock')) === `process ${pid}`;
    await until('a training to begin', () => isAtIt() || child.exitCode !== null);
    child.kill('SIGSTOP');
    await until('it to stand still', () => child.exitCode !== null || /^\d+ \(.*\) T /.test(statOf(pid)));
    const goOn = () => {
      child.kill('SIGCONT');
      return ended;
    };
    // Not while it puts its model in place, which nobody else could change anything beside, nor after that.
    const isPutting = holderOf(shop.path('var/models.lock')) === `process ${pid}` || inUse() !== before;
    if (child.exitCode === null && isAtIt() && !isPutting) return { child, ended, goOn };
    expect(await goOn()).toBe(0);
  }
}

/** proc_pid_stat(5): the number, the name, and T for stopped. */
function statOf(pid: number | undefined): string {
  const file = `/proc/${pid ?? 'self'}/stat`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
