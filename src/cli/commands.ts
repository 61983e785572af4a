// All commands there are, in the order --help tells them.
import type { Command } from './command.ts';
import { backupCommand } from './backup.ts';
import { clockAccept } from './clock.ts';
import { configCheck } from './config.ts';
import { couponRedeem, couponShow } from './coupon.ts';
import { couponReprint } from './coupon-reprint.ts';
import { couponReview } from './coupon-review.ts';
import { couponVoid } from './coupon-void.ts';
import { customerExport } from './customer-export.ts';
import { customerForget } from './customer-forget.ts';
import { customerOptOut, customerShow } from './customer.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { explainCommand } from './explain.ts';
import { importCommand } from './import.ts';
import { keyFingerprintCommand, keySet } from './key.ts';
import { previewCommand } from './preview.ts';
import { printerTest } from './printer.ts';
import { purgeCommand } from './purge.ts';
import { recommendCommand } from './recommend.ts';
import { restoreCommand } from './restore.ts';
import { runCommand } from './run.ts';
import { scannerTest } from './scanner.ts';
import { statusCommand } from './status.ts';
import { supportBundle } from './support-bundle.ts';
import { trainCommand } from './train.ts';

export const commands: readonly Command[] = [
  runCommand,
  importCommand,
  trainCommand,
  recommendCommand,
  evaluateCommand,
  previewCommand,
  explainCommand,
  couponShow,
  couponRedeem,
  couponReprint,
  couponReview,
  couponVoid,
  customerShow,
  customerExport,
  customerOptOut,
  customerForget,
  purgeCommand,
  printerTest,
  scannerTest,
  doctorCommand,
  statusCommand,
  clockAccept,
  backupCommand,
  restoreCommand,
  configCheck,
  keySet,
  keyFingerprintCommand,
  supportBundle,
];
