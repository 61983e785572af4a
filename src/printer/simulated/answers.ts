// What a printer says of itself, byte by byte, by the faults it has.
import type { SimulatedFaults } from './faults.ts';

/** To DLE EOT 1 to 4. */
export function realTimeStatus(about: number, faults: SimulatedFaults): Uint8Array {
  const { paperOut, paperLow, coverOpen, cutterJammed, headHot } = faults;
  const isError = cutterJammed || headHot;
  switch (about) {
    case 1:
      return Uint8Array.of(0x12 | (isOffline(faults) ? 0x08 : 0));
    case 2:
      return Uint8Array.of(0x12 | (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0) | (isError ? 0x40 : 0));
    case 3:
      return Uint8Array.of(0x12 | (cutterJammed ? 0x08 : 0) | (headHot ? 0x40 : 0));
    default:
      return Uint8Array.of(0x12 | (paperLow || paperOut ? 0x0c : 0) | (paperOut ? 0x60 : 0));
  }
}

/** Nine bytes, as version 3 of Star's status has them; `count` of the ETBs that were reached. */
export function starStatus(faults: SimulatedFaults, count: number): Uint8Array {
  const { paperOut, paperLow, coverOpen, cutterJammed, headHot } = faults;
  return Uint8Array.of(
    0x23,
    0x06,
    (isOffline(faults) ? 0x08 : 0) | (coverOpen ? 0x20 : 0),
    (cutterJammed ? 0x08 : 0) | (headHot ? 0x40 : 0),
    0x00,
    (paperOut ? 0x08 : 0) | (paperLow || paperOut ? 0x04 : 0),
    0x00,
    ((count & 0x07) << 1) | ((count & 0x18) << 2),
    0x00,
  );
}

/** Four bytes sent unasked, after GS a. */
export function automaticStatus(faults: SimulatedFaults): Uint8Array {
  const { paperOut, paperLow, coverOpen, cutterJammed, headHot } = faults;
  return Uint8Array.of(
    0x10 | (isOffline(faults) ? 0x08 : 0) | (coverOpen ? 0x20 : 0),
    (cutterJammed ? 0x08 : 0) | (headHot ? 0x40 : 0),
    (paperLow || paperOut ? 0x03 : 0) | (paperOut ? 0x0c : 0),
    0x0f,
  );
}

/** To GS I: 65 firmware, 66 maker, 67 model, 68 serial number. */
export function identityAnswer(about: number, { maker, model }: { maker: string; model: string }): Uint8Array {
  const names: Record<number, string> = { 65: '1.00', 66: maker, 67: model, 68: '0' };
  const name = names[about];
  return name === undefined ? Uint8Array.of(0x02) : Buffer.from(`_${name}\0`, 'latin1');
}

/** Nothing is printed, and real-time commands only are obeyed. */
export function isOffline({ paperOut, coverOpen, cutterJammed, headHot }: SimulatedFaults): boolean {
  return paperOut || coverOpen || cutterJammed || headHot;
}
