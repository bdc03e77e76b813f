import { z } from 'zod';
import { choice, email, id, text } from '../../platform/form.ts';

export const linkForm = z.object({ email: email() });
export const useLinkForm = z.object({
  token: text({ max: 120 }),
  agent: text({ max: 300, required: false }),
});
export const demoForm = z.object({ account: text({ max: 40 }), agent: text({ max: 300, required: false }) });
export const roleForm = z.object({ session: id(), role: id() });
export const sessionForm = z.object({ session: id() });
export const languageForm = z.object({ lang: choice(['fr', 'en']) });
