// Which device stands behind a path just now.
import { stat } from 'node:fs/promises';

/** A word that is another one once another device has taken the path; null while there is none to be seen. */
export async function deviceIdentity(path: string): Promise<string | null> {
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev}:${ino}:${rdev}`;
  } catch {
    // Whatever keeps us from seeing the path, opening it will say; here it is simply not to be seen.
    return null;
  }
}
