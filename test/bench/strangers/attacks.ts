import * as frames from './frames.ts';

/** What one of the attack's connections does, over and over. */
export interface Plan {
  connections: number;
  /** Steps a second of each connection; at most what the server allows a connection in frames. */
  perSec: number;
  /** Steps it may make at once at first. */
  burst?: number;
  /** Sent whenever the connection is made. */
  opening?: (connection: number) => Buffer[];
  /** `reopen`: the connection is dropped and made anew. */
  step: (connection: number, turn: number) => Buffer | 'reopen' | null;
  /** The page it says to be; such a connection is refused, and its client keeps its side open. */
  origin?: string;
}

export interface Attack {
  name: string;
  about: string;
  plans: Plan[];
}

/** Just below what a connection may send forever. */
const ALLOWED = 95;
const CHAT_ALLOWED = 10;
const user = (connection: number) => `stranger-${connection}`;
const nothing = () => null;
const WHOLE_ROOM = 48;

const wide: Plan = { connections: 1, perSec: 81, step: () => frames.wideOffer };
const deep: Plan = { connections: 1, perSec: 81, step: () => frames.deepContent };
const nested: Plan = { connections: 1, perSec: 81, step: () => frames.nestedOffer };

const lines: Plan[] = [
  {
    connections: 3,
    perSec: CHAT_ALLOWED,
    burst: 40,
    opening: (n) => [frames.join('lines', `author-${n}`)],
    step: () => frames.worstLine('lines'),
  },
  {
    connections: 20,
    perSec: 4,
    step: (n, turn) => (turn % 2 === 0 ? frames.join('lines', user(n)) : frames.leave('lines')),
  },
];

const contents: Plan[] = [
  {
    connections: 1,
    perSec: ALLOWED,
    burst: 285,
    opening: () => [frames.join('contents', 'author')],
    step: (_n, turn) => frames.largeContent('contents', turn),
  },
  {
    connections: WHOLE_ROOM - 1,
    perSec: 0,
    opening: (n) => [frames.join('contents', user(n))],
    step: nothing,
  },
];

const relays: Plan[] = [
  {
    connections: 1,
    perSec: 85,
    opening: () => [frames.join('relays', 'author')],
    step: () => frames.offer('relays', user(0), 47_000),
  },
  { connections: 1, perSec: 0, opening: (n) => [frames.join('relays', user(n))], step: nothing },
];

const rejoins: Plan[] = [
  {
    connections: 3,
    perSec: CHAT_ALLOWED / 2,
    burst: 40,
    opening: (n) => [frames.join('rejoins', `author-${n}`)],
    step: () => frames.longLine('rejoins'),
  },
  { connections: 1, perSec: 87, step: (n) => frames.join('rejoins', user(n)) },
];

const medias: Plan[] = [
  {
    connections: 1,
    perSec: ALLOWED,
    opening: () => [frames.join('medias', 'author')],
    step: (_n, turn) => frames.media('medias', turn),
  },
  { connections: 24, perSec: 0, opening: (n) => [frames.join('medias', user(n))], step: nothing },
];

const rooms: Plan = {
  connections: 4,
  perSec: ALLOWED,
  step: (n, turn) => {
    const roomId = `room-${n}-${Math.floor(turn / 2)}`;
    return turn % 2 === 0 ? frames.join(roomId, user(n)) : frames.leave(roomId);
  },
};

const offers: Plan[] = [
  {
    connections: 1,
    perSec: ALLOWED,
    opening: () => [frames.join('offers', 'author')],
    step: (_n, turn) => frames.offer('offers', user(turn % 7), 1000),
  },
  { connections: 7, perSec: 0, opening: (n) => [frames.join('offers', user(n))], step: nothing },
];

/** 16,000 are what the library takes. */
const FRAGMENTS_PER_STEP = 1000;
const STEPS_OF_FRAGMENTS = 16;
const fragments: Plan = {
  connections: 50,
  perSec: 4,
  opening: () => [frames.fragmentBegin],
  step: (_n, turn) =>
    turn % (STEPS_OF_FRAGMENTS + 1) === STEPS_OF_FRAGMENTS
      ? 'reopen'
      : frames.fragmentsMore(FRAGMENTS_PER_STEP),
};

const origins: Plan = {
  connections: 100,
  perSec: 1,
  origin: 'https://stranger.example',
  step: () => 'reopen',
};

const probes: Plan = {
  connections: 10,
  perSec: ALLOWED,
  step: (n, turn) => frames.message('chat/send', { roomId: `amber-otter-${n}-${turn}`, text: '?' }),
};

export const ATTACKS: readonly Attack[] = [
  { name: 'wide', about: 'offers of 6,000 short keys', plans: [wide] },
  { name: 'deep', about: 'content whose meta nests 4,000 levels, five times', plans: [deep] },
  { name: 'nested', about: 'offers as deep as may be, hundreds of times side by side', plans: [nested] },
  { name: 'lines', about: 'the longest chat as JSON, and twenty who join and leave', plans: lines },
  { name: 'contents', about: 'bursts of 12 KB content to a room of 48', plans: contents },
  { name: 'relays', about: 'offers of 47 KB to one member', plans: relays },
  { name: 'rejoins', about: 'joining a full chat again and again', plans: rejoins },
  { name: 'medias', about: 'microphone and camera on and off before 24 others', plans: medias },
  { name: 'rooms', about: 'making rooms', plans: [rooms] },
  { name: 'offers', about: 'offers without end to seven members', plans: offers },
  { name: 'fragments', about: 'messages in thousands of fragments that never end', plans: [fragments] },
  { name: 'origins', about: 'pages that are refused, and keep their sockets', plans: [origins] },
  { name: 'probes', about: 'asking which rooms there are', plans: [probes] },
  { name: 'all', about: 'all of it at once, from 200 connections', plans: everything() },
];

/** The same in parts that are 200 connections together. */
function everything(): Plan[] {
  const several = (plan: Plan, connections: number): Plan => ({ ...plan, connections });
  const [contentAuthor, contentReaders] = contents;
  const readers = contentReaders ? [several(contentReaders, 29)] : [];
  const rest = [
    ...lines,
    ...(contentAuthor ? [contentAuthor] : []),
    ...readers,
    ...relays,
    ...rejoins,
    ...medias,
    ...offers,
  ];
  return [
    several(wide, 10),
    several(deep, 10),
    several(nested, 10),
    ...rest,
    rooms,
    several(fragments, 30),
    several(origins, 22),
    probes,
  ];
}
