// A serial line whose two ends do not agree on the speed: what the far end sends at one is heard at the other.

/**
 * Bytes with one start bit, eight data bits and one stop bit, as a wave on the wire, sampled in the middle of the receiver's
 * own bits. A byte without a stop bit is dropped, as the serialport package has the kernel do it (IGNPAR).
 */
export function heardAtAnotherSpeed(of: { bytes: Uint8Array; sentAt: number; heardAt: number }): Uint8Array {
  const bits = [...of.bytes].flatMap((byte) => [0, ...[0, 1, 2, 3, 4, 5, 6, 7].map((bit) => (byte >> bit) & 1), 1]);
  /** The level so many of the receiver's bits after the first start; before and after it the line rests high. */
  const levelAt = (time: number): number => bits[Math.floor((time * of.sentAt) / of.heardAt)] ?? 1;
  const endsAt = (bits.length * of.heardAt) / of.sentAt;
  const heard: number[] = [];
  const step = Math.min(1, of.heardAt / of.sentAt) / 8;
  let time = 0;
  while (time < endsAt) {
    if (levelAt(time) === 1) {
      time += step;
      continue;
    }
    const data = [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => levelAt(time + 1.5 + bit));
    const hasStop = levelAt(time + 9.5) === 1;
    if (hasStop) heard.push(data.reduce((byte, bit, place) => byte | (bit << place), 0));
    time += 9.5;
    // A line that is still low begins no byte: it has to rest first.
    if (!hasStop) while (time < endsAt && levelAt(time) === 0) time += step;
  }
  return Uint8Array.from(heard);
}
