// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { DriftLog } from '../../src/messaging/commands.ts';
import type { PartyView } from '../../src/messaging/view.ts';
import { App } from '../../src/ui/app.tsx';
import { driftReport } from '../../src/ui/party/drift-report.ts';
import { fakeHost } from './fake-host.ts';
import { party, SCENES } from './scenes.ts';

afterEach(cleanup);

const AT_MS = 1.7e12;
const point = (ago: number, driftMs: number | null, state: 'ready' | 'buffering' = 'ready') => ({
  atMs: AT_MS - ago,
  driftMs,
  boundMs: 2,
  state,
});
const LOG: DriftLog = [
  { userId: 'me', points: [point(3000, 1), point(2000, -2), point(1000, 3), point(0, 0.5)] },
  { userId: 'ana', points: [point(2000, 12), point(1000, null, 'buffering')] },
];

const open = async (change: Partial<PartyView> = {}) => {
  const fake = fakeHost({ ...SCENES.party, view: party(change) });
  fake.answer(({ type }) => (type === 'drift_log' ? { ok: true, driftLog: LOG } : { ok: true }));
  render(<App host={fake.host} />);
  await screen.findByRole('list', { name: 'Members' });
  return { ...fake, did: () => fake.asked.filter(({ type }) => type !== 'drift_log') };
};
const openSync = async (change: Partial<PartyView> = {}) => {
  const fake = await open(change);
  const details = screen.getByText('Sync').closest('details');
  if (!details) throw new Error('no such part');
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await screen.findByRole('button', { name: 'Resync me' });
  return fake;
};
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const held = (
  waitingFor: string[],
  reason: 'start' | 'stall' = 'stall',
  leftMs = 9500,
): Partial<PartyView> => ({
  playback: { playing: true, rate: 1, held: { reason, waitingFor, untilMs: Date.now() + leftMs } },
});

describe('a film that stands for somebody', () => {
  it.each([
    [['jo'], 'Waiting for Jo', 'Go on without Jo'],
    [['jo', 'ana'], 'Waiting for Ana Lima and Jo', 'Go on now'],
    [['me'], 'Waiting for you', 'Go on now'],
  ])('says for whom (%j), and goes on without them', async (waitingFor, words, button) => {
    const { did } = await open(held(waitingFor));
    expect(screen.getByText(words).getAttribute('role')).toBe('status');
    press(button);
    expect(did()).toEqual([{ type: 'go_on' }]);
  });

  it('says nothing of a start that takes no longer than starts take', async () => {
    await open(held(['jo'], 'start', 3500));
    expect(screen.queryByText(/Waiting for/)).toBeNull();
    cleanup();
    await open(held(['jo'], 'start', 2500));
    expect(screen.getByText('Waiting for Jo')).toBeTruthy();
  });

  it('offers nothing to who may not control', async () => {
    await open({ ...held(['jo']), iControl: false });
    expect(screen.queryByRole('button', { name: /Go on/ })).toBeNull();
  });
});

describe('the room’s rule for who buffers', () => {
  it('is the host’s to choose', async () => {
    const { did } = await open();
    fireEvent.click(screen.getByRole('radio', { name: 'Wait' }));
    expect(did()).toEqual([{ type: 'set_wait_policy', waitPolicy: 'wait' }]);
  });

  it('is told to the others', async () => {
    await open({ ...SCENES['party-guest']?.view?.party, waitPolicy: 'wait' });
    expect(screen.getByText(/everyone waits/)).toBeTruthy();
  });
});

describe('the sync of everybody', () => {
  it('is asked for only while it is looked at', async () => {
    const { asked } = await open();
    expect(asked).toEqual([]);
  });

  it('is drawn, and told in words', async () => {
    await openSync();
    const name = 'Drift of the last 5 minutes: you within 3 ms, Ana Lima within 12 ms';
    expect(await screen.findByRole('img', { name })).toBeTruthy();
  });

  it('can be had again at once', async () => {
    const { did } = await openSync();
    press('Resync me');
    expect(did()).toEqual([{ type: 'resync' }]);
    expect((await screen.findByText('Back to the party’s moment.')).getAttribute('role')).toBe('status');
  });

  it('can be kept as a file without names', async () => {
    const { files } = await openSync();
    await screen.findByRole('img', { name: /Ana Lima within/ });
    press('Save report');
    const [file] = files;
    expect(file?.name).toMatch(/\.json$/);
    expect(JSON.parse(file?.text ?? '')).toMatchObject({
      members: [{ member: 'you' }, { member: 'member 2' }],
    });
  });
});

describe('my own shift', () => {
  const field = () => screen.getByLabelText<HTMLInputElement>('My shift, ms');

  it('is typed or stepped', async () => {
    const { did } = await openSync();
    fireEvent.input(field(), { target: { value: '-120' } });
    press('10 ms later');
    expect(did()).toEqual([
      { type: 'set_offset', offsetMs: -120 },
      { type: 'set_offset', offsetMs: 10 },
    ]);
  });

  it.each(['soon', '-', '700000', ''])(
    'that cannot be (%j) is kept as typed and explained',
    async (typed) => {
      const { did } = await openSync();
      fireEvent.input(field(), { target: { value: typed } });
      expect(did()).toEqual([]);
      expect(field().value).toBe(typed);
      expect(screen.getByRole('alert').textContent).toMatch(/number of milliseconds/);
    },
  );

  it('is shown among the members while there is one', async () => {
    await open({ offsetMs: 120 });
    expect(screen.getByText('shifted by +120 ms')).toBeTruthy();
  });
});

it('a report says nothing of who watched what where', () => {
  const view = party().party;
  if (!view) throw new Error('no party');
  const text = driftReport(view, LOG, AT_MS);
  for (const secret of ['Noor', 'Ana', 'ana', 'otter', 'party.example', 'Buck', 'popcorn', 'youtube']) {
    expect(text).not.toContain(secret);
  }
  expect(JSON.parse(text)).toMatchObject({
    members: [
      { member: 'you', measured: 4, medianMs: 1, p95Ms: 3, maxMs: 3, notReadyPart: 0 },
      { member: 'member 2', measured: 1, points: 2, notReadyPart: 0.5 },
    ],
  });
});
