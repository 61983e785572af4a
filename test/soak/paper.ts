// Paper that never lies: two tills for so many minutes, with hands that unplug, open, empty, jam and kill; then the ledger and
// the captured paper are laid side by side, coupon by coupon.
// Usage: node test/soak/paper.ts [--minutes 20] [--seed 1] [--control lost|twice|hidden]
//
// One till has its printer on the network, the other on a pseudo-terminal; both hear a scanner on one. Printers, scanners and
// clients stand outside the daemons. Exit 1 where something does not hold; with a control, where the lie is not found out.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cardNumber } from '../../src/domain/ids.ts';
import { areThere } from '../end-to-end/needed-programs.ts';
import { LIES, type Lie } from './paper/far-roll.ts';
import { readBack } from './paper/read-back.ts';
import { SoakTill } from './paper/soak-till.ts';
import { HEADER, row, summary } from './paper/told.ts';
import { basketOf, cardOf, dayStart, openSoakShop, SoakClock, takeShelvesAndCards } from './soak-shop.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    control: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const lie: Lie = LIES.find((one) => one === values.control) ?? null;
const CUSTOMERS = 300;
/** The last part of the time is one life: long enough for a leak to show. */
const LIVES_PART = 0.6;
const MOST_WRONGS_TOLD = 12;
/** What each lie is told by: found out by anything else, it is not found out. */
const TOLD_BY = { lost: /not on paper/, twice: /on paper 2 times/, hidden: /^cover-open was still called/ };

if (!areThere('socat')) process.exit(0);
const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tillcat-paper-'));
const bare = join(work, 'bare');
const rowOf = await makeShop(bare);
const beganMs = performance.now();
const untilMs = beganMs + minutes * 60_000;
const tills = await Promise.all(
  (
    [
      { id: '01', by: 'tcp', profile: 'epson-tm-t20iii' },
      { id: '02', by: 'serial', profile: 'epson-tm-t88v' },
    ] as const
  ).map((of) => {
    const folder = join(work, `till-${of.id}`);
    cpSync(bare, folder, { recursive: true });
    return SoakTill.open({ ...of, folder, seed, lie, rowOf, longLifeAtMs: beganMs + (untilMs - beganMs) * LIVES_PART });
  }),
);
const liar = lie === null ? `\n${HEADER}` : `, a printer that lies: ${lie}`;
process.stdout.write(`paper: ${minutes} minutes, seed ${seed}${liar}\n`);
const working = tills.map((till) => till.work());
for (const one of working) one.catch(fail);

const told = new Set<string>();
while (performance.now() < untilMs) {
  await pause(Math.min(lie === null ? 60_000 : 5_000, untilMs - performance.now()));
  const verdictsNow = tills.map((till) => till.judge({ isOver: false }));
  if (lie !== null && verdictsNow.some(({ wrongs }) => wrongs.some((wrong) => TOLD_BY[lie].test(wrong)))) break;
  if (lie !== null) continue;
  for (const [i, till] of tills.entries()) {
    const verdict = verdictsNow[i];
    if (verdict === undefined) continue;
    process.stdout.write(`${row(till, { verdict, sinceMs: performance.now() - beganMs })}\n`);
    tellNew(verdict.wrongs);
  }
}
await Promise.all(tills.map((till, i) => till.close(working[i] ?? Promise.resolve()))).catch(fail);

const verdicts = tills.map((till) => till.judge({ isOver: true }));
const wrongs = verdicts
  .flatMap((verdict) => verdict.wrongs)
  .filter((wrong) => lie === null || TOLD_BY[lie].test(wrong));
if (lie === null) {
  for (const till of tills) wrongs.push(...(await readBack({ paper: till.paper, folder: work })));
  for (const [i, till] of tills.entries()) {
    const verdict = verdicts[i];
    if (verdict !== undefined) process.stdout.write(summary(till, verdict));
    wrongs.push(...till.leaks());
  }
}
const seconds = Math.round((performance.now() - beganMs) / 1000);
tellNew(wrongs);
const found = `${wrongs.length} ${wrongs.length === 1 ? 'thing does' : 'things do'} not hold`;
process.stdout.write(
  lie === null
    ? `seed ${seed}, ${seconds} s: ${wrongs.length === 0 ? 'ledger and paper agree, coupon by coupon' : found}\n`
    : `control ${lie}: ${wrongs.length === 0 ? 'NOT found out' : `found out, as it must be: ${found}`}\n`,
);
const isRight = (wrongs.length === 0) === (lie === null);
if (isRight) rmSync(work, { recursive: true });
else process.stdout.write(`kept in ${work}\n`);
process.exit(isRight ? 0 : 1);

/** Answers each customer's row in the store. */
async function makeShop(folder: string): Promise<readonly number[]> {
  mkdirSync(folder, { recursive: true });
  using shop = openSoakShop(folder, new SoakClock(0));
  takeShelvesAndCards(shop, CUSTOMERS);
  for (let day = -42; day < 0; day++) {
    const comers = Array.from({ length: CUSTOMERS }, (_, customer) => customer).filter(
      (one) => (one + day + 900) % 3 === 0,
    );
    shop.intake().takePurchases(comers.flatMap((customer) => basketOf(customer, day)));
  }
  await shop.train({ asOf: dayStart(0), signal: new AbortController().signal, onProgress: () => undefined });
  return Array.from(
    { length: CUSTOMERS },
    (_, customer) => shop.customers.findByCard(cardNumber(cardOf(customer)))?.id ?? -1,
  );
}

function tellNew(wrongs: readonly string[]): void {
  for (const wrong of wrongs.slice(0, MOST_WRONGS_TOLD)) {
    if (!told.has(wrong)) process.stdout.write(`  WRONG: ${wrong}\n`);
    told.add(wrong);
  }
}

function fail(thrown: unknown): never {
  process.stdout.write(
    `${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\nkept in ${work}\n`,
  );
  for (const till of tills) void till.kill();
  process.exit(1);
}
