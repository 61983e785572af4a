// The night's training: purchases through one door, a model out of it, and the model put in place whole or not at all.
import { addDays, isoDay, type Instant, type LocalDay, type ShopCalendar } from './domain/calendar.ts';
import { TillError } from './domain/till-error.ts';
import type { ProductId } from './domain/ids.ts';
import type { Product } from './domain/product.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import { isSensitive } from './decision.ts';
import type { Policy } from './offers/policy.ts';
import { encodeModel } from './recommender/model-file.ts';
import { gateWords, type JudgedRanker, type JudgedRankers, type Way } from './domain/judged-ranker.ts';
import { judgedRankers, type Model } from './recommender/model.ts';
import { regularCustomers } from './recommender/past-visits.ts';
import { atOnce } from './recommender/steps.ts';
import { train } from './recommender/train.ts';
import type { DefaultWeights } from './recommender/default-weights.ts';
import type { RankerName } from './recommender/weights.ts';
import { timeRankings } from './ranking-speed.ts';
import type { ModelFolder } from './store/model-folder.ts';

export type TrainingRoom = {
  readonly calendar: ShopCalendar;
  readonly products: readonly Product[];
  readonly policy: Policy;
  readonly allBefore: (of: {
    before: Instant;
    firstDay: ReturnType<typeof addDays>;
    onProgress: (share: number) => void;
  }) => PurchaseTable;
  readonly models: Pick<ModelFolder, 'put'>;
  readonly windowDays: number;
  readonly memoryDays: number;
  readonly shipped: DefaultWeights;
};

export type TrainingSummary = {
  readonly model: string;
  readonly asOf: string;
  readonly lines: number;
  /** Whose purchases were read; not all of them have bought enough to be anybody's neighbour. */
  readonly customers: number;
  readonly products: number;
  readonly bytes: number;
  readonly seconds: number;
  /** The training process's at its height; what was read and the model with it. */
  readonly peakBytes: number;
  /** A customer's ranking, both lists, median. */
  readonly rankingMs: number;
  /** What the gate decided for each ranker, and by what. */
  readonly rankers: JudgedRankers;
};

export type Trained = { readonly summary: TrainingSummary; readonly card: string; readonly model: Model };

/** How long the training may hold the thread before others get their turn: a daemon trains beside its visits. */
const STRETCH_MS = 20;

/** Reading is the first part of the work. */
const READING_SHARE = 0.2;

export type TrainingOrder = {
  readonly asOf: Instant;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string, share: number) => void;
  readonly monotonicMs: () => number;
};

/**
 * Between its steps others get their turn; when the signal aborts nothing is left behind.
 * @throws TillError TRAINING_WITHOUT_PURCHASES
 */
export async function trainModel(
  room: TrainingRoom,
  order: TrainingOrder & { readonly peakBytes: () => number },
): Promise<Trained> {
  const { asOf, monotonicMs } = order;
  const began = monotonicMs();
  const purchases = readPurchases(room, order);
  const model = await modelFrom(room, { ...order, purchases, asOfDay: room.calendar.dayOf(asOf) });
  const bytes = encodeModel(model);
  const seconds = Math.round(monotonicMs() - began) / 1000;
  const rankingMs = await stepByStep(timeRankings({ model, purchases, monotonicMs }), order, () => undefined);
  const name = `model-${isoDay(model.asOfDay)}-${String(asOf)}`;
  const summary: TrainingSummary = {
    model: name,
    asOf: room.calendar.isoLocal(asOf),
    lines: purchases.count,
    customers: atOnce(regularCustomers(purchases, 1)),
    products: model.statistics.products.length,
    bytes: bytes.length,
    seconds,
    peakBytes: order.peakBytes(),
    rankingMs: Math.round(rankingMs * 100) / 100,
    rankers: judgedRankers(model),
  };
  const card = modelCard(summary);
  room.models.put({ name, bytes, card });
  return { summary, card, model };
}

/** All that training may see. @throws TillError TRAINING_WITHOUT_PURCHASES */
export function readPurchases(room: TrainingRoom, { asOf, onProgress }: TrainingOrder): PurchaseTable {
  const purchases = room.allBefore({
    before: asOf,
    firstDay: addDays(room.calendar.dayOf(asOf), -room.memoryDays),
    onProgress: (share) => {
      onProgress('reading purchases', share * READING_SHARE);
    },
  });
  if (purchases.count === 0) throw new TillError('TRAINING_WITHOUT_PURCHASES', { asOf: room.calendar.isoLocal(asOf) });
  return purchases;
}

/** A model of these purchases, put nowhere. */
export async function modelFrom(
  room: Omit<TrainingRoom, 'allBefore' | 'models'>,
  order: TrainingOrder & { readonly purchases: PurchaseTable; readonly asOfDay: LocalDay },
): Promise<Model> {
  const byId = new Map(room.products.map((product) => [product.id, product]));
  const productOf = (id: ProductId): Product | null => byId.get(id) ?? null;
  const { windowDays, memoryDays, shipped } = room;
  const { purchases, asOf, asOfDay } = order;
  const steps = train({
    purchases,
    asOf,
    asOfDay,
    windowDays,
    memoryDays,
    shipped,
    sensitive: (id) => isSensitive(productOf(id), room.policy),
    categoryOf: (id) => productOf(id)?.category ?? null,
  });
  return stepByStep(steps, order, ({ step, share }) => {
    order.onProgress(step, READING_SHARE + share * (1 - READING_SHARE));
  });
}

/** Between its steps others get their turn. */
export async function stepByStep<Step, Result>(
  steps: Generator<Step, Result, void>,
  { signal, monotonicMs }: Pick<TrainingOrder, 'signal' | 'monotonicMs'>,
  onStep: (step: Step) => void,
): Promise<Result> {
  let stretchBegan = monotonicMs();
  for (;;) {
    const step = steps.next();
    signal.throwIfAborted();
    if (step.done === true) return step.value;
    onStep(step.value);
    if (monotonicMs() - stretchBegan > STRETCH_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      stretchBegan = monotonicMs();
    }
  }
}

function modelCard(summary: TrainingSummary): string {
  return `model      ${summary.model}
as of      ${summary.asOf}, purchases strictly before it
trained on ${summary.lines} lines of ${summary.customers} customers and ${summary.products} products in ${summary.seconds.toFixed(1)} s
memory     ${Math.round(summary.peakBytes / 1e6)} MB at its height
file       ${summary.bytes} bytes
ranking    ${summary.rankingMs.toFixed(2)} ms a customer, the median here and now
${(['habitual', 'new'] as const).map((name) => rankerLine(name, summary.rankers[name])).join('\n')}
`;
}

const WAY_WORDS: Readonly<Record<Way, string>> = {
  plain: 'plain counting',
  shipped: 'the weights that came with the program',
  blended: "weights halfway between the program's and those learned from this shop's own purchases",
  learned: "weights learned from this shop's own purchases",
};

/** "habitual   weights learned …; NDCG at 1592 visits .585 learned, …; at 1504 earlier ones …; chances off by .012" */
function rankerLine(name: RankerName, ranker: JudgedRanker): string {
  const head = `${name.padEnd(11)}${WAY_WORDS[ranker.way]}`;
  const words = gateWords(ranker);
  if (ranker.cases === 0) return `${head}; ${words}`;
  return `${head}; NDCG ${words}; chances off by ${ranker.calibrationError.toFixed(3).replace(/^0/, '')}`;
}
