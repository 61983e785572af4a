import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/calendar.ts';
import { customerId } from '../../src/domain/ids.ts';
import { isTillError } from '../../src/domain/till-error.ts';
import { inMemory } from '../../src/recommender/byte-source.ts';
import { forgetCustomers } from '../../src/recommender/forget-customer.ts';
import { decodeModel, encodeModel, openModel } from '../../src/recommender/model-file.ts';
import { emptyModel } from '../../src/recommender/model.ts';
import { createRecommender } from '../../src/recommender/recommender.ts';
import { trainAtOnce } from '../../src/recommender/train.ts';
import { purchasesOf, TODAY, trainingOf, twoTastes } from './small-shop.ts';

const model = trainAtOnce(trainingOf(purchasesOf(twoTastes()), TODAY));
const bytes = encodeModel(model);

function problemOf(given: Uint8Array): string {
  try {
    decodeModel(given, 'night.model');
  } catch (thrown) {
    if (isTillError(thrown, 'MODEL_WRONG')) return thrown.details.problem;
    throw thrown;
  }
  return 'none';
}

describe('a model file', () => {
  it('gives back the model it was written from', () => {
    expect(decodeModel(bytes, 'night.model')).toEqual(model);
    expect(encodeModel(decodeModel(bytes, 'night.model'))).toEqual(bytes);
  });

  it('holds the model of an empty shop too', () => {
    expect(decodeModel(encodeModel(emptyModel(null)), 'night.model')).toEqual(emptyModel(null));
  });

  it('is read where it lies, without copying its columns', () => {
    expect(decodeModel(bytes, 'night.model').neighbours.buyers.blocks[0]?.item.buffer).toBe(bytes.buffer);
  });

  it('ranks the same with its customers’ products left in the file', () => {
    const inFile = openModel(inMemory(bytes), 'night.model');
    for (let customer = 1; customer <= 6; customer++) {
      const history = purchasesOf(twoTastes().filter(([of]) => of === customer));
      const of = { customer: customerId(customer), history, today: localDay(TODAY), windowDays: 56, listLength: 10 };
      expect(createRecommender(inFile).rank(of)).toEqual(createRecommender(model).rank(of));
    }
  });

  it('is read from a buffer that begins anywhere', () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeModel(shifted.subarray(3), 'night.model')).toEqual(model);
  });

  it.each([
    ['nothing', new Uint8Array(0), 'it begins with "" and not with "TCATMODL"'],
    ['a text', new TextEncoder().encode('customer,basket,time'), 'it begins with "customer" and not with "TCATMODL"'],
    ['a model cut off in its header', bytes.slice(0, 12), 'it ends after 12 bytes, in its header'],
    [
      'a model cut off',
      bytes.slice(0, bytes.length - 8),
      `it has ${bytes.length - 8} bytes and its sections need ${bytes.length}`,
    ],
    ['a model of another version', bytes.with(8, 9), 'it is version 9 and this program reads 7'],
  ])('that is %s is refused with what was found and what was expected', (_name, given, problem) => {
    expect(problemOf(given)).toBe(problem);
  });

  it('with any one byte changed is refused', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        if (at >= 20 && at < 24) return; // four bytes that mean nothing
        expect(problemOf(bytes.with(at, bytes[at] ^ change))).not.toBe('none');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a forgotten customer', () => {
  const forgotten = customerId(2);
  const left = forgetCustomers(model, [forgotten]);

  it('is in no table of the model any more', () => {
    expect(left.customers).not.toContain(forgotten);
    expect(left.lifestyles.typicalCustomer).not.toContain(forgotten);
    expect(left.neighbours.baskets.rows).toBe(model.neighbours.baskets.rows - 1);
    expect(decodeModel(encodeModel(left), 'night.model')).toEqual(left);
  });

  it('is nobody’s neighbour, and everybody else is served', () => {
    const history = purchasesOf(twoTastes().filter(([customer]) => customer === 4));
    const request = { customer: customerId(4), history, today: localDay(TODAY), windowDays: 56, listLength: 4 };
    const [before] = createRecommender(model).rank(request).new;
    const [after] = createRecommender(left).rank(request).new;
    expect(after.product).toBe(before.product);
    expect(after.reasons[0].value).toBe(before.reasons[0].value - 1);
  });

  it('is gone with others just as one after the other', () => {
    const [one, other] = [customerId(1), customerId(3)];
    expect(forgetCustomers(model, [one, other])).toEqual(forgetCustomers(forgetCustomers(model, [one]), [other]));
  });

  it('who was never in the model leaves it as it is', () => {
    expect(forgetCustomers(model, [customerId(777)])).toBe(model);
  });
});
