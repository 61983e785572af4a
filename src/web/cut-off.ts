// A body that goes on and on is cut off: the parser refuses it, but reads to its end before it says so.
import type { RequestHandler } from 'express';
import { WEB_LIMITS } from './limits.ts';

export const cutOffEndless: RequestHandler = (request, _response, next) => {
  let bytes = 0;
  // Beside the parser, which begins to listen in the same turn: neither misses a piece.
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > WEB_LIMITS.cutOffBytes) request.destroy();
  });
  next();
};
