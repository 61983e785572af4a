// No serial twice: after restarts, power cuts, full disks and old backups.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseGcn } from '../../../src/domain/ids.ts';
import { isTillError } from '../../../src/domain/till-error.ts';
import { CLAIM_BLOCK, SerialClaims } from '../../../src/store/serial-claims.ts';
import { HABITUAL, NEW, TILL, at, issue, openShop, wrong } from './shop.ts';

const gcn = parseGcn('9501101000018') ?? wrong('gcn');
const TERMS = '0123456789abcdef';
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-claims-'));
  file = join(folder, 'serial-claims');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (countersPerGcn = 100_000) => new SerialClaims({ file, till: TILL, countersPerGcn });
const serialsOf = (shop: ReturnType<typeof openShop>) => issue(shop).coupons.map(({ serial }) => serial);
const numbersOf = (shop: ReturnType<typeof openShop>) => issue(shop).coupons.map(({ gcn: number }) => number);

describe('counters', () => {
  it('run from 0, and a block is on the disk before its first one is used', () => {
    const claims = open();
    expect(claims.state).toBe('absent');
    expect([claims.next(gcn, TERMS), claims.next(gcn, TERMS), claims.next(gcn, TERMS)]).toEqual([0, 1, 2]);
    expect(readFileSync(file, 'latin1')).toMatch(/^01 9501101000018 0 50 0123456789abcdef [0-9a-f]{8}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('go on behind the block after a restart', () => {
    open().next(gcn, TERMS);
    const again = open();
    expect(again.state).toBe('whole');
    expect(again.next(gcn, TERMS)).toBe(CLAIM_BLOCK);
    expect(open().next(gcn, TERMS)).toBe(2 * CLAIM_BLOCK);
  });

  it('end with the last one', () => {
    const claims = open(CLAIM_BLOCK + 2);
    for (let counter = 0; counter < CLAIM_BLOCK + 2; counter++) expect(claims.next(gcn, TERMS)).toBe(counter);
    expect(claims.next(gcn, TERMS)).toBeNull();
    expect(open(CLAIM_BLOCK + 2).isFreeFor(gcn, TERMS)).toBe(false);
  });

  it('belong to one set of terms', () => {
    open().next(gcn, TERMS);
    expect(open().isFreeFor(gcn, TERMS)).toBe(true);
    expect(open().isFreeFor(gcn, 'ffffffffffffffff')).toBe(false);
  });
});

describe('a power cut', () => {
  it.each(['01 95011', '\0\0\0\0\0\0', '01 9501101000018 50 100 0123456789abcdef 00000000\n'])(
    'that leaves %j behind costs nothing: that block was never used',
    (torn) => {
      open().next(gcn, TERMS);
      const whole = readFileSync(file, 'latin1');
      appendFileSync(file, torn);
      const claims = open();
      expect(claims.state).toBe('whole');
      expect(claims.next(gcn, TERMS)).toBe(CLAIM_BLOCK);
      expect(readFileSync(file, 'latin1').startsWith(`${whole}01 9501101000018 50 100 `)).toBe(true);
      expect(open().claimedBelow(gcn)).toBe(2 * CLAIM_BLOCK);
    },
  );

  it('in the very first claim leaves a file without claims', () => {
    writeFileSync(file, '01 950');
    expect(open().state).toBe('absent');
    expect(open().next(gcn, TERMS)).toBe(0);
  });
});

it('issues nothing where the claim cannot be made durable', () => {
  const shop = openShop({ claimsFile: join(folder, 'no-such-folder', 'serial-claims') });
  let thrown: unknown = null;
  try {
    issue(shop);
  } catch (error) {
    thrown = error;
  }
  expect(isTillError(thrown, 'SERIAL_CLAIMS_UNUSABLE')).toBe(true);
  expect(shop.db.prepare('select count(*) from coupon').pluck().get()).toBe(0);
});

describe('a till restored from an older backup', () => {
  it('never issues a serial twice, because the claims are not part of the backup', () => {
    const database = join(folder, 'till.db');
    const backup = join(folder, 'backup.db');
    const before = openShop({ file: database, claimsFile: file });
    issue(before);
    before.db.close();
    copyFileSync(database, backup);
    const after = openShop({ file: database, claimsFile: file });
    const lost = [...serialsOf(after), ...serialsOf(after)];
    after.db.close();

    const restored = openShop({ file: backup, claimsFile: file });
    const fresh = Array.from({ length: 20 }, () => serialsOf(restored)).flat();
    expect(fresh.filter((serial) => lost.includes(serial))).toEqual([]);
    // The same terms keep their number.
    expect(numbersOf(restored)).toEqual([
      restored.references.numberFor(HABITUAL).gcn,
      restored.references.numberFor(HABITUAL).gcn,
      restored.references.numberFor(NEW).gcn,
    ]);
    restored.db.close();
  });

  it('never lets a number stand for other terms than those it was claimed for after the backup', () => {
    const database = join(folder, 'till.db');
    const before = openShop({ file: database, claimsFile: file });
    before.db.close();
    copyFileSync(database, join(folder, 'backup.db'));
    const after = openShop({ file: database, claimsFile: file });
    const number = issue(after, { rules: [HABITUAL] }).coupons[0]?.gcn;
    after.db.close();

    const restored = openShop({ file: join(folder, 'backup.db'), claimsFile: file });
    expect(restored.references.numberFor({ ...HABITUAL, validDays: 7 }).gcn).not.toBe(number);
    expect(restored.references.numberFor(HABITUAL).gcn).toBe(number);
    restored.db.close();
  });
});

describe('where the claims cannot be trusted, every rule takes its next number', () => {
  it.each([
    [
      'lost',
      () => {
        rmSync(file);
      },
    ],
    [
      'damaged in the middle',
      () => {
        writeFileSync(file, readFileSync(file, 'latin1').replace('0 50', '0 10'));
      },
    ],
  ])('when they are %s', (_how, harm) => {
    const database = join(folder, 'till.db');
    const before = openShop({ file: database, claimsFile: file });
    const old = [...numbersOf(before), ...numbersOf(before)];
    before.db.close();
    harm();
    const after = openShop({ file: database, claimsFile: file });
    const fresh = numbersOf(after);
    expect(fresh.filter((number) => old.includes(number))).toEqual([]);
    after.db.close();

    // Once only: the next start trusts the new claims.
    const later = openShop({ file: database, claimsFile: file });
    expect(numbersOf(later)).toEqual(fresh);
    later.db.close();
  });

  it('when they are older than the database', () => {
    const database = join(folder, 'till.db');
    const before = openShop({ file: database, claimsFile: file });
    const old = numbersOf(before);
    const claims = readFileSync(file);
    before.db.close();
    const middle = openShop({ file: database, claimsFile: file });
    issue(middle);
    middle.db.close();
    writeFileSync(file, claims);
    const after = openShop({ file: database, claimsFile: file });
    expect(numbersOf(after).filter((number) => old.includes(number))).toEqual([]);
    after.db.close();
  });

  it('and the damaged file is kept for people to look at', () => {
    const claims = open();
    claims.next(gcn, TERMS);
    for (let n = 0; n < CLAIM_BLOCK; n++) claims.next(gcn, TERMS);
    writeFileSync(file, readFileSync(file, 'latin1').replace('0 50', '0 10'));
    expect(open().state).toBe('damaged');
    const shop = openShop({ claimsFile: file });
    shop.ledger.atStart(at('2026-11-22'));
    expect(existsSync(`${file}.damaged`)).toBe(true);
    expect(existsSync(file)).toBe(false);
  });
});
