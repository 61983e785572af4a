// A line of the customer file as a customer with a card; columns the file does not have keep what is known.
import type { Customer } from '../../domain/customer.ts';
import { LANGUAGES, parseLanguage } from '../../domain/language.ts';
import type { CustomerRow } from '../../domain/shop-rows.ts';
import { codeCell, type Line } from './cell.ts';
import type { LineCells } from './line-cells.ts';

export const CUSTOMER_FILE = {
  columns: ['customer', 'card', 'language', 'status', 'opted_out'],
  required: ['customer'],
  masked: ['customer', 'card'],
} as const;

const YES = ['1', 'true', 'yes', 'y'];
const NO = ['', '0', 'false', 'no', 'n'];

export function customerLine(cells: LineCells, known: (code: string) => Customer | null): Line<CustomerRow> {
  const code = codeCell(cells.text('customer'));
  if ('reason' in code) return cells.refuse('customer', code.reason);
  const cardText = cells.text('card');
  const card = cardText === '' ? { value: null } : codeCell(cardText);
  if ('reason' in card) return cells.refuse('card', card.reason);
  const languageText = cells.text('language').toLowerCase();
  const language = parseLanguage(languageText);
  if (languageText !== '' && language === null) return cells.refuse('language', `is none of ${LANGUAGES.join(' ')}`);
  const status = statusOf(cells.text('status').toLowerCase());
  if (status === null) return cells.refuse('status', 'is neither active nor blocked');
  const optedOut = cells.text('opted_out').toLowerCase();
  if (!YES.includes(optedOut) && !NO.includes(optedOut)) return cells.refuse('opted_out', 'is neither true nor false');
  const before = cells.hasAll(['language', 'status']) ? null : known(code.value);
  return {
    row: {
      customerCode: code.value,
      card: card.value,
      language: cells.has('language') ? language : (before?.language ?? null),
      status: cells.has('status') ? status : (before?.status ?? 'active'),
      optedOut: YES.includes(optedOut),
    },
  };
}

function statusOf(text: string): Customer['status'] | null {
  if (text === '' || text === 'active') return 'active';
  return text === 'blocked' ? 'blocked' : null;
}
