// tillcat doctor: every part the daemon needs, one line each: ok, warning or error, and what to do.
import { EXIT, type Command } from './command.ts';
import type { Finding } from '../doctor.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  operands: '',
  summary: 'check everything the daemon needs; exit 0 only if it can serve',
  options: { json: { type: 'boolean', about: 'the findings as JSON' } },
  example: 'tillcat doctor',
  count: [0, 0],
  async run({ composition, configFile, terminal, signal, flag }) {
    const findings = await composition.examine(configFile, signal);
    if (flag('json')) terminal.out(`${JSON.stringify(findings)}\n`);
    else terminal.out(findings.map(line).join(''));
    const parts = findings.filter(({ level }) => level === 'error').map(({ part }) => part);
    if (parts.includes('config')) return EXIT.wrongConfiguration;
    return parts.length > 0 ? EXIT.couldNot : EXIT.done;
  },
};

function line({ level, part, words }: Finding): string {
  return `${level.padEnd(8)}${part.padEnd(10)}${words}\n`;
}
