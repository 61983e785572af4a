// Asks a running daemon how it is, as a command may: over its own page's address, with its token.
import { urlFromHere } from '../domain/loopback.ts';
import { isPortFree } from './port-free.ts';
import { statusSchema } from './status-answer.ts';
import type { z } from 'zod';

export type DaemonSeen =
  | { readonly is: 'serving'; readonly status: z.output<typeof statusSchema> }
  /** Something listens there that is not TillCAT, or does not answer as one. */
  | { readonly is: 'stranger' }
  | { readonly is: 'absent' };

const ASK_MS = 3000;

export async function askDaemon(at: { host: string; port: number; token: string | null }): Promise<DaemonSeen> {
  const { host, port, token } = at;
  const url = `${urlFromHere(at)}/api/v1/status`;
  try {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(ASK_MS) });
    const answer = statusSchema.safeParse(await response.json());
    return answer.success ? { is: 'serving', status: answer.data } : { is: 'stranger' };
  } catch {
    // Nobody there, or nobody who speaks as we do: trying to take the port tells which.
    return (await isPortFree({ host, port })) ? { is: 'absent' } : { is: 'stranger' };
  }
}
