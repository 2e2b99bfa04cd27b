// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { Overlay } from '../../src/ui/overlay/overlay.tsx';
import { fakeHost } from './fake-host.ts';
import { party, said, SCENES } from './scenes.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('counts and shows what is said while it is folded, whatever this computer’s clock says', async () => {
  vi.useFakeTimers();
  const before = said('1', 'ana', 'Ana', 'old');
  const fake = fakeHost({ ...SCENES.party, view: party({ chat: [before] }) });
  const line = { tell: () => undefined, listen: () => undefined };
  render(<Overlay host={fake.host} line={line} start={{ where: 'film', open: false, canPopOut: true }} />);
  expect(screen.getByRole('button').textContent).toBe('Open the party');
  // Its time is months from this computer's.
  await act(() => fake.push(party({ chat: [before, said('2', 'ana', 'Ana', 'new')] })));
  expect(screen.getByRole('button').textContent).toContain('1 new message');
  expect(screen.getByText('new')).toBeTruthy();
  await act(() => void vi.advanceTimersByTime(6000));
  expect(screen.queryByText('new')).toBeNull();
  expect(screen.getByRole('button').textContent).toContain('1 new message');
});

it('[KEY-2] takes the whole link over the film as well, and joins in the party’s own tab', async () => {
  const stopped = party({ connection: 'stopped', problems: ['key_refused'] });
  const fake = fakeHost({ ...SCENES.party, view: stopped });
  const line = { tell: () => undefined, listen: () => undefined };
  render(<Overlay host={fake.host} line={line} start={{ where: 'film', open: true, canPopOut: true }} />);
  const value = 'https://party.example.org/join/amber-otter-paints-4821#k=3q2-7wAAAAAAAAAAAAAAAA';
  fireEvent.input(screen.getByLabelText('The whole invite link'), { target: { value } });
  fireEvent.click(screen.getByRole('button', { name: 'Join' }));
  await waitFor(() => expect(fake.asked).toHaveLength(1));
  expect(fake.asked[0]).toMatchObject({ type: 'join', roomKey: '3q2-7wAAAAAAAAAAAAAAAA', tabId: 7 });
});
