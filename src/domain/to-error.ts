// Anything can be thrown; this makes an Error of it, once, where it is caught.
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
