// The doctor's rules for printer and scanner: what each state of them means, and what to do about it.
import { error, ok, warning, type Finding } from './doctor.ts';
import type { PrinterStatus } from './domain/printer-status.ts';
import type { ScannerState } from './scan/scanner.ts';

/** How fast a silent printer on a serial line is spoken to, and the speed at which it was found to answer. */
export type PrinterSpeed = { readonly baudRate: number; readonly answersAt: number | 'none' | 'not-asked' };

export function judgePrinter(of: {
  name: string;
  profile: string;
  status: PrinterStatus;
  isSimulated: boolean;
  /** Another process has the printer, as a daemon that runs has. */
  refusal: Error | null;
  /** null where it is on no serial line. */
  speed: PrinterSpeed | null;
}): Finding {
  const words = `${of.name}, profile ${of.profile}`;
  if (of.refusal !== null) return warning('printer', `not asked: ${of.refusal.message}`);
  switch (of.status.state) {
    case 'ready':
    case 'printing':
      return of.isSimulated
        ? warning('printer', `simulated as ${of.profile}; name the real one in printer.transport`)
        : ok('printer', `${words}: ready`);
    case 'paper-low':
      return warning('printer', `${words}: the paper is nearly out; have a roll at hand`);
    case 'none':
      return warning('printer', 'none is configured; nobody gets a strip');
    case 'paper-out':
      return error('printer', `${words}: the paper is out; put a new roll in`);
    case 'cover-open':
      return error('printer', `${words}: the cover is open; close it`);
    case 'cutter-jammed':
      return error('printer', `${words}: the cutter is jammed; open the cover, take the paper out and close it`);
    case 'head-hot':
      return error('printer', `${words}: the head is too hot; it goes on by itself when it has cooled`);
    case 'silent':
      return error('printer', `${words}: ${silence(of.speed)}`);
    case 'offline':
      return error('printer', `${words}: ${of.status.why}`);
  }
}

function silence(speed: PrinterSpeed | null): string {
  if (speed === null) return 'it does not answer; check that it is on, its cable and its profile';
  const { baudRate, answersAt } = speed;
  switch (answersAt) {
    case 'none':
      return `it does not answer at ${baudRate} baud, nor at another usual speed; check that it is on, its cable and its profile`;
    case 'not-asked':
      return `it does not answer at ${baudRate} baud; check that it is on, its cable and its profile; while the daemon is stopped, the doctor looks for another speed`;
    default:
      return answersAt === baudRate
        ? `it answers at ${baudRate} baud now, and did not a moment ago; check its cable`
        : `it answers at ${answersAt} baud and is spoken to at ${baudRate}; set printer.transport.baudRate to ${answersAt}`;
  }
}

/** `told`: the name it gives itself; null where it cannot be asked. `problem`: what is wrong with that; null where nothing is. */
export function judgeProfile(of: { profile: string; told: string | null; problem: string | null }): Finding[] {
  if (of.problem !== null) return [warning('profile', of.problem)];
  return of.told === null ? [] : [ok('profile', `${of.profile} is for what the printer says it is: ${of.told}`)];
}

/** Whole scans, and what came that was none; since the start, or while the doctor listened. */
export type Hearing = { readonly scans: number; readonly lost: number };

/** So much garble is no accident of plugging in. */
const NO_ACCIDENT = 3;
/** More than this share of the scans lost: somebody holds the card up twice too often. */
const LOST_SHARE = 0.1;

export function judgeScanner(of: {
  kind: string;
  state: ScannerState;
  hasRules: boolean;
  isThere: boolean;
  heard: Hearing;
  /** null where it has none. */
  baudRate: number | null;
}): Finding {
  const { state } = of;
  switch (state.state) {
    case 'listening':
      return judgeHearing(of) ?? listening(of);
    case 'simulated':
      return ok('scanner', 'simulated');
    case 'none':
      return ok('scanner', 'none; cards come over HTTP');
    case 'offline':
      return error('scanner', of.isThere ? state.why : `${of.kind} is not there; check the cable and the udev rule`);
  }
}

function listening(of: { kind: string; hasRules: boolean; heard: Hearing; baudRate: number | null }): Finding {
  if (!of.hasRules)
    return warning('scanner', 'any barcode may be a card; say in cards what a card of the shop looks like');
  if (of.heard.scans > 0 || of.baudRate === null) return ok('scanner', `${of.kind}: listening`);
  return ok('scanner', `${of.kind}: listening at ${of.baudRate} baud; whether that is its speed, a scan shows`);
}

/** A scanner at another speed is heard as bytes no scanner sends, or as scans without an end. */
function judgeHearing(of: { kind: string; heard: Hearing; baudRate: number | null }): Finding | null {
  const { scans, lost } = of.heard;
  const speed =
    of.baudRate === null ? 'scanner.terminator' : `scanner.baudRate (now ${of.baudRate}) and scanner.terminator`;
  const remedy = `set ${speed} as the scanner has them, and look with: tillcat scanner test`;
  if (scans === 0 && lost > 0) {
    const words = `${of.kind}: ${lost === 1 ? 'once' : `${lost} times`} something came and never a whole scan; it sends at another speed, or ends its scans otherwise: ${remedy}`;
    return lost < NO_ACCIDENT ? warning('scanner', words) : error('scanner', words);
  }
  if (lost < NO_ACCIDENT || lost <= LOST_SHARE * (scans + lost)) return null;
  return warning(
    'scanner',
    `${of.kind}: ${lost} of ${scans + lost} scans did not come whole; check the cable, or ${remedy}`,
  );
}

/** What the running daemon says of its devices. */
export function judgeServing(of: {
  printer: {
    name: string;
    state: PrinterStatus['state'];
    why: string | null;
    isSimulated: boolean;
    mismatch: string | null;
  };
  scanner: { state: 'ready' | 'offline' | 'none'; why: string | null; isSimulated: boolean } & Hearing;
  profile: string;
  /** As configured; null where it is on no serial line. */
  baudRate: { printer: number | null; scanner: number | null };
}): Finding[] {
  const { printer, scanner, profile, baudRate } = of;
  const { state } = printer;
  const status = state === 'offline' ? { state, why: printer.why ?? 'it is offline' } : { state };
  const seen: ScannerState =
    scanner.state === 'offline'
      ? { state: 'offline', why: scanner.why ?? 'it is offline' }
      : { state: scanner.state === 'none' ? 'none' : scanner.isSimulated ? 'simulated' : 'listening' };
  const { scans, lost } = scanner;
  const speed = baudRate.printer === null ? null : ({ baudRate: baudRate.printer, answersAt: 'not-asked' } as const);
  return [
    ...judgeProfile({ profile, told: null, problem: printer.mismatch }),
    judgePrinter({ ...printer, profile, status, refusal: null, speed }),
    judgeScanner({
      kind: 'the daemon',
      state: seen,
      hasRules: true,
      isThere: true,
      heard: { scans, lost },
      baudRate: baudRate.scanner,
    }),
  ];
}

export function judgeLamp(lamp: { path: string; problem: string | null }): Finding {
  if (lamp.problem === null) return ok('lamp', lamp.path);
  return warning('lamp', `${lamp.path} cannot be switched (${lamp.problem}); check lamp.path and its permissions`);
}
