import { parentPort } from 'node:worker_threads';
import { loadHighs } from './load.ts';
import { answerMixed, type MixedReply, type MixedRequest } from './mixed.ts';

/** The thread behind `openMixed`: loads HiGHS at once, then answers one request after the other. */
const port = parentPort;
if (!port) throw new Error('mixed-worker runs as a worker thread');
void loadHighs();
port.on('message', (request: MixedRequest) =>
  answerMixed(request, (reply: MixedReply) => port.postMessage(reply)),
);
