// Lays one configuration over another, key by key.

/**
 * Groups of keys are merged; a list or a value takes the place of what was there. So does a group that says its `type`:
 * a till with a network printer wants nothing of the fleet's serial one.
 */
export function mergeOver(under: unknown, over: unknown): unknown {
  if (!isGroup(under) || !isGroup(over) || Object.hasOwn(over, 'type')) return over;
  const merged = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    merged.set(key, merged.has(key) ? mergeOver(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
