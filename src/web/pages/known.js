// What the page knows of the daemon: its state as told last, and the sample shop's toys where it has them.

export const known = { status: null, sample: null };
