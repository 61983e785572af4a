// What tells a line that was written whole from one that a power cut tore: eight digits at its end.
import { createHash } from 'node:crypto';

export function lineChecksum(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 8);
}
