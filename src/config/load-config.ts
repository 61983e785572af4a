// Finds the one configuration, reads it, and answers it whole and checked or says everything that is wrong with it.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { problemsOf } from './problems.ts';
import { configSchema, type Config } from './schema.ts';

export type LoadedConfig = {
  readonly config: Config;
  /** The file it came from, absolute; null where there is none and the defaults stand. */
  readonly file: string | null;
};

/**
 * `configFile` (--config) is taken before TILLCAT_CONFIG, that before ./tillcat.yaml; without any of them the defaults
 * stand. A file that was named must be there.
 * @throws TillError CONFIG_UNREADABLE, or CONFIG_INVALID with all of its problems
 */
export function loadConfig(from: {
  configFile: string | null;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}): LoadedConfig {
  const named = from.configFile ?? (from.env['TILLCAT_CONFIG'] || null);
  const file = resolve(from.cwd, named ?? 'tillcat.yaml');
  const yaml = readText({ file, mustBeThere: named !== null });
  if (yaml === null) return { config: absolute(configSchema.parse({}), from.cwd), file: null };
  return { config: absolute(parseConfig({ yaml, file }), dirname(file)), file };
}

/** A configuration's text, checked; its paths as they are written. @throws TillError CONFIG_INVALID */
export function parseConfig({ yaml, file }: { yaml: string; file: string }): Config {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, prettyErrors: true });
  if (document.errors.length > 0) {
    throw new TillError('CONFIG_INVALID', { file, problems: document.errors.map((error) => firstLine(error.message)) });
  }
  const value: unknown = document.toJS() ?? {};
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const lineOf = (path: readonly PropertyKey[]) => {
    const node: unknown = document.getIn(path, true);
    if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
    const offset: unknown = node.range[0];
    return typeof offset === 'number' ? lineCounter.linePos(offset).line : null;
  };
  const problems = problemsOf({ error: result.error, schema: configSchema, value, lineOf });
  throw new TillError('CONFIG_INVALID', { file, problems });
}

function readText({ file, mustBeThere }: { file: string; mustBeThere: boolean }): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    const error = toError(thrown);
    if (!mustBeThere && 'code' in error && error.code === 'ENOENT') return null;
    throw new TillError('CONFIG_UNREADABLE', { file, problem: error.message }, { cause: thrown });
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? message;
}

/** Relative paths count from the configuration's folder. */
function absolute(config: Config, folder: string): Config {
  const { scanner, printer } = config;
  const { transport } = printer;
  return {
    ...config,
    data: resolve(folder, config.data),
    secrets: resolve(folder, config.secrets),
    scanner: 'path' in scanner ? { ...scanner, path: resolve(folder, scanner.path) } : scanner,
    printer: {
      ...printer,
      transport: 'path' in transport ? { ...transport, path: resolve(folder, transport.path) } : transport,
    },
  };
}
