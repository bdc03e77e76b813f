import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkbox, choice, fieldErrors, maybeId, several, text, wholeNumber } from './form.ts';

test('a field that was not sent is an empty one', () => {
  const form = z.object({
    box: checkbox(),
    note: text({ required: false }),
    sort: choice(['', 'town']),
    group: maybeId(),
    boxes: several(text(), 3),
  });
  expect(form.parse({})).toEqual({ box: false, note: '', sort: '', group: null, boxes: [] });
});

test('a required field that was not sent says so', () => {
  const result = z.object({ name: text(), seats: wholeNumber(1, 9) }).safeParse({});
  expect(result.success).toBe(false);
  if (!result.success)
    expect(fieldErrors(result.error)).toEqual({ name: { code: 'required' }, seats: { code: 'required' } });
});

test('what is neither text, number nor box is refused, not turned into text', () => {
  for (const value of [{}, [], () => 1])
    expect(z.object({ name: text() }).safeParse({ name: value }).success).toBe(false);
});
