// The program's own answers, as `tillcat recommend --cases` writes them: one JSON line per case.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Case } from './cases.ts';
import { dateOf, dayOf, type Shop } from './shop.ts';

const rankedSchema = z.array(z.object({ product: z.string(), probability: z.number() }));
const answerSchema = z.object({ customer: z.string(), as_of: z.string(), habitual: rankedSchema, new: rankedSchema });

export type Answers = {
  readonly habitual: readonly Int32Array[];
  readonly new: readonly Int32Array[];
  readonly unanswered: number;
  /** Products that were no candidates: habitual ones not bought in the window, new ones that were remembered. */
  readonly outOfPlace: number;
};

/** Lists per case, in the order of `cases`; a case without an answer has empty lists and is counted. */
export async function readAnswers(files: readonly string[], shop: Shop, cases: readonly Case[]): Promise<Answers> {
  const productIds = new Map(shop.products.map((code, id) => [code, id]));
  const found = new Map<string, { readonly habitual: Int32Array; readonly new: Int32Array }>();
  const toIds = (list: z.infer<typeof rankedSchema>): Int32Array =>
    Int32Array.from(list, (ranked) => productIds.get(ranked.product) ?? -1);
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      if (line === '') continue;
      const answer = answerSchema.parse(JSON.parse(line));
      const key = caseKey(answer.customer, dayOf(answer.as_of));
      found.set(key, { habitual: toIds(answer.habitual), new: toIds(answer.new) });
    }
  }
  let unanswered = 0;
  let outOfPlace = 0;
  const habitual: Int32Array[] = [];
  const fresh: Int32Array[] = [];
  for (const item of cases) {
    const answer = found.get(caseKey(shop.customers[item.customer] ?? '', item.asOf));
    if (answer === undefined) unanswered++;
    habitual.push(answer?.habitual ?? new Int32Array(0));
    fresh.push(answer?.new ?? new Int32Array(0));
    outOfPlace +=
      countMissing(answer?.habitual, item.habitual.candidates()) + countMissing(answer?.new, item.new.candidates());
  }
  return { habitual, new: fresh, unanswered, outOfPlace };
}

/** The cases file that `tillcat recommend --cases` reads. */
export function casesCsv(shop: Shop, cases: readonly Case[]): string {
  const rows = cases.map((item) => `${shop.customers[item.customer] ?? ''},${dateOf(item.asOf)}\n`);
  return `customer,as_of\n${rows.join('')}`;
}

function caseKey(customer: string, day: number): string {
  return `${customer}\u0000${day}`;
}

function countMissing(list: Int32Array | undefined, candidates: Int32Array): number {
  if (list === undefined) return 0;
  const allowed = new Set(candidates);
  return list.reduce((sum, product) => sum + (allowed.has(product) ? 0 : 1), 0);
}
