// The codes on a picture, read by ZXing, and what the ledger says they should be.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ShopFolder } from './shop-folder.ts';

/** What a scanner would type for every code on the picture, from top to bottom unsorted; FNC1 is not typed. */
export async function readCodes({ png, file }: { png: Uint8Array; file: string }): Promise<readonly string[]> {
  writeFileSync(file, png);
  const { stdout } = await promisify(execFile)('ZXingReader', [file]);
  return [...stdout.matchAll(/^Text:\s+"(.*)"$/gm)].map(([, content = '']) => content);
}

/** A coupon as `tillcat coupon show --json` writes it. */
export type LedgerCoupon = {
  readonly gcn: string;
  readonly serial: string;
  readonly productName: string | null;
  readonly slot: string;
  readonly state: string;
  /** 2026-12-06. */
  readonly validFrom: string;
  readonly validTo: string;
};

export async function couponInLedger(shop: ShopFolder, code: string): Promise<LedgerCoupon> {
  const coupon: unknown = JSON.parse(await shop.must('coupon', 'show', code, '--json'));
  if (!isLedgerCoupon(coupon)) throw new Error(`coupon show answered ${JSON.stringify(coupon)}`);
  return coupon;
}

/** The element string worked out by hand from the coupon: (17) last day, (255) GCN and serial. */
export function codeOf({ gcn, serial, validTo }: LedgerCoupon): string {
  const day = validTo.slice(2).replaceAll('-', '');
  return `17${day}255${gcn}${serial}`;
}

function isLedgerCoupon(value: unknown): value is LedgerCoupon {
  return typeof value === 'object' && value !== null && 'gcn' in value && 'serial' in value && 'validTo' in value;
}
