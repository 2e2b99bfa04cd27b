import type { Browser } from 'wxt/browser';
import { expect, it, vi } from 'vitest';
import { CallDesk } from '../../src/background/call-desk.ts';
import type { Session, SessionEvent } from '../../src/party/index.ts';
import { LIMITS } from '../../src/protocol/index.ts';

const TAB = 7;
const NO_MEDIA = { inCall: true, microphone: true, camera: false };
const BEN = { userId: 'ben', displayName: 'Ben', media: NO_MEDIA };
/** A plain v1 client never tells what it has on. */
const VERA = { userId: 'vera', displayName: 'Vera' };

/** One end of a port, and what was said to it. */
function fakePort() {
  const gone = new Set<() => void>();
  const told: string[] = [];
  const words: unknown[] = [];
  const heard = new Set<(message: unknown) => void>();
  const port = {
    postMessage: (message: { type: string }) => {
      told.push(message.type);
      words.push(message);
    },
    disconnect: vi.fn(),
    onMessage: { addListener: (listener: (message: unknown) => void) => heard.add(listener) },
    onDisconnect: { addListener: (listener: () => void) => gone.add(listener) },
  };
  return {
    // The part of a port that a desk uses.
    port: port as unknown as Browser.runtime.Port,
    told,
    words,
    /** The last thing that it was told. */
    last: () => words.at(-1),
    say: (message: unknown) => {
      for (const listener of heard) listener(message);
    },
    close: () => {
      for (const listener of gone) listener();
    },
  };
}

function desk(peers: readonly object[] = []) {
  const events: SessionEvent[] = [];
  const captured: unknown[] = [];
  const ducked: number[] = [];
  const me = { userId: 'me', displayName: 'Noor' };
  const session = {
    identity: { roomId: 'film', me },
    tab: { tabId: TAB },
    call: { media: NO_MEDIA },
    room: { peers, elders: [] },
    connection: { phase: 'online', joinComplete: true },
  };
  let party: typeof session | null = session;
  const nothing = () => undefined;
  const clock = { nowMs: 0 };
  const made = new CallDesk({
    nowMs: () => clock.nowMs,
    // The part of a session that a desk reads.
    session: () => party as unknown as Session,
    dispatch: (event) => void events.push(event),
    duck: (level) => void ducked.push(level),
    capture: (word) => void captured.push(word),
    askPermission: nothing,
  });
  /** A party begins in that tab, or ends. */
  const move = async (tabId: number | null) => {
    party = tabId === null ? null : { ...session, tab: { tabId } };
    made.partyMoved();
    await Promise.resolve();
  };
  /** The session changes, and tells of it. */
  const become = async (change: object) => {
    party = { ...session, ...change };
    made.tellRoster();
    await Promise.resolve();
  };
  return { desk: made, events, move, become, clock, captured, ducked };
}

it('has one page hold the call, the latest, and gives it back to the one before when that closes', () => {
  const { desk: made, events } = desk();
  const [film, window] = [fakePort(), fakePort()];
  made.admit(film.port, TAB);
  made.admit(window.port, TAB);
  expect(film.told).toEqual(['roster', 'taken']);
  expect(window.told).toEqual(['roster']);
  window.close();
  expect(film.told).toEqual(['roster', 'taken', 'roster']);
  expect(events.at(-1)).toEqual({ type: 'call_page', here: true });
  film.close();
  expect(events.at(-1)).toEqual({ type: 'call_page', here: false });
});

it('listens to the page that holds the call, and to no other', () => {
  const { desk: made, events } = desk();
  const [film, window] = [fakePort(), fakePort()];
  made.admit(film.port, TAB);
  made.admit(window.port, TAB);
  const media = { type: 'media', media: NO_MEDIA };
  film.say(media);
  expect(events.filter(({ type }) => type === 'media')).toEqual([]);
  window.say(media);
  expect(events.filter(({ type }) => type === 'media')).toHaveLength(1);
});

it('gives nothing back to a page that was closed meanwhile', () => {
  const { desk: made, events } = desk();
  const [film, window] = [fakePort(), fakePort()];
  made.admit(film.port, TAB);
  made.admit(window.port, TAB);
  film.close();
  expect(events.at(-1)).toEqual({ type: 'call_page', here: true });
  window.close();
  expect(events.at(-1)).toEqual({ type: 'call_page', here: false });
  expect(film.told).toEqual(['roster', 'taken']);
});

it('has no page of another tab, and none of this one when the party is in another', async () => {
  const { desk: made, move } = desk();
  const [other, film, window] = [fakePort(), fakePort(), fakePort()];
  made.admit(other.port, TAB + 1);
  expect(other.port.disconnect).toHaveBeenCalledOnce();
  expect(other.told).toEqual([]);
  made.admit(film.port, TAB);
  made.admit(window.port, TAB);
  await move(TAB + 1);
  expect(film.port.disconnect).toHaveBeenCalledOnce();
  expect(window.port.disconnect).toHaveBeenCalledOnce();
});

it('has a panel hold the call whatever comes in the tab, and gives it to the tab when the panel closes', async () => {
  const { desk: made, events, move } = desk();
  const [film, panel, filmAnew] = [fakePort(), fakePort(), fakePort()];
  made.admit(film.port, TAB);
  made.admitPanel(panel.port);
  expect(film.told).toEqual(['roster', 'taken']);
  film.close();
  made.admit(filmAnew.port, TAB);
  expect(filmAnew.told).toEqual(['taken']);
  expect(panel.told).toEqual(['roster']);
  await move(TAB + 1);
  expect(panel.told).toEqual(['roster']);
  await move(TAB);
  made.admit(filmAnew.port, TAB);
  panel.close();
  expect(filmAnew.told).toEqual(['taken', 'ended', 'taken', 'roster']);
  expect(events.at(-1)).toEqual({ type: 'call_page', here: true });
});

it('lets a panel wait for a party, and for the next', async () => {
  const { desk: made, events, move } = desk();
  const panel = fakePort();
  await move(null);
  made.admitPanel(panel.port);
  expect(panel.told).toEqual([]);
  await move(TAB);
  expect(panel.told).toEqual(['roster']);
  await move(null);
  expect(panel.told).toEqual(['roster', 'ended']);
  expect(events.at(-1)).toEqual({ type: 'call_page', here: false });
  expect(panel.port.disconnect).not.toHaveBeenCalled();
});

it('brings the key for the microphone to whoever has the call, and to nobody else', () => {
  const { desk: made } = desk();
  made.toggleMicrophone();
  const [film, panel] = [fakePort(), fakePort()];
  made.admit(film.port, TAB);
  made.toggleMicrophone();
  expect(film.told).toEqual(['roster', 'toggle_microphone']);
  made.admitPanel(panel.port);
  made.toggleMicrophone();
  expect(film.told).toEqual(['roster', 'toggle_microphone', 'taken']);
  expect(panel.told).toEqual(['roster', 'toggle_microphone']);
});

it('tells a page that was loaded anew at once what is known of how to connect, and asks again', () => {
  const { desk: made, events, clock } = desk();
  const iceServers = [{ urls: ['turn:relay.example'], username: '1', credential: 'word' }];
  const film = fakePort();
  made.admit(film.port, TAB);
  film.say({ type: 'get_ice' });
  expect(film.told).toEqual(['roster']);
  made.tell({ type: 'ice_servers', iceServers, expiresInMs: 600_000 });
  film.close();
  clock.nowMs = 200_000;
  const next = fakePort();
  made.admit(next.port, TAB);
  expect(next.last()).toEqual({ type: 'ice_servers', iceServers, expiresInMs: 400_000 });
  next.say({ type: 'get_ice' });
  expect(events.filter(({ type }) => type === 'get_ice')).toHaveLength(2);
});

it.each(['credentials that are about to end', 'another party'])('does not tell of %s', async (what) => {
  const { desk: made, clock, move } = desk();
  made.tell({ type: 'ice_servers', iceServers: [], expiresInMs: 600_000 });
  if (what === 'another party') await move(TAB);
  else clock.nowMs = 580_000;
  const film = fakePort();
  made.admit(film.port, TAB);
  film.say({ type: 'get_ice' });
  expect(film.told).toEqual(['roster']);
});

it('[RTC-8] asks the others to offer while the page that held the call is away, and gives the next one what they said', () => {
  const { desk: made, events } = desk([BEN, VERA]);
  const [film, next] = [fakePort(), fakePort()];
  made.admit(film.port, TAB);
  film.close();
  expect(events.slice(-2)).toEqual([
    { type: 'call_page', here: false },
    { type: 'relay', toUserId: 'ben', relayed: { kind: 'ice', data: { streamsync: { callMe: true } } } },
  ]);
  const said = (kind: 'offer' | 'answer' | 'ice', data: string) =>
    ({ type: 'relay', fromUserId: 'ben', kind, data }) as const;
  made.tell(said('ice', 'of a connection that is gone'));
  made.tell(said('offer', 'one'));
  made.tell(said('ice', 'of one'));
  made.tell(said('offer', 'two'));
  made.tell(said('answer', 'to nobody'));
  made.tell(said('ice', 'of two'));
  made.admit(next.port, TAB);
  expect(next.words[0]).toHaveProperty('peers', [{ ...BEN, asked: true }, VERA]);
  expect(next.words.slice(1)).toEqual([said('offer', 'two'), said('ice', 'of two')]);
  next.close();
  const third = fakePort();
  made.admit(third.port, TAB);
  expect(third.told).toEqual(['roster']);
});

it('says of nobody that an offer is on its way who has not made it for long', () => {
  const { desk: made, clock } = desk([BEN]);
  const [film, next] = [fakePort(), fakePort()];
  made.admit(film.port, TAB);
  film.close();
  clock.nowMs += 5001;
  made.admit(next.port, TAB);
  expect(next.words[0]).toHaveProperty('peers', [BEN]);
});

it('keeps no more for a page that is away than a call has members, and no endless row of candidates', () => {
  const many = Array.from({ length: 2 * LIMITS.callMembers }, (_, at) => ({ ...BEN, userId: `u${at}` }));
  const { desk: made } = desk(many);
  for (let at = 0; at < many.length; at++) {
    const said = { type: 'relay', fromUserId: `u${at}`, data: 'x' } as const;
    made.tell({ ...said, kind: 'offer' });
    for (let candidate = 0; candidate < 100; candidate++) made.tell({ ...said, kind: 'ice' });
  }
  const next = fakePort();
  made.admit(next.port, TAB);
  expect(next.told).toHaveLength(1 + LIMITS.callMembers * 40);
});

it('tells the faces of equal names apart', () => {
  const { desk: made } = desk([BEN, { ...BEN, userId: 'eve' }]);
  const page = fakePort();
  made.admit(page.port, TAB);
  expect(page.words[0]).toMatchObject({ peers: [{ displayName: 'Ben' }, { displayName: 'Ben (2)' }] });
});

it('[RTC-9] keeps nothing for it of who is not in the call, so that nobody of the call is pushed out', () => {
  const strangers = Array.from({ length: 20 }, (_, at) => ({ userId: `v${at}`, displayName: 'V' }));
  const out = { ...BEN, userId: 'out', media: { inCall: false, microphone: false, camera: false } };
  const { desk: made } = desk([...strangers, out, BEN, { ...VERA, letIn: true }]);
  const said = (fromUserId: string) => ({ type: 'relay', fromUserId, kind: 'offer', data: 'x' }) as const;
  for (const { userId } of [...strangers, out]) made.tell(said(userId));
  made.tell(said('nobody'));
  made.tell(said('ben'));
  made.tell(said('vera'));
  const next = fakePort();
  made.admit(next.port, TAB);
  expect(next.words.slice(1)).toEqual([said('ben'), said('vera')]);
});

it('[RTC-8] keeps no offer of a peer whose page is gone since', () => {
  const { desk: made } = desk([BEN]);
  made.tell({ type: 'relay', fromUserId: 'ben', kind: 'offer', data: 'x' });
  made.tell({ type: 'relay', fromUserId: 'ben', kind: 'ice', data: { streamsync: { callMe: true } } });
  const next = fakePort();
  made.admit(next.port, TAB);
  expect(next.told).toEqual(['roster']);
});

it('keeps no more characters of each than an offer and its candidates have', () => {
  const { desk: made } = desk([BEN]);
  made.tell({ type: 'relay', fromUserId: 'ben', kind: 'offer', data: 'x'.repeat(40_000) });
  for (let at = 0; at < 30; at += 1)
    made.tell({ type: 'relay', fromUserId: 'ben', kind: 'ice', data: 'y'.repeat(4000) });
  const next = fakePort();
  made.admit(next.port, TAB);
  expect(JSON.stringify(next.words.slice(1)).length).toBeLessThan(66_000);
});

it('has the page that holds the call give camera and microphone back when the person is out of the party', async () => {
  const { desk: made, become, captured, ducked } = desk([BEN]);
  const [film, panel] = [fakePort(), fakePort()];
  made.admitPanel(panel.port);
  panel.say({ type: 'duck', level: 0.4 });
  // As a session tells that has been put out: first that it changed, then what is to be done.
  await become({ connection: { phase: 'stopped', joinComplete: false } });
  made.tell({ type: 'ended' });
  expect(panel.told).toEqual(['roster', 'ended']);
  expect(captured).toEqual([null]);
  expect(ducked).toEqual([0.4, 1]);
  // Nor has any other page a call of that party, nor is the page told of anything more.
  made.admit(film.port, TAB);
  made.tell({ type: 'relay', fromUserId: 'ben', kind: 'offer', data: 'x' });
  made.toggleMicrophone();
  expect(film.told).toEqual([]);
  expect(panel.told).toEqual(['roster', 'ended']);
});

it('lets a page hold the call again once the person is in the party again', async () => {
  const { desk: made, events, become } = desk([BEN]);
  const film = fakePort();
  made.admit(film.port, TAB);
  await become({ connection: { phase: 'stopped', joinComplete: false } });
  made.tell({ type: 'ended' });
  await become({ connection: { phase: 'connecting', joinComplete: false } });
  expect(film.told).toEqual(['roster', 'ended', 'roster']);
  expect(events.at(-1)).toEqual({ type: 'call_page', here: true });
});

it('tells a page of the party’s former tab that its part is over, also where a site keeps it in place', async () => {
  const { desk: made, move } = desk();
  const film = fakePort();
  made.admit(film.port, TAB);
  await move(TAB + 1);
  expect(film.told).toEqual(['roster', 'ended']);
});

it('[RTC-9] brings the person’s answer to the session, and what became of it to the page', async () => {
  const { desk: made, events, become } = desk([VERA]);
  const film = fakePort();
  made.admit(film.port, TAB);
  film.say({ type: 'let_in', userId: 'vera', letIn: true });
  expect(events.at(-1)).toEqual({ type: 'let_in', userId: 'vera', letIn: true });
  await become({ room: { peers: [{ ...VERA, letIn: true }], elders: [] } });
  expect(film.last()).toHaveProperty('peers', [{ ...VERA, letIn: true }]);
});

it('tells a page that the server can be reached only once the room knows who is in the call', async () => {
  const { desk: made, become } = desk();
  const film = fakePort();
  made.admit(film.port, TAB);
  await become({ connection: { phase: 'online', joinComplete: false } });
  expect(film.last()).toHaveProperty('online', false);
});
