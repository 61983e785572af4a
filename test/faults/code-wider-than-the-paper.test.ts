// A code that is wider than the paper prints nothing at all on real printers, and silently: it is refused before the first byte.
import { describe, expect, it } from 'vitest';
import { isTillError } from '../../src/domain/till-error.ts';
import type { CouponCode } from '../../src/domain/strip.ts';
import { profileNamed } from '../printer/a-till-printer.ts';
import { gs1Code, serial, strip } from '../printer/a-strip.ts';
import { printerOn } from './a-printer-on-a-cable.ts';
import { WAYS } from './cables.ts';

const narrow = profileNamed('zj-5870');
const WRONG: readonly (readonly [string, CouponCode, string])[] = [
  ['a GS1 coupon on 58 mm paper', gs1Code(serial(1)), 'SYMBOL_TOO_WIDE'],
  ['an EAN-13 with a wrong check digit', { kind: 'ean13', digits: '2112345678901' }, 'SYMBOL_INVALID'],
  ['an EAN-13 of twelve digits and a letter', { kind: 'ean13', digits: '21123456789A1' }, 'SYMBOL_INVALID'],
];

describe.concurrent.each(WAYS)('over %s', (way) => {
  it.each(WRONG)('%s is an error of ours, and not a byte of the strip is sent', async (_, code, error) => {
    await using till = await printerOn(way, { profile: narrow });
    await till.untilReady();
    const bytes = till.device.bytesReceived;
    const parts = strip({ columns: narrow.columns, codeOf: () => code });
    const refused = await till.settle(till.printer.print({ ...till.job, parts })).catch((thrown: unknown) => thrown);
    expect(isTillError(refused, error === 'SYMBOL_TOO_WIDE' ? 'SYMBOL_TOO_WIDE' : 'SYMBOL_INVALID')).toBe(true);
    expect(till.device.bytesReceived).toBe(bytes);
    expect(till.device.hanging).toBeNull();
  });
});
