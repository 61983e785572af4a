// kill -9 at a write of a visit, again and again: nothing acknowledged is lost, no serial comes twice, no strip prints twice.
// Usage: node test/soak/kill-at-every-write.ts [--count 100] [--seed 1]
//
// Each life of the till begins where the last one was killed, and is killed before a write, sync, truncation, renaming or
// removal drawn from the seed. After each life the backup of the life before takes the store's place, in a copy of the shop.
// Exit 1 at the first thing that does not hold; the seed and the place are told.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/sample/random.ts';
import { readAcks, type Ack } from './acks.ts';
import { beforeRestore, keepBackup, wrongsAfterRestore } from './after-restore.ts';
import { wrongsOf } from './oracle.ts';
import { tellProgress } from './progress.ts';
import { buildShim, shimEnvironment, type Fault } from './shim.ts';
import { makeSoakShop, openSoakShop, SoakClock } from './soak-shop.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.count);
const seed = Number(values.seed);
/** What was told grows with each life, and the oracle asks for all of it: after so many a new shop opens. */
const LIVES_PER_SHOP = 100;

// In memory where there is room for it: what a killed process has written stays, synced or not.
const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tillcat-kill-'));
const shim = buildShim(work);
if (shim === null) {
  process.stdout.write('kill-at-every-write: skipped, there is no gcc to build the shim with\n');
  process.exit(0);
}
const began = performance.now();
const bare = join(work, 'bare');
const backup = join(work, 'backup.db');
await makeSoakShop(bare);
const random = seededRandom(seed);
let folder = '';
let day = 0;
const operations = countOperations();
const tell = tellProgress({ what: 'kills', total: count });
const tally = { kills: 0, ends: 0, strips: 0, redemptions: 0 };

for (let life = 0; life < count; life++) {
  if (life % LIVES_PER_SHOP === 0) {
    if (folder !== '') rmSync(folder, { recursive: true });
    folder = join(work, `shop-${life}`);
    cpSync(bare, folder, { recursive: true });
    rmSync(backup, { force: true });
    day = 0;
  }
  tell(life);
  const killAt = random.between(1, operations);
  const { signal, status, stderr } = live({ killAt });
  if (signal === 'SIGKILL') tally.kills++;
  else if (status === 0) tally.ends++;
  else fail(killAt, [`it ended by itself with ${status}: ${stderr}`]);
  day += 2;
  const acks = readAcks(join(folder, 'acks'));
  const wrongs = afterwards(acks);
  if (wrongs.length > 0) fail(killAt, wrongs);
  if ((life + 1) % LIVES_PER_SHOP === 0 || life === count - 1) {
    tally.strips += acks.filter((ack) => ack.kind === 'paper').length;
    tally.redemptions += acks.filter((ack) => ack.kind === 'redeemed').length;
  }
}
tell(count);
rmSync(work, { recursive: true });
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  `${tally.kills} kills at writes of a till's day (${operations} of them, seed ${seed}), ${tally.ends} days to their end, ` +
    `${tally.strips} strips, ${tally.redemptions} redemptions: nothing lost, nothing twice, not after a restore either, never corrupt; ${seconds.toFixed(0)} s\n`,
);

function afterwards(acks: readonly Ack[]): readonly string[] {
  const clock = new SoakClock(day);
  using shop = openSoakShop(folder, clock);
  shop.ledger.atStart(shop.clock.now());
  const wrongs = wrongsOf(shop, acks);
  if (wrongs.length > 0) return wrongs;
  const before = existsSync(backup) ? beforeRestore(shop, { backup, acks }) : null;
  const copy = join(work, 'restored');
  cpSync(folder, copy, { recursive: true });
  const afterRestore = before === null ? [] : wrongsAfterRestore(before, { folder: copy, clock });
  rmSync(copy, { recursive: true });
  keepBackup(shop, backup);
  return afterRestore;
}

function countOperations(): number {
  folder = join(work, 'counted');
  cpSync(bare, folder, { recursive: true });
  const countFile = join(work, 'count');
  const { status, stderr } = live(null, countFile);
  if (status !== 0) throw new Error(`The till does not run at all: ${stderr}`);
  const operations = Number(readFileSync(countFile, 'utf8'));
  rmSync(folder, { recursive: true });
  folder = '';
  return operations;
}

function live(fault: Fault, countFile?: string) {
  const program = join(import.meta.dirname, 'busy-till.ts');
  const preload = shimEnvironment({
    shim: shim ?? '',
    folder,
    fault,
    ...(countFile === undefined ? {} : { countFile }),
  });
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', program, folder, String(day), '1'], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(work, 'compiled'), ...preload },
    encoding: 'utf8',
  });
}

function fail(killAt: number, wrongs: readonly string[]): never {
  process.stdout.write(
    `seed ${seed}, killed before operation ${killAt}, kept in ${folder}:\n  ${wrongs.join('\n  ')}\n`,
  );
  process.exit(1);
}
