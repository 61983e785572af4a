// A request that comes again gets the answer it had.
import { expect, it } from 'vitest';
import { IdempotentAnswers } from '../../../src/store/idempotency.ts';
import { at, first, issue, openShop, redeem } from './shop.ts';
import type { Shop } from './shop.ts';

const asked = { key: 'redeem:k1', bodyDigest: 'a1', at: at('2026-11-25T10:00') };
const neverAgain = () => {
  throw new Error('done twice');
};
const answersOf = ({ db }: Shop) => new IdempotentAnswers({ db, shopKey: new Uint8Array(32).fill(7) });

it('gives the stored answer to the same request, and does not do it again', () => {
  const shop = openShop();
  expect(answersOf(shop).once(asked, () => 'yes')).toEqual({ state: 'fresh', answer: 'yes' });
  const later = { ...asked, at: at('2026-11-25T10:05') };
  // After a restart too.
  expect(answersOf(shop).once(later, neverAgain)).toEqual({ state: 'stored', answer: 'yes' });
});

it('refuses the same key with another body, and lets another call have it', () => {
  const answers = answersOf(openShop());
  answers.once(asked, () => 'yes');
  expect(answers.once({ ...asked, bodyDigest: 'b2' }, neverAgain)).toEqual({ state: 'other-body' });
  expect(answers.once({ ...asked, key: 'basket:k1' }, () => 'b').state).toBe('fresh');
});

it('keeps the answer and what was done together: what throws leaves neither', () => {
  const shop = openShop();
  const answers = answersOf(shop);
  const { serial } = first(issue(shop));
  expect(() =>
    answers.once(asked, () => {
      redeem(shop, { code: serial, when: '2026-11-25' });
      throw new Error('no disk');
    }),
  ).toThrow('no disk');
  expect(shop.ledger.find(serial)?.state).toBe('issued');
  const again = answers.once(asked, () => redeem(shop, { code: serial, when: '2026-11-25' }).outcome);
  expect(again).toEqual({ state: 'fresh', answer: 'redeemed' });
});

it('keeps neither key nor digest as they were: a card number could be found by trying', () => {
  const shop = openShop();
  answersOf(shop).once(asked, () => 'yes');
  expect(
    JSON.stringify(shop.db.prepare('select hex(key_hash), hex(body_hash), answer from idempotency').all()),
  ).not.toMatch(/k1|a1"/);
});

it('forgets answers after a day', () => {
  const answers = answersOf(openShop());
  answers.once(asked, () => 'yes');
  expect(answers.sweep(at('2026-11-26T09:59'))).toBe(0);
  expect(answers.once({ ...asked, at: at('2026-11-26T10:00') }, () => 'new').state).toBe('fresh');
  expect(answers.sweep(at('2026-11-27T10:00'))).toBe(1);
});
