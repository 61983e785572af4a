// The power goes, at seeded points of days of visits and imports: what was not synced is dropped, torn or in another order.
// Usage: node test/soak/power-cut.ts [--count 2000] [--seed 1]
//
// One till runs under the shim, which logs every write; then the log is played to `count` points, the disk as it might be
// there is put in a folder, and the shop opened on it; then a backup of an earlier point takes the store's place. The same with synchronous=NORMAL and OFF must lose something: those
// runs are the controls of this one. Not played: lost folder entries, writes that land elsewhere, cards that lie about syncs.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { Shop } from '../../src/app.ts';
import { cardNumber } from '../../src/domain/ids.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { parseAcks, type Ack } from './acks.ts';
import { beforeRestore, keepBackup, wrongsAfterRestore, type Before } from './after-restore.ts';
import { reissuedSerials, wrongsOf } from './oracle.ts';
import { tellProgress } from './progress.ts';
import { buildShim, shimEnvironment } from './shim.ts';
import { cardOf, makeSoakShop, openSoakShop, SoakClock } from './soak-shop.ts';
import { Disk, readLog, type Operation } from './write-log.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.count);
const seed = Number(values.seed);
const DAYS = 8;
/** So many backups are made on the way, and restored at the points after them. */
const BACKUPS = 24;
/** So many points are enough to catch a setting that loses coupons. */
const CONTROL_POINTS = 60;

// In memory where there is room for it: nothing here depends on a real disk.
const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tillcat-power-'));
const shim = buildShim(work);
if (shim === null) {
  process.stdout.write('power-cut: skipped, there is no gcc to build the shim with\n');
  process.exit(0);
}
const bare = join(work, 'bare');
const backup = join(work, 'backup.db');
await makeSoakShop(bare);

const began = performance.now();
const full = play({ synchronous: '', points: count });
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  `FULL: ${full.points} power cuts over ${DAYS} days (${full.operations} operations, seed ${seed}): ${full.lossy} lost something; ${seconds.toFixed(0)} s\n`,
);
for (const wrong of full.examples) process.stdout.write(`  ${wrong}\n`);
let isRight = full.lossy === 0;
for (const synchronous of ['NORMAL', 'OFF']) {
  const control = play({ synchronous, points: CONTROL_POINTS });
  process.stdout.write(
    `${synchronous}: ${control.lossy} of ${control.points} power cuts lost something, as they must\n`,
  );
  for (const wrong of control.examples.slice(0, 2)) process.stdout.write(`  ${wrong}\n`);
  isRight &&= control.lossy > 0;
}
rmSync(work, { recursive: true });
process.exitCode = isRight ? 0 : 1;

function play({ synchronous, points }: { synchronous: string; points: number }) {
  const operations = logOf(synchronous);
  rmSync(backup, { force: true });
  const random = seededRandom(seed);
  const places = Array.from({ length: points }, () => random.between(0, operations.length)).sort((a, b) => a - b);
  const disk = new Disk(filesOf(bare));
  let told = '';
  let taken = 0;
  let lossy = 0;
  const examples: string[] = [];
  const tell = tellProgress({ what: `power cuts, ${synchronous || 'FULL'}`, total: points });
  for (const [done, place] of places.entries()) {
    tell(done);
    for (const operation of operations.slice(taken, place)) {
      disk.take(operation);
      if (operation.name === 'acks' && operation.kind === 'w') told += operation.bytes.toString('utf8');
    }
    taken = place;
    const backsUp = done % Math.ceil(points / BACKUPS) === 0;
    const wrongs = afterwards({ files: disk.afterPowerCut(random), acks: parseAcks(told), backsUp });
    if (wrongs.length === 0) continue;
    lossy++;
    if (examples.length < 5) examples.push(`at operation ${place}: ${wrongs.slice(0, 3).join('; ')}`);
  }
  tell(points);
  return { points, operations: operations.length, lossy, examples };
}

/** The till's days under the shim, operation by operation. */
function logOf(synchronous: string): readonly Operation[] {
  const folder = join(work, 'till');
  const logFile = join(work, 'log');
  rmSync(logFile, { force: true });
  cpSync(bare, folder, { recursive: true });
  const program = join(import.meta.dirname, 'busy-till.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, folder, '0', String(DAYS), synchronous];
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, ...shimEnvironment({ shim: shim ?? '', folder, fault: null, logFile }) },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The till does not run: ${stderr}`);
  rmSync(folder, { recursive: true });
  return readLog(logFile);
}

function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile() && !name.endsWith('-shm'));
  return new Map(files.map((name) => [relative(folder, join(folder, name)), readFileSync(join(folder, name))]));
}

type PowerCut = {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly acks: readonly Ack[];
  readonly backsUp: boolean;
};

/** What does not hold when the power is back, and when a backup is restored then. */
function afterwards({ files, acks, backsUp }: PowerCut): readonly string[] {
  const folder = join(work, 'after');
  for (const [name, bytes] of files) {
    if (name === 'acks') continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes, { mode: 0o600 });
  }
  try {
    const { wrongs, before } = whenPowerIsBack({ folder, acks, backsUp });
    if (before === null) return wrongs;
    return [...wrongs, ...wrongsAfterRestore(before, { folder, clock: new SoakClock(DAYS) })];
  } catch (thrown) {
    return [`it does not open: ${String(thrown)}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whenPowerIsBack({ folder, acks, backsUp }: { folder: string } & Pick<PowerCut, 'acks' | 'backsUp'>): {
  wrongs: readonly string[];
  before: Before | null;
} {
  using shop = openSoakShop(folder, new SoakClock(DAYS));
  shop.ledger.atStart(shop.clock.now());
  const before = existsSync(backup) ? beforeRestore(shop, { backup, acks }) : null;
  const wrongs = wrongsOf(shop, acks);
  // Before anything is issued that the till of the log does not know of.
  if (backsUp && wrongs.length === 0) keepBackup(shop, backup);
  const twice = reissuedSerials(nextStrip(shop), acks).map((serial) => `serial ${serial} is issued again`);
  return { wrongs: [...wrongs, ...twice], before: backsUp ? null : before };
}

function nextStrip(shop: Shop): readonly string[] {
  const customer = shop.customers.findByCard(cardNumber(cardOf(0)));
  if (customer === null) return [];
  const at = shop.clock.now();
  const visit = shop.visits.open({ at, customer: customer.id, source: 'scanner' });
  const decision = shop.decide(customer, at);
  return shop.ledger.issue({ visit, customer: customer.id, decision, at }).map((coupon) => coupon.serial);
}
