// The log: lines for people at a terminal, JSON for machines, priorities for the journal; nothing personal in any of them.
import { pino } from 'pino';

/** What the rooms see of it: `log.warn({ printer: 'paper-out' }, 'printer changed')`. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

export type LogForm =
  /** One readable line each. */
  | 'terminal'
  /** JSON with the priority before it that journald takes off again (sd-daemon(3)). */
  | 'journal'
  | 'json';

/** Never written, wherever in a line's first two levels they stand: a log is copied into tickets. */
const UNWRITTEN = ['card', 'cardNumber', 'customer', 'customerCode', 'token', 'authorization', 'key', 'shopKey'];

const PRIORITIES: Readonly<Record<string, number>> = { debug: 7, info: 6, warn: 4, error: 3, fatal: 2 };

/** The form that suits where standard error goes. */
export function logForm(to: { isTerminal: boolean; env: Readonly<Record<string, string | undefined>> }): LogForm {
  if (to.isTerminal) return 'terminal';
  return (to.env['JOURNAL_STREAM'] ?? '') === '' ? 'json' : 'journal';
}

export function createLog(to: { form: LogForm; level: 'debug' | 'info' | 'warn'; write: (line: string) => void }): Log {
  const write = (line: string) => to.write(formed({ line, form: to.form }));
  return pino(
    {
      level: to.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: UNWRITTEN.flatMap((key) => [key, `*.${key}`]), censor: '…' },
    },
    { write },
  );
}

function formed({ line, form }: { line: string; form: LogForm }): string {
  if (form === 'json') return line;
  const fields: Record<string, unknown> = { ...(JSON.parse(line) as object) };
  const level = String(fields['level']);
  if (form === 'journal') return `<${PRIORITIES[level] ?? 5}>${line}`;
  const { time, msg, err } = fields;
  for (const key of ['level', 'time', 'msg', 'err']) delete fields[key];
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const words = [String(time).slice(11, 19), level.padEnd(5), typeof msg === 'string' ? msg : '', ...rest];
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : '';
  return `${words.join(' ')}${stack}\n`;
}
