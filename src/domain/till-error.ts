// Every failure of the environment that has a name: one code, one sentence saying what, which value and what to do.

const sentences = {
  CONFIG_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot read the configuration ${d.file}: ${d.problem}; check the path and its permissions.`,
  CONFIG_INVALID: (d: { file: string; problems: readonly string[] }) =>
    `The configuration ${d.file} is not right:\n  ${d.problems.join('\n  ')}`,
  FILE_UNREADABLE: (d: { file: string; problem: string }) => `Cannot read ${d.file}: ${d.problem}.`,
  WRONG_USE: (d: { problem: string }) => d.problem,
} as const;

export type TillErrorCode = keyof typeof sentences;
export type TillErrorDetails<Code extends TillErrorCode> = Parameters<(typeof sentences)[Code]>[0];

export class TillError<Code extends TillErrorCode = TillErrorCode> extends Error {
  override readonly name = 'TillError';
  readonly code: Code;
  readonly details: TillErrorDetails<Code>;

  constructor(code: Code, details: TillErrorDetails<Code>, options?: ErrorOptions) {
    const sentence = sentences[code] as (details: TillErrorDetails<Code>) => string;
    super(sentence(details), options);
    this.code = code;
    this.details = details;
  }
}

export function isTillError<Code extends TillErrorCode>(thrown: unknown, code: Code): thrown is TillError<Code> {
  return thrown instanceof TillError && thrown.code === code;
}
