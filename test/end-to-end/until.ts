// Waiting for what another process does: asked again and again, and never for ever.
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 25;

/** Resolves with the first answer that is neither null nor false; `what` completes "waited for …". */
export async function until<Seen>(
  what: string,
  look: () => Seen | null | false | Promise<Seen | null | false>,
  { limitMs = 60_000, story = () => '' }: { limitMs?: number; story?: () => string } = {},
): Promise<Seen> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms for ${what}\n${story()}`);
    await pause(LOOK_MS);
  }
}
