import { expect, test } from 'vitest';
import { derivePassword, scramVerifier } from './passwords.ts';

test('one secret gives each role one password, another for every role and secret', () => {
  expect(derivePassword('a', 'grappe_login')).toBe(derivePassword('a', 'grappe_login'));
  const all = [
    derivePassword('a', 'grappe_login'),
    derivePassword('a', 'grappe_jobs'),
    derivePassword('b', 'grappe_login'),
  ];
  expect(new Set(all).size).toBe(3);
});

test('the verifier is the one of RFC 7677 for its example', () => {
  // RFC 7677 section 3: user "user", password "pencil", this salt, 4096 rounds. Its client proof and server signature
  // follow from these two keys.
  expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});
