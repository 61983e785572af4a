// tillcat coupon reprint: a strip once more, by the daemon that has the printer.
import { z } from 'zod';
import { parseVisitId } from '../domain/ids.ts';
import { urlFromHere } from '../domain/loopback.ts';
import { REPRINT_REASONS } from '../domain/reprint.ts';
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command } from './command.ts';

const answerSchema = z.union([
  z.object({ outcome: z.string(), coupons: z.number(), copies: z.number(), why: z.string() }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

const ASK_MS = 5000;

export const couponReprint: Command = {
  name: 'coupon reprint',
  operands: 'VISIT',
  summary: 'print the coupons of a visit once more, marked as a copy; at most twice, and written down with the reason',
  options: {
    reason: { type: 'string', value: 'REASON', about: REPRINT_REASONS.join(' | ') },
    json: { type: 'boolean', about: 'the answer as JSON' },
  },
  example: 'tillcat coupon reprint 01-000042 --reason torn',
  count: [1, 1],
  async run({ composition, configFile, terminal, words, option, flag }) {
    const visit = parseVisitId(words[0] ?? '');
    const reason = REPRINT_REASONS.find((known) => known === option('reason'));
    if (visit === null) throw wrong(`a visit looks like 01-000042, got "${words[0] ?? ''}"`);
    if (reason === undefined) throw wrong(`--reason must say why: one of ${REPRINT_REASONS.join(', ')}`);
    const { http } = composition.loadConfig(configFile).config;
    const url = `${urlFromHere(http)}/api/v1/visits/${visit}/reprint`;
    let body: unknown;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(http.token === null ? {} : { authorization: `Bearer ${http.token}` }),
        },
        body: JSON.stringify({ reason }),
        signal: AbortSignal.timeout(ASK_MS),
      });
      body = await response.json();
    } catch {
      terminal.err(`tillcat: nobody answers at ${url}; the daemon has the printer, start it: tillcat run\n`);
      return EXIT.couldNot;
    }
    const answer = answerSchema.safeParse(body);
    if (!answer.success) {
      terminal.err(`tillcat: something else answers at ${url}; is the port another program's?\n`);
      return EXIT.couldNot;
    }
    if ('error' in answer.data) {
      terminal.err(`tillcat: ${answer.data.error.message}\n`);
      return EXIT.couldNot;
    }
    terminal.out(flag('json') ? `${JSON.stringify(body)}\n` : `${answer.data.why}\n`);
    return answer.data.outcome === 'copying' ? EXIT.done : EXIT.couldNot;
  },
};

function wrong(problem: string): TillError {
  return new TillError('WRONG_USE', { problem: `${problem}; see: tillcat coupon reprint --help` });
}
