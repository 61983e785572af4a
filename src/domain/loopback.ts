// Whether an address is this machine only, and how this machine reaches it.

/** "localhost", 127.x.x.x or ::1; anything else can be reached by others. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** "http://127.0.0.1:8090": where a program of this machine finds what listens there. */
export function urlFromHere({ host, port }: { host: string; port: number }): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
