/** A row's identity: a UUID. Random (version 4), so that an id tells neither order nor time to a rival. */
export type Id = string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a lower-case UUID. */
export const isId = (s: unknown): s is Id => typeof s === 'string' && UUID.test(s);
