// A network printer outside the till: the simulated one behind a port, and everything that reached it in a file.
// Usage: node test/soak/printer-outside.ts PORT FILE
// While FILE.slow is there, it takes four seconds for each piece of paper; its status it tells at once, as real ones do.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { loadProfile } from '../../src/printer/profile.ts';
import { SimulatedPrinter } from '../../src/printer/simulated/simulated-printer.ts';
import { serveSimulatedPrinter } from '../../src/printer/simulated/tcp-server.ts';

const [port = '9100', file = 'printed.bin'] = process.argv.slice(2);
const folder = new URL('../../hardware/printers', import.meta.url).pathname;
const real = new SimulatedPrinter({ profile: loadProfile({ name: 'epson-tm-t20iii', folders: [folder] }) });
writeFileSync(file, '');

const SLOW_MS = 4000;
const isSlow = (): boolean => existsSync(`${file}.slow`);
/** DLE EOT's answer, told by its fixed bits. */
const isStatus = (bytes: Uint8Array): boolean => bytes.length === 1 && ((bytes[0] ?? 0) & 0x93) === 0x12;
const listening: Pick<SimulatedPrinter, 'attach'> = {
  attach: (host) => {
    const cable = real.attach({
      drop: host.drop,
      answer: (bytes) => {
        if (isSlow() && !isStatus(bytes)) setTimeout(() => host.answer(bytes), SLOW_MS);
        else host.answer(bytes);
      },
    });
    if (cable === null) return null;
    return {
      detach: cable.detach,
      receive: (bytes) => {
        appendFileSync(file, bytes);
        return cable.receive(bytes);
      },
    };
  },
};
await serveSimulatedPrinter({ printer: listening, host: '127.0.0.1', port: Number(port) });
