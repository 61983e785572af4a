// tillcat scanner test: what the scanner sends, what is made of it, and why a scan is or is not a card.
import type { SeenScan } from '../app-scanner.ts';
import { TillError } from '../domain/till-error.ts';
import { EXIT, type Command, type CommandInput } from './command.ts';

export const scannerTest: Command = {
  name: 'scanner test',
  operands: '',
  summary: 'show what each scan is, and why it is or is not a card',
  options: {
    count: { type: 'string', value: 'N', about: 'end after that many scans' },
    seconds: { type: 'string', value: 'N', about: 'end after that many seconds' },
    raw: { type: 'boolean', about: 'show all bytes; without it the middle of each number is left out' },
  },
  example: 'tillcat scanner test --count 3',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal, option, flag }) {
    const count = whole('count', option('count'));
    const seconds = whole('seconds', option('seconds'));
    const { config } = composition.loadConfig(configFile);
    const { scanner } = config;
    if (!('path' in scanner)) {
      terminal.err(
        `tillcat: scanner.type is ${scanner.type}, so there is nothing to listen to; set it to serial or hid\n`,
      );
      return EXIT.couldNot;
    }
    terminal.out(`scanner ${scanner.type} ${scanner.path}: hold cards up; Ctrl-C ends\n`);
    const enough = new AbortController();
    const ends = [signal, enough.signal, ...(seconds === null ? [] : [AbortSignal.timeout(seconds * 1000)])];
    const tally = { heard: 0, cards: 0, why: '' };
    await composition.watchScanner({
      config,
      signal: AbortSignal.any(ends),
      onState: (state) => {
        tally.why = state.state === 'offline' ? state.why : '';
        terminal.out(state.state === 'offline' ? `offline: ${state.why}\n` : `${state.state}\n`);
      },
      onScan: (scan) => {
        tally.heard++;
        if (scan.is === 'card') tally.cards++;
        terminal.out(`${tally.heard}  ${bytesOf(scan, flag('raw'))}\n   ${wordsOf(scan)}\n`);
        if (tally.heard === count) enough.abort();
      },
    });
    return sumUp(tally, terminal);
  },
};

type Tally = { readonly heard: number; readonly cards: number; readonly why: string };

function sumUp({ heard, cards, why }: Tally, terminal: CommandInput['terminal']): number {
  terminal.out(`${heard} heard, ${cards} ${cards === 1 ? 'card' : 'cards'}\n`);
  if (heard > 0) return EXIT.done;
  const problem = why === '' ? 'nothing was heard; is the scanner in serial mode, and its baud rate right?' : why;
  terminal.err(`tillcat: ${problem}\n`);
  return EXIT.couldNot;
}

function whole(name: string, text: string | null): number | null {
  if (text === null) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new TillError('WRONG_USE', { problem: `--${name} takes a whole number from 1, got "${text}"` });
}

/** Shown at both ends: what rules look at in front, what a cashier compares behind. */
const SHOWN_ENDS = 4;

/** Terminals are scrolled through and photographed: of a number only both ends are shown, unless they ask for all. */
function bytesOf({ bytes, text }: SeenScan, isRaw: boolean): string {
  const sent = Buffer.from(bytes);
  const data = text ?? sent.toString('latin1');
  const from = sent.indexOf(data, 0, 'latin1');
  const isHidden = (place: number): boolean =>
    !isRaw && place >= from + SHOWN_ENDS && place < from + data.length - SHOWN_ENDS;
  return [...sent].map((byte, i) => (isHidden(i) ? '··' : byte.toString(16).padStart(2, '0'))).join(' ');
}

function wordsOf(scan: SeenScan): string {
  const { aim, text, loss } = scan;
  if (loss !== null) return `thrown away: ${LOSS_WORDS[loss]}`;
  const symbology = aim === null ? 'no identifier' : `${aim} ${SYMBOLOGIES[aim.charAt(1)] ?? 'another code'}`;
  return `${symbology} · ${text?.length ?? 0} characters · ${verdictOf(scan)}`;
}

function verdictOf({ is, why, maskedCard }: SeenScan): string {
  switch (is) {
    case 'card':
      return `card ${maskedCard}`;
    case 'stop':
      return 'the STOP card: no more coupons for the customer whose card came before it';
    case 'start':
      return 'the START card: coupons again for the customer whose card came before it';
    case 'coupon':
      return 'a coupon, not a card';
    case 'not-a-card':
    case 'lost':
      return `not a card: ${why}`;
  }
}

const LOSS_WORDS = {
  half: 'it had no end; does the scanner send CR after the data, as scanner.terminator says?',
  noise: 'it has a byte in it that no scanner sends; look at baud rate, cable and keyboard layout',
  overlong: 'it is longer than any code; does the scanner send an end?',
  doubtful: 'there was a pause in it, so its halves may not belong together; scan it again',
} as const;

/** ISO/IEC 15424: the letter after the bracket. */
const SYMBOLOGIES: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  d: 'Data Matrix',
  e: 'GS1 DataBar',
  E: 'EAN/UPC',
  F: 'Codabar',
  G: 'Code 93',
  I: 'Interleaved 2 of 5',
  Q: 'QR',
};
