// Where a model file's bytes come from: memory, or a file of which only the asked parts are read.

export type ByteSource = {
  readonly length: number;
  /** Fills `into` with the bytes from `at` on. */
  readonly read: (into: Uint8Array, at: number) => void;
  /** So many bytes from `at` on, lying at a multiple of eight; for columns that stay in memory. */
  readonly take: (at: number, length: number) => Uint8Array<ArrayBuffer>;
};

/** Windows on the given bytes: give them away, and do not change them. */
export function inMemory(given: Uint8Array): ByteSource {
  const bytes = aligned(given);
  return {
    length: bytes.length,
    read: (into, at) => into.set(bytes.subarray(at, at + into.length)),
    take: (at, length) => bytes.subarray(at, at + length),
  };
}

/** Numbers can only be windowed where they lie at a multiple of their size: a copy is made of bytes that do not. */
function aligned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteOffset % 8 === 0) {
    return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength);
  }
  return new Uint8Array(bytes);
}
