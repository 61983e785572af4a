// The night's training: purchases through one door, a model out of it, and the model put in place whole or not at all.
import { addDays, isoDay, type Instant, type ShopCalendar } from './domain/calendar.ts';
import { TillError } from './domain/till-error.ts';
import type { ProductId } from './domain/ids.ts';
import type { Product } from './domain/product.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import { isSensitive } from './decision.ts';
import type { Policy } from './offers/policy.ts';
import { encodeModel } from './recommender/model-file.ts';
import type { GateFigures, Model, Way } from './recommender/model.ts';
import { train } from './recommender/train.ts';
import type { RankerName, ShippedWeights } from './recommender/weights.ts';
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
  readonly shipped: ShippedWeights;
};

export type TrainingSummary = {
  readonly model: string;
  readonly asOf: string;
  readonly lines: number;
  readonly customers: number;
  readonly products: number;
  readonly bytes: number;
  readonly seconds: number;
  /** What the gate decided for each ranker, and by what. */
  readonly rankers: Readonly<Record<RankerName, JudgedRanker>>;
};

export type JudgedRanker = { readonly way: Way } & GateFigures;

export type Trained = { readonly summary: TrainingSummary; readonly card: string; readonly model: Model };

/** How long the training may hold the thread before others get their turn: a daemon trains beside its visits. */
const STRETCH_MS = 20;

/** Reading is the first part of the work. */
const READING_SHARE = 0.2;

/**
 * Between its steps others get their turn; when the signal aborts nothing is left behind.
 * @throws TillError TRAINING_WITHOUT_PURCHASES
 */
export async function trainModel(
  room: TrainingRoom,
  order: {
    asOf: Instant;
    signal: AbortSignal;
    onProgress: (step: string, share: number) => void;
    monotonicMs: () => number;
  },
): Promise<Trained> {
  const { asOf, signal, onProgress, monotonicMs } = order;
  const began = monotonicMs();
  const asOfDay = room.calendar.dayOf(asOf);
  const firstDay = addDays(asOfDay, -room.memoryDays);
  const purchases = room.allBefore({
    before: asOf,
    firstDay,
    onProgress: (share) => onProgress('reading purchases', share * READING_SHARE),
  });
  if (purchases.count === 0) throw new TillError('TRAINING_WITHOUT_PURCHASES', { asOf: room.calendar.isoLocal(asOf) });

  const byId = new Map(room.products.map((product) => [product.id, product]));
  const productOf = (id: ProductId): Product | null => byId.get(id) ?? null;
  const { windowDays, memoryDays } = room;
  const steps = train({
    purchases,
    asOf,
    asOfDay,
    windowDays,
    memoryDays,
    shipped: room.shipped,
    sensitive: (id) => isSensitive(productOf(id), room.policy),
    categoryOf: (id) => productOf(id)?.category ?? null,
  });
  let stretchBegan = monotonicMs();
  let step = steps.next();
  while (step.done !== true) {
    onProgress(step.value.step, READING_SHARE + step.value.share * (1 - READING_SHARE));
    if (monotonicMs() - stretchBegan > STRETCH_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      stretchBegan = monotonicMs();
    }
    step = steps.next();
  }
  signal.throwIfAborted();
  const model = step.value;
  const bytes = encodeModel(model);
  const name = `model-${isoDay(asOfDay)}-${String(asOf)}`;
  const summary: TrainingSummary = {
    model: name,
    asOf: room.calendar.isoLocal(asOf),
    lines: purchases.count,
    customers: model.customers.length,
    products: model.statistics.products.length,
    bytes: bytes.length,
    seconds: Math.round(monotonicMs() - began) / 1000,
    rankers: {
      habitual: { way: model.habitual.way, ...model.habitual.gate },
      new: { way: model.new.way, ...model.new.gate },
    },
  };
  const card = modelCard(summary);
  room.models.put({ name, bytes, card });
  return { summary, card, model };
}

function modelCard(summary: TrainingSummary): string {
  return `model      ${summary.model}
as of      ${summary.asOf}, purchases strictly before it
trained on ${summary.lines} lines of ${summary.customers} customers and ${summary.products} products in ${summary.seconds.toFixed(1)} s
file       ${summary.bytes} bytes
${(['habitual', 'new'] as const).map((name) => rankerLine(name, summary.rankers[name])).join('\n')}
`;
}

const WAY_WORDS: Readonly<Record<Way, string>> = {
  plain: 'plain counting',
  shipped: 'the weights that came with the program',
  learned: "weights learned from this shop's own purchases",
};

/** "habitual   weights learned …; at 2 311 visits NDCG .412 learned, .398 shipped, .391 plain; chances off by .012" */
function rankerLine(name: RankerName, { way, cases, gain, calibrationError }: JudgedRanker): string {
  const head = `${name.padEnd(11)}${WAY_WORDS[way]}`;
  if (cases === 0) return `${head}; too few visits to judge by`;
  const figure = (value: number) => value.toFixed(3).replace(/^0/, '');
  const gains = (['learned', 'shipped', 'plain'] as const).map((of) => `${figure(gain[of])} ${of}`).join(', ');
  return `${head}; NDCG at ${cases} later visits ${gains}; chances off by ${figure(calibrationError)}`;
}
