// A shop in a folder of its own: its configuration, its CSV files taken in, its model trained; removed at the end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { tillcat, type Said } from './tillcat.ts';

export type ShopFolder = {
  readonly folder: string;
  readonly configFile: string;
  /** The port its daemon listens on. */
  readonly port: number;
  /** A path in the folder. */
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => string;
  /** Replaces what the configuration says under these keys. */
  readonly configure: (keys: Record<string, unknown>) => void;
  readonly tillcat: (...args: readonly string[]) => Promise<Said>;
  /** @throws Error with what it said, where it did not exit 0 */
  readonly must: (...args: readonly string[]) => Promise<string>;
  readonly remove: () => void;
};

export async function makeShopFolder(keys: Record<string, unknown> = {}): Promise<ShopFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'tillcat-end-to-end-'));
  const port = await freePort();
  const configFile = join(folder, 'tillcat.yaml');
  const config: Record<string, unknown> = {
    data: 'var',
    secrets: 'secrets',
    shop: { id: '1', name: 'Kulmakauppa', address: 'Kuusitie 4' },
    http: { host: '127.0.0.1', port },
    cards: [{ prefix: '6340', length: 18, check: 'luhn' }],
    policy: { categories: { '*': 'ok' } },
    holdout: { customersPercent: 0 },
    ...keys,
  };
  const configure = (more: Record<string, unknown>): void => {
    Object.assign(config, more);
    writeFileSync(configFile, stringify(config));
  };
  configure({});
  const run = (...args: readonly string[]): Promise<Said> => tillcat(['--config', configFile, ...args]);
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    configFile,
    port,
    path,
    write: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
    configure,
    tillcat: run,
    must: async (...args) => {
      const { code, out, err } = await run(...args);
      if (code !== 0) throw new Error(`tillcat ${args.join(' ')} ended with ${code}: ${err}${out}`);
      return out;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A port nobody listens on now; the one who asked takes it at once. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
