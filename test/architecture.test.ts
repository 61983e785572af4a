// The layout held against the import lines: who may know whom, and no cycles.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

const SRC = join(import.meta.dirname, '..', 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort();
const imports = files.flatMap(importsOf);

const PURE = ['recommender', 'offers', 'coupons', 'receipt', 'sample'];
const EDGES = ['scan', 'store', 'printer', 'till', 'config', 'system'];
/** The clock, the disk, the network and chance: what pure code gets as arguments. */
const IMPURE_MODULES =
  /^(node:(fs|net|http|child_process|os|dgram|worker_threads|timers).*|serialport|express|better-sqlite3|pino)$/;

describe('the layout', () => {
  it('lets the words of the shop know nobody', () => {
    expect(crossings('domain', (target) => target !== 'domain')).toEqual([]);
  });

  it.each(PURE)('keeps %s pure: it knows the words of the shop only', (room) => {
    expect(crossings(room, (target) => target !== room && target !== 'domain')).toEqual([]);
    expect(packagesOf(room).filter((name) => IMPURE_MODULES.test(name))).toEqual([]);
  });

  it.each(PURE)('gives %s no clock and no chance', (room) => {
    const asking = files
      .filter((file) => file.startsWith(`${room}/`))
      .filter((file) => /\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/.test(read(file)));
    expect(asking).toEqual([]);
  });

  it.each(EDGES)('keeps the edge %s from knowing another edge', (room) => {
    const strangers = [...EDGES, 'web', 'cli', 'visit.ts', 'app.ts', 'main.ts'].filter((name) => name !== room);
    expect(crossings(room, (target) => strangers.includes(target))).toEqual([]);
  });

  it('lets the printer borrow the receipt only for its element types', () => {
    const borrowed = imports.filter((one) => roomOf(one.from) === 'printer' && PURE.includes(roomOf(one.to)));
    expect(borrowed.filter((one) => !one.typeOnly || roomOf(one.to) !== 'receipt')).toEqual([]);
  });

  it.each(['visit.ts', 'decision.ts', 'desk.ts', 'daemon.ts', 'cli', 'web'])(
    'lets %s know the edges by type only',
    (room) => {
      const real = imports.filter(
        (one) => roomOf(one.from) === room && EDGES.includes(roomOf(one.to)) && !one.typeOnly,
      );
      expect(real.map((one) => `${one.from} -> ${one.to}`)).toEqual([]);
    },
  );

  it('makes real things in the composition root only', () => {
    const root = /^(app(-[a-z]+)?|composition)\.ts$/;
    const makers = imports.filter(
      (one) => !one.from.includes('/') && !root.test(one.from) && EDGES.includes(roomOf(one.to)),
    );
    expect(makers.filter((one) => !one.typeOnly).map((one) => `${one.from} -> ${one.to}`)).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cycle()).toEqual([]);
  });

  it('keeps every file under 400 lines', () => {
    expect(files.filter((file) => read(file).split('\n').length > 400)).toEqual([]);
  });

  it('opens every file with one sentence of what it is', () => {
    expect(files.filter((file) => !/^\/[/*]/.test(read(file)))).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(join(SRC, file), 'utf8');
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const pattern = /^(?:import|export)\s+(type\s+)?[^;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const [, type, target, lazy] of read(file).matchAll(pattern)) {
    const name = target ?? lazy ?? '';
    const to = name.startsWith('.') ? relative(SRC, normalize(join(SRC, dirname(file), name))) : name;
    found.push({ from: file, to, typeOnly: type !== undefined });
  }
  return found;
}

/** The top-level folder or file of a path; a package keeps its name. */
function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function crossings(room: string, isStranger: (target: string) => boolean): string[] {
  return imports
    .filter((one) => roomOf(one.from) === room && files.includes(one.to) && isStranger(roomOf(one.to)))
    .map((one) => `${one.from} -> ${one.to}`);
}

function packagesOf(room: string): string[] {
  return imports.filter((one) => roomOf(one.from) === room && !files.includes(one.to)).map((one) => one.to);
}

function cycle(): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const one of imports) {
      if (one.from !== file || one.typeOnly || !files.includes(one.to)) continue;
      const found = visit(one.to, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}
