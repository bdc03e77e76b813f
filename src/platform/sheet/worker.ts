import { parentPort, workerData } from 'node:worker_threads';
import { readCsv } from './csv.ts';
import { readXlsxTable } from './xlsx.ts';

const { bytes, kind } = workerData as { bytes: Uint8Array; kind: 'csv' | 'xlsx' };
parentPort!.postMessage(kind === 'xlsx' ? await readXlsxTable(bytes) : readCsv(bytes));
