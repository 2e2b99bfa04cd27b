import type { Member } from './member.ts';
import type { World } from './world.ts';

type Deed = (world: World, member: Member) => void;

/** A page reacts to a hand so much later. */
const REACTION_MS: [number, number] = [0, 40];

function byHand(world: World, member: Member, what: string, change: () => void): void {
  world.note(member.name, what);
  member.touch();
  world.after(world.random.between(...REACTION_MS), change);
}

const toggle: Deed = (world, member) => {
  const { player } = member;
  const { paused } = player.read();
  byHand(world, member, paused ? 'plays' : 'pauses', () => (paused ? player.start() : player.stop()));
};

const seek: Deed = (world, member) => {
  const toSec = world.random.between(0, Math.min(3000, member.player.traits.durationSec));
  byHand(world, member, `seeks to ${toSec.toFixed(1)}`, () => member.player.jump(toSec));
};

const chooseRate: Deed = (world, member) => {
  const rate = world.random.pick([1, 1.25, 1.5, 0.75]);
  byHand(world, member, `chooses rate ${rate}`, () => member.player.changeRate(rate));
};

/** Pauses on pressing, seeks while moving, plays again on release, as many players do. */
const drag: Deed = (world, member) => {
  const { player } = member;
  const wasPaused = player.read().paused;
  const steps = world.random.whole(2, 12);
  world.note(member.name, 'drags');
  member.press();
  player.stop();
  for (let at = 1; at <= steps; at++) {
    world.after(at * 60, () => {
      member.moved();
      player.jump(world.random.between(0, 1000));
    });
  }
  world.after((steps + 1) * 60, () => {
    member.release();
    if (!wasPaused) player.start();
  });
};

/** A click on nothing that matters. */
const idle: Deed = (_, member) => member.touch();

export const say = (member: Member): void => member.say(`${member.name}:${member.said.length}`);

const DEEDS: [Deed, ...Deed[]] = [toggle, toggle, seek, seek, chooseRate, drag, idle];

/** One random act; with `friend`, who does something at the same instant. */
export function actOnce(world: World, member: Member, friend?: Member): void {
  world.random.pick(DEEDS)(world, member);
  if (friend) world.random.pick(DEEDS)(world, friend);
}
