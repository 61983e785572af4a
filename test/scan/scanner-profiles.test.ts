// What is written down about scanners holds together: profiles, udev rules, and the schema that checks them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scannerProfileSchema } from '../../src/scan/scanner-profile.ts';

const HARDWARE = join(import.meta.dirname, '../../hardware');
const files = readdirSync(join(HARDWARE, 'scanners')).filter((file) => file.endsWith('.json'));
const profileOf = (file: string) =>
  scannerProfileSchema.parse(JSON.parse(readFileSync(join(HARDWARE, 'scanners', file), 'utf8')));
const rules = readFileSync(join(HARDWARE, 'udev/99-tillcat.rules'), 'utf8');

test('there is a profile for each of the four makers', () => {
  const makers = files.map((file) => file.split('-', 1)[0]);
  expect(makers).toEqual(expect.arrayContaining(['datalogic', 'honeywell', 'newland', 'zebra']));
});

describe.each(files)('%s', (file) => {
  const profile = profileOf(file);

  test('is named after its file', () => {
    expect(`${profile.name}.json`).toBe(file);
  });

  test('has a udev rule for its serial mode', () => {
    const { serial } = profile.usb;
    const named = [...rules.matchAll(/^SUBSYSTEM=="tty".*idVendor}=="(\w+)".*idProduct}=="([\w?]+)"/gm)];
    const isNamed = named.some(
      ([, vendor, product = '']) =>
        vendor === serial?.vendor && new RegExp(`^${product.replaceAll('?', '.')}$`).test(serial?.product ?? ''),
    );
    expect(isNamed).toBe(true);
  });
});

test('each udev rule, even one to be uncommented, is a list of comparisons and settings', () => {
  const lines = rules.split('\n').filter((line) => /^#?[A-Z]+(\{|==)/.test(line));
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) {
    for (const part of line.replace(/^#/, '').split(/, (?=[A-Z])/)) {
      expect(part).toMatch(/^[A-Z]+(\{[\w/]+\})?(==|!=|=|\+=|:=)"[^"]+"$/);
    }
  }
});
