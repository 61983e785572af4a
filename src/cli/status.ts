// tillcat status: asks the running daemon how it is; one line, and the exit code says it too.
import { z } from 'zod';
import { urlFromHere } from '../domain/loopback.ts';
import { toError } from '../domain/to-error.ts';
import { EXIT, type Command } from './command.ts';
import { isServing, statusScreen } from './status-screen.ts';

/** The part of the daemon's answer that one line needs. */
const answerSchema = z.object({
  state: z.string(),
  problems: z.array(z.string()),
  printer: z.object({ state: z.string() }),
  scanner: z.object({ state: z.string() }),
  customers: z.number(),
});

const ASK_MS = 3000;

export const statusCommand: Command = {
  name: 'status',
  operands: '',
  summary: 'how the running daemon is, in one line; exit 0 ready, 1 degraded or unable, 2 not running',
  options: {
    all: { type: 'boolean', about: 'everything on one screen, each line with its till' },
    busy: { type: 'boolean', about: 'only whether a customer is being served: exit 3 then' },
    json: { type: 'boolean', about: 'all the daemon says, as JSON; without a daemon only state and problems' },
  },
  example: 'tillcat status',
  count: [0, 0],
  async run({ composition, configFile, terminal, flag }) {
    const { http, till } = composition.loadConfig(configFile).config;
    const url = `${urlFromHere(http)}/api/v1/status`;
    const tellNobody = ({ state, problem }: { state: 'not-running' | 'stranger'; problem: string }): number => {
      // On the screen of many tills each line says whose it is.
      const whose = flag('all') ? `till ${till.id} state   ` : '';
      const line = `${whose}${state === 'not-running' ? 'not running: ' : ''}${problem}`;
      terminal.out(`${flag('json') ? JSON.stringify({ state, problems: [problem] }) : line}\n`);
      return NOT_RUNNING;
    };
    let body: unknown;
    try {
      const headers: Record<string, string> = http.token === null ? {} : { authorization: `Bearer ${http.token}` };
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(ASK_MS) });
      body = await response.json();
    } catch (thrown) {
      const cause = toError(thrown).cause;
      const why = toError(cause ?? thrown).message;
      return tellNobody({ state: 'not-running', problem: `nobody answers at ${url} (${why})` });
    }
    const told = tellStatus(body);
    if (told === null) {
      return tellNobody({
        state: 'stranger',
        problem: `something else answers at ${url}; is the port another program's?`,
      });
    }
    if (flag('busy')) {
      terminal.out(isServing(body) ? 'a customer is being served\n' : 'nobody is being served\n');
      return isServing(body) ? SERVING : EXIT.done;
    }
    if (flag('all')) {
      terminal.out(`${statusScreen(body)?.join('\n') ?? told.line}\n`);
      return told.isReady ? EXIT.done : EXIT.couldNot;
    }
    terminal.out(flag('json') ? `${JSON.stringify(body)}\n` : `${told.line}\n`);
    return told.isReady ? EXIT.done : EXIT.couldNot;
  },
};

/** The daemon's answer in one line; null where it is not TillCAT that answers. */
export function tellStatus(body: unknown): { line: string; isReady: boolean } | null {
  const answer = answerSchema.safeParse(body);
  if (!answer.success) return null;
  const { state, printer, scanner, customers, problems } = answer.data;
  const rest = problems.length === 0 ? '' : ` · ${problems.join(' ')}`;
  const line = `${state}: printer ${printer.state} · scanner ${scanner.state} · ${customers} customers${rest}`;
  return { line, isReady: state === 'ready' };
}

const NOT_RUNNING = 2;
/** Whoever wants to restart the daemon asks first (packaging/restart-when-quiet). */
const SERVING = 3;
