import type { ComponentChildren } from 'preact';
import type { Tone } from '../text/words.ts';
import { WarningIcon } from './icons.tsx';

/** A word with a dot of its tone before it. */
export function Status({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return (
    <span class={`status ${tone}`}>
      <span class="dot" aria-hidden="true" />
      {children}
    </span>
  );
}

/** Something the person should read before going on; announced when it appears. */
export function Notice(props: {
  tone?: 'bad' | 'warn' | 'plain';
  /** For what is there from the start: nothing is announced then. */
  still?: boolean;
  children: ComponentChildren;
}) {
  const tone = props.tone ?? 'bad';
  const role = props.still ? undefined : tone === 'bad' ? 'alert' : 'status';
  return (
    <div class={`notice ${tone}`} role={role}>
      {tone !== 'plain' && <WarningIcon />}
      <div class="notice-body">{props.children}</div>
    </div>
  );
}

/** A labelled line of text, with what is wrong with it below. */
export function TextField(props: {
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  onBlur?: () => void;
  hint?: ComponentChildren;
  error?: string | null | undefined;
  placeholder?: string;
  maxLength?: number;
  autoComplete?: string;
  /** Sits in the field's own row, like a button that fills it. */
  children?: ComponentChildren;
}) {
  const { id, error, hint } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="field-row">
        <input
          id={id}
          type="text"
          value={props.value}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          autocomplete={props.autoComplete ?? 'off'}
          spellcheck={false}
          dir="auto"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onBlur={props.onBlur}
        />
        {props.children}
      </div>
      {error ? (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p class="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}
