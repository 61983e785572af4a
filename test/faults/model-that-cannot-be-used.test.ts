// A model of another version, or damaged on the disk: the till serves on without it, and takes the next one.
import { expect, it } from 'vitest';
import { isTillError } from '../../src/domain/till-error.ts';
import { ModelInUse } from '../../src/model-in-use.ts';
import { readShippedWeights } from '../../src/shipped-weights.ts';
import { inMemory } from '../../src/recommender/byte-source.ts';
import type { OpenModel } from '../../src/store/model-folder.ts';

const shipped = readShippedWeights(new URL('../..', import.meta.url).pathname);

const opened = (name: string, words: string): OpenModel => ({
  name,
  file: `${name}.model`,
  bytes: { ...inMemory(Buffer.from(words)), [Symbol.dispose]: () => undefined },
});

function modelInUse() {
  const stored: { is: OpenModel | null } = { is: opened('m1', 'damaged') };
  const reported: Error[] = [];
  const folder = { currentName: () => stored.is?.name ?? null, current: () => stored.is };
  return { stored, reported, model: new ModelInUse({ folder, shipped, report: (error) => reported.push(error) }) };
}

it('a daemon reports it once and ranks with the weights that come with the program', () => {
  const { model, reported } = modelInUse();
  model.openOrDoWithout();
  model.refresh();
  expect(reported.map((error) => isTillError(error, 'MODEL_WRONG'))).toEqual([true]);
  expect(model.about()).toBeNull();
  expect(model.inUse().name).toBeNull();
});

it('another model put in place is looked at, and told of once where it is no better', () => {
  const { model, stored, reported } = modelInUse();
  model.openOrDoWithout();
  stored.is = opened('m2', 'damaged as well');
  model.refresh();
  model.refresh();
  expect(reported.map(({ message }) => /m[12]/.exec(message)?.[0])).toEqual(['m1', 'm2']);
});

it('a command is told instead: it would measure something else', () => {
  expect(() => modelInUse().model.inUse()).toThrow('cannot be used');
});
