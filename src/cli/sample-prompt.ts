// The prompt of the sample shop: hold up a card, break something, redeem a coupon, ask why; and see the strip.
import { maskCard } from '../domain/mask-card.ts';
import { relative } from 'node:path';
import type { CardToTry } from '../sample/cards-to-try.ts';
import type { DaemonHandle } from '../composition.ts';
import { visitSentence, redeemSentence } from '../domain/cashier-words.ts';
import { addDays, isoDay } from '../domain/calendar.ts';
import type { Decision } from '../decision.ts';
import { cardNumber, type CardNumber, type Serial, type VisitId } from '../domain/ids.ts';
import type { Sample } from '../sample-shop-store.ts';
import type { Answer, VisitNews } from '../visit.ts';
import { FAULT_NAMES, type FaultName } from '../web/desk.ts';
import type { Terminal } from './command.ts';
import { counted, thousands } from './counts.ts';

const FAULT_KEYS: Readonly<Record<string, FaultName>> = { p: 'paper-out', c: 'cover-open', u: 'unplugged' };
const FAULT_WORDS: Readonly<Record<FaultName, string>> = {
  'paper-out': 'paper out',
  'cover-open': 'cover open',
  unplugged: 'unplugged',
};

export class SamplePrompt {
  readonly #daemon: DaemonHandle;
  readonly #terminal: Terminal;
  readonly #cards: readonly CardToTry[];
  readonly #others: readonly CardNumber[];
  /** As it is typed from here. */
  readonly #configFile: string;
  readonly #signal: AbortSignal;
  #decision: Decision | null = null;
  #firstByteMs: number | null = null;
  #lastVisit: VisitId | null = null;
  #firstSerial: Serial | null = null;

  constructor(of: { daemon: DaemonHandle; terminal: Terminal; sample: Sample; signal: AbortSignal }) {
    this.#daemon = of.daemon;
    this.#terminal = of.terminal;
    this.#cards = of.sample.cards;
    this.#others = of.sample.others;
    this.#configFile = relative(process.cwd(), of.sample.configFile);
    this.#signal = of.signal;
  }

  /** Serves one customer at once, then listens to the keyboard where there is one; ends with the signal or q. */
  async run(): Promise<void> {
    this.#ready();
    this.#daemon.desk.subscribe((event) => {
      if (event.kind === 'strip-begun') this.#firstByteMs = event.scanToFirstByteMs;
    });
    this.#daemon.desk.onNews((news) => this.#hear(news));
    this.#holdUpNext();
    await this.#daemon.quiet();
    if (!this.#terminal.isInteractive) return;
    this.#invite();
    await this.#listen();
  }

  async #listen(): Promise<void> {
    const { createInterface } = await import('node:readline');
    const lines = createInterface({ input: this.#terminal.input, terminal: false });
    const close = (): void => lines.close();
    this.#signal.addEventListener('abort', close, { once: true });
    for await (const line of lines) {
      if (!this.#obey(line.trim())) {
        this.#daemon.stop();
        break;
      }
      await this.#daemon.quiet();
      this.#terminal.out('> ');
    }
    this.#signal.removeEventListener('abort', close);
    // Leaving the loop closes the lines, yet a terminal is read on (Node 24), and the process would not end.
    this.#terminal.input.pause();
  }

  /** False when the newcomer has had enough. */
  #obey(word: string): boolean {
    const fault = FAULT_KEYS[word];
    const choice = /^\d$/.test(word) ? this.#choices()[Number(word) - 1] : undefined;
    if (word === 'q') return false;
    else if (word === '') this.#invite();
    else if (word === '?' || word === 'h') this.#help();
    else if (word === 'w') this.#explain();
    else if (word === 'r') this.#redeemFirst();
    else if (word === 'n') this.#holdUpNext();
    else if (fault !== undefined) this.#toggle(fault);
    else if (choice !== undefined) this.#holdUp(choice.card);
    else if (/^[0-9A-Za-z-]{6,}$/.test(word)) this.#holdUp(word);
    else this.#say([`"${word.slice(0, 40)}" means nothing here; ? tells what does`]);
    return true;
  }

  #ready(): void {
    const { desk, shop, address } = this.#daemon;
    const { scanner, printer, clock, sample } = desk.status();
    const cards = `${thousands(shop.customers.cardCount())} cards known`;
    this.#say([
      `ready   scanner ${scanner.state === 'ready' ? 'simulated' : scanner.state} · printer simulated ${printer.name} · ${cards}`,
      `page    ${address}   nothing leaves this machine`,
    ]);
    if (clock.isReplay) this.#say([`clock   stands at ${shop.calendar.isoLocal(clock.now)}, as --at asked`]);
    if (sample?.isOld === true)
      this.#say(['sample  over a week old; for a new one: quit, rm -r var/sample, npm start']);
  }

  #mayBeServed(card: CardNumber): boolean {
    const { shop } = this.#daemon;
    const customer = shop.customers.findByCard(card);
    if (customer === null || customer.status !== 'active' || customer.optedOutAt !== null) return false;
    const today = shop.dayOf(shop.clock.now());
    const { daysBetweenStrips } = shop.config.visit;
    const within = { sinceDay: addDays(today, 1 - daysBetweenStrips), untilDay: addDays(today, daysBetweenStrips) };
    return shop.visits.lastStripDay({ customer: customer.id, ...within }) === null;
  }

  #about(card: string): string {
    const { shop } = this.#daemon;
    const label = this.#cards.find((one) => one.card === card)?.label.en;
    const customer = shop.customers.findByCard(cardNumber(card));
    const view = customer === null ? null : shop.customerView(customer);
    const weeks = Math.round(shop.config.history.windowDays / 7);
    const visits = view === null ? 'nobody we know' : `${view.visits} visits in ${weeks} weeks`;
    return label === undefined ? visits : `${label}, ${visits}`;
  }

  #times(): string {
    const { historyMs = 0, choosingMs = 0 } = this.#decision ?? {};
    const first = this.#firstByteMs === null ? '' : ` · first byte ${this.#firstByteMs.toFixed(1)} ms`;
    return `history ${historyMs.toFixed(1)} ms · choosing ${choosingMs.toFixed(1)} ms${first}`;
  }

  #choices(): readonly CardToTry[] {
    return this.#cards.filter(({ key }) => ['student', 'retired', 'twice', 'opted-out'].includes(key));
  }

  /** Somebody whose strip of the week is still to come: first those to try, then the rest of the shop. */
  #holdUpNext(): void {
    const everybody = [...this.#cards.map(({ card }) => card), ...this.#others];
    const next = everybody.find((card) => this.#mayBeServed(card));
    if (next === undefined)
      this.#say([
        `every customer has had a strip lately; for a new shop: quit, rm -r ${this.#daemon.shop.config.data}`,
      ]);
    else this.#holdUp(next);
  }

  #holdUp(card: string): void {
    this.#say([`card ${maskCard(card)}  ${this.#about(card)}`]);
    this.#daemon.holdUp(card);
  }

  #hear(news: VisitNews): void {
    if (news.kind === 'answered') return this.#answered(news.answer);
    if (news.kind === 'dropped')
      return this.#say(['the strip was dropped before it began: the customer has waited too long']);
    if (news.kind === 'begun') return;
    if (news.kind === 'copied') return this.#say([`a copy was asked for (${news.reason}): ${news.end}`]);
    const { result } = news;
    const strip = this.#daemon.desk.lastStrip();
    if (strip?.visit === news.visit)
      this.#say(
        strip.text
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`),
      );
    const coupons = result.parts.filter((part) => part.serial !== null);
    const printed = coupons.filter((part) => part.result === 'printed').length;
    const size = `${Math.round(result.millimetres)} mm, ${thousands(result.bytes)} bytes`;
    this.#say([
      result.end === 'printed'
        ? `printed, confirmed by the printer: ${counted(printed, 'coupon')}, ${size}`
        : `${result.end}: ${printed} of ${counted(coupons.length, 'coupon')} confirmed, ${size}; the printer says ${result.status.state}`,
      this.#times(),
    ]);
  }

  #answered(answer: Answer): void {
    this.#decision = answer.decision;
    if (answer.outcome === 'printing') {
      this.#lastVisit = answer.visit;
      this.#firstSerial = answer.coupons[0]?.serial ?? null;
      return;
    }
    this.#say([`${answer.outcome}: ${visitSentence(answer.outcome, 'en', answer)}`]);
    if (answer.nextStripOn === null) return;
    const then = `${isoDay(answer.nextStripOn)}T12:00`;
    this.#say([`n holds up somebody else; to be there on that day: quit, npm start -- --at ${then}`]);
  }

  #toggle(fault: FaultName): void {
    const { sample } = this.#daemon.desk;
    const isOn = sample?.faults().find(({ name }) => name === fault)?.isOn === true;
    for (const name of FAULT_NAMES) if (name === fault) sample?.setFault(name, !isOn);
    this.#say([
      isOn
        ? `${FAULT_WORDS[fault]}: mended`
        : `${FAULT_WORDS[fault]}: broken; hold up a card, or press the same key to mend it`,
    ]);
  }

  #explain(): void {
    const explanation =
      this.#lastVisit === null ? null : this.#daemon.desk.explain({ visit: this.#lastVisit, language: 'en' });
    if (explanation === null) return this.#say(['nobody has had a strip yet; hold up a card first']);
    const { offers, runnersUp } = explanation;
    // Nothing a customer may do is certain: 100 % would be a lie of rounding.
    const percent = (probability: number) => `${Math.min(99, Math.round(probability * 100))} %`.padStart(4);
    this.#say([
      ...offers.map(
        ({ productName, slot, probability, words }) =>
          `  ${slot.padEnd(9)}${percent(probability)}  ${productName}: ${words}`,
      ),
      ...runnersUp.map(
        ({ productName, probability, words }) =>
          `  ${'but not'.padEnd(9)}${percent(probability)}  ${productName}: ${words}`,
      ),
    ]);
  }

  #redeemFirst(): void {
    if (this.#firstSerial === null) return this.#say(['there is no coupon yet; hold up a card first']);
    const { desk, shop } = this.#daemon;
    const code = this.#firstSerial;
    const result = desk.redeem({ code, basket: null, till: null });
    this.#say([`redeem ${code}: ${result.outcome} - ${redeemSentence(result, 'en', (at) => shop.dayOf(at))}`]);
    if (result.outcome !== 'not-yet-valid') return;
    const morning = `${isoDay(result.coupon.validFrom)}T12:00`;
    this.#say([`it is good from the next day on; to be there, quit and say: npm start -- --at ${morning}`]);
  }

  #invite(): void {
    const choices = this.#choices().map(({ label }, i) => `${i + 1} ${label.en}`);
    this.#say([
      `Scan somebody:   ${choices.join('   ')}   n somebody else   or type a card number`,
      'Break something: p paper out   c cover   u unplug        Ask: w why these six   r redeem the first   ? help   q quit',
    ]);
    this.#terminal.out('> ');
  }

  #help(): void {
    const { optOutCards } = this.#daemon.shop.config;
    this.#say([
      'A number holds up that card, as the scanner would; n that of somebody who has had no strip in the last 7 days.',
      'p, c and u break the simulated printer and mend it again.',
      'w tells why these six were chosen. r tries to redeem the first coupon of the last strip.',
      `The shop's STOP and START cards, after a customer's: ${optOutCards.stop}, ${optOutCards.start}.`,
      `The same and a picture of the strip: ${this.#daemon.address}`,
      `Other commands on this shop, in another terminal: bin/tillcat --config ${this.#configFile} status`,
      'A customer gets one strip in 7 days. To begin again with a new shop: stop, rm -r var/sample, start.',
    ]);
  }

  #say(lines: readonly string[]): void {
    for (const line of lines) this.#terminal.out(`${line}\n`);
  }
}
