// Cuts put where the blade is: the next piece's first lines are printed before the piece ahead of it is cut off.
//
//   paper end |..piece ahead..| clear |## first lines ##|=== head ===|      the cut is made when `clear` has come to the
//                             ^ blade, its distance from the head away      blade, and not one millimetre is fed for it
//
// Feeding each piece out to the blade before its cut would leave the blade's distance blank on every one of them.
import type { ReceiptElement, ReceiptPart } from '../receipt/elements.ts';
import type { PrinterProfile } from './profile.ts';

/** `here`: the blade cuts where it stands; `feed`: what was printed is first fed past it. */
export type PlacedElement =
  | Exclude<ReceiptElement, { kind: 'cut' }>
  | { readonly kind: 'cut'; readonly cut: 'partial' | 'full'; readonly place: 'here' | 'feed' };

/**
 * What is sent together for one piece, up to its own cut: the rest of the piece, and the first lines of the next one.
 * Never the next one's code nor what follows it: a piece whose bytes have not left is worth nothing on paper.
 */
export type PlacedPart = { readonly serial: ReceiptPart['serial']; readonly elements: readonly PlacedElement[] };

/** Blades hit within about a millimetre (Epson, TM-T88III specification, 1.7); twice that keeps letters whole on both sides. */
const CLEAR_MM = 1.25;

export function placeCuts({ parts, profile, dotsOf }: PartsToCut): readonly PlacedPart[] {
  if (!profile.hasCutter) return parts.map((part) => withTearLines(part, profile));
  let printedAhead = 0;
  return parts.map((part, i) => {
    const rest = part.elements.slice(printedAhead);
    const next = parts[i + 1];
    const end = rest.at(-1);
    printedAhead = 0;
    if (next === undefined || end?.kind !== 'cut') return { serial: part.serial, elements: rest.map(fedToBlade) };
    const distance = profile.cutterDistanceMm * profile.dotsPerMm;
    const clear = CLEAR_MM * profile.dotsPerMm;
    const ahead = linesWithin({ elements: next.elements, limit: distance - clear, dotsOf });
    printedAhead = ahead.elements.length;
    const millimetres = (Math.ceil(clear) + Math.round(distance) - ahead.dots) / profile.dotsPerMm;
    return {
      serial: part.serial,
      elements: [
        ...rest.slice(0, -1).map(fedToBlade),
        { kind: 'feed', millimetres },
        ...ahead.elements,
        { kind: 'cut', cut: end.cut, place: 'here' },
      ],
    };
  });
}

export type PartsToCut = {
  readonly parts: readonly ReceiptPart[];
  readonly profile: PrinterProfile;
  /** How far an element moves the paper, in dots. */
  readonly dotsOf: (element: PlacedElement) => number;
};

type Line = Extract<ReceiptElement, { kind: 'line' }>;

/** The first lines that come to no more than the limit; the cut must fall between two lines, never within one. */
function linesWithin({ elements, limit, dotsOf }: Ahead): { elements: readonly Line[]; dots: number } {
  const lines: Line[] = [];
  let dots = 0;
  for (const element of elements) {
    if (element.kind !== 'line' || dots + dotsOf(element) > limit) break;
    lines.push(element);
    dots += dotsOf(element);
  }
  return { elements: lines, dots };
}

type Ahead = {
  readonly elements: readonly ReceiptElement[];
  readonly limit: number;
  readonly dotsOf: PartsToCut['dotsOf'];
};

function fedToBlade(element: ReceiptElement): PlacedElement {
  return element.kind === 'cut' ? { ...element, place: 'feed' } : element;
}

/** Without a cutter one tears along a line of dashes, and at the edge once the strip has been fed there. */
function withTearLines(part: ReceiptPart, { columns, cutterDistanceMm }: PrinterProfile): PlacedPart {
  const text = '- '.repeat(Math.floor(columns / 2)).trimEnd();
  const tearLine: Line = { kind: 'line', runs: [{ text, width: 1, height: 1, bold: false }] };
  const elements = part.elements.map((element): PlacedElement => {
    if (element.kind !== 'cut') return element;
    return element.cut === 'partial' ? tearLine : { kind: 'feed', millimetres: cutterDistanceMm };
  });
  return { serial: part.serial, elements };
}
