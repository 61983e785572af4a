// What the printer outside says of itself, written down from the manuals' tables a second time, apart from the program's.
export type Condition = {
  readonly hasPower: boolean;
  /** Reads nothing, does nothing, says nothing. */
  readonly isHung: boolean;
  /** Takes every byte, does nothing with it and says nothing. */
  readonly isDeaf: boolean;
  readonly isCoverOpen: boolean;
  readonly isPaperOut: boolean;
  readonly isPaperLow: boolean;
  readonly isBladeStuck: boolean;
  readonly isHot: boolean;
};

/** DLE EOT 1 to 4. */
export function realTimeStatus(about: number, is: Condition): number {
  const isError = is.isBladeStuck || is.isHot;
  const isOffline = is.isCoverOpen || is.isPaperOut || isError;
  const bits = {
    1: [isOffline && 0x08],
    2: [is.isCoverOpen && 0x04, is.isPaperOut && 0x20, isError && 0x40],
    3: [is.isBladeStuck && 0x08, is.isHot && 0x40],
    4: [(is.isPaperLow || is.isPaperOut) && 0x0c, is.isPaperOut && 0x60],
  }[about];
  return (bits ?? []).reduce<number>((sum, bit) => sum | Number(bit), 0x12);
}

/** The four bytes of GS a. */
export function automaticStatus(is: Condition): Uint8Array {
  const isOffline = is.isCoverOpen || is.isPaperOut || is.isBladeStuck || is.isHot;
  return Uint8Array.of(
    0x10 | (isOffline ? 0x08 : 0) | (is.isCoverOpen ? 0x20 : 0),
    (is.isBladeStuck ? 0x08 : 0) | (is.isHot ? 0x40 : 0),
    (is.isPaperLow || is.isPaperOut ? 0x03 : 0) | (is.isPaperOut ? 0x0c : 0),
    0x0f,
  );
}

/** The words the daemon may have for it; `isWired` false: the cable is out. null: it makes no sense just now. */
export function wordsFor(
  is: Condition,
  { isWired, isClear }: { isWired: boolean; isClear: boolean },
): readonly string[] | null {
  if (!is.hasPower || !isWired || is.isHung || is.isDeaf) return ['silent', 'offline'];
  if (!isClear) return null;
  if (is.isCoverOpen) return ['cover-open'];
  if (is.isPaperOut) return ['paper-out'];
  if (is.isBladeStuck) return ['cutter-jammed'];
  if (is.isHot) return ['head-hot'];
  return is.isPaperLow ? ['paper-low', 'printing'] : ['ready', 'printing'];
}
