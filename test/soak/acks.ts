// What a busy till has told the world, one fact a line; a last line that a kill cut short was never told.
import { existsSync, readFileSync } from 'node:fs';

export type Ack =
  | { readonly kind: 'started'; readonly day: number }
  | { readonly kind: 'answered'; readonly visit: string; readonly outcome: string; readonly serials: readonly string[] }
  | { readonly kind: 'paper'; readonly visit: string; readonly serials: readonly string[] }
  | { readonly kind: 'imported'; readonly customer: string; readonly basket: string; readonly day: number }
  | { readonly kind: 'redeemed'; readonly serial: string }
  /** Told before its sale is taken back, and after: in between nobody can know. */
  | { readonly kind: 'giving-back'; readonly serial: string }
  | { readonly kind: 'given-back'; readonly serial: string }
  | { readonly kind: 'ended' };

export function readAcks(file: string): readonly Ack[] {
  return existsSync(file) ? parseAcks(readFileSync(file, 'utf8')) : [];
}

export function parseAcks(text: string): readonly Ack[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line) => JSON.parse(line) as Ack);
}

/** What was told last of each coupon that was used. */
export type UseTold = 'redeemed' | 'giving-back' | 'given-back';

export function usesTold(acks: readonly Ack[]): ReadonlyMap<string, UseTold> {
  const uses = new Map<string, UseTold>();
  for (const ack of acks) {
    if (ack.kind === 'redeemed' || ack.kind === 'giving-back' || ack.kind === 'given-back')
      uses.set(ack.serial, ack.kind);
  }
  return uses;
}
