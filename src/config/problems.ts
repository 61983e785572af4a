// What is wrong with a configuration, each in one sentence: which key, which value, what to do.
import { z } from 'zod';
import { nearestWord } from '../domain/nearest-word.ts';

/** `lineOf`: where a key stands, for people ("line 3"); null where it stands nowhere. */
export function problemsOf(found: {
  error: z.ZodError;
  schema: z.ZodType;
  value: unknown;
  lineOf: (path: readonly PropertyKey[]) => string | null;
}): string[] {
  return found.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt({ schema: found.schema, path: issue.path, value: found.value });
      return issue.keys.map((key) => sentence([...issue.path, key], unknownKey(key, known)));
    }
    if (issue.code === 'invalid_union') {
      const path = issue.path.at(-1) === 'type' ? issue.path : [...issue.path, 'type'];
      return [sentence(path, withValue(path, `must be one of ${typesAt(found.schema, path).join(', ')}`))];
    }
    if (issue.code === 'invalid_type' && issue.expected === 'object') {
      const isEmpty = valueAt(found.value, issue.path) === null;
      const must = 'must be a group of keys, each on its own line';
      if (isEmpty) return [sentence(issue.path, 'is empty; write its keys below it, further in, or take it out')];
      return [sentence(issue.path, withValue(issue.path, must))];
    }
    return [sentence(issue.path, withValue(issue.path, issue.message))];
  });

  function sentence(path: readonly PropertyKey[], problem: string): string {
    const line = found.lineOf(path);
    return `${pathText(path)}: ${problem}${line === null ? '' : ` (${line})`}`;
  }

  function withValue(path: readonly PropertyKey[], message: string): string {
    const value = valueAt(found.value, path);
    if (message.startsWith('is missing')) return message;
    if (value === undefined) return `is missing; it ${message}`;
    return SECRET_KEYS.has(path.at(-1)) ? message : `${shown(value)} ${message}`;
  }

  function typesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
    return schemaAt({ schema, path: path.slice(0, -1), value: found.value }).flatMap(typeWords);
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  if (nearest !== null) return `there is no such key; did you mean ${nearest}?`;
  return `there is no such key; ${known.length === 0 ? 'take it out' : `there are ${known.join(', ')}`}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** What stands behind these keys is never shown: messages end in journals and tickets. */
const SECRET_KEYS: ReadonlySet<PropertyKey | undefined> = new Set(['token']);

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

type Place = { schema: z.ZodType; path: readonly PropertyKey[]; value: unknown };

function keysAt(place: Place): string[] {
  return schemaAt(place).flatMap((schema) => {
    if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
    if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
    return optionsOf(schema, valueAt(place.value, [...place.path, 'type'])).flatMap((option) =>
      Object.keys(option.shape),
    );
  });
}

/** The schemas a path leads to: through wrappers, and through a union by the type that was written. */
function schemaAt({ schema, path, value }: Place): z.ZodType[] {
  const bare = unwrap(schema);
  const [key, ...rest] = path;
  if (key === undefined) return [bare];
  const next = { path: rest, value: valueAt(value, [key]) };
  const into = (inner: unknown) => (inner instanceof z.ZodType ? schemaAt({ schema: inner, ...next }) : []);
  if (bare instanceof z.ZodArray) return into(bare.element);
  if (bare instanceof z.ZodObject) return into(bare.shape[String(key)]);
  if (!(bare instanceof z.ZodDiscriminatedUnion)) return [];
  return optionsOf(bare, valueAt(value, ['type'])).flatMap((option) => into(option.shape[String(key)]));
}

function unwrap(schema: z.ZodType): z.ZodType {
  const isWrapper =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional;
  if (!isWrapper) return schema;
  const inner = schema.unwrap();
  return inner instanceof z.ZodType ? unwrap(inner) : schema;
}

function optionsOf(union: z.ZodDiscriminatedUnion, type: unknown): z.ZodObject[] {
  const options = union.options.filter((option) => option instanceof z.ZodObject);
  return options.filter((option) => typeWord(option) === type);
}

function typeWords(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return schema.options.flatMap((option) => (option instanceof z.ZodObject ? [String(typeWord(option))] : []));
}

function typeWord(option: z.ZodObject): unknown {
  const { type } = option.shape;
  return type instanceof z.ZodLiteral ? type.value : undefined;
}
