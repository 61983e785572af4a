// The composition root: the only place where real things are made and put together.
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { PROGRAM_FOLDER, profileOf } from './app-config.ts';
import type { Config } from './config/schema.ts';
import { chooseCodeKind } from './coupons/choose-code.ts';
import { couponRules } from './coupons/coupon-rules.ts';
import { DaysGrowth } from './days-growth.ts';
import { decide, isSensitive, withoutSensitive, type Decide, type Shopkeeper } from './decision.ts';
import { addDays, instant, ShopCalendar, type Instant, type LocalDay } from './domain/calendar.ts';
import type { Clock } from './domain/clock.ts';
import type { Customer } from './domain/customer.ts';
import { parseTillId, type CustomerId } from './domain/ids.ts';
import type { PurchaseTable } from './domain/purchases.ts';
import { TillError } from './domain/till-error.ts';
import { rewriteModelsThatKnowTheGone } from './model-forgetting.ts';
import { ModelInUse } from './model-in-use.ts';
import { fractionOf } from './offers/holdout.ts';
import { policyFrom } from './offers/policy.ts';
import { defaultRules } from './offers/rewards.ts';
import { rankCase } from './rank-case.ts';
import { readCard } from './scan/card-grammar.ts';
import { Catalogue } from './store/catalogue.ts';
import { catchUp } from './store/catch-up.ts';
import { createCodeHasher, keyFingerprint } from './store/code-hash.ts';
import { CouponReferences } from './store/coupon-references.ts';
import { Customers } from './store/customers.ts';
import { openDatabase } from './store/database.ts';
import { IdempotentAnswers } from './store/idempotency.ts';
import { readCases, type RankCase } from './store/import/cases-file.ts';
import { importFile, type ImportRequest } from './store/import/import-file.ts';
import { sweepKeptCopies } from './store/kept-copies.ts';
import { LatestInstant } from './store/latest-instant.ts';
import { Ledger } from './store/ledger.ts';
import { ModelFolder, MODELS_WAIT_MS } from './store/model-folder.ts';
import { Products } from './store/products.ts';
import { Purchases } from './store/purchases.ts';
import { purgePurchases } from './store/purge.ts';
import { SerialClaims, serialClaimsOf } from './store/serial-claims.ts';
import { ShopIntake } from './store/shop-intake.ts';
import { UsedCoupons, usedCouponsOf } from './store/used-coupons.ts';
import { VisitLog } from './store/visits.ts';
import { SensitiveProducts } from './sensitive-products.ts';
import { readShippedWeights } from './shipped-weights.ts';
import { makeDataFolder } from './system/make-folder.ts';
import { findOrMakeShopKey } from './system/shop-key.ts';
import { trainModel, type TrainingOrder, type TrainingRoom } from './training.ts';
import { evaluateShop, evaluationText } from './evaluating.ts';

export type Shop = ReturnType<typeof openShop>;

/** A shop's store, model and rules, without any device; commands work on this, and the daemon puts devices to it. */
export function openShop(config: Config, { clock, report }: { clock: Clock; report: (error: Error) => void }) {
  makeDataFolder(config.data);
  const shopKey = findOrMakeShopKey({ secretsFolder: config.secrets, env: process.env });
  const { key } = shopKey;
  const calendar = new ShopCalendar(config.shop.timeZone);
  const till = parseTillId(config.till.id);
  if (till === null) throw new TillError('WRONG_USE', { problem: `till.id must be two digits, got ${config.till.id}` });

  const file = join(config.data, 'tillcat.db');
  const db = openDatabase({ file, keyFingerprint: keyFingerprint(key) });
  const hasher = createCodeHasher(key);
  const customers = new Customers(db, hasher);
  const products = new Products(db);
  const purchases = new Purchases(db, { hasher, calendar });
  const catalogue = new Catalogue({ db, products });
  const latestInstant = new LatestInstant(db);

  const profile = profileOf(config);
  const rules = couponRules({
    shopKey: key,
    till,
    companyPrefix: config.gs1.companyPrefix,
    // A pointer is the narrowest code there is; where not even that fits, composing the strip says so.
    codeKind: chooseCodeKind({ wanted: config.coupons.code, paper: profile }) ?? 'pointer',
    pointerPrefix: config.coupons.pointerPrefix,
    valueMask: config.coupons.valueMask,
  });
  const claims = new SerialClaims({
    file: serialClaimsOf(file),
    till,
    countersPerGcn: rules.countersPerGcn,
  });
  const references = new CouponReferences({ db, rules, claims });
  const used = new UsedCoupons({ db, file: usedCouponsOf(file), report });
  const now = clock.now();
  catchUp({ db, rules, calendar, claims, used, now, believed: latestInstant.believed(now) });
  const visits = new VisitLog({ db, rules, calendar, language: config.shop.language });
  const ledger = new Ledger({ db, rules, calendar, references, claims, used });
  const answers = new IdempotentAnswers({ db, shopKey: key });

  const shipped = readShippedWeights(PROGRAM_FOLDER);
  const models = new ModelFolder({ folder: join(config.data, 'models'), waitMs: MODELS_WAIT_MS });
  const model = new ModelInUse({ folder: models, shipped, report });
  const policy = policyFrom(config.policy.categories);
  const rewardRules = defaultRules(config.coupons.validDays);
  const choiceKey = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'tillcat choices by chance', 32)));
  const digest = (label: string): Uint8Array => createHmac('sha256', choiceKey).update(label).digest();

  const productOf: Shopkeeper['productOf'] = (id) => catalogue.byId(id);
  const sensitive = new SensitiveProducts((id) => isSensitive(productOf(id), policy));
  const growth = new DaysGrowth({
    calendar,
    model: () => model.inUse(),
    buyersSince: (of) => purchases.buyersSince(of),
    historyOf: (of) => withoutSensitive(purchases.historyOf(of), (id) => sensitive.has(id)),
    storeVersion: () => db.pragma('data_version', { simple: true }),
    ...config.history,
  });
  const shopkeeper: Shopkeeper = {
    calendar,
    historyOf: (of) => purchases.historyOf(of),
    model: (at) => growth.at(at),
    productOf,
    earlierOffers: (of) => visits.recentlyPrintedProducts(of),
    policy,
    isSensitive: (id) => sensitive.has(id),
    rules: rewardRules,
    draw: (label) => fractionOf(digest(label)),
    windowDays: config.history.windowDays,
    memoryDays: config.history.memoryDays,
    explorationShare: config.exploration.newPercent / 100,
    monotonicMs: () => clock.monotonicMs(),
  };
  const isCard = (text: string): boolean => {
    const { stop: stopCard, start: startCard } = config.optOutCards;
    return readCard({ text, rules: config.cards, stopCard, startCard }).kind === 'card';
  };
  const decideFor: Decide = (customer, at) => {
    if (catalogue.refresh()) sensitive.forget();
    return decide(shopkeeper, customer, at);
  };

  const modelDay = (name: string): LocalDay | null => {
    const [, day = ''] = /^model-(\d{4}-\d{2}-\d{2})-/.exec(name) ?? [];
    const at = calendar.parse(day);
    return at === null ? null : calendar.dayOf(at);
  };
  const trainingRoom = (): TrainingRoom => ({
    calendar,
    products: products.all(),
    policy,
    models,
    shipped,
    ...config.history,
    allBefore: (asked) => purchases.allBefore(asked),
  });

  return {
    config,
    clock,
    calendar,
    till,
    file,
    db,
    key: { ...shopKey, fingerprint: keyFingerprint(key) },
    customers,
    products,
    purchases,
    catalogue,
    latestInstant,
    profile,
    visits,
    ledger,
    answers,
    model,
    models,
    policy,
    couponRules: rules,
    rewardRules,
    decide: decideFor,
    /** With another history than the store's. */
    decideFor: (customer: Customer, of: { history: PurchaseTable; at: Instant }) =>
      decide({ ...shopkeeper, historyOf: () => of.history }, customer, of.at),
    digest,
    dayOf: (at: number) => calendar.dayOf(instant(at)),
    /** Equal at every till of the shop, and says nothing about who it is. */
    holdoutDigest: (customer: CustomerId) => digest(`holdout|${customers.codeHashOf(customer)?.toString('hex') ?? ''}`),
    isClockDoubtful: () => latestInstant.judge({ now: clock.now(), isSynchronised: false }) !== 'trusted',
    redeem: (of: { code: string; basket: string | null }) =>
      ledger.redeem({ ...of, at: latestInstant.believed(clock.now()), till, source: 'command' }),
    voidCoupon: (of: { code: string; reason: string }) =>
      ledger.void({ code: of.code, at: latestInstant.believed(clock.now()), source: `command: ${of.reason}` }),
    customerView: (customer: Customer) =>
      customers.view({
        customer: customer.id,
        firstDay: addDays(calendar.dayOf(clock.now()), -config.history.windowDays),
      }),
    intake: () => new ShopIntake(db, { hasher, calendar }),
    importFile: (of: Pick<ImportRequest, 'kind' | 'file' | 'rejectsFile' | 'signal' | 'onProgress'>) =>
      importFile({ ...of, db, hasher, calendar, now: clock.now(), isCard }),
    readCases: (of: { file: string; signal: AbortSignal }) => readCases({ ...of, folder: config.data, calendar }),
    rankCase: (one: RankCase, listLength: number) =>
      rankCase(
        { calendar, customers, purchases, products: catalogue, ...config.history, recommender: model.recommender() },
        one,
        listLength,
      ),
    growth,
    /** Every minute: a model put in place, and sales brought in, by another process. */
    lookForNews: () => {
      model.refresh();
      growth.catchUp(clock.now());
    },
    evaluate: async (of: Omit<TrainingOrder, 'monotonicMs'> & { cuts: readonly Instant[]; isLastBasket: boolean }) => {
      const room = { ...trainingRoom(), shopkeeper, customerOf: (id: CustomerId) => customers.byId(id) };
      const report = await evaluateShop(room, { ...of, monotonicMs: () => clock.monotonicMs() });
      return { report, text: evaluationText(report) };
    },
    /** @throws TillError TRAINING_UNDER_WAY, TRAINING_WITHOUT_PURCHASES, MODELS_BEING_CHANGED */
    train: (of: { asOf: Instant; signal: AbortSignal; onProgress: (step: string, share: number) => void }) =>
      models.trainAlone(async () => {
        const trained = await trainModel(trainingRoom(), {
          ...of,
          monotonicMs: () => clock.monotonicMs(),
          peakBytes: () => process.resourceUsage().maxRSS * 1024,
        });
        rewriteModelsThatKnowTheGone({ models, customers });
        return trained;
      }),
    /** @throws TillError MODEL_NONE_BEFORE */
    goBackToModelBefore: (): string => {
      const name = models.goBack();
      if (name === null) throw new TillError('MODEL_NONE_BEFORE', { folder: join(config.data, 'models') });
      return name;
    },
    purge: async ({ at, signal }: { at: Instant; signal: AbortSignal }) => {
      const today = calendar.dayOf(at);
      answers.sweep(at);
      sweepKeptCopies({ storeFile: file, now: at });
      const forgotten = ledger.purge({ today });
      const purged = await purgePurchases({ db, today, memoryDays: config.history.memoryDays, signal });
      // A model older than the memory knows nothing that is not forgotten by now; its name says of which day it is.
      const firstKept = addDays(today, -config.history.memoryDays);
      models.forget({
        // Last night's stays until the next night: the one of this night may have to be gone back from.
        isOld: (name) => (modelDay(name) ?? firstKept) < addDays(today, -1),
        isForgotten: (name) => (modelDay(name) ?? today) <= firstKept,
      });
      rewriteModelsThatKnowTheGone({ models, customers });
      model.refresh();
      return { ...purged, coupons: forgotten.coupons };
    },
    [Symbol.dispose]: () => {
      model[Symbol.dispose]();
      db.close();
    },
  };
}
