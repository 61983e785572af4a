// A QR code as ESC/POS printers draw it by themselves: GS ( k, with its length in bytes and not in characters.
import { TillError } from '../domain/till-error.ts';
import type { PrinterProfile } from './profile.ts';

/** As the printer numbers them from 48: how much of a code may be lost. */
export const QR_LEVELS = ['L', 'M', 'Q', 'H'] as const;
export type QrLevel = (typeof QR_LEVELS)[number];

export type FittedQr = {
  /** The whole of it: model, module, level, data, print. */
  readonly bytes: Uint8Array;
  readonly moduleDots: number;
  /** Without the quiet zone of four modules on each side. */
  readonly sideDots: number;
};

/** The code of this data (byte mode) with the widest modules that fit the paper. @throws TillError SYMBOL_TOO_WIDE, SYMBOL_INVALID */
export function fitQr({ data, level, profile }: QrToFit): FittedQr {
  const code = Buffer.from(data).toString('latin1').slice(0, 40);
  if (!profile.symbologies.includes('qr'))
    throw new TillError('SYMBOL_INVALID', { code, problem: `a ${profile.model} draws none` });
  const modules = sideModules({ bytes: data.length, level });
  if (data.length === 0 || modules === null) {
    throw new TillError('SYMBOL_INVALID', { code, problem: `a QR code holds 1 to 2953 bytes, got ${data.length}` });
  }
  for (let moduleDots = LARGEST_MODULE; moduleDots >= SMALLEST_MODULE; moduleDots--) {
    const sideDots = modules * moduleDots;
    const withQuiet = sideDots + 2 * QR_QUIET_MODULES * moduleDots;
    if (sideDots > profile.printableDots || withQuiet > profile.paperDots) continue;
    return { bytes: qrCommands({ data, level, moduleDots }), moduleDots, sideDots };
  }
  throw new TillError('SYMBOL_TOO_WIDE', {
    code,
    barDots: modules * SMALLEST_MODULE,
    printableDots: profile.printableDots,
    profile: profile.name,
  });
}

export type QrToFit = { readonly data: Uint8Array; readonly level: QrLevel; readonly profile: PrinterProfile };

/** Larger ones are paper for nothing, smaller ones a till's camera does not read at arm's length. */
const LARGEST_MODULE = 6;
const SMALLEST_MODULE = 3;
/** ISO/IEC 18004, 9.1. */
export const QR_QUIET_MODULES = 4;

function qrCommands({ data, level, moduleDots }: { data: Uint8Array; level: QrLevel; moduleDots: number }): Uint8Array {
  // pL pH count the three bytes cn fn m and the data.
  const length = data.length + 3;
  return Uint8Array.from([
    ...[0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0x00],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x30 + QR_LEVELS.indexOf(level)],
    ...[0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30, ...data],
    ...[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30],
  ]);
}

/** Modules on a side of the smallest version that holds so many bytes; null where none does. */
export function sideModules({ bytes, level }: { bytes: number; level: QrLevel }): number | null {
  const version = CAPACITY[level].findIndex((capacity) => bytes <= capacity) + 1;
  return version === 0 ? null : 17 + 4 * version;
}

/** Bytes that versions 1 to 40 hold (ISO/IEC 18004, table 7, 8-bit byte mode). */
const CAPACITY: Readonly<Record<QrLevel, readonly number[]>> = {
  L: [
    17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858, 929, 1003, 1091,
    1171, 1273, 1367, 1465, 1528, 1628, 1732, 1840, 1952, 2068, 2188, 2303, 2431, 2563, 2699, 2809, 2953,
  ],
  M: [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
    997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
  ],
  Q: [
    11, 20, 32, 46, 60, 74, 86, 108, 130, 151, 177, 203, 241, 258, 292, 322, 364, 394, 442, 482, 509, 565, 611, 661,
    715, 751, 805, 868, 908, 982, 1030, 1112, 1168, 1228, 1283, 1351, 1423, 1499, 1579, 1663,
  ],
  H: [
    7, 14, 24, 34, 44, 58, 64, 84, 98, 119, 137, 155, 177, 194, 220, 250, 280, 310, 338, 382, 403, 439, 461, 511, 535,
    593, 625, 658, 698, 742, 790, 842, 898, 958, 983, 1051, 1093, 1139, 1219, 1273,
  ],
};
