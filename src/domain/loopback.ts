// Whether an address is this machine only.

/** "localhost", 127.x.x.x or ::1; anything else can be reached by others. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
