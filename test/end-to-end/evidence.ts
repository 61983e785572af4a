// What a person may want to look at afterwards: written to the folder TILLCAT_EVIDENCE names, and nowhere without it.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['TILLCAT_EVIDENCE'] ?? '';

export function keepEvidence(name: string, content: Uint8Array | string): void {
  if (folder === '') return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
}

export function addEvidence(name: string, line: string): void {
  if (folder === '') return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, name), `${line}\n`);
}
