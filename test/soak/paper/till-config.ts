// What a till of the soak is configured as: the soak shop with devices on wires of its own.
import { soakConfig } from '../soak-shop.ts';

/** `printer` is a port of this machine or a device's path, `scanner` a device's path. */
export function configOf(
  { folder, id, profile }: { folder: string; id: string; profile: string },
  of: { http: number; scanner: string; printer: number | string },
): object {
  const { data, secrets, gs1, cards, policy, visit, holdout } = soakConfig(folder);
  const { printer } = of;
  const transport =
    typeof printer === 'number'
      ? { type: 'tcp', host: '127.0.0.1', port: printer }
      : { type: 'serial', path: printer, baudRate: 38_400 };
  return {
    data,
    secrets,
    gs1,
    cards,
    policy,
    holdout,
    till: { id },
    visit: { ...visit, patienceSeconds: 20 },
    http: { host: '127.0.0.1', port: of.http },
    scanner: { type: 'serial', path: of.scanner },
    printer: { profile, transport },
  };
}
