import type { ChatView, MemberView, PartyView, View } from '../../src/messaging/view.ts';
import { CAPS, type MemberReport } from '../../src/protocol/index.ts';
import { CALLS } from './call-scenes.ts';
import type { Scene } from './fake-host.ts';

export const NO_PARTY: View = { party: null, lastProblem: null };
const FILM = { id: 7, url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ', title: 'Big Buck Bunny' };
const OK: Scene['probe'] = { status: 'ok', hiddenFrameOrigins: [] };
const AT_MS = Date.UTC(2026, 4, 9, 20, 15);

export const member = (userId: string, displayName: string, report: MemberReport): MemberView => ({
  userId,
  displayName,
  isMe: userId === 'me',
  isHost: userId === 'me',
  report,
});

export const said = (id: string, userId: string, displayName: string, text: string): ChatView => ({
  id,
  from: { userId, displayName },
  text,
  tsMs: AT_MS,
  mine: userId === 'me',
  delivery: 'sent',
});

export const party = (change: Partial<PartyView> = {}): View => ({
  lastProblem: null,
  party: {
    roomId: 'amber-otter-paints-4821',
    serverUrl: 'wss://party.example.org',
    inviteUrl: 'https://party.example.org/join/amber-otter-paints-4821#k=q83vEjRWeJASNFZ4kBI0Vg',
    connection: 'online',
    problems: [],
    members: [
      member('me', 'Noor', { state: 'ready', driftMs: -1.2, boundMs: 1.4 }),
      member('ana', 'Ana Lima', { state: 'ready', driftMs: 3, boundMs: 2 }),
      member('jo', 'Jo', { state: 'buffering' }),
    ],
    control: 'everyone',
    iControl: true,
    content: { contentId: 'youtube:aqz-KE-bpKQ', url: FILM.url, title: 'Big Buck Bunny' },
    playback: { playing: true, rate: 1, held: null },
    waitPolicy: 'go_on',
    keyed: true,
    locked: false,
    caps: [...CAPS],
    offsetMs: 0,
    cutSec: null,
    followParty: true,
    takeAlong: null,
    tabId: 7,
    overlayOn: true,
    panelOpen: false,
    chat: [
      said('1', 'ana', 'Ana Lima', 'popcorn is ready 🍿'),
      said('2', 'ana', 'Ana Lima', 'who is still missing?'),
      said('3', 'me', 'Noor', 'Jo’s train is late.\nLet us start, she will catch up.'),
      said('4', 'jo', 'Jo', 'two minutes!'),
    ],
    notices: [
      { id: 'n1', kind: 'joined', about: { userId: 'jo', displayName: 'Jo' }, tsMs: AT_MS - 1 },
      {
        id: 'n2',
        kind: 'control',
        by: { userId: 'me', displayName: 'Noor' },
        control: 'everyone',
        tsMs: AT_MS,
      },
    ],
    typing: [],
    floating: [],
    clock: { rttMs: 24, boundMs: 2 },
    ...change,
  },
});

const asGuest = (members: MemberView[]) =>
  members.map((each) => ({ ...each, isHost: each.userId === 'ana' }));
const guests = asGuest(party().party?.members ?? []);

const ALONE: Partial<PartyView> = {
  members: [member('me', 'Noor', { state: 'ready' })],
  chat: [],
  notices: [],
  content: null,
  playback: null,
};
const LOCKED: PartyView['notices'] = [
  { id: 'l', kind: 'lock', by: { userId: 'me', displayName: 'Noor' }, locked: true, tsMs: AT_MS },
];
const LIKED: ChatView['reactions'] = [
  { emoji: '❤️', userIds: ['me', 'jo'] },
  { emoji: '👍', userIds: ['jo'] },
];

/** Every state a person can meet, by name. */
export const SCENES: Record<string, Scene> = {
  starting: { tab: FILM, probe: OK },
  home: { view: NO_PARTY, tab: FILM, probe: OK, displayName: 'Noor', granted: ['https://www.youtube.com/*'] },
  'home-first-time': {
    view: NO_PARTY,
    tab: FILM,
    probe: { status: 'not_permitted', hiddenFrameOrigins: [] },
    serverUrl: 'ws://127.0.0.1:8787',
  },
  'home-hidden-player': {
    view: NO_PARTY,
    tab: { id: 7, url: 'https://films.example/night' },
    probe: { status: 'no_video', hiddenFrameOrigins: ['https://player.example'] },
    displayName: 'Noor',
    serverUrl: 'ws://192.168.1.20:8787',
  },
  'home-browser-page': {
    view: { party: null, lastProblem: 'server_unreachable' },
    tab: { id: 7 },
    probe: { status: 'not_a_site', hiddenFrameOrigins: [] },
    displayName: 'Noor',
  },
  invite: {
    view: NO_PARTY,
    tab: { id: 7, url: 'https://party.example.org/join/amber-otter-paints-4821' },
    probe: { status: 'no_video', hiddenFrameOrigins: [] },
    displayName: 'Noor',
  },
  'invite-film-night': {
    view: NO_PARTY,
    tab: { id: 7, url: 'https://party.example.org/join/amber-otter-paints-4821#k=q83vEjRWeJASNFZ4kBI0Vg' },
    probe: { status: 'no_video', hiddenFrameOrigins: [] },
    displayName: 'Noor',
    room: {
      exists: true,
      keyed: false,
      members: ['Ana Lima', 'Jo'],
      content: { title: 'Big Buck Bunny', site: 'youtube.com', origin: 'https://www.youtube.com' },
      playing: true,
    },
  },
  'invite-incomplete': {
    view: NO_PARTY,
    tab: { id: 7, url: 'https://party.example.org/join/amber-otter-paints-4821' },
    probe: { status: 'no_video', hiddenFrameOrigins: [] },
    displayName: 'Noor',
    room: { exists: true, keyed: true, members: [], content: null, playing: false },
  },
  'invite-exposed': {
    view: NO_PARTY,
    tab: { id: 7, url: 'http://192.168.1.20:8787/join/film%20night' },
    probe: { status: 'no_video', hiddenFrameOrigins: [] },
  },
  party: { view: party(), tab: FILM, probe: OK },
  'party-guest': {
    view: party({
      members: guests,
      control: 'host',
      iControl: false,
      playback: { playing: false, rate: 1.25, held: null },
    }),
    tab: FILM,
    probe: OK,
  },
  'party-went-on': {
    view: party({ takeAlong: { title: 'Sintel' } }),
    tab: FILM,
    probe: OK,
  },
  'party-other-cut': { view: party({ cutSec: 134 }), tab: FILM, probe: OK },
  'party-alone': {
    view: party({
      members: [member('me', 'Noor', { state: 'no_video' })],
      chat: [],
      notices: [],
      content: null,
      playback: null,
      serverUrl: 'ws://127.0.0.1:8787',
      inviteUrl: 'http://127.0.0.1:8787/join/amber-otter-paints-4821',
    }),
    tab: FILM,
    probe: OK,
  },
  'party-trouble': {
    view: party({
      connection: 'waiting',
      retryAtMs: Date.now() + 8000,
      problems: ['server_unreachable', 'other_content', 'autoplay_blocked'],
      members: [
        member('me', 'Noor', { state: 'blocked' }),
        member('ana', 'Ana Lima', { state: 'lost' }),
        member('jo', 'Jo', { state: 'ad' }),
        member('mei', '美玲', { state: 'ready', driftMs: 2300, boundMs: 4 }),
        member('sam', 'Samuel Bartholomew Featherstonehaugh the Third', { state: 'hidden' }),
      ],
      chat: [
        said('1', 'jo', 'Jo', '<img src=x onerror=alert(1)> <b>not bold</b>'),
        { ...said('2', 'me', 'Noor', 'are you still there?'), delivery: 'failed' },
        { ...said('3', 'me', 'Noor', 'hello?'), delivery: 'sending' },
      ],
    }),
    tab: { id: 9, url: 'https://news.example/' },
    probe: { status: 'no_video', hiddenFrameOrigins: [] },
  },
  'party-waiting': {
    view: party({
      waitPolicy: 'wait',
      offsetMs: 120,
      playback: {
        playing: true,
        rate: 1,
        held: { reason: 'stall', waitingFor: ['jo'], untilMs: Date.now() + 21_000 },
      },
    }),
    tab: FILM,
    probe: OK,
  },
  'party-long-chat': {
    view: party({
      chat: Array.from({ length: 40 }, (_, at) =>
        said(String(at), at % 3 ? 'ana' : 'me', at % 3 ? 'Ana Lima' : 'Noor', `message ${at + 1}`),
      ),
    }),
    tab: FILM,
    probe: OK,
  },
  'party-locked': { view: party({ locked: true, chat: [], notices: LOCKED }), tab: FILM, probe: OK },
  'party-removed': { view: party({ connection: 'stopped', problems: ['removed'] }), tab: FILM, probe: OK },
  'party-key-missing': {
    view: party({ ...ALONE, connection: 'stopped', problems: ['key_refused'] }),
    tab: FILM,
    probe: OK,
  },
  'party-shut': {
    view: party({ ...ALONE, connection: 'stopped', problems: ['room_locked'] }),
    tab: FILM,
    probe: OK,
  },
  'party-ad': {
    view: party({
      waitPolicy: 'wait',
      members: [
        member('me', 'Noor', { state: 'ready', driftMs: 0.4, boundMs: 1 }),
        member('ana', 'Ana Lima', { state: 'ad' }),
        member('jo', 'Jo', { state: 'ad' }),
      ],
      playback: {
        playing: true,
        rate: 1,
        held: { reason: 'stall', waitingFor: ['ana', 'jo'], untilMs: Date.now() + 28_000 },
      },
    }),
    tab: FILM,
    probe: OK,
  },
  'party-site-troubles': {
    view: party({ problems: ['site_error', 'site_changed', 'sound_blocked', 'not_together'] }),
    tab: FILM,
    probe: OK,
  },
  'party-lively': {
    view: party({
      chat: [
        {
          ...said('1', 'ana', 'Ana Lima', 'look at 12:34, and at https://films.example/night?scene=4'),
          reactions: LIKED,
        },
        said('2', 'jo', 'Jo', '@Noor did you see that? 🤯'),
        { ...said('3', 'me', 'Noor', 'again, please'), reactions: [{ emoji: '😂', userIds: ['ana'] }] },
        said('4', 'dalia', 'داليا', 'مرحبا! متى نبدأ الفيلم؟'),
      ],
      typing: ['ana', 'jo'],
    }),
    tab: FILM,
    probe: OK,
  },
  toasts: {
    view: party({ chat: [] }),
    next: party({
      chat: [said('9', 'ana', 'Ana Lima', 'here we go, this is the best part of all of it 🍿')],
      members: [
        ...(party().party?.members ?? []).filter(({ userId }) => userId !== 'jo'),
        member('mei', '美玲', { state: 'ad' }),
      ],
    }),
    tab: FILM,
    probe: OK,
  },
  ...Object.fromEntries(
    Object.entries(CALLS).map(([name, call]): [string, Scene] => [
      name,
      { view: party(), tab: FILM, probe: OK, call },
    ]),
  ),
};
