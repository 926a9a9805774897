import { type FieldProblem, HubError } from "@telar/contracts/problems";
import type { Child, PropsWithChildren } from "hono/jsx";
import { formWords } from "./form.words.ts";
import type { PageContext } from "./frame.ts";
import { problemWords } from "./problems.words.ts";
import { readTyped, type Typed } from "./typed.ts";
import type { Message, Translate } from "./words.ts";

/** What was sent and why it could not be done, for showing the same form again. */
export interface Attempt {
  typed: Typed;
  refusal: HubError;
}

/** One form on its way to the page: its fields' labels, what stands in them, and what is to be mended. */
export interface FormState<Name extends string = string> {
  t: Translate;
  labels: Record<Name, Message>;
  values: Partial<Record<Name, string | readonly string[]>>;
  attempt?: Attempt | undefined;
}

export function formOf<Name extends string>(
  t: Translate,
  labels: Record<Name, Message>,
  state: Pick<FormState<Name>, "attempt"> & Partial<Pick<FormState<Name>, "values">> = {},
): FormState<Name> {
  return { t, labels, values: state.values ?? {}, attempt: state.attempt };
}

interface FormSteps {
  /** Does what was asked and says where to go next, or answers itself. */
  act(typed: Typed): Promise<string | Response>;
  /** Reads what was sent, where that is more than fields. */
  read?(): Promise<Typed>;
  /** The same page once more, with what is to be mended. */
  again(attempt: Attempt): Response | Promise<Response>;
}

const notMendable = new Set(["not_signed_in", "confirmation_needed", "foreign_origin"]);

/** Carries a sent form to its end: 303 to the next page, or the same page with the words beside the fields. */
export async function answerForm(
  c: PageContext,
  { act, again, read }: FormSteps,
): Promise<Response> {
  const typed = await (read ? read() : readTyped(c));
  c.set("typed", typed);
  try {
    const next = await act(typed);
    return typeof next === "string" ? c.redirect(next, 303) : next;
  } catch (error) {
    if (!(error instanceof HubError) || notMendable.has(error.code)) throw error;
    return again({ typed, refusal: error });
  }
}

/** The sentence for a refusal. */
export function wordsOfRefusal(t: Translate, refusal: HubError): Child {
  const minutes = Math.ceil((refusal.retryAfterSeconds ?? 0) / 60);
  return t(problemWords[refusal.code], { minutes });
}

type FormProps<Name extends string> = PropsWithChildren<{
  of: FormState<Name>;
  /** The path of the page itself, unless the page holds several forms. */
  action: string;
  /** It has files to choose. */
  files?: boolean;
}>;

export function Form<Name extends string>({ of, action, files, children }: FormProps<Name>) {
  return (
    <form
      method="post"
      action={action}
      enctype={files ? "multipart/form-data" : undefined}
      novalidate
    >
      <Summary of={of} />
      {children}
    </form>
  );
}

/** On top of a form that came back: what to mend, with links to the fields. */
function Summary({ of: { t, labels, attempt } }: { of: FormState }) {
  if (!attempt) return null;
  const { refusal } = attempt;
  const named = Object.entries(refusal.fields ?? {}).filter(([name]) =>
    Object.hasOwn(labels, name),
  );
  return (
    <section class="summary" role="alert" tabindex={-1} autofocus>
      <h2>{t(named.length > 0 ? formWords.summary : formWords.notDone)}</h2>
      <p>{wordsOfRefusal(t, refusal)}</p>
      {named.length > 0 && (
        <ul>
          {named.map(([name, problem]) => (
            <li>
              <a href={`#${name}`}>
                {t(formWords.fieldAndProblem, {
                  label: t.plain(labels[name] as Message),
                  problem: t.plain(problemWords[`field_${problem}`]),
                })}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export interface FieldProps<Name extends string> {
  of: FormState<Name>;
  name: Name;
  hint?: Child;
  optional?: boolean;
}

function problemOf(of: FormState, name: string): FieldProblem | undefined {
  const fields = of.attempt?.refusal.fields;
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function valuesOf(of: FormState, name: string): readonly string[] {
  if (of.attempt) return of.attempt.typed.list(name);
  const value = of.values[name] ?? [];
  return typeof value === "string" ? [value] : value;
}

function describedBy(props: FieldProps<string>): string | undefined {
  const ids = [
    ...(problemOf(props.of, props.name) ? [`${props.name}-problem`] : []),
    ...(props.hint ? [`${props.name}-hint`] : []),
  ];
  return ids.length > 0 ? ids.join(" ") : undefined;
}

function Label({ of: { t, labels }, name, optional }: FieldProps<string>) {
  return (
    <>
      {t(labels[name] as Message)}
      {optional && <small> {t(formWords.optional)}</small>}
    </>
  );
}

/** Hint and problem, as `describedBy` names them. */
function Notes({ of, name, hint }: FieldProps<string>) {
  const problem = problemOf(of, name);
  return (
    <>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${name}-problem`}>
          {of.t(problemWords[`field_${problem}`])}
        </p>
      )}
    </>
  );
}

type InputProps<Name extends string> = FieldProps<Name> & {
  type?: "text" | "password" | "search" | "number" | "date" | "time";
  autocomplete?: string;
  maxlength?: number;
  inputmode?: "text" | "numeric";
  /** For names and codes: the keyboard neither corrects nor capitalises. */
  exact?: boolean;
  /** Stands in the field, whatever was typed before: the only way for a passphrase to be written back. */
  value?: string;
};

function shared(props: FieldProps<string>) {
  return {
    id: props.name,
    name: props.name,
    required: !props.optional,
    "aria-describedby": describedBy(props),
    "aria-invalid": problemOf(props.of, props.name) ? "true" : undefined,
  };
}

const exactly = { autocapitalize: "none", autocorrect: "off", spellcheck: false } as const;

/** One line to write. A passphrase is never shown again. */
export function Field<Name extends string>(props: InputProps<Name>) {
  const { of, name, type = "text", autocomplete = "off", maxlength, inputmode, exact } = props;
  const value = props.value ?? (type === "password" ? undefined : valuesOf(of, name)[0]);
  return (
    <div class="field">
      <label for={name}>
        <Label {...props} />
      </label>
      <Notes {...props} />
      <input
        {...shared(props)}
        {...(exact || type === "password" ? exactly : {})}
        type={type}
        value={value}
        autocomplete={autocomplete}
        maxlength={maxlength}
        inputmode={inputmode}
      />
    </div>
  );
}

/** Several lines to write. */
export function Textarea<Name extends string>(
  props: FieldProps<Name> & { rows?: number; maxlength?: number },
) {
  const { of, name, rows = 5, maxlength } = props;
  return (
    <div class="field">
      <label for={name}>
        <Label {...props} />
      </label>
      <Notes {...props} />
      <textarea {...shared(props)} rows={rows} maxlength={maxlength} autocomplete="off">
        {"\n"}
        {valuesOf(of, name)[0]}
      </textarea>
    </div>
  );
}

interface Option {
  value: string;
  label: Child;
  hint?: Child;
  /** The language of the label, where it is not the page's. */
  lang?: string;
}

type SelectProps<Name extends string> = FieldProps<Name> & {
  options: readonly { value: string; label: string; lang?: string }[];
  /** The words for having chosen nothing. */
  none?: string;
};

/** One of a long list; of a short one, `Choices`. */
export function Select<Name extends string>(props: SelectProps<Name>) {
  const { of, name, options, none } = props;
  const [chosen] = valuesOf(of, name);
  return (
    <div class="field">
      <label for={name}>
        <Label {...props} />
      </label>
      <Notes {...props} />
      <select {...shared(props)} autocomplete="off">
        {none && <option value="">{none}</option>}
        {options.map(({ value, label, lang }) => (
          <option value={value} lang={lang} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

type ChoicesProps<Name extends string> = FieldProps<Name> & {
  options: readonly Option[];
  many?: boolean;
};

/** One of a few, or with `many` several of them, each with a large target. */
export function Choices<Name extends string>(props: ChoicesProps<Name>) {
  const { of, name, options, many } = props;
  const chosen = valuesOf(of, name);
  return (
    <fieldset class="field" aria-describedby={describedBy(props)}>
      <legend>
        <Label {...props} />
      </legend>
      <Notes {...props} />
      {options.map(({ value, label, hint, lang }, index) => (
        <label class="choice">
          <input
            id={index === 0 ? name : undefined}
            type={many ? "checkbox" : "radio"}
            name={name}
            value={value}
            checked={chosen.includes(value)}
            required={!many && !props.optional}
            aria-invalid={problemOf(of, name) ? "true" : "false"}
          />
          <span lang={lang}>
            {label}
            {hint && <small>{hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A single yes that starts as no. */
export function Check<Name extends string>(props: FieldProps<Name>) {
  const { of, name } = props;
  return (
    <div class="field">
      <label class="choice">
        <input
          {...shared({ ...props, optional: true })}
          type="checkbox"
          checked={["on", "true"].includes(valuesOf(of, name)[0] ?? "")}
        />
        <span>{of.t(of.labels[name])}</span>
      </label>
      <Notes {...props} />
    </div>
  );
}

type SubmitProps = PropsWithChildren<{
  /** `main` once a page; `plain` and `quiet` beside it; `stop` for what cannot be undone. */
  kind?: "main" | "plain" | "quiet" | "stop";
  name?: string;
  value?: string;
}>;

export function Submit({ kind = "main", name, value, children }: SubmitProps) {
  return (
    <button type="submit" class={kind === "plain" ? undefined : kind} name={name} value={value}>
      {children}
    </button>
  );
}
