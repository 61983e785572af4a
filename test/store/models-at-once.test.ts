// Trainings, the purge, a customer forgotten and a model gone back to, all at once: none undoes what another has done.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeFileLock } from '../../src/store/file-lock.ts';
import { ModelFolder } from '../../src/store/model-folder.ts';
import { holdElsewhere, nameOf } from './a-lock-holder.ts';
import { testFolder, type TestFolder } from './shop-of-tests.ts';

const modelsIn = (folder: TestFolder) => new ModelFolder({ folder: join(folder.path, 'models'), waitMs: 0 });
const model = (name: string, words = `Anna and Carl, ${name}`) => ({
  name,
  bytes: Buffer.from(words),
  card: `# ${name}\n`,
});
const wordsIn = (models: ModelFolder) => models.all().map(({ name, bytes }) => `${name}: ${bytes.toString()}`);
const filesIn = (folder: TestFolder) => readdirSync(join(folder.path, 'models')).sort();
const withoutAnna = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString().replace('Anna and ', ''));
const never = () => false;

/** Everything that changes the folder of m1 and m2, and what it makes of it. */
const changes: readonly (readonly [string, (models: ModelFolder) => unknown, readonly string[]])[] = [
  ['a training', (models) => models.put(model('m3')), ['m3: Anna and Carl, m3', 'm2: Anna and Carl, m2']],
  ['the way back', (models) => models.goBack(), ['m1: Anna and Carl, m1', 'm2: Anna and Carl, m2']],
  [
    'a customer forgotten',
    (models) => models.rewrite(({ bytes }) => withoutAnna(bytes)),
    ['m2-r1: Carl, m2', 'm1-r1: Carl, m1'],
  ],
  ['the purge', (models) => models.forget({ isOld: () => true, isForgotten: never }), ['m2: Anna and Carl, m2']],
];

test.each(changes)(
  '%s changes nothing, and says whom it waited for, while another has the folder',
  (_, change, after) => {
    using folder = testFolder();
    const models = modelsIn(folder);
    for (const name of ['m1', 'm2']) models.put(model(name));
    const [words, files] = [wordsIn(models), filesIn(folder)];
    {
      using lock = takeFileLock({ file: join(folder.path, 'models.lock'), waitMs: 0 });
      expect(lock).not.toBeNull();
      expect(() => change(models)).toThrow(`have been held by ${nameOf(process.pid)} for 0 ms`);
      expect(wordsIn(models)).toEqual(words);
      expect(filesIn(folder)).toEqual(files);
    }
    change(models);
    expect(wordsIn(models)).toEqual(after);
  },
);

test('who only reads does not wait', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1'));
  using lock = takeFileLock({ file: join(folder.path, 'models.lock'), waitMs: 0 });
  expect(lock).not.toBeNull();
  expect(models.currentName()).toBe('m1');
  expect(wordsIn(models)).toEqual(['m1: Anna and Carl, m1']);
  using bytes = models.current()?.bytes;
  expect(bytes?.length).toBe('Anna and Carl, m1'.length);
});

test.each([
  ['another name', 'm2', ['m2-r1: Carl, m2', 'm1-r1: Carl, m1']],
  ['the same name', 'm1', ['m1-r1: Carl, m1']],
])('a training that ends under %s while a customer is being forgotten stays, and forgets too', (_, name, left) => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1', 'Anna and Carl, old'));
  models.put(model('m1', name === 'm1' ? 'Anna and Carl, older' : 'Anna and Carl, m1'));
  const training = modelsIn(folder);
  let isEnded = false;
  models.rewrite(({ bytes }) => {
    if (!isEnded) training.put(model(name));
    isEnded = true;
    return withoutAnna(bytes);
  });
  expect(wordsIn(models)).toEqual(left);
  const names = left.map((line) => line.split(':')[0] ?? '');
  expect(filesIn(folder)).toEqual(['current', ...names.flatMap((kept) => [`${kept}.md`, `${kept}.model`])].sort());
});

test('a model gone back to, or taken by the purge, while a customer is being forgotten stays so', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  for (const name of ['m1', 'm2']) models.put(model(name));
  let times = 0;
  models.rewrite(({ bytes }) => {
    times++;
    if (times === 1) models.goBack();
    if (times === 3) models.forget({ isOld: () => true, isForgotten: never });
    return withoutAnna(bytes);
  });
  expect(wordsIn(models)).toEqual(['m1-r1: Carl, m1']);
  expect(times).toBe(5);
});

test('a model trained anew as of the same instant after somebody was forgotten is not taken for the old one', () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1'));
  models.rewrite(({ bytes }) => bytes);
  models.put(model('m1', 'Anna and Carl, anew'));
  models.rewrite(({ bytes }) => withoutAnna(bytes));
  expect(wordsIn(models)).toEqual(['m1-r2: Carl, anew', 'm1-r3: Carl, m1']);
});

test('one training at a time, and the second is told at its start who is at it', async () => {
  using folder = testFolder();
  const models = modelsIn(folder);
  const first = Promise.withResolvers<string>();
  const training = models.trainAlone(() => first.promise);
  await expect(modelsIn(folder).trainAlone(() => Promise.reject(new Error('it worked in vain')))).rejects.toThrow(
    `Another training is under way (${nameOf(process.pid)})`,
  );
  first.resolve('trained');
  expect(await training).toBe('trained');
  await expect(models.trainAlone(() => Promise.reject(new Error('no purchases')))).rejects.toThrow('no purchases');
  expect(await models.trainAlone(() => Promise.resolve('trained again'))).toBe('trained again');
});

test.each(['models.lock', 'training.lock'])('a process killed while it holds %s holds nobody up', async (name) => {
  using folder = testFolder();
  const models = modelsIn(folder);
  models.put(model('m1'));
  const holder = await holdElsewhere(join(folder.path, name));
  const train = () => models.trainAlone(() => Promise.resolve(models.put(model('m2'))));
  await expect(train()).rejects.toThrow(nameOf(holder.pid));
  // As far as it had come: a whole file that no pointer names, and a draft.
  writeFileSync(join(folder.path, 'models', 'm9.model'), 'whole');
  writeFileSync(join(folder.path, 'models', `current.${holder.pid}.tmp`), 'm9');
  await holder.kill();
  expect(existsSync(await train())).toBe(true);
  expect(filesIn(folder)).toEqual(['current', 'm1.md', 'm1.model', 'm2.md', 'm2.model']);
});
