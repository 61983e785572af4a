// The soak's own books beside the till's: what was answered, what stands on paper, what came back, what was sold.
import type { VisitAnswer } from '../../end-to-end/daemon-process.ts';
import type { StripEnded } from './strip-ends.ts';

/** So many wrongs are kept; one fault may spoil every visit after it. */
const MOST_WRONGS = 12;

export class Books {
  readonly answered = new Set<string>();
  readonly redeemed = new Set<string>();
  /** Lines sold, by the soak's day. */
  readonly sold = new Map<number, number>();
  readonly wrongs: string[] = [];
  visits = 0;
  coupons = 0;
  /** The strip that came off last. */
  #paper: readonly (string | null)[] | null = null;

  /** A strip came off the printer. */
  cameOff(serials: readonly (string | null)[]): void {
    if (this.#paper !== null) this.wrong(`a strip came off that nobody waited for: ${serials.join(' ')}`);
    this.#paper = serials;
  }

  /** A visit is over: what it was answered with must be what stands on the strip that came off, and be new to the world. */
  visited({ visit, outcome, coupons }: VisitAnswer, ended: StripEnded | null): void {
    const serials = coupons.map(({ serial }) => serial);
    const paper = this.#paper?.join(' ') ?? 'nothing';
    this.#paper = null;
    this.visits++;
    this.coupons += serials.length;
    if (outcome !== 'printing') this.wrong(`${visit}: ${outcome}`);
    if (ended?.end !== 'printed' || ended.coupons !== serials.length)
      this.wrong(
        `${visit}: the strip ended ${ended?.end ?? 'never'} with ${ended?.coupons ?? 0} of ${serials.length} coupons`,
      );
    if (paper !== serials.join(' ')) this.wrong(`${visit}: answered ${serials.join(' ')}, on paper ${paper}`);
    for (const serial of serials) {
      if (this.answered.has(serial)) this.wrong(`${visit}: serial ${serial} was issued before`);
      this.answered.add(serial);
    }
  }

  /** A coupon was handed in twice. */
  handedIn(serial: string, { first, second }: { first: string; second: string }): void {
    if (first !== 'redeemed' || second !== 'already-used') this.wrong(`${serial}: ${first}, then ${second}`);
    this.redeemed.add(serial);
  }

  sale(day: number, lines: number): void {
    this.sold.set(day, (this.sold.get(day) ?? 0) + lines);
  }

  get lines(): number {
    return [...this.sold.values()].reduce((sum, lines) => sum + lines, 0);
  }

  wrong(sentence: string): void {
    if (this.wrongs.length < MOST_WRONGS) this.wrongs.push(sentence);
  }
}
