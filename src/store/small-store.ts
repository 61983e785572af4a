// Up to which size a store is looked through whenever it is opened.

/**
 * `quick_check` reads every page, so its time grows with the shop: some tens of milliseconds at this size, whole seconds for
 * 100,000 customers on a till's memory card, where the daemon must be ready within one. Above it a program of its own looks
 * through the store right after the daemon is ready (check-store.ts), and the night's backup does.
 */
export const SMALL_STORE_BYTES = 16_000_000;
