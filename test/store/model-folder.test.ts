// Models are put in place whole, the one in use is named by a pointer, and the one before it stays.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ModelFolder } from '../../src/store/model-folder.ts';
import { testFolder, type TestFolder } from './shop-of-tests.ts';

const model = (name: string) => ({ name, bytes: Buffer.from(`bytes of ${name}`), card: `# ${name}\n` });
const modelsIn = (folder: TestFolder) => new ModelFolder({ folder: join(folder.path, 'models'), waitMs: 0 });
const filesIn = (folder: TestFolder) => readdirSync(join(folder.path, 'models')).sort();

/** What is read of the model in use. */
function wordsOf(models: ModelFolder): string {
  const current = models.current();
  if (current === null) return 'none';
  using bytes = current.bytes;
  return Buffer.from(bytes.take(0, bytes.length)).toString();
}

const always = () => true;
const never = () => false;

test('the model put last is in use, byte for byte', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  expect(models.current()).toBeNull();
  const file = models.put(model('m1'));
  expect(models.current()).toMatchObject({ name: 'm1', file });
  expect(wordsOf(models)).toBe('bytes of m1');
  expect(readFileSync(join(folder.path, 'models', 'm1.md'), 'utf8')).toBe('# m1\n');
});

test('the one before it is kept, older ones go', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  for (const name of ['m1', 'm2', 'm3']) models.put(model(name));
  expect(filesIn(folder)).toEqual(['current', 'm2.md', 'm2.model', 'm3.md', 'm3.model']);
  models.put(model('m3'));
  expect(filesIn(folder)).toEqual(['current', 'm2.md', 'm2.model', 'm3.md', 'm3.model']);
});

test('the one before it is gone back to, and forth again, as long as the purge has not taken it', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  expect(models.goBack()).toBeNull();
  models.put(model('m1'));
  expect(models.goBack()).toBeNull();
  models.put(model('m2'));
  expect(models.goBack()).toBe('m1');
  expect(wordsOf(models)).toBe('bytes of m1');
  expect(models.goBack()).toBe('m2');
  models.goBack();
  models.put(model('m3'));
  expect(filesIn(folder)).toEqual(['current', 'm1.md', 'm1.model', 'm3.md', 'm3.model']);
  models.forget({ isOld: always, isForgotten: never });
  expect(models.goBack()).toBeNull();
  expect(models.current()?.name).toBe('m3');
});

test('the purge takes the one before it once it is old, and the one in use only once all it knew is forgotten', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.forget({ isOld: always, isForgotten: always });
  for (const name of ['m1', 'm2']) models.put(model(name));
  models.forget({ isOld: (name) => name === 'm2', isForgotten: never });
  expect(filesIn(folder)).toEqual(['current', 'm1.md', 'm1.model', 'm2.md', 'm2.model']);
  models.forget({ isOld: (name) => name === 'm1', isForgotten: never });
  expect(filesIn(folder)).toEqual(['current', 'm2.md', 'm2.model']);
  expect(models.current()?.name).toBe('m2');
  models.forget({ isOld: never, isForgotten: (name) => name === 'm2' });
  expect(filesIn(folder)).toEqual([]);
  expect(models.current()).toBeNull();
});

test('a training killed before its pointer leaves the old model in use', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1'));
  writeFileSync(join(folder.path, 'models', 'm2.model'), 'whole');
  writeFileSync(join(folder.path, 'models', 'current.tmp'), 'm');
  expect(wordsOf(models)).toBe('bytes of m1');
  models.put(model('m3'));
  expect(filesIn(folder)).toEqual(['current', 'm1.md', 'm1.model', 'm3.md', 'm3.model']);
});

test('what another process is writing just now is left alone, what a killed one has left is cleared up', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1'));
  const running = `m8.model.${process.ppid}.tmp`;
  const killed = `m9.model.${spawnSync(process.execPath, ['--version']).pid}.tmp`;
  for (const draft of [running, killed]) writeFileSync(join(folder.path, 'models', draft), 'm');
  models.put(model('m2'));
  expect(filesIn(folder)).toEqual(['current', 'm1.md', 'm1.model', 'm2.md', 'm2.model', running]);
  writeFileSync(join(folder.path, 'models', killed), 'm');
  models.forget({ isOld: never, isForgotten: never });
  expect(filesIn(folder)).toEqual(['current', 'm1.md', 'm1.model', 'm2.md', 'm2.model', running]);
});

test('a model that is gone, or a pointer to nowhere, is named', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  rmSync(models.put(model('m1')));
  expect(() => models.current()).toThrow(/Cannot read the model .*m1\.model/);
  writeFileSync(join(folder.path, 'models', 'current'), '../../secrets/key\n');
  expect(() => models.current()).toThrow(/it does not name a model/);
});

test('a name that could lead out of the folder is refused', () => {
  using folder = testFolder();
  expect(() => modelsIn(folder).put(model('../m1'))).toThrow(/cannot be named/);
});

test('a model in use is read here and there, and goes on being read when another has taken its place', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1'));
  const current = models.current();
  if (current === null) throw new Error('There is no model.');
  using bytes = current.bytes;
  for (const name of ['m2', 'm3']) models.put(model(name));
  const place = Buffer.alloc(2);
  bytes.read(place, 9);
  expect(place.toString()).toBe('m1');
  expect(() => bytes.take(9, 3)).toThrow(/Cannot read the model .*m1\.model.*ends after 11 bytes/);
});
