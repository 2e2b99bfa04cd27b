import { PersonInput } from '../../src/player/person-input.ts';
import { Member, type MemberParts } from './member.ts';
import { someTraits, type Party } from './party.ts';
import type { SiteFilm, SiteTraits } from './sim-site.ts';
import { SimServer } from './sim-server.ts';
import { Steady } from './steady.ts';
import { World } from './world.ts';

const SITE = 'films.example';

/** A jump that the extension made, and what was in the player at that moment. */
export interface Jump {
  member: string;
  atMs: number;
  film: string | null;
  fromSec: number;
  toSec: number;
}

export interface Evening extends Party {
  /** When the first member's player began the next film, ms. */
  begunMs: number;
  jumps: Jump[];
  next: SiteFilm;
}

export type Manner = Partial<Pick<MemberParts, 'ignores'>> & { traits?: (at: number) => Partial<SiteTraits> };

const BEFORE_END_SEC = 45;
const JOINED_BY_MS = 4000;
const COUNTDOWN_SEC = 5;
/** By then a page that had to be loaded has, and the last ad is over. */
const SETTLED_MS = 100_000;
const WATCH_MS = 10_000;

const filmOf = (episode: number, durationSec: number): SiteFilm => {
  const url = `https://${SITE}/e${episode}`;
  return { contentId: url, url, title: `Episode ${episode}`, durationSec };
};

/** The end of a film that a party of two to five watches, and the next one, to which each one's site goes in its own way. */
export async function playNextEpisode(seed: number, manner: Manner = {}): Promise<Evening> {
  const world = new World(seed);
  const { random } = world;
  const server = new SimServer(world);
  const durationSec = random.between(300, 3000);
  const films: [SiteFilm, SiteFilm] = [
    filmOf(1, durationSec),
    filmOf(2, durationSec * random.between(0.8, 1.2)),
  ];
  const [first, next] = films;
  const site = someSite(world);
  const count = random.whole(2, 5);
  // Somebody's site goes on, else it is no next episode.
  const goes = random.whole(0, count - 1);
  const members: Member[] = [];
  const jumps: Jump[] = [];
  let begunMs = Infinity;
  for (let at = 0; at < count; at++) {
    world.after(at === 0 ? 0 : random.between(2000, JOINED_BY_MS), () => {
      const traits = {
        ...someTraits(world, first.durationSec),
        ...(at === goes && { autoplay: 'all' as const }),
      };
      const embedded = random.chance(0.25);
      const own = { ...site, ...waysOf(world, site, at === goes), ...manner.traits?.(at) };
      const member = new Member(world, server, {
        name: `m${at}`,
        traits: at === 0 ? { ...traits, autoplay: 'all' } : traits,
        input: () => new PersonInput(),
        ignores: manner.ignores ?? (() => false),
        embedded,
        site: { films, traits: own },
      });
      world.note(member.name, JSON.stringify({ ...own, autoplay: member.player.traits.autoplay }));
      member.player.onSeek = (fromSec, toSec) => {
        const film = member.site?.plays?.contentId ?? null;
        world.note(member.name, `is sought from ${fromSec.toFixed(2)} to ${toSec.toFixed(2)} in ${film}`);
        jumps.push({ member: member.name, atMs: world.nowMs, film, fromSec, toSec });
      };
      if (at === 0) {
        member.player.place(first.durationSec - BEFORE_END_SEC);
        member.player.start();
      }
      members.push(member);
    });
  }
  world.every(20, () => {
    if (members.some(({ site }) => site?.plays === next)) begunMs = Math.min(begunMs, world.nowMs);
  });
  await world.pass(SETTLED_MS);
  const notBack = members.filter(({ online }) => !online).map(({ name }) => name);
  const steady = new Steady(world, server, members);
  await world.pass(SETTLED_MS + WATCH_MS);
  steady.end();
  return { world, server, members, chaosEndMs: 0, notBack, steady, begunMs, jumps, next };
}

/** What the site does at all its visitors. */
function someSite({ random }: World) {
  return {
    byAddress: random.chance(0.5),
    replacesPlayer: random.chance(0.3),
    keepsRate: random.chance(0.5),
    goesOnAtSec: random.between(0, 15) + COUNTDOWN_SEC,
  };
}

/** What it does at one of them. */
function waysOf({ random }: World, site: ReturnType<typeof someSite>, goes: boolean) {
  const ways = goes ? (['itself', 'ad'] as const) : (['itself', 'itself', 'ad', 'promo', 'stays'] as const);
  const way = random.pick<'itself' | 'ad' | 'promo' | 'stays'>(ways);
  return {
    namedAfterMs: site.byAddress ? random.between(-2500, 900) : random.between(-1000, 1200),
    emptyMs: random.between(20, 1500),
    pageLoadMs: random.between(600, 4000),
    goesOnAtSec: way === 'stays' ? null : site.goesOnAtSec - random.between(0, COUNTDOWN_SEC),
    promo: way === 'promo' ? { durationSec: random.between(5, 20), named: random.chance(0.5) } : null,
    adMs: way === 'ad' ? random.between(2000, 14_000) : 0,
  };
}
