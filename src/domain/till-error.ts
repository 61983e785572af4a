// Every failure of the environment that has a name: one code, one sentence saying what, which value and what to do.

const sentences = {
  CONFIG_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot read the configuration ${d.file}: ${d.problem}; check the path and its permissions.`,
  CONFIG_INVALID: (d: { file: string; problems: readonly string[] }) =>
    `The configuration ${d.file} is not right:\n  ${d.problems.join('\n  ')}`,
  FILE_UNREADABLE: (d: { file: string; problem: string }) => `Cannot read ${d.file}: ${d.problem}.`,
  STORE_UNREADABLE: (d: { file: string; problem: string }) =>
    `Cannot open the store ${d.file}: ${d.problem}; check that the folder exists, belongs to TillCAT and has room.`,
  STORE_DAMAGED: (d: { file: string; problem: string }) =>
    `The store ${d.file} is damaged (${d.problem}); stop TillCAT and restore the last backup.`,
  STORE_TOO_NEW: (d: { file: string; found: number; known: number }) =>
    `The store ${d.file} has schema ${d.found} and this program knows up to ${d.known}; start the newer TillCAT that made it.`,
  STORE_TOO_OLD: (d: { file: string; found: number; known: number }) =>
    `The store ${d.file} has schema ${d.found} and this program wants ${d.known}; start the daemon once, it brings it forward.`,
  STORE_OTHER_KEY: (d: { file: string; made: string; given: string }) =>
    `The store ${d.file} was made under the shop key ${d.made} and the key given is ${d.given}; give TillCAT this shop's own key.`,
  STORE_NOT_DURABLE: (d: { file: string; journal: string; synchronous: string }) =>
    `The store ${d.file} would not survive a power cut (journal ${d.journal}, synchronous ${d.synchronous}, wanted wal and 2); keep it on a local disk.`,
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
