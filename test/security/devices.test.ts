// Which devices the till takes for its own: named by vendor and product, and nothing that types.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const rules = readFileSync(join(ROOT, 'hardware/udev/99-tillcat.rules'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('SUBSYSTEM'));
const keyboardRules = readFileSync(join(ROOT, 'hardware/udev/99-tillcat-keyboard-scanner.rules'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('SUBSYSTEM'));
const unit = readFileSync(join(ROOT, 'systemd/tillcat.service'), 'utf8');

test('a device becomes the scanner only by its maker, as a serial line', () => {
  const scanners = rules.filter((rule) => rule.includes('tillcat/scanner'));
  expect(scanners.length).toBeGreaterThan(3);
  for (const rule of scanners)
    expect(rule).toMatch(/^SUBSYSTEM=="tty", .*SUBSYSTEMS=="usb", ATTRS\{idVendor\}=="[0-9a-f]{4}"/);
});

test('a keyboard becomes the scanner only by its maker and model, and types nowhere then', () => {
  const scanners = keyboardRules.filter((rule) => rule.includes('tillcat/scanner'));
  expect(scanners.length).toBeGreaterThan(2);
  for (const rule of scanners) {
    const [, ids = 'no ids'] = /^SUBSYSTEM=="hidraw", SUBSYSTEMS=="usb", (ATTRS.*?), SYMLINK/.exec(rule) ?? [];
    expect(ids).toMatch(/^ATTRS\{idVendor\}=="[0-9a-f]{4}", ATTRS\{idProduct\}=="[0-9a-f]{4}"$/);
    expect(keyboardRules.some((other) => other.includes(ids) && other.includes('ATTR{inhibited}="1"'))).toBe(true);
  }
});

test('a device becomes the printer only by the printer class', () => {
  const printers = rules.filter((rule) => rule.includes('tillcat/printer'));
  expect(printers.length).toBeGreaterThan(0);
  for (const rule of printers) expect(rule).toMatch(/ATTRS\{bInterfaceClass\}=="07"/);
});

test('no rule opens a device to everybody', () => {
  const all = [...rules, ...keyboardRules];
  for (const rule of all.filter((one) => one.includes('SYMLINK'))) expect(rule).toMatch(/MODE="0660"/);
  for (const rule of all) expect(rule).not.toMatch(/MODE="0?66[2-7]|a\+w|o\+w/);
});

test('the service may open serial lines and printers, only read a scanner in keyboard mode, and open no disk or memory', () => {
  expect(unit).toMatch(/^DevicePolicy=closed$/m);
  const allowed = [...unit.matchAll(/^DeviceAllow=(\S+)/gm)].map(([, device]) => device);
  expect(allowed.length).toBeGreaterThan(0);
  for (const device of allowed) expect(device).toMatch(/^char-(tty(USB|ACM|AMA|S)|usb|lp|hidraw)$/);
  expect(unit.match(/^DeviceAllow=char-hidraw.*$/gm)).toEqual(['DeviceAllow=char-hidraw r']);
});
