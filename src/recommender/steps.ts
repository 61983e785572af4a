// Long work cut into short steps: between two of them the caller may serve a customer, report, or give up.

/** Yields how much of it is done, 0 to 1; a step takes a few milliseconds. */
export type Steps<Result> = Generator<number, Result, void>;

export function atOnce<Result>(steps: Generator<unknown, Result, void>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Steps that are one share of a longer work. */
export function* shareOf<Result>([from, to]: readonly [from: number, to: number], steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    yield from + (to - from) * next.value;
  }
}
