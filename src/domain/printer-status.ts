// The printer's state in the cashier's words.
export type PrinterStatus =
  | { readonly state: 'ready' }
  | { readonly state: 'printing' }
  | { readonly state: 'paper-low' }
  | { readonly state: 'paper-out' }
  | { readonly state: 'cover-open' }
  | { readonly state: 'cutter-jammed' }
  | { readonly state: 'head-hot' }
  /** Connected, and does not answer. */
  | { readonly state: 'silent' }
  /** Not connected: no device, no route, unplugged. */
  | { readonly state: 'offline'; readonly why: string }
  /** The shop has configured none. */
  | { readonly state: 'none' };

/** Whether a strip may be begun now. */
export function canPrint(status: PrinterStatus): boolean {
  return status.state === 'ready' || status.state === 'paper-low';
}

/** Whether somebody has to go and look; a shop without a printer has nobody to call. */
export function wantsSomebody(status: PrinterStatus): boolean {
  return !canPrint(status) && status.state !== 'printing' && status.state !== 'none';
}
