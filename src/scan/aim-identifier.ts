// What a scanner puts before the data: the AIM symbology identifier (ISO/IEC 15424) and the shop's own prefix.

/** "]" and two characters: "]E0" EAN-13, "]C0" Code 128, "]C1" GS1-128, "]e0" DataBar. Usually off, but not always. */
const AIM_IDENTIFIER = /^\][A-Za-z][0-9A-Za-z]/;

/** The configured prefix: literal text, or a regular expression where it is written between slashes: "/[A-Z]\d/". */
export type ScanPrefix = string | RegExp;

/**
 * A prefix as configured.
 * @throws SyntaxError where the text between the slashes is no regular expression
 */
export function parsePrefix(text: string): ScanPrefix {
  if (text.length < 2 || !text.startsWith('/') || !text.endsWith('/')) return text;
  return new RegExp(`^(?:${text.slice(1, -1)})`);
}

/** The identifier in what a scanner sent, framing and prefix or not; null where it sent none. */
export function aimIdentifierOf(sent: string): string | null {
  return /\][A-Za-z][0-9A-Za-z]/.exec(sent)?.[0] ?? null;
}

/** The data alone. Scanners put their prefix before or after the identifier, so both orders are taken; each at most once. */
export function stripIdentifier({ text, prefix }: { text: string; prefix: ScanPrefix | null }): string {
  const withoutPrefix = stripPrefix(text, prefix);
  const withoutAim = withoutPrefix.replace(AIM_IDENTIFIER, '');
  return withoutPrefix === text ? stripPrefix(withoutAim, prefix) : withoutAim;
}

function stripPrefix(text: string, prefix: ScanPrefix | null): string {
  if (prefix === null) return text;
  if (typeof prefix !== 'string') return text.replace(prefix, '');
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
