// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../src/ui/app.tsx';
import { findEmoji, loadEmoji } from '../../src/ui/chat/emoji-list.ts';
import { field } from '../../src/protocol/index.ts';
import { fakeHost } from './fake-host.ts';
import { party, said, SCENES } from './scenes.ts';

afterEach(cleanup);

async function open(change: Parameters<typeof party>[0]) {
  const fake = fakeHost({ ...SCENES.party, view: party(change) });
  render(<App host={fake.host} />);
  await screen.findByLabelText('Message');
  return fake;
}
const box = () => screen.getByLabelText<HTMLTextAreaElement>('Message');

describe('an answer by emoji', () => {
  const answered = {
    ...said('1', 'ana', 'Ana Lima', 'popcorn?'),
    reactions: [{ emoji: '🔥', userIds: ['jo', 'me'] }],
  };

  it('shows how many and who, and is taken back by whoever gave it', async () => {
    const { asked } = await open({ chat: [answered] });
    const chip = screen.getByRole('button', { name: /🔥 2.*Jo, You/ });
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(chip);
    expect(asked).toEqual([{ type: 'react', emoji: '🔥', on: false, to: { userId: 'ana', id: '1' } }]);
  });

  it('is given in two presses', async () => {
    const { asked } = await open({ chat: [answered] });
    fireEvent.click(screen.getByRole('button', { name: 'React' }));
    fireEvent.click(
      within(await screen.findByRole('group', { name: 'React with' })).getByRole('button', { name: 'Heart' }),
    );
    expect(asked).toEqual([{ type: 'react', emoji: '❤️', on: true, to: { userId: 'ana', id: '1' } }]);
  });
});

describe('the emoji picker', () => {
  it('puts what was picked where the writing is', async () => {
    await open({});
    fireEvent.input(box(), { target: { value: 'so good' } });
    box().setSelectionRange(2, 2);
    fireEvent.click(screen.getByRole('button', { name: 'Emoji' }));
    fireEvent.input(await screen.findByLabelText('Search emoji'), { target: { value: 'popc' } });
    fireEvent.click(await screen.findByRole('button', { name: 'popcorn' }));
    await waitFor(() => expect(box().value).toBe('so🍿 good'));
    expect(screen.queryByLabelText('Search emoji')).toBeNull();
  });

  it('closes at Escape, and the site does not get that key', async () => {
    await open({});
    fireEvent.click(screen.getByRole('button', { name: 'Emoji' }));
    const search = await screen.findByLabelText('Search emoji');
    // False: it was kept from doing anything else.
    expect(fireEvent.keyDown(search, { key: 'Escape' })).toBe(false);
    await waitFor(() => expect(screen.queryByLabelText('Search emoji')).toBeNull());
  });

  it('has nothing that the protocol would refuse', async () => {
    const all = (await loadEmoji()).flatMap(({ emoji }) => emoji);
    expect(all.length).toBeGreaterThan(1800);
    expect(all.filter(({ emoji }) => !field.emoji.safeParse(emoji).success)).toEqual([]);
  });

  it('finds by the beginnings of words', async () => {
    const groups = await loadEmoji();
    expect(findEmoji(groups, 'red hea').map(({ emoji }) => emoji)).toContain('❤️');
    expect(findEmoji(groups, 'xyzzy')).toEqual([]);
  });
});

describe('typing', () => {
  it('is told while something is written, and ends with sending', async () => {
    const { typed } = await open({});
    fireEvent.input(box(), { target: { value: 'h' } });
    fireEvent.keyDown(box(), { key: 'Enter' });
    await waitFor(() => expect(box().value).toBe(''));
    expect(typed[0]).toBe(true);
    expect(typed.at(-1)).toBe(false);
  });

  it.each([
    [['ana'], 'Ana Lima is typing…'],
    [['ana', 'jo'], 'Ana Lima and Jo are typing…'],
    [['nobody-here'], ''],
  ])('of %j is said in a line', async (typing, words) => {
    await open({ typing });
    expect(document.querySelector('.typing')?.textContent).toBe(words);
  });
});
