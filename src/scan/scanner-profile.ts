// What is known of a scanner model: how it shows itself on USB, and what to program it to. Facts; of them the program uses the sounds alone.
import { z } from 'zod';

const hex4 = z.string().regex(/^[0-9a-f]{4}$/, { error: 'must be four hexadecimal digits in lower case' });

const bytes = z
  .string()
  .regex(/^([0-9a-f]{2})+$/, { error: 'must be bytes in hexadecimal, like "07"' })
  .transform((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

const usbId = z.strictObject({ vendor: hex4, product: hex4 }).readonly();

export const scannerProfileSchema = z
  .strictObject({
    /** The file's name without .json. */
    name: z.string().regex(/^[0-9a-z-]+$/),
    model: z.string().min(1),
    /** `hardware`: tried on the device; `manual`: taken from documents only. */
    proven: z.enum(['hardware', 'manual']),
    /** How it shows itself in each of its USB modes; null where it has no such mode or its id is not known. */
    usb: z
      .strictObject({
        keyboard: usbId.nullable(),
        /** The mode TillCAT wants. */
        serial: usbId.nullable(),
        hidPos: usbId.nullable(),
      })
      .readonly(),
    serial: z
      .strictObject({
        /** The kernel's driver in serial mode, which decides the device's name: ttyACM or ttyUSB. */
        driver: z.enum(['cdc_acm', 'metro-usb', 'usbserial']),
        /** On a USB line the number has no effect; it counts on a real RS-232 cable. */
        baudRate: z.int().positive(),
        terminator: z.enum(['any', 'cr', 'lf', 'crlf', 'tab', 'stx-etx']),
      })
      .readonly(),
    /** What it is sent on its serial line to make it sound, after the decision; null where nothing is known to. */
    sounds: z.strictObject({ ok: bytes, error: bytes }).readonly().nullable(),
    /** Whether it sends AIM identifiers as it comes from the factory; TillCAT takes both. */
    sendsAimByDefault: z.boolean(),
    /** The barcodes to scan from its manual, in order, by the names they have there. */
    toProgram: z.array(z.string().min(1)).min(1).readonly(),
    notes: z.array(z.strictObject({ fact: z.string().min(1), source: z.string().min(1) }).readonly()).readonly(),
  })
  .readonly();

export type ScannerProfile = z.output<typeof scannerProfileSchema>;
