// The model as a file's bytes and back; the file's format is told in models/README.md.
import { instant, localDay } from '../domain/calendar.ts';
import { WAYS } from '../domain/judged-ranker.ts';
import { TillError } from '../domain/till-error.ts';
import { inMemory } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { Columns, mustStayBelow } from './columns.ts';
import { IdRows } from './id-rows.ts';
import type { Model, Ranker } from './model.ts';
import { MOST_KEPT } from './neighbours/ease.ts';
import type { RowsAtHand } from './neighbours/levelled-rows.ts';
import { LEVELS } from './neighbours/levels.ts';
import { blocksOf } from './neighbours/postings.ts';
import { RETURN_PARTS, RETURN_UNITS, STRETCHES } from './product-returns.ts';
import type { ProductReturns, ReturnTable } from './product-returns.ts';
import { RHYTHM_NAMES } from './product-rhythms.ts';
import type { ProductRhythms } from './product-rhythms.ts';
import { readRows, rowsOnDemand } from './read-rows.ts';
import type { RowsSections } from './read-rows.ts';
import { readSections, SectionsWrong, writeSections } from './sections.ts';
import type { WritableColumn } from './sections.ts';
import { FEATURE_NAMES } from './weights.ts';
import type { RankerName } from './weights.ts';

const KIND = { magic: 'TCATMODL', version: 7 } as const;

export function encodeModel(model: Model): Uint8Array<ArrayBuffer> {
  const { statistics, neighbours, lifestyles } = model;
  const { baskets, buyers } = neighbours;
  const about = Float64Array.of(model.asOf, model.asOfDay, model.memoryDays, model.windowDays);
  const shop = Float64Array.of(
    statistics.rememberedDays,
    statistics.firstDay,
    statistics.customers,
    statistics.shopRebuyRate,
    statistics.shopMeanGapDays,
  );
  const columns: Record<string, WritableColumn> = {
    about,
    shop,
    product: statistics.products.ids,
    'product.sensitive': statistics.sensitive,
    'product.buyers': statistics.buyers,
    'product.repeatBuyers': statistics.repeatBuyers,
    'product.lines': statistics.lines,
    'product.baskets': statistics.baskets,
    'product.baskets28': statistics.baskets28,
    'product.baskets14': statistics.baskets14,
    'product.buyers14': statistics.buyers14,
    'product.firstTimers28': statistics.firstTimeBuyers28,
    'product.firstReturned28': statistics.firstTimeReturned28,
    'product.rebuyRate': statistics.rebuyRate,
    'product.meanGapDays': statistics.meanGapDays,
    'product.firstSold': statistics.firstSold,
    'product.category': statistics.categories.of,
    'category.popularity': statistics.categories.popularity,
    'category.products': statistics.categories.products,
    'ease.place': model.ease.placeOf,
    'ease.product': model.ease.product,
    'ease.weight': model.ease.weight,
    customer: model.customers,
    'customer.start': baskets.start,
    'customer.product': baskets.item,
    'customer.inverseNorm': neighbours.inverseNorm,
    'posting.weight': neighbours.weight,
    'lifestyle.dimensions': Uint32Array.of(lifestyles.count, lifestyles.dimensions),
    'lifestyle.dimensionOf': lifestyles.dimensionOf,
    'typical.customer': lifestyles.typicalCustomer,
    'typical.lifestyle': lifestyles.typicalLifestyle,
    'typical.spread': lifestyles.typicalSpread,
    'lifestyle.product': lifestyles.listProduct,
    'lifestyle.share': lifestyles.listShare,
    ...rankerColumns('habitual', model.habitual),
    ...rankerColumns('new', model.new),
  };
  for (const unit of RETURN_UNITS) {
    for (const part of RETURN_PARTS) columns[`returns.${unit}.${part}`] = statistics.returns[unit][part];
  }
  for (const name of RHYTHM_NAMES) columns[`rhythm.${name}`] = statistics.rhythms[name];
  for (const [block, { start, item }] of buyers.blocks.entries()) {
    columns[`posting${block}.start`] = start;
    columns[`posting${block}.customer`] = item;
  }
  return writeSections(KIND, new Map(Object.entries(columns)));
}

function rankerColumns(name: RankerName, { way, weights, calibration, gate }: Ranker): Record<string, WritableColumn> {
  return {
    [`${name}.mean`]: weights.mean,
    [`${name}.scale`]: weights.scale,
    [`${name}.coefficient`]: weights.coefficient,
    [`${name}.score`]: calibration.score,
    [`${name}.chance`]: calibration.chance,
    [`${name}.gate`]: Float64Array.of(
      WAYS.indexOf(way),
      weights.intercept,
      gate.cases,
      gate.calibrationError,
      ...WAYS.map((of) => gate.gain[of]),
      gate.earlier.cases,
      gate.earlier.gain.plain,
      gate.earlier.gain.shipped,
    ),
  };
}

/**
 * The model's columns are windows on the bytes: give them away, and do not change them.
 * @param source named in the error: the file's path
 * @throws TillError MODEL_WRONG
 */
export function decodeModel(bytes: Uint8Array, source: string): Model {
  return readModel(inMemory(bytes), source, readRows);
}

/**
 * For a till: what every question goes through is read into memory once; what each customer bought stays where it is and is read
 * from there, so the bytes must stay at hand.
 * @param source named in the error: the file's path
 * @throws TillError MODEL_WRONG
 */
export function openModel(bytes: ByteSource, source: string): Model<RowsAtHand> {
  return readModel(bytes, source, rowsOnDemand);
}

type ReadBaskets<Baskets> = (columns: Columns, of: RowsSections) => Baskets;

function readModel<Baskets extends RowsAtHand>(
  bytes: ByteSource,
  source: string,
  readBaskets: ReadBaskets<Baskets>,
): Model<Baskets> {
  try {
    return read(new Columns(bytes, readSections(KIND, bytes)), readBaskets);
  } catch (thrown) {
    if (thrown instanceof SectionsWrong) throw new TillError('MODEL_WRONG', { source, problem: thrown.message });
    throw thrown;
  }
}

function read<Baskets extends RowsAtHand>(columns: Columns, readBaskets: ReadBaskets<Baskets>): Model<Baskets> {
  const about = columns.take('about', Float64Array, 4);
  const shop = columns.take('shop', Float64Array, 5);
  const ids = columns.take('product', Int32Array, null);
  const products = ids.length;
  const count = (name: string) => columns.take(`product.${name}`, Uint32Array, products);
  const customers = columns.take('customer', Int32Array, null);
  return {
    asOf: instant(about[0]),
    asOfDay: localDay(about[1]),
    memoryDays: about[2],
    windowDays: about[3],
    statistics: {
      products: new IdRows(ids),
      rememberedDays: shop[0],
      firstDay: shop[1],
      customers: shop[2],
      shopRebuyRate: shop[3],
      shopMeanGapDays: shop[4],
      sensitive: columns.take('product.sensitive', Uint8Array, products),
      buyers: count('buyers'),
      repeatBuyers: count('repeatBuyers'),
      lines: count('lines'),
      baskets: count('baskets'),
      baskets28: count('baskets28'),
      baskets14: count('baskets14'),
      buyers14: count('buyers14'),
      firstTimeBuyers28: count('firstTimers28'),
      firstTimeReturned28: count('firstReturned28'),
      rebuyRate: columns.take('product.rebuyRate', Float32Array, products),
      meanGapDays: columns.take('product.meanGapDays', Float32Array, products),
      firstSold: columns.take('product.firstSold', Int32Array, products),
      rhythms: readRhythms(columns, products),
      returns: { visits: readReturns(columns, 'visits', products), days: readReturns(columns, 'days', products) },
      categories: readCategories(columns, products),
    },
    ease: readEase(columns, products),
    customers,
    neighbours: {
      baskets: readBaskets(columns, {
        start: 'customer.start',
        item: 'customer.product',
        rows: customers.length,
        columns: products,
      }),
      buyers: {
        products,
        customers: customers.length,
        blocks: blocksOf(customers.length).map(({ from, to }, block) =>
          readRows(columns, {
            start: `posting${block}.start`,
            item: `posting${block}.customer`,
            rows: products,
            columns: to - from,
          }),
        ),
      },
      weight: columns.take('posting.weight', Uint8Array, products * LEVELS),
      inverseNorm: columns.take('customer.inverseNorm', Float64Array, customers.length),
    },
    lifestyles: readLifestyles(columns, products),
    habitual: readRanker(columns, 'habitual'),
    new: readRanker(columns, 'new'),
  };
}

function readLifestyles(columns: Columns, products: number): Model['lifestyles'] {
  const [count, dimensions] = columns.take('lifestyle.dimensions', Uint32Array, 2);
  const typicalCustomer = columns.take('typical.customer', Int32Array, null);
  const listProduct = columns.take('lifestyle.product', Uint32Array, null);
  mustStayBelow('lifestyle.product', listProduct, products);
  const typicalLifestyle = columns.take('typical.lifestyle', Uint8Array, typicalCustomer.length);
  mustStayBelow('typical.lifestyle', typicalLifestyle, count);
  const dimensionOf = columns.take('lifestyle.dimensionOf', Int16Array, products);
  mustStayBelow('lifestyle.dimensionOf', dimensionOf, dimensions);
  return {
    count,
    dimensions,
    dimensionOf,
    typicalCustomer,
    typicalLifestyle,
    typicalSpread: columns.take('typical.spread', Float64Array, typicalCustomer.length * dimensions),
    listProduct,
    listShare: columns.take('lifestyle.share', Float64Array, listProduct.length),
  };
}

function readRhythms(columns: Columns, products: number): ProductRhythms {
  const take = (name: keyof ProductRhythms) => columns.take(`rhythm.${name}`, Float32Array, products);
  return {
    repeatRate: take('repeatRate'),
    rebought: take('rebought'),
    gapDays: take('gapDays'),
    gapVisits: take('gapVisits'),
    frequency: take('frequency'),
    popularity: take('popularity'),
    popularity56: take('popularity56'),
    popularity28: take('popularity28'),
    popularity14: take('popularity14'),
    popularity7: take('popularity7'),
    takenUp: take('takenUp'),
    takenUp56: take('takenUp56'),
    takenUp28: take('takenUp28'),
    takenUpLately: take('takenUpLately'),
    kept: take('kept'),
    age: take('age'),
    gone: take('gone'),
    uptake: take('uptake'),
  };
}

function readReturns(columns: Columns, unit: keyof ProductReturns, products: number): ReturnTable {
  const take = (part: keyof ReturnTable, length: number) =>
    columns.take(`returns.${unit}.${part}`, Float32Array, length);
  return { chance: take('chance', products * STRETCHES), pace: take('pace', products), shop: take('shop', STRETCHES) };
}

function readCategories(columns: Columns, products: number): Model['statistics']['categories'] {
  const popularity = columns.take('category.popularity', Float32Array, null);
  const of = columns.take('product.category', Int16Array, products);
  mustStayBelow('product.category', of, popularity.length);
  return { of, popularity, products: columns.take('category.products', Float32Array, popularity.length) };
}

function readEase(columns: Columns, products: number): Model['ease'] {
  const placeOf = columns.take('ease.place', Int16Array, products);
  const product = columns.takeItems('ease.product');
  const weight = columns.take('ease.weight', Float32Array, product.length);
  mustStayBelow('ease.place', placeOf, product.length / MOST_KEPT);
  mustStayBelow('ease.product', product, products);
  return { placeOf, product, weight };
}

function readRanker(columns: Columns, name: RankerName): Ranker {
  const features = FEATURE_NAMES[name].length;
  const take = (part: string) => columns.take(`${name}.${part}`, Float64Array, features);
  const score = columns.take(`${name}.score`, Float64Array, null);
  const [way, intercept, cases, calibrationError, plain, shipped, blended, learned, ...earlier] = columns.take(
    `${name}.gate`,
    Float64Array,
    7 + WAYS.length,
  );
  if (WAYS[way] === undefined) throw new SectionsWrong(`its section "${name}.gate" names way ${way} of ${WAYS.length}`);
  return {
    way: WAYS[way],
    weights: { mean: take('mean'), scale: take('scale'), coefficient: take('coefficient'), intercept },
    calibration: { score, chance: columns.take(`${name}.chance`, Float64Array, score.length) },
    gate: {
      cases,
      gain: { plain, shipped, blended, learned },
      earlier: { cases: earlier[0], gain: { plain: earlier[1], shipped: earlier[2] } },
      calibrationError,
    },
  };
}
