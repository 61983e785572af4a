// What the daemon tells its listeners while it works, as one of them hears it.
import { shopEventSchema } from '../../src/web/status-answer.ts';
import type { z } from 'zod';

export type ShopEvent = z.output<typeof shopEventSchema>;

/** Resolves once the daemon listens to us; the list grows until the signal comes or the daemon ends. */
export async function hearEvents(address: string, signal: AbortSignal): Promise<readonly ShopEvent[]> {
  const events: ShopEvent[] = [];
  await listenTo(address, { signal, hear: (event) => void events.push(event) });
  return events;
}

/** The same, each told as it comes. */
export async function listenTo(
  address: string,
  { signal, hear }: { signal: AbortSignal; hear: (event: ShopEvent) => void },
): Promise<void> {
  const response = await fetch(`${address}/api/v1/events`, { signal });
  if (response.body !== null) void read(response.body, hear).catch(() => undefined);
}

async function read(body: ReadableStream<Uint8Array>, hear: (event: ShopEvent) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const messages = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: (.+)$/m.exec(message)?.[1];
      const event = data === undefined ? null : shopEventSchema.safeParse(JSON.parse(data));
      if (event?.success === true) hear(event.data);
    }
  }
}
