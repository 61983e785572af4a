// The daemon whose memory is watched, and what its log complains of.
import { startDaemon, type DaemonProcess } from '../../end-to-end/daemon-process.ts';

export type WatchedDaemon = DaemonProcess & {
  /** Lines it had no reason to say. */
  readonly complaints: () => readonly string[];
};

const MOST_COMPLAINTS = 5;
/** pino's number of "warn". */
const WARNING = 40;

/** @param environment for it alone, beside ours */
export async function startWatched(
  shop: Parameters<typeof startDaemon>[0],
  environment: Readonly<Record<string, string>>,
): Promise<WatchedDaemon> {
  const before = new Map(Object.keys(environment).map((name) => [name, process.env[name]]));
  Object.assign(process.env, environment);
  try {
    const daemon = await startDaemon(shop);
    return { ...daemon, complaints: () => daemon.story().split('\n').filter(isComplaint).slice(0, MOST_COMPLAINTS) };
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

function isComplaint(line: string): boolean {
  if (line.trim() === '') return false;
  const said: unknown = line.startsWith('{') ? JSON.parse(line) : null;
  if (typeof said !== 'object' || said === null || !('level' in said)) return true;
  return typeof said.level === 'number' ? said.level >= WARNING : said.level !== 'info';
}
