// Finds the one configuration, reads it, and answers it whole and checked or says everything that is wrong with it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import { TillError } from '../domain/till-error.ts';
import { toError } from '../domain/to-error.ts';
import { mergeOver } from './merge-over.ts';
import { problemsOf } from './problems.ts';
import { configSchema, type Config } from './schema.ts';

export type LoadedConfig = {
  readonly config: Config;
  /** The file it came from, absolute; null where there is none and the defaults stand. */
  readonly file: string | null;
  /** The files of config.d beside it that were laid over it, in their order. */
  readonly overlays: readonly string[];
  /** Whole sentences, on files that somebody may believe are read. */
  readonly warnings: readonly string[];
  /** Where the key that counts stands, for people: "line 3", "20-till.yaml line 2"; null where it stands nowhere. */
  readonly lineOf: LineOf;
};

type LineOf = (path: readonly PropertyKey[]) => string | null;

/** Beside the configuration: a file for the whole fleet and one for the till, say; the later name wins. */
const OVERLAY_FOLDER = 'config.d';
const DEFAULT_FILE = 'tillcat.yaml';

/**
 * `configFile` (--config) is taken before TILLCAT_CONFIG, that before ./tillcat.yaml; without any of them the defaults
 * stand. A file that was named must be there. Over it, key by key, go the files of config.d in the order of their names.
 * @throws TillError CONFIG_UNREADABLE, or CONFIG_INVALID with all of its problems
 */
export function loadConfig(from: {
  configFile: string | null;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}): LoadedConfig {
  const named = from.configFile ?? (from.env['TILLCAT_CONFIG'] || null);
  const file = resolve(from.cwd, named ?? DEFAULT_FILE);
  const yaml = readText({ file, mustBeThere: named !== null });
  if (yaml === null) {
    const config = absolute(configSchema.parse({}), from.cwd);
    const warnings = ['tillcat.yml', OVERLAY_FOLDER]
      .map((name) => join(from.cwd, name))
      .filter((place) => existsSync(place))
      .map((place) => `${place} is not read: there is no ${DEFAULT_FILE} beside it, and no --config`);
    return { config, file: null, overlays: [], warnings, lineOf: () => null };
  }
  const { overlays, leftOut } = overlaysOf(dirname(file));
  const layers = overlays.map((overlay) => ({
    yaml: readText({ file: overlay, mustBeThere: true }) ?? '',
    file: overlay,
  }));
  const { config, lineOf } = parseLayers([{ yaml, file }, ...layers]);
  const warnings = leftOut.map((place) => `${place} is not read: only names that end in .yaml or .yml are`);
  return { config: absolute(config, dirname(file)), file, overlays, warnings, lineOf };
}

/** A configuration's text, checked; its paths as they are written. @throws TillError CONFIG_INVALID */
export function parseConfig(layer: Layer): Config {
  return parseLayers([layer]).config;
}

type Layer = { readonly yaml: string; readonly file: string };

/** Later layers over earlier ones, checked as one: a till's file may complete what the fleet's leaves open. */
function parseLayers(layers: readonly Layer[]): { config: Config; lineOf: LineOf } {
  const read = layers.map(readLayer);
  const value = read.map((layer): unknown => layer.value).reduce(mergeOver);
  const result = configSchema.safeParse(value);
  // The last file that says a key is the one that counts, and the one to mend.
  const placeOf = (path: readonly PropertyKey[]) => read.findLast((layer) => layer.lineOf(path) !== null);
  const lineOf: LineOf = (path) => {
    const place = placeOf(path);
    const line = place?.lineOf(path) ?? null;
    if (place === undefined || line === null) return null;
    return place === read[0] ? `line ${line}` : `${basename(place.file)} line ${line}`;
  };
  if (result.success) return { config: result.data, lineOf };
  const problems = problemsOf({ error: result.error, schema: configSchema, value, lineOf });
  throw new TillError('CONFIG_INVALID', { file: read[0]?.file ?? '', problems });
}

function readLayer({ yaml, file }: Layer) {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, prettyErrors: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => yamlProblem(error, yaml));
    throw new TillError('CONFIG_INVALID', { file, problems });
  }
  const value = valueOf(document, file);
  if (typeof value !== 'object' || Array.isArray(value))
    throw new TillError('CONFIG_INVALID', { file, problems: [noKeys(value)] });
  const lineOf = (path: readonly PropertyKey[]) => {
    const node: unknown = document.getIn(path, true);
    if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
    const offset: unknown = node.range[0];
    return typeof offset === 'number' ? lineCounter.linePos(offset).line : null;
  };
  return { file, value, lineOf };
}

/** What stands there is not shown: it may hold the token. */
function noKeys(value: unknown): string {
  const found = Array.isArray(value) ? 'a list, its lines begin with a hyphen' : 'a single value';
  return `the whole file is ${found}; write keys with their values, each on its own line, as in "data: var"`;
}

function yamlProblem({ code, message, linePos }: YAMLParseError, yaml: string): string {
  const line = linePos?.[0].line ?? 1;
  if (code === 'MULTIPLE_DOCS') return `there is a second document behind the --- of line ${line}; only one may be`;
  const isStar = /(^|[\s{,])\*\s*:/.test(yaml.split('\n')[line - 1] ?? '');
  return firstLine(message) + (isStar ? '; a * stands in quotes: "*"' : '');
}

/** What the text stands for; a reference to nothing is found here only. @throws TillError CONFIG_INVALID */
function valueOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    const value: unknown = document.toJS();
    return value ?? {};
  } catch (thrown) {
    const problems = [`${toError(thrown).message}; what begins with * or & stands in quotes`];
    throw new TillError('CONFIG_INVALID', { file, problems }, { cause: thrown });
  }
}

/** Hidden files are what editors and copying programs leave behind: nobody believes that they are read. */
function overlaysOf(folder: string): { overlays: readonly string[]; leftOut: readonly string[] } {
  const overlayFolder = join(folder, OVERLAY_FOLDER);
  try {
    const names = readdirSync(overlayFolder).filter((name) => !name.startsWith('.'));
    const files = names.sort().map((name) => join(overlayFolder, name));
    return { overlays: files.filter(isYaml), leftOut: files.filter((file) => !isYaml(file)) };
  } catch (thrown) {
    const error = toError(thrown);
    if ('code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return { overlays: [], leftOut: [] };
    throw new TillError('CONFIG_UNREADABLE', { file: overlayFolder, problem: error.message }, { cause: thrown });
  }
}

const isYaml = (file: string): boolean => /\.ya?ml$/.test(file);

function readText({ file, mustBeThere }: { file: string; mustBeThere: boolean }): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    const error = toError(thrown);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (!mustBeThere && code === 'ENOENT') return null;
    throw new TillError('CONFIG_UNREADABLE', { file, problem: COMMON[code] ?? error.message }, { cause: thrown });
  }
}

/** What people meet most, in words of theirs. */
const COMMON: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, and the file in it is wanted',
  EACCES: 'this user may not read it, as root (sudo) or TillCAT’s own user may',
};

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? message;
}

/** Relative paths count from the configuration's folder. */
function absolute(config: Config, folder: string): Config {
  const { scanner, printer, lamp } = config;
  const { transport } = printer;
  return {
    ...config,
    data: resolve(folder, config.data),
    secrets: resolve(folder, config.secrets),
    lamp: lamp === null ? null : { path: resolve(folder, lamp.path) },
    scanner: 'path' in scanner ? { ...scanner, path: resolve(folder, scanner.path) } : scanner,
    printer: {
      ...printer,
      transport: 'path' in transport ? { ...transport, path: resolve(folder, transport.path) } : transport,
    },
  };
}
