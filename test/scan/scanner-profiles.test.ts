// What is written down about scanners holds together: profiles, udev rules, and the schema that checks them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScannerProfile } from '../../src/scan/load-scanner-profile.ts';
import { scannerProfileSchema } from '../../src/scan/scanner-profile.ts';

const HARDWARE = join(import.meta.dirname, '../../hardware');
const files = readdirSync(join(HARDWARE, 'scanners')).filter((file) => file.endsWith('.json'));
const profileOf = (file: string) =>
  scannerProfileSchema.parse(JSON.parse(readFileSync(join(HARDWARE, 'scanners', file), 'utf8')));
const rules = readFileSync(join(HARDWARE, 'udev/99-tillcat.rules'), 'utf8');
const keyboardRules = readFileSync(join(HARDWARE, 'udev/99-tillcat-keyboard-scanner.rules'), 'utf8');

test('there is a profile for each of the four makers', () => {
  const makers = files.map((file) => file.split('-', 1)[0]);
  expect(makers).toEqual(expect.arrayContaining(['datalogic', 'honeywell', 'newland', 'zebra']));
});

describe.each(files)('%s', (file) => {
  const profile = profileOf(file);

  test('is named after its file', () => {
    expect(`${profile.name}.json`).toBe(file);
  });

  test.runIf(profile.usb.serial !== null)('has a udev rule for its serial mode', () => {
    const { serial } = profile.usb;
    const named = [...rules.matchAll(/^SUBSYSTEM=="tty".*idVendor}=="(\w+)".*idProduct}=="([\w?]+)"/gm)];
    const isNamed = named.some(
      ([, vendor, product = '']) =>
        vendor === serial?.vendor && new RegExp(`^${product.replaceAll('?', '.')}$`).test(serial?.product ?? ''),
    );
    expect(isNamed).toBe(true);
  });

  test.runIf(profile.usb.keyboard !== null)('has a rule that keeps its keyboard mode from the console', () => {
    const { keyboard } = profile.usb;
    const ids = `ATTRS{idVendor}=="${keyboard?.vendor}", ATTRS{idProduct}=="${keyboard?.product}"`;
    const quiet = keyboardRules.split('\n').filter((line) => line.includes(ids));
    expect(quiet.some((line) => line.includes('ATTR{inhibited}="1"'))).toBe(true);
    expect(quiet.some((line) => line.includes('SUBSYSTEM=="hidraw"') && line.includes('tillcat/scanner-hid'))).toBe(
      true,
    );
  });
});

describe('a profile that is asked for', () => {
  const folders = [join(HARDWARE, 'scanners')];

  test('says what makes the scanner sound', () => {
    const { sounds } = loadScannerProfile({ name: 'zebra-ds2208', folders });
    expect(sounds).toEqual({ ok: Uint8Array.of(0x07), error: Uint8Array.of(0x07, 0x07, 0x07) });
  });

  test('and is not there is refused with those there are', () => {
    const ask = () => loadScannerProfile({ name: 'zebra', folders: ['/nowhere', ...folders] });
    expect(ask).toThrow(
      /no scanner profile "zebra"; did you mean zebra-ds2208\? choose one of datalogic-gryphon, .*zebra\.json into \/nowhere/,
    );
  });
});

test('each udev rule, even one to be uncommented, is a list of comparisons and settings', () => {
  const lines = `${rules}\n${keyboardRules}`.split('\n').filter((line) => /^#?[A-Z]+(\{|==)/.test(line));
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) {
    for (const part of line.replace(/^#/, '').split(/, (?=[A-Z])/)) {
      expect(part).toMatch(/^[A-Z]+(\{[\w/]+\})?(==|!=|=|\+=|:=)"[^"]+"$/);
    }
  }
});
