import type { FieldErrors, FormValues } from '../platform/form.ts';
import { errorSentences } from '../platform/form-errors.ts';
import type { Lang } from '../platform/i18n/index.ts';
import { Button, bindFields, Form, Layout, Notice, Opening, TextField } from '../ui/index.ts';
import { textsOf } from './shell.tsx';

/** The first page of an installation without a cluster. */
export function setupPage(lang: Lang, values: FormValues, errors: FieldErrors, wrongCode = false) {
  const t = textsOf(lang).setup;
  const sentences = errorSentences(errors, lang);
  const field = bindFields(values, sentences);
  return (
    <Layout
      lang={lang}
      title={t.title}
      cluster={{ name: 'Grappe', href: '/' }}
      rooms={[]}
      account={null}
      path="/"
    >
      <Opening lang={lang} title={t.title}>
        <p>{t.lead}</p>
      </Opening>
      {wrongCode && <Notice lang={lang} kind="refusal" happened={t.wrongCode} />}
      <Form
        lang={lang}
        action="/installation"
        errors={sentences}
        submit={<Button kind="main">{t.submit}</Button>}
      >
        <TextField lang={lang} {...field('code')} label={t.code} />
        <TextField lang={lang} {...field('cluster')} label={t.cluster} />
        <TextField lang={lang} {...field('name')} label={t.name} autocomplete="name" />
        <TextField lang={lang} {...field('email')} type="email" label={t.email} autocomplete="email" />
      </Form>
    </Layout>
  );
}
