// A warning for who asks about an instant before the model's: it may know what was bought after that.
import type { Instant } from '../domain/calendar.ts';
import type { Shop } from '../composition.ts';
import type { Terminal } from './command.ts';

/** @returns whether it was told */
export function warnOfLaterModel(of: {
  shop: { readonly model: Pick<Shop['model'], 'about'> };
  at: Instant;
  atText: string;
  terminal: Pick<Terminal, 'err'>;
}): boolean {
  const trainedAsOf = of.shop.model.about()?.asOf ?? of.at;
  if (trainedAsOf <= of.at) return false;
  of.terminal.err(
    `warning: the model in use was trained on purchases after ${of.atText}; it may know what came later\n`,
  );
  return true;
}
