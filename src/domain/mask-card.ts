// A card number or a customer code as people and files may see it: enough to tell two cards apart, too little to be one.

const SHOWN_AT_MOST = 4;

/** "634004021188884417" is "..4417"; of a short number never more than a third is shown. */
export function maskCard(card: string): string {
  const shown = Math.min(SHOWN_AT_MOST, Math.floor(card.length / 3));
  return `..${shown === 0 ? '' : card.slice(-shown)}`;
}
