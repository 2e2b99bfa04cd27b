// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { OverlayLine } from '../../src/ui/overlay/greeting.ts';
import { tellTyping } from '../../src/ui/overlay/typing-told.ts';

let stop: AbortController;
let told: boolean[];
let field: HTMLTextAreaElement;
let button: HTMLButtonElement;

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  told = [];
  field = document.createElement('textarea');
  button = document.createElement('button');
  document.body.replaceChildren(field, button);
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const tell: OverlayLine['tell'] = (message) => message.type === 'typing' && told.push(message.typing);
  tellTyping(document, { tell } as OverlayLine, stop.signal);
  field.focus();
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const press = (target: HTMLElement) => target.dispatchEvent(new Event('pointerdown', { bubbles: true }));

it('a site that takes the keys ends no typing, though this frame still seems to have them', () => {
  field.blur();
  vi.runAllTimers();
  expect(told).toEqual([true]);
  window.dispatchEvent(new Event('focus'));
  expect(document.activeElement).toBe(field);
});

it('a press beside the field ends it, and so does the end of the field', () => {
  press(document.body);
  field.blur();
  vi.runAllTimers();
  expect(told).toEqual([true, false]);
  window.dispatchEvent(new Event('focus'));
  expect(document.activeElement).not.toBe(field);
  field.focus();
  field.dispatchEvent(new Event('focusout', { bubbles: true }));
  field.remove();
  vi.runAllTimers();
  expect(told).toEqual([true, false, true, false]);
});

it('so does another thing of the overlay that is given the keys', () => {
  button.focus();
  expect(told).toEqual([true, false]);
});
