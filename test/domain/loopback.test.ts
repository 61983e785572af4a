// What this machine alone can reach, and where it finds what listens there.
import { expect, test } from 'vitest';
import { urlFromHere } from '../../src/domain/loopback.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8090'],
  ['0.0.0.0', 'http://127.0.0.1:8090'],
  ['::', 'http://127.0.0.1:8090'],
  ['::1', 'http://[::1]:8090'],
  ['10.0.0.7', 'http://10.0.0.7:8090'],
  ['till-1', 'http://till-1:8090'],
])('what listens at %s is found from here at %s', (host, url) => {
  expect(urlFromHere({ host, port: 8090 })).toBe(url);
});
