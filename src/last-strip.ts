// The latest strip, to be looked at: drawn once, and only if somebody looks, because a picture costs more than a strip.
import type { PaperView } from './app-devices.ts';
import type { VisitId } from './domain/ids.ts';
import type { LastStrip } from './web/desk.ts';

/** To be kept whole: spreading it into another object would look at it. */
export function lastStripOf(of: { visit: VisitId; look: () => Pick<PaperView, 'text' | 'picture'> }): LastStrip {
  let view: ReturnType<typeof of.look> | null = null;
  const seen = () => (view ??= of.look());
  return {
    visit: of.visit,
    get text() {
      return seen().text;
    },
    png: () => Promise.resolve(seen().picture()),
  };
}
