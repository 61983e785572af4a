// What can be wrong with the simulated printer, each fault by itself.
export type SimulatedFaults = {
  readonly paperOut: boolean;
  readonly paperLow: boolean;
  readonly coverOpen: boolean;
  readonly cutterJammed: boolean;
  readonly headHot: boolean;
  /** The cable is out; the printer keeps its power and what it had received. */
  readonly unplugged: boolean;
  /** Takes no more bytes and answers nothing. */
  readonly stalled: boolean;
  /** Takes every byte, does nothing with it and answers nothing. */
  readonly deaf: boolean;
};

export const NO_FAULTS: SimulatedFaults = {
  paperOut: false,
  paperLow: false,
  coverOpen: false,
  cutterJammed: false,
  headHot: false,
  unplugged: false,
  stalled: false,
  deaf: false,
};
