// The disk fails at each write and sync of a till's day, once: no room (ENOSPC), then an error of the card (EIO).
// Usage: node test/soak/failing-disk.ts [--every 1]
//
// A till that meets the fault may refuse, or fall and be started again; what it told before stays true, nothing comes twice,
// and the day after is an ordinary one. Then a backup of the day before takes the store's place: what was used stays used.
// Exit 1 at the first thing that does not hold. `--every 7` takes each seventh place.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAcks, type Ack } from './acks.ts';
import { beforeRestore, keepBackup, wrongsAfterRestore } from './after-restore.ts';
import { wrongsOf } from './oracle.ts';
import { tellProgress } from './progress.ts';
import { buildShim, ERRNO, shimEnvironment, type Fault } from './shim.ts';
import { makeSoakShop, openSoakShop, SoakClock } from './soak-shop.ts';

const { values } = parseArgs({ options: { every: { type: 'string', default: '1' } } });
const every = Number(values.every);

const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tillcat-disk-'));
const shim = buildShim(work);
if (shim === null) {
  process.stdout.write('failing-disk: skipped, there is no gcc to build the shim with\n');
  process.exit(0);
}
const began = performance.now();
const bare = join(work, 'bare');
const backup = join(work, 'backup.db');
await makeSoakShop(bare);
const folder = join(work, 'till');
const countFile = join(work, 'count');
cpSync(bare, folder, { recursive: true });
// Its coupons are used in the days that come, which the backup knows nothing of.
expectDay({ day: 0, fault: null });
keepBackupOfFolder();
rmSync(bare, { recursive: true });
cpSync(folder, bare, { recursive: true });
expectDay({ day: 2, fault: null, countFile });
const operations = Number(readFileSync(countFile, 'utf8'));

const tally = { faults: 0, fell: 0 };
const total = Object.keys(ERRNO).length * Math.ceil(operations / every);
const tell = tellProgress({ what: 'disk faults', total });
for (const [name, errno] of Object.entries(ERRNO)) {
  for (let failAt = 1; failAt <= operations; failAt += every) {
    rmSync(folder, { recursive: true });
    cpSync(bare, folder, { recursive: true });
    tell(tally.faults);
    const { status } = liveDay({ day: 2, fault: { failAt, errno } });
    tally.faults++;
    if (status !== 0) tally.fell++;
    // The next day the disk is well again, and so is the till.
    expectDay({ day: 4, fault: null });
    const wrongs = afterwards();
    if (wrongs.length > 0) {
      process.stdout.write(`${name} at operation ${failAt} of ${operations}:\n  ${wrongs.join('\n  ')}\n`);
      process.exit(1);
    }
  }
}
tell(total);
rmSync(work, { recursive: true });
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  `${tally.faults} faults (ENOSPC and EIO at ${operations} operations of a till's day): ${tally.faults - tally.fell} were gone about, ` +
    `${tally.fell} ended the program and the next start served; nothing lost, nothing twice, not after a restore either, never corrupt; ${seconds.toFixed(0)} s\n`,
);

function keepBackupOfFolder(): void {
  using shop = openSoakShop(folder, new SoakClock(1));
  keepBackup(shop, backup);
}

function afterwards(): readonly string[] {
  const acks = readAcks(join(folder, 'acks'));
  const { wrongs, before } = lookAt(new SoakClock(6), acks);
  return [...wrongs, ...wrongsAfterRestore(before, { folder, clock: new SoakClock(6) })];
}

function lookAt(clock: SoakClock, acks: readonly Ack[]) {
  using shop = openSoakShop(folder, clock);
  shop.ledger.atStart(shop.clock.now());
  return { wrongs: wrongsOf(shop, acks), before: beforeRestore(shop, { backup, acks }) };
}

type Day = { readonly day: number; readonly fault: Fault; readonly countFile?: string };

function expectDay(of: Day): void {
  const { status, stderr } = liveDay(of);
  if (status === 0) return;
  process.stdout.write(`an ordinary day ends with ${status}: ${stderr}\n`);
  process.exit(1);
}

function liveDay({ day, ...of }: Day) {
  const program = join(import.meta.dirname, 'busy-till.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, folder, String(day), '1'];
  const preload = shimEnvironment({ shim: shim ?? '', folder, ...of });
  const env = { ...process.env, NODE_COMPILE_CACHE: join(work, 'compiled'), ...preload };
  return spawnSync(process.execPath, args, { env, encoding: 'utf8' });
}
