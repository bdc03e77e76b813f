/** Languages, and how each writes dates, numbers and counts. */
export * from './format.ts';
export * from './lang.ts';
