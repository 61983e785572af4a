// All commands there are, in the order --help tells them.
import type { Command } from './command.ts';
import { clockAccept } from './clock.ts';
import { couponRedeem, couponShow } from './coupon.ts';
import { customerOptOut, customerShow } from './customer.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { previewCommand } from './preview.ts';
import { printerTest } from './printer.ts';
import { purgeCommand } from './purge.ts';
import { recommendCommand } from './recommend.ts';
import { runCommand } from './run.ts';
import { statusCommand } from './status.ts';
import { trainCommand } from './train.ts';

export const commands: readonly Command[] = [
  runCommand,
  importCommand,
  trainCommand,
  recommendCommand,
  previewCommand,
  couponShow,
  couponRedeem,
  customerShow,
  customerOptOut,
  purgeCommand,
  printerTest,
  doctorCommand,
  statusCommand,
  clockAccept,
];
