// Things that only some households have a use for, whatever their kind.
import type { Random } from './random.ts';
import type { HouseholdKind } from './household-kinds.ts';

export type Traits = {
  readonly hasBaby: boolean;
  readonly hasCat: boolean;
  readonly hasDog: boolean;
  readonly smokes: boolean;
  readonly drinks: boolean;
};

export function drawTraits(kind: HouseholdKind, random: Random): Traits {
  const chance = (percent: number): boolean => random.next() * 100 < percent;
  return {
    hasBaby: chance(40) && kind === 'family',
    hasCat: chance(16),
    hasDog: chance(16) && kind !== 'student',
    smokes: chance(14),
    drinks: chance(60),
  };
}

/** Whether a household with these traits has any use for a shelf. */
export function hasUseFor(traits: Traits, shelf: { readonly category: string; readonly department: string }): boolean {
  if (shelf.department === 'Lapset') return traits.hasBaby;
  if (shelf.department === 'Tupakka') return traits.smokes;
  if (shelf.department === 'Alkoholi') return traits.drinks;
  if (shelf.category === 'Kissanruoat') return traits.hasCat;
  if (shelf.category === 'Koiranruoat') return traits.hasDog;
  return true;
}
