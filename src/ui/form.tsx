/**
 * Forms: one column, label above, hint under the label, error beside the field and in a summary that links to it.
 * What was typed stays, however wrong: numbers, amounts and impossible dates are text fields with the right keyboard.
 */
import type { Child } from 'hono/jsx';
import { isDay, type Lang } from '../platform/i18n/index.ts';
import { Icon } from './icons.tsx';
import { uiTexts } from './texts.ts';

/** Sentences by field name, in the order of the form; `''` is for the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What was typed, by field name; several values for checkboxes of one name. */
export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Name, typed value and error of a field, for spreading: `<TextField {...field('title')} label="Titre" />`. */
export const bindFields =
  (values: FormValues = {}, errors: FieldErrors = {}) =>
  (name: string): { name: string; value?: string; error?: string } => {
    const value = values[name];
    const error = errors[name];
    return {
      name,
      ...(typeof value === 'string' ? { value } : {}),
      ...(error === undefined ? {} : { error }),
    };
  };

interface Common {
  readonly lang: Lang;
  readonly name: string;
  readonly label: Child;
  readonly hint?: Child;
  readonly error?: string | undefined;
  /** Default true; otherwise the label says "(facultatif)". */
  readonly required?: boolean | undefined;
  /** Default the name; needed where a name comes twice on a page. */
  readonly id?: string | undefined;
}

const idOf = (p: { readonly id?: string | undefined; readonly name: string }): string => p.id ?? p.name;

/** Attributes that tie a control to its label, hint and error. */
function ties(p: Common) {
  const id = idOf(p);
  const described = [p.hint ? `${id}-hint` : '', p.error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    name: p.name,
    required: p.required ?? true,
    ...(described === '' ? {} : { 'aria-describedby': described }),
    ...(p.error ? { 'aria-invalid': 'true' as const } : {}),
  };
}

const ErrorText = ({ id, children }: { readonly id: string; readonly children: string | undefined }) =>
  children ? (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="alert" />
      {children}
    </p>
  ) : null;

/** Label, hint, control and error of any control of one's own; `id` is the control's. */
export const Field = (p: Common & { readonly children: Child }) => (
  <div class={p.error ? 'field field-wrong' : 'field'}>
    <label for={idOf(p)}>
      {p.label}
      {p.required === false && <span class="optional"> {uiTexts(p.lang).form.optional}</span>}
    </label>
    {p.hint && (
      <p class="hint" id={`${idOf(p)}-hint`}>
        {p.hint}
      </p>
    )}
    <div class="control">
      {p.children}
      <ErrorText id={idOf(p)}>{p.error}</ErrorText>
    </div>
  </div>
);

export interface TextFieldProps extends Common {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search';
  /** For the browser's memory: `email`, `name`, `organization`, `off`. */
  readonly autocomplete?: string;
  readonly maxLength?: number;
  /** Width in characters, a promise of what is expected: 4 for a year, 9 for a SIREN. */
  readonly size?: 4 | 9 | 14 | 24;
  readonly autofocus?: boolean;
}

export const TextField = (p: TextFieldProps) => (
  <Field {...p}>
    <input
      {...ties(p)}
      type={p.type ?? 'text'}
      value={p.value}
      autocomplete={p.autocomplete}
      maxlength={p.maxLength}
      size={p.size}
      autofocus={p.autofocus}
    />
  </Field>
);

export interface NumberFieldProps extends Common {
  readonly value?: string | number | undefined;
  /** Shown after the field: "places", "heures". */
  readonly unit?: string;
  /** Decimals allowed; default whole numbers only. */
  readonly decimals?: boolean;
}

/** A number as text, so that "douze" stays to be corrected; phones show the digits. */
export const NumberField = (p: NumberFieldProps) => (
  <Field {...p}>
    <span class="affixed">
      <input
        {...ties(p)}
        class="numeric"
        type="text"
        inputmode={p.decimals ? 'decimal' : 'numeric'}
        value={p.value}
        size={9}
        autocomplete="off"
      />
      {p.unit && <span class="affix">{p.unit}</span>}
    </span>
  </Field>
);

/** An amount in euros as people type it ("3 120,50"); read it with `parseMoney`. */
export const MoneyField = (p: Common & { readonly value?: string | undefined }) => (
  <Field {...p}>
    <span class="affixed">
      <input
        {...ties(p)}
        class="numeric"
        type="text"
        inputmode="decimal"
        value={p.value}
        size={14}
        autocomplete="off"
      />
      <span class="affix">{uiTexts(p.lang).form.euro}</span>
    </span>
  </Field>
);

/** What was typed, the other way round if it came as an ISO date that does not exist. */
const asTyped = (value: string): string => value.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');

export interface DateFieldProps extends Common {
  /** ISO, or whatever was typed. */
  readonly value?: string | undefined;
  readonly min?: string;
  readonly max?: string;
}

/** A native date picker; where the value is no day (31 February), a text field that keeps it; read both with `parseDate`. */
export const DateField = (p: DateFieldProps) =>
  p.value === undefined || p.value === '' || isDay(p.value) ? (
    <Field {...p}>
      <input {...ties(p)} type="date" value={p.value} min={p.min} max={p.max} />
    </Field>
  ) : (
    <Field {...p} hint={p.hint ?? uiTexts(p.lang).form.dateHint}>
      <input
        {...ties({ ...p, hint: p.hint ?? uiTexts(p.lang).form.dateHint })}
        type="text"
        inputmode="numeric"
        value={asTyped(p.value)}
        size={14}
        autocomplete="off"
      />
    </Field>
  );

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Second line of a radio or checkbox. */
  readonly hint?: Child;
  readonly disabled?: boolean;
}

export interface SelectFieldProps extends Common {
  readonly value?: string | undefined;
  readonly options: readonly Option[];
  /** First, empty choice; default "Choisissez" unless a value is set. Null for none. */
  readonly placeholder?: string | null;
}

export const SelectField = (p: SelectFieldProps) => {
  const placeholder = p.placeholder === undefined && !p.value ? uiTexts(p.lang).form.choose : p.placeholder;
  return (
    <Field {...p}>
      <select {...ties(p)}>
        {placeholder !== undefined && placeholder !== null && <option value="">{placeholder}</option>}
        {p.options.map((o) => (
          <option value={o.value} selected={o.value === p.value} disabled={o.disabled}>
            {o.label}
          </option>
        ))}
      </select>
    </Field>
  );
};

export interface TextareaProps extends Common {
  readonly value?: string | undefined;
  readonly rows?: number;
  readonly maxLength?: number;
}

export const Textarea = (p: TextareaProps) => (
  <Field {...p}>
    <textarea {...ties(p)} rows={p.rows ?? 4} maxlength={p.maxLength}>
      {p.value ?? ''}
    </textarea>
  </Field>
);

export interface FileFieldProps extends Common {
  /** `.csv,.xlsx` */
  readonly accept?: string;
  readonly multiple?: boolean;
}

/** A file; after an error the field says that the browser forgot it. */
export const FileField = (p: FileFieldProps) => {
  const hint = p.error ? uiTexts(p.lang).form.fileKept : p.hint;
  return (
    <Field {...p} hint={hint}>
      <input {...ties({ ...p, hint })} type="file" accept={p.accept} multiple={p.multiple} />
    </Field>
  );
};

export interface CheckboxFieldProps extends Omit<Common, 'required'> {
  /** Sent when checked; default `on`. */
  readonly value?: string | undefined;
  readonly checked?: boolean;
  /** Must it be checked? Default false. */
  readonly required?: boolean | undefined;
}

/** One box with its sentence at the right. */
export const CheckboxField = (p: CheckboxFieldProps) => {
  const id = idOf(p);
  return (
    <div class={p.error ? 'field field-wrong' : 'field'}>
      <div class="choice">
        <input
          {...ties({ ...p, required: p.required ?? false })}
          type="checkbox"
          value={p.value}
          checked={p.checked}
        />
        <label for={id}>{p.label}</label>
        {p.hint && (
          <p class="hint" id={`${id}-hint`}>
            {p.hint}
          </p>
        )}
      </div>
      <ErrorText id={id}>{p.error}</ErrorText>
    </div>
  );
};

interface GroupProps extends Common {
  readonly options: readonly Option[];
}

const Group = (
  p: GroupProps & { readonly type: 'radio' | 'checkbox'; readonly isChosen: (value: string) => boolean },
) => {
  const id = idOf(p);
  const { hint, error } = p;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <fieldset
      class={error ? 'field field-wrong' : 'field'}
      id={id}
      aria-describedby={described === '' ? undefined : described}
    >
      <legend>
        {p.label}
        {p.required === false && <span class="optional"> {uiTexts(p.lang).form.optional}</span>}
      </legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {p.options.map((o, i) => (
        <div class="choice">
          <input
            id={`${id}-${i}`}
            type={p.type}
            name={p.name}
            value={o.value}
            checked={p.isChosen(o.value)}
            disabled={o.disabled}
            required={p.type === 'radio' && p.required !== false}
            aria-describedby={o.hint ? `${id}-${i}-hint` : undefined}
          />
          <label for={`${id}-${i}`}>{o.label}</label>
          {o.hint && (
            <p class="hint" id={`${id}-${i}-hint`}>
              {o.hint}
            </p>
          )}
        </div>
      ))}
      <ErrorText id={id}>{error}</ErrorText>
    </fieldset>
  );
};

/** One choice among a few, all visible. */
export const RadioGroup = (p: GroupProps & { readonly value?: string | undefined }) => (
  <Group {...p} type="radio" isChosen={(value) => value === p.value} />
);

/** Any number of choices among a few; every box carries the same name. */
export const CheckboxGroup = (p: GroupProps & { readonly values?: readonly string[] | undefined }) => (
  <Group
    {...p}
    required={p.required}
    type="checkbox"
    isChosen={(value) => p.values?.includes(value) ?? false}
  />
);

/** Fields that go together under a title. */
export const Fieldset = ({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: Child;
  readonly children: Child;
}) => (
  <fieldset class="fieldset">
    <legend>{title}</legend>
    {hint && <p class="hint">{hint}</p>}
    {children}
  </fieldset>
);

/** Fields side by side where they are read as one: from and to, minimum and maximum. */
export const FieldRow = ({ children }: { readonly children: Child }) => (
  <div class="field-row">{children}</div>
);

export interface ErrorSummaryProps {
  readonly lang: Lang;
  readonly errors: FieldErrors;
  /** Takes the focus when the page opens; default true. */
  readonly focused?: boolean | undefined;
}

/** Every error, linked to its field, focused when the page comes back; nothing where there is none. */
export const ErrorSummary = ({ lang, errors, focused = true }: ErrorSummaryProps) => {
  const entries = Object.entries(errors);
  if (entries.length === 0) return null;
  return (
    <div class="notice notice-refusal" role="alert" tabindex={-1} autofocus={focused}>
      <Icon name="alert" />
      <div>
        <p class="notice-what">{uiTexts(lang).form.errors(entries.length)}</p>
        <ul>
          {entries.map(([name, sentence]) => (
            <li>{name === '' ? sentence : <a href={`#${name}`}>{sentence}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );
};

export interface FormProps {
  readonly lang: Lang;
  readonly action: string;
  readonly id?: string;
  /** Shown in a summary above the fields. */
  readonly errors?: FieldErrors;
  /** The summary takes the focus when the page opens; default true. */
  readonly focusErrors?: boolean;
  /** `multipart` for a form with a file. */
  readonly encoding?: 'multipart';
  /** Buttons, under the fields. */
  readonly submit: Child;
  readonly children: Child;
}

/**
 * A form that writes (POST). Checked by the server, so the browser's own bubbles are off (`novalidate`):
 * every error comes in one go, in the page's language.
 */
export const Form = ({
  lang,
  action,
  id,
  errors = {},
  focusErrors,
  encoding,
  submit,
  children,
}: FormProps) => (
  <form
    class="form"
    method="post"
    action={action}
    id={id}
    enctype={encoding === 'multipart' ? 'multipart/form-data' : undefined}
    novalidate
  >
    <ErrorSummary lang={lang} errors={errors} focused={focusErrors} />
    {children}
    <div class="actions form-actions">{submit}</div>
  </form>
);
