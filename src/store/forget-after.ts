// How long the ledger knows whose a coupon was.

/** Counted from the coupon's last day: late questions at the counter are over by then, and the promise to customers says so. */
export const FORGET_AFTER_DAYS = 14;
