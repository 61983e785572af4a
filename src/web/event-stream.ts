// Server-sent events to a bounded number of listeners; one that does not read is let go.
import type { Request, Response } from 'express';
import { WEB_LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import { eventJson } from './status-answer.ts';
import type { WebParts } from './web-parts.ts';

export class EventStream {
  readonly #parts: WebParts;
  readonly #listeners = new Set<Response>();
  readonly #unsubscribe: () => void;
  #cancelHeartbeat: (() => void) | null = null;
  #isEnded = false;
  #running = 0;

  constructor(parts: WebParts) {
    this.#parts = parts;
    this.#unsubscribe = parts.desk.subscribe((event) => {
      this.#running++;
      this.#sendAll(`id: ${this.#running}\nevent: ${event.kind}\ndata: ${JSON.stringify(eventJson(event))}\n\n`);
    });
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** @throws Refusal where there are too many listeners already */
  listen(request: Request, response: Response): void {
    if (this.#isEnded || this.#listeners.size >= WEB_LIMITS.eventClients) {
      response.setHeader('Retry-After', '30');
      throw new Refusal({
        status: 503,
        code: 'TOO_MANY_LISTENERS',
        message: `There are ${this.#listeners.size} listeners already.`,
        hint: 'Close a till page somewhere, or ask GET /api/v1/status from time to time.',
      });
    }
    response.status(200).set('Content-Type', 'text/event-stream; charset=utf-8');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.flushHeaders();
    // Missed events are not told again: whoever connects asks for the status first.
    response.write('retry: 2000\n\n');
    this.#listeners.add(response);
    response.on('close', () => this.#forget(response));
    if (this.#cancelHeartbeat === null) this.#beatLater();
  }

  end(): void {
    this.#isEnded = true;
    this.#unsubscribe();
    this.#cancelHeartbeat?.();
    this.#cancelHeartbeat = null;
    for (const response of this.#listeners) response.end();
    this.#listeners.clear();
  }

  #sendAll(text: string): void {
    for (const response of this.#listeners) {
      if (response.writableLength > WEB_LIMITS.eventBacklogBytes) {
        this.#forget(response);
        response.destroy();
      } else {
        response.write(text);
      }
    }
  }

  #forget(response: Response): void {
    this.#listeners.delete(response);
    if (this.#listeners.size > 0) return;
    this.#cancelHeartbeat?.();
    this.#cancelHeartbeat = null;
  }

  /** A comment now and then, so that a dead line is noticed at both ends. */
  #beatLater(): void {
    this.#cancelHeartbeat = this.#parts.clock.after(WEB_LIMITS.eventHeartbeatMs, () => {
      this.#sendAll(': still here\n\n');
      this.#cancelHeartbeat = null;
      if (this.#listeners.size > 0) this.#beatLater();
    });
  }
}
