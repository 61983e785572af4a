// What is wrong with a body, each in a sentence for who wrote the caller: which place, what stands there, what is right.
import { z } from 'zod';
import { nearestWord } from '../domain/nearest-word.ts';

type Path = readonly PropertyKey[];
type Checked = { readonly error: z.ZodError; readonly schema: z.ZodType; readonly body: unknown };

/** What could be a card number is not repeated: neither what stands behind these keys nor a long row of digits. */
const HIDDEN_KEYS: ReadonlySet<PropertyKey | undefined> = new Set(['card', 'code']);
const DIGITS = /\d{6}/;
const LONGEST_SHOWN = 40;

export function bodyProblems({ error, schema, body }: Checked): string[] {
  if (!isRecord(body)) return [`it is ${body === undefined ? 'empty' : kindOf(body)}; it must be a JSON object.`];
  return error.issues.flatMap((issue) => {
    if (issue.code === 'invalid_type' && issue.expected === 'object')
      return [problem(body, issue.path, 'must be an object')];
    if (issue.code !== 'unrecognized_keys') return [problem(body, issue.path, issue.message)];
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => unknownKey(placeOf(body, [...issue.path, key]), key, known));
  });
}

function problem(body: unknown, path: Path, message: string): string {
  const place = placeOf(body, path);
  const value = valueAt(body, path);
  const rest = `it ${message}`;
  return `${place} is ${value === undefined ? 'missing' : shown(value, path.at(-1))}; ${rest}.`;
}

function unknownKey(place: string, key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  return `${place} is not known; ${nearest === null ? `there are ${known.join(', ')}.` : `did you mean ${nearest}?`}`;
}

/** `lines[0].quantity (product "9501101004733")`: nobody counts the lines of a receipt. */
function placeOf(body: unknown, path: Path): string {
  const place = path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const word = cut(String(key));
    return text === '' ? word : `${text}.${word}`;
  }, '');
  const line = path.findLastIndex((key) => typeof key === 'number');
  const product = path.at(-1) === 'product' ? undefined : valueAt(body, [...path.slice(0, line + 1), 'product']);
  return line >= 0 && typeof product === 'string' ? `${place} (product ${JSON.stringify(cut(product))})` : place;
}

function shown(value: unknown, key: PropertyKey | undefined): string {
  if (typeof value !== 'string') return kindOf(value);
  const isHidden = HIDDEN_KEYS.has(key) || DIGITS.test(value) || value.length > LONGEST_SHOWN;
  return isHidden ? `text of ${value.length} characters` : JSON.stringify(value);
}

function kindOf(value: unknown): string {
  if (typeof value === 'number') return DIGITS.test(String(value)) ? 'a number' : String(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'string') return 'text';
  return Array.isArray(value) ? 'a list' : 'an object';
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at) && typeof key === 'number') return at[key];
    return isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, value);
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  const found = path.reduce<unknown>((at, key) => {
    const bare = bareOf(at);
    if (bare instanceof z.ZodArray) return bare.element;
    return bare instanceof z.ZodObject ? bare.shape[String(key)] : undefined;
  }, schema);
  const bare = bareOf(found);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
}

/** Without what only changes or adds to it. */
function bareOf(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return bareOf(schema.in);
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return isWrapped ? bareOf(schema.unwrap()) : schema;
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
