import { expect, it } from 'vitest';
import { IdempotentAnswers } from '../../../src/store/idempotency.ts';
import { at, first, issue, openShop, redeem } from './shop.ts';

const asked = { scope: 'coupons/redeem', key: 'k1', body: '{"code":"1"}', at: at('2026-11-25T10:00') };
const neverAgain = () => {
  throw new Error('done twice');
};

it('gives the stored answer to the same request, and does not do it again', () => {
  const answers = new IdempotentAnswers(openShop().db);
  expect(answers.once(asked, () => ({ status: 200, answer: 'yes' }))).toEqual({
    kind: 'done',
    status: 200,
    answer: 'yes',
  });
  const later = { ...asked, at: at('2026-11-25T10:05') };
  expect(answers.once(later, neverAgain)).toEqual({ kind: 'repeated', status: 200, answer: 'yes' });
});

it('refuses the same key with another body, and lets another call have it', () => {
  const answers = new IdempotentAnswers(openShop().db);
  answers.once(asked, () => ({ status: 200, answer: 'yes' }));
  expect(answers.once({ ...asked, body: '{"code":"2"}' }, neverAgain)).toEqual({ kind: 'refused' });
  expect(answers.once({ ...asked, scope: 'baskets' }, () => ({ status: 200, answer: 'b' })).kind).toBe('done');
});

it('keeps the answer and what was done together: what throws leaves neither', () => {
  const shop = openShop();
  const answers = new IdempotentAnswers(shop.db);
  const { serial } = first(issue(shop));
  expect(() =>
    answers.once(asked, () => {
      redeem(shop, { code: serial, when: '2026-11-25' });
      throw new Error('no disk');
    }),
  ).toThrow('no disk');
  expect(shop.ledger.find(serial)?.state).toBe('issued');
  expect(
    answers.once(asked, () => ({ status: 200, answer: redeem(shop, { code: serial, when: '2026-11-25' }).outcome })),
  ).toMatchObject({ answer: 'redeemed' });
});

it('forgets answers after a day', () => {
  const answers = new IdempotentAnswers(openShop().db);
  answers.once(asked, () => ({ status: 200, answer: 'yes' }));
  expect(answers.sweep(at('2026-11-26T09:59'))).toBe(0);
  expect(answers.once({ ...asked, at: at('2026-11-26T10:00') }, () => ({ status: 200, answer: 'new' })).kind).toBe(
    'done',
  );
  expect(answers.sweep(at('2026-11-27T10:00'))).toBe(1);
});
