// All that the daemon says of itself on one screen, each line with its till, so that many tills' answers can be sorted together.
import { z } from 'zod';
import { gateWords } from '../domain/judged-ranker.ts';

const rankerSchema = z.object({
  way: z.string(),
  cases: z.number(),
  gain: z.object({ plain: z.number(), shipped: z.number(), blended: z.number(), learned: z.number() }),
  earlier: z.object({ cases: z.number(), gain: z.object({ plain: z.number(), shipped: z.number() }) }),
});

const answerSchema = z.object({
  version: z.string(),
  state: z.string(),
  problems: z.array(z.string()),
  startedAt: z.string(),
  till: z.string(),
  shop: z.object({ name: z.string() }),
  address: z.string(),
  printer: z.object({ name: z.string(), state: z.string(), why: z.string().nullable() }),
  scanner: z.object({ state: z.string(), why: z.string().nullable() }),
  clock: z.object({ state: z.string(), now: z.string() }),
  model: z
    .object({
      name: z.string(),
      asOf: z.string(),
      ageDays: z.number(),
      rankers: z.object({ habitual: rankerSchema, new: rankerSchema }),
    })
    .nullable(),
  customers: z.number(),
  products: z.number(),
  queueLength: z.number(),
  lastVisits: z.array(z.object({ at: z.string(), outcome: z.string(), end: z.string().nullable() })),
  coupons: z.record(z.string(), z.number()),
  storage: z.object({ state: z.string(), databaseBytes: z.number(), freeBytes: z.number() }),
});

const VISITS_SHOWN = 3;

/** null where it is not TillCAT that answers. */
export function statusScreen(body: unknown): readonly string[] | null {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) return null;
  const it = parsed.data;
  const why = (part: { state: string; why: string | null }) =>
    part.why === null ? part.state : `${part.state}: ${part.why}`;
  const coupons = Object.entries(it.coupons).filter(([, count]) => count > 0);
  const rows: readonly (readonly [string, string])[] = [
    ['state', `${it.state}, TillCAT ${it.version} for ${it.shop.name}, since ${it.startedAt}, ${it.address}`],
    ...it.problems.map((problem) => ['problem', problem] as const),
    ['printer', `${why(it.printer)} (${it.printer.name}), ${it.queueLength} waiting`],
    ['scanner', why(it.scanner)],
    ['clock', `${it.clock.state}, ${it.clock.now}`],
    ['model', it.model === null ? "none; the program's own weights rank" : modelWords(it.model, it.clock.now)],
    ...(it.model === null ? [] : rankerRows(it.model.rankers)),
    ['store', `${it.customers} customers, ${it.products} products, ${megabytes(it.storage.databaseBytes)}`],
    ['disk', `${it.storage.state}, ${megabytes(it.storage.freeBytes)} free`],
    ['coupons', coupons.length === 0 ? 'none yet' : coupons.map(([state, count]) => `${count} ${state}`).join(', ')],
    ...it.lastVisits
      .slice(0, VISITS_SHOWN)
      .map(({ at, outcome, end }) => ['visit', `${at} ${outcome}${end === null ? '' : `, ${end}`}`] as const),
  ];
  return rows.map(([part, words]) => `till ${it.till} ${part.padEnd(8)}${words}`);
}

/** No more than is needed: in an upgrade the new program asks the old daemon, which may not yet say all that the screen shows. */
const servingSchema = answerSchema.pick({ queueLength: true }).extend({
  printer: z.object({ state: z.string() }),
  lastVisits: z.array(z.object({ outcome: z.string(), end: z.string().nullable() })),
});

/** Whether a strip is printing, or a customer waits for one: a restart would take it from them. */
export function isServing(body: unknown): boolean {
  const parsed = servingSchema.safeParse(body);
  if (!parsed.success) return false;
  const { printer, queueLength, lastVisits } = parsed.data;
  const isAwaited = lastVisits.some(({ outcome, end }) => outcome === 'queued' && end === null);
  return printer.state === 'printing' || queueLength > 0 || isAwaited;
}

function modelWords(model: { name: string; asOf: string; ageDays: number }, now: string): string {
  const isOfTheFuture = Date.parse(model.asOf) > Date.parse(now);
  return `${model.name}, ${isOfTheFuture ? `of the future: as of ${model.asOf}` : `${model.ageDays} days old`}`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

/** "habits  blended; at 1592 visits .585 learned, .591 blended, .593 shipped, .576 plain; at 1504 earlier ones …" */
function rankerRows(
  rankers: Readonly<Record<'habitual' | 'new', z.infer<typeof rankerSchema>>>,
): readonly (readonly [string, string])[] {
  return (['habitual', 'new'] as const).map((name) => [
    name === 'new' ? 'news' : 'habits',
    `${rankers[name].way}; ${gateWords(rankers[name])}`,
  ]);
}
