#!/usr/bin/env node
// An example of a till with a printer of its own: holds a card up to TillCAT, prints the strip it is answered, says what came of it.
//
//   node till-client.mjs --printer tcp://192.0.2.20:9100 634004021188884413
//   node till-client.mjs --printer /dev/usb/lp0 --server http://127.0.0.1:8090 --token TOKEN 634004021188884413
//   node till-client.mjs --printer tcp://192.0.2.20:9100 --completion none 634004021188884413
//
// Plain Node, no packages. What a till must not forget: it never waits for us (two seconds, then the sale goes on), it
// prints a strip once and never again, and it says `true` only where the printer has said so: not every byte that comes
// back is its answer (answersIn, below). `--completion none` is for a printer whose profile says so: it never answers.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

const ANSWER_MS = 2000;
const CONNECT_MS = 2000;
const NAME_MS = 2000;
const PRINT_MS = 15_000;
/** Saying the same outcome again does no harm, so it is tried until it is heard. */
const TRIES = 5;
/** GS I 67: answered in turn with the model's name, which no status looks like. */
const WHO_ARE_YOU = Buffer.from([0x1d, 0x49, 0x43]);
/** GS r 1: answered with one byte when everything before it was processed; the name behind it settles that it was that byte. */
const ARE_YOU_DONE = Buffer.from([0x1d, 0x72, 0x01, ...WHO_ARE_YOU]);
/** A name that never ends is noise: names are a few dozen bytes long. */
const LONGEST_NAME = 80;
/** What a file that is full and a pipe nobody reads any more answer to bytes of which they took none. */
const TOOK_NOTHING = ['ENOSPC', 'EPIPE'];

const { values, positionals } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://127.0.0.1:8090' },
    token: { type: 'string' },
    printer: { type: 'string' },
    completion: { type: 'string', default: 'ordered-reply' },
  },
  allowPositionals: true,
});
const [card] = positionals;
if (card === undefined || values.printer === undefined || !['ordered-reply', 'none'].includes(values.completion)) {
  process.stderr.write(
    'node till-client.mjs --printer tcp://HOST:9100|FILE [--completion ordered-reply|none] [--server URL] [--token TOKEN] CARD\n',
  );
  process.exit(2);
}

const scan = await post('/api/v1/scans', { card }).catch((error) => {
  // Fail open: no coupons for this customer, and the sale goes on.
  process.stderr.write(`no answer from TillCAT (${error.message})\n`);
  process.exit(1);
});
process.stdout.write(`${scan.visit} ${scan.outcome}: ${scan.cashierLine}\n`);
if (scan.strip !== null) {
  const printed = await print(Buffer.from(scan.strip.escpos, 'base64'), values.printer);
  const visit = await tell(`/api/v1/visits/${scan.visit}/outcome`, { printed });
  process.stdout.write(`${scan.visit} ${visit.end}\n`);
}

/** true: the printer has said so. false: not a byte of the strip has left. "unknown": some have, and nothing was heard. */
async function print(bytes, printer) {
  return printer.startsWith('tcp://')
    ? await printOverNetwork(bytes, new URL(printer))
    : await printToFile(bytes, printer);
}

function printOverNetwork(bytes, { hostname, port }) {
  return new Promise((resolve) => {
    // A URL writes an IPv6 address in brackets, which are no part of it.
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 9100 });
    const answersIn = answerReader();
    let hasBegun = false;
    let isDone = false;
    const end = (printed) => {
      clearTimeout(limit);
      socket.destroy();
      resolve(printed);
    };
    let limit = setTimeout(() => end(false), CONNECT_MS);
    const wait = (limitMs, giveUp) => {
      clearTimeout(limit);
      limit = setTimeout(giveUp, limitMs);
    };
    const begin = () => {
      wait(PRINT_MS, () => end('unknown'));
      hasBegun = true;
      if (values.completion === 'none') socket.end(bytes);
      else socket.write(Buffer.concat([bytes, ARE_YOU_DONE]));
    };
    socket.on('connect', () => {
      if (values.completion === 'none') return begin();
      wait(NAME_MS, () => {
        process.stderr.write(
          'The printer did not tell its name, so nothing was sent: see to its paper and cover; --completion none for one that never answers.\n',
        );
        end(false);
      });
      // An answer still owed to an earlier strip comes before this name, and counts for nothing.
      socket.write(WHO_ARE_YOU);
    });
    socket.on('data', (received) => {
      const answers = answersIn(received);
      if (!hasBegun) return answers.includes('name') ? begin() : undefined;
      for (const answer of answers) {
        if (answer === 'done') isDone = true;
        else if (isDone) return end(true);
      }
    });
    socket.on('error', () => end(hasBegun ? 'unknown' : false));
    socket.on('close', () => end(hasBegun ? 'unknown' : false));
  });
}

/**
 * Tells a printer's answers from what it says unasked, in whatever pieces the bytes come (Epson, "Identifying status"):
 *
 *   0xx1 xx00  the first byte of an automatic status; its other three, 0xx0 xxxx, look just like the answer to GS r
 *   0xx0 xxxx  the answer to GS r, and no proof of anything where its bits 2 and 3 say that the paper is out
 *   5F … 00    a name          37 … 00    another block
 */
function answerReader() {
  let automaticLeft = 0;
  let block = [];
  const answerOf = (byte) => {
    // A real-time status, which may come even within a block.
    if ((byte & 0x93) === 0x12 && (block.length === 0 || byte < 0x20)) return null;
    if (block.length > 0) {
      block.push(byte);
      if (byte !== 0x00 && block.length < LONGEST_NAME) return null;
      const isName = byte === 0x00 && block[0] === 0x5f;
      block = [];
      return isName ? 'name' : null;
    }
    if (automaticLeft > 0 && (byte & 0x90) === 0) {
      automaticLeft--;
      return null;
    }
    automaticLeft = (byte & 0x93) === 0x10 ? 3 : 0;
    if (byte === 0x5f || byte === 0x37) block = [byte];
    else if ((byte & 0x90) === 0 && (byte & 0x0c) === 0) return 'done';
    return null;
  };
  return (received) => [...received].map(answerOf).filter((answer) => answer !== null);
}

/**
 * A file takes bytes and says nothing of paper: once it took one the strip is `unknown`, unless the till knows better itself.
 * An error of the device itself (EIO, a cable pulled) is as well: usblp may have sent a part of what it says it did not take.
 */
async function printToFile(bytes, path) {
  let file;
  try {
    // Not made where it is absent, and not waited for where nobody reads.
    file = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  const deadline = Date.now() + PRINT_MS;
  let sent = 0;
  try {
    while (sent < bytes.length && Date.now() < deadline) {
      const taken = await file.write(bytes, sent).catch((error) => {
        if (error.code === 'EAGAIN') return { bytesWritten: 0 };
        throw error;
      });
      sent += taken.bytesWritten;
      if (taken.bytesWritten === 0) await pause(20);
    }
    return sent === 0 ? false : 'unknown';
  } catch (error) {
    return sent === 0 && TOOK_NOTHING.includes(error.code) ? false : 'unknown';
  } finally {
    await file.close();
  }
}

async function tell(path, body) {
  for (let tries = 1; ; tries++) {
    try {
      return await post(path, body);
    } catch (error) {
      if (tries === TRIES) throw error;
      await pause(500 * tries);
    }
  }
}

async function post(path, body) {
  const response = await fetch(new URL(path, values.server), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(values.token === undefined ? {} : { Authorization: `Bearer ${values.token}` }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}
