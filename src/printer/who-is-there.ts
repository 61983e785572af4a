// Remembers whether the printer that is there is the one the profile describes; asked anew each time one comes back.
import { canPrint } from '../domain/printer-status.ts';
import { toError } from '../domain/to-error.ts';
import { identityProblem } from './identity.ts';
import type { Printer } from './printer.ts';

/** Answers what is wrong with who the printer says it is; null where nothing is, as far as is known. */
export function watchIdentity(of: {
  readonly printer: Printer;
  readonly changed: () => void;
  readonly report: (error: Error) => void;
}): () => string | null {
  const { printer } = of;
  let problem: string | null = null;
  let isAsked = false;
  const ask = async (): Promise<void> => {
    const told = await printer.identify();
    const { profile } = printer;
    const found = told === null || profile === null ? null : identityProblem({ profile, told });
    if (found === problem) return;
    problem = found;
    of.changed();
  };
  const look = (): void => {
    const status = printer.status();
    // In a strip it is the same printer as before it.
    if (status.state === 'printing') return;
    const isThere = canPrint(status);
    if (isThere && !isAsked) void ask().catch((thrown: unknown) => of.report(toError(thrown)));
    isAsked = isThere;
  };
  printer.onStatus(look);
  look();
  return () => problem;
}
