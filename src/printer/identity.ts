// Is it the printer the profile describes? Asked of the printer itself.
import type { PrinterIdentity } from './connection.ts';
import type { PrinterProfile } from './profile.ts';

/** What is wrong, in words for doctor; null where it is the right one, or nothing is known to compare. */
export function identityProblem({ profile, told }: { profile: PrinterProfile; told: PrinterIdentity }): string | null {
  const { identity } = profile;
  if (identity === null || (isSame(identity.maker, told.maker) && isSame(identity.model, told.model))) return null;
  return (
    `it calls itself ${told.maker} ${told.model}, and profile ${profile.name} is for ${profile.model}; ` +
    'set printer.profile to the right one, or coupons may print wrongly'
  );
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
