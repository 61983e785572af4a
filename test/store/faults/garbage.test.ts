// A file that is no text at all.
import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { contentOf, importInto, memoryStore, testFolder } from '../shop-of-tests.ts';

test.each([
  ['a zero byte', Buffer.from('product,name\n1,\0\n'), 'IMPORT_NOT_TEXT'],
  ['text in Latin-1', Buffer.from('product,name\n1,Kevytmaito\n2,Mämmi\n', 'latin1'), 'IMPORT_NOT_UTF8'],
  ['gzip without .gz in its name', gzipSync('product,name\n1,Milk\n'), 'IMPORT_NOT_TEXT'],
  ['nothing', Buffer.alloc(0), 'IMPORT_EMPTY'],
  ['empty lines alone', Buffer.from('\n\r\n\n'), 'IMPORT_EMPTY'],
  ['a quote that never closes', Buffer.from('product,name\n1,"Milk\n2,Bread\n'), 'IMPORT_QUOTE_BROKEN'],
  ['something after a closing quote', Buffer.from('product,name\n1,"Milk"x\n'), 'IMPORT_QUOTE_BROKEN'],
])('%s is named and stores nothing', async (_, content, code) => {
  using folder = testFolder();
  const db = memoryStore();
  const file = folder.file('products.csv', content);
  await expect(importInto(db, { kind: 'products', file })).rejects.toMatchObject({ code });
  expect(contentOf(db)).toEqual(contentOf(memoryStore()));
});

test('the line that is not UTF-8 is told', async () => {
  using folder = testFolder();
  const file = folder.file('products.csv', Buffer.from('product,name\n1,Kevytmaito\n2,Mämmi\n', 'latin1'));
  await expect(importInto(memoryStore(), { kind: 'products', file })).rejects.toThrow(/not UTF-8 text in line 3;/);
});
