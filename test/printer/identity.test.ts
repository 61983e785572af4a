// The printer on the cable is asked who it is.
import { describe, expect, it } from 'vitest';
import { identityProblem } from '../../src/printer/identity.ts';
import { passTime, profileNamed, tillPrinter } from './a-till-printer.ts';

describe('the printer’s identity', () => {
  it('is what the printer answers, and agrees with its own profile', async () => {
    const { clock, printer } = tillPrinter();
    const told = await passTime(clock, printer.identify());
    expect(told).toEqual({ maker: 'EPSON', model: 'TM-T20III' });
    if (told !== null) expect(identityProblem({ profile: profileNamed('epson-tm-t20iii'), told })).toBeNull();
  });

  it('that contradicts the profile is said in words that tell what to do', () => {
    const told = { maker: 'EPSON', model: 'TM-T88V' };
    const problem = identityProblem({ profile: profileNamed('epson-tm-t20iii'), told });
    expect(problem).toMatch(/it calls itself EPSON TM-T88V, and profile epson-tm-t20iii is for Epson TM-T20III; set/);
  });

  it('is not asked of a printer that says nothing about itself, nor compared where none is known', async () => {
    const { clock, printer } = tillPrinter({ profile: 'zj-5870' });
    expect(await passTime(clock, printer.identify())).toBeNull();
    const told = { maker: 'CITIZEN', model: 'CT-S651' };
    expect(identityProblem({ profile: profileNamed('citizen-ct-s651'), told })).toBeNull();
  });

  it('is null, and the printer silent, where it does not answer', async () => {
    const { clock, device, printer } = tillPrinter();
    await passTime(clock, printer.checkStatus());
    device.setAfterBytes(12, { deaf: true });
    expect(await passTime(clock, printer.identify())).toBeNull();
    expect(printer.status()).toEqual({ state: 'silent' });
  });
});
