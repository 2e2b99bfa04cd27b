// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatView } from '../../src/messaging/view.ts';
import { App } from '../../src/ui/app.tsx';
import { fakeHost } from './fake-host.ts';
import { party, said, SCENES } from './scenes.ts';

afterEach(cleanup);

const settled = () => new Promise((resolve) => setTimeout(resolve));
const show = async (fake: ReturnType<typeof fakeHost>) => {
  render(<App host={fake.host} />);
  await screen.findByLabelText('Message');
  await settled();
  return fake;
};
const open = (chat: ChatView[] = []) => show(fakeHost({ ...SCENES.party, view: party({ chat }) }));
const box = () => screen.getByLabelText<HTMLTextAreaElement>('Message');
const type = (value: string) => fireEvent.input(box(), { target: { value } });
const enter = (how: KeyboardEventInit = {}) => fireEvent.keyDown(box(), { key: 'Enter', ...how });

describe('writing', () => {
  it('is sent by Enter under an id of its own, and the box is empty again', async () => {
    const { asked } = await open();
    type(' hello\nyou ');
    enter();
    expect(asked).toEqual([
      { type: 'send_chat', id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, text: 'hello\nyou' },
    ]);
    await waitFor(() => expect(box().value).toBe(''));
  });

  it.each([
    ['Shift+Enter starts a new line', { shiftKey: true }],
    ['Enter in an input method picks a word', { isComposing: true }],
  ])('%s', async (_, how) => {
    const { asked } = await open();
    type('hello');
    // True: nobody kept the browser from doing its own.
    expect(enter(how)).toBe(true);
    expect(asked).toEqual([]);
  });

  it('nothing but space is not sent', async () => {
    const { asked } = await open();
    type('  \n ');
    enter();
    expect(asked).toEqual([]);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  it('counts only near the end', async () => {
    await open();
    type('x'.repeat(1799));
    expect(screen.queryByText(/characters left/)).toBeNull();
    type('x'.repeat(1990));
    expect(screen.getByText('10 characters left')).toBeTruthy();
  });
});

describe('a draft', () => {
  it('survives that the popup closes', async () => {
    const fake = await open();
    type('half a thou');
    await settled();
    cleanup();
    await show(fake);
    await waitFor(() => expect(box().value).toBe('half a thou'));
  });

  it('stays with its reason when the background does not take it, and goes out again under the same id', async () => {
    const { answer, asked } = await open();
    answer(() => ({ ok: false, message: 'StreamSync did not answer.' }));
    type('hello');
    enter();
    expect(await screen.findByText('StreamSync did not answer.')).toBeTruthy();
    expect(box().value).toBe('hello');
    answer(() => ({ ok: true }));
    enter();
    await waitFor(() => expect(box().value).toBe(''));
    const [first, second] = asked;
    expect(first).toEqual(second);
  });

  it('is kept until the background has it, and sent once however often Enter is hit', async () => {
    const { answer, asked, stored } = await open();
    let take: (reply: { ok: true }) => void = () => undefined;
    answer(() => new Promise((resolve) => (take = resolve)));
    type('hello');
    enter();
    enter();
    await settled();
    expect(asked).toHaveLength(1);
    expect(Object.values(stored)).toContain('hello');
    type('hello and more');
    take({ ok: true });
    await waitFor(() => expect(box().value).toBe(' and more'));
  });
});

describe('the log', () => {
  it('shows what peers write as text, never as HTML', async () => {
    await open([said('1', 'jo', '<i>Jo</i>', '<img src=x onerror=alert(1)>\n<b>x</b>')]);
    const log = screen.getByRole('log');
    expect(log.querySelector('img, b, i')).toBeNull();
    expect(log.textContent).toContain('<img src=x onerror=alert(1)>\n<b>x</b>');
    expect(log.textContent).toContain('<i>Jo</i>');
  });

  it('tells who said what and when', async () => {
    await open([said('1', 'jo', 'Jo', 'hi'), said('2', 'me', 'Noor', 'hey')]);
    expect(screen.getByRole('log').textContent).toMatch(/Jo.*hi.*You.*hey/);
    expect(screen.getByRole('log').querySelector('time')?.dateTime).toBe('2026-05-09T20:15:00.000Z');
  });

  it('offers a failed message again', async () => {
    const { asked } = await open([{ ...said('m1', 'me', 'Noor', 'hi'), delivery: 'failed' }]);
    expect(screen.getByText('Not sent')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(asked).toEqual([{ type: 'retry_chat', id: 'm1' }]);
  });

  it('says that a message is on its way', async () => {
    await open([{ ...said('m1', 'me', 'Noor', 'hi'), delivery: 'sending' }]);
    expect(screen.getByText('Sending…')).toBeTruthy();
  });

  it('follows new messages only while its end is in sight', async () => {
    const { push } = await open([said('1', 'jo', 'Jo', 'hi')]);
    const log = screen.getByRole('log');
    Object.defineProperties(log, {
      scrollHeight: { value: 1000, configurable: true },
      clientHeight: { value: 200, configurable: true },
    });
    const arrive = (count: number) =>
      push(party({ chat: Array.from({ length: count }, (_, at) => said(String(at), 'jo', 'Jo', 'hi')) }));
    arrive(2);
    await settled();
    expect(log.scrollTop).toBe(1000);
    log.scrollTop = 300;
    fireEvent.scroll(log);
    arrive(3);
    fireEvent.click(await screen.findByRole('button', { name: 'New messages' }));
    expect(log.scrollTop).toBe(1000);
  });
});

describe('what was said', () => {
  it('takes the party to the moment that somebody names', async () => {
    const { asked } = await open([said('1', 'ana', 'Ana Lima', 'look at 12:34!')]);
    fireEvent.click(screen.getByRole('button', { name: /^12:34/ }));
    expect(asked).toEqual([{ type: 'seek_to', positionSec: 754 }]);
  });

  it('names a moment to who may not go there, and no more', async () => {
    await show(
      fakeHost({
        ...SCENES.party,
        view: party({ iControl: false, chat: [said('1', 'ana', 'Ana', '12:34')] }),
      }),
    );
    expect(screen.getByText('12:34')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^12:34/ })).toBeNull();
  });

  it('opens a link apart from this page, and marks what is for me', async () => {
    await open([said('1', 'ana', 'Ana Lima', '@Noor https://a.example/x <img src=x onerror=alert(1)>')]);
    const link = screen.getByRole<HTMLAnchorElement>('link', { name: 'https://a.example/x' });
    expect([link.href, link.target, link.rel]).toEqual([
      'https://a.example/x',
      '_blank',
      'noopener noreferrer nofollow',
    ]);
    expect(link.closest('.to-me')).not.toBeNull();
    expect(document.querySelector('.bubble img')).toBeNull();
  });
});
