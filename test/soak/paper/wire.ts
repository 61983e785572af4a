// The far end of a wire, and the hand that pulls it.
export type Wire = {
  readonly isPlugged: boolean;
  /** Bytes have left the daemon and have not arrived. */
  readonly isCarrying: boolean;
  plug(): Promise<void>;
  /** `quietly`: nobody is told, as with a network cable; a serial cable has only one way. */
  pull(quietly: boolean): Promise<void>;
  /** False where nobody is there to hear it. */
  say(bytes: Uint8Array): boolean;
  /** While it is closed nothing is read. */
  flow(isOpen: boolean): void;
  /** The one at this end has lost its power, or has it again. */
  power(isOn: boolean): Promise<void>;
};
