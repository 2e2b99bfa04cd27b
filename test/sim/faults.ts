import type { Member } from './member.ts';
import type { SimServer } from './sim-server.ts';
import type { World } from './world.ts';

/** Something that goes wrong for one member, and is over by `endsMs`; returns when its member can be online again. */
type Fault = (world: World, member: Member, leftMs: number) => void;

const lasting = (world: World, [least, most]: [number, number], leftMs: number) =>
  Math.min(world.random.between(least, most), leftMs);

const lossOf: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [0, 15_000], leftMs);
  world.note(member.name, `loses its connection for ${Math.round(ms)} ms`);
  member.link.breakFor(ms);
  if (world.random.chance(0.5)) world.after(ms, () => member.networkBack());
};
const silence: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [300, 9000], leftMs);
  world.note(member.name, `hears nothing for ${Math.round(ms)} ms`);
  member.link.silenceFor(ms);
};
const halfOpen: Fault = (world, member) => {
  world.note(member.name, 'has a connection that died silently');
  member.link.killSilently();
};
const backgroundDeath: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [50, 10_000], leftMs);
  world.note(member.name, `loses its background for ${Math.round(ms)} ms`);
  member.killBackground(ms);
};
const sleep: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [1000, 60_000], leftMs);
  world.note(member.name, `sleeps for ${Math.round(ms)} ms`);
  member.sleepFor(ms);
};
const stall: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [100, 7000], leftMs);
  world.note(member.name, `stalls for ${Math.round(ms)} ms`);
  member.player.stallFor(ms);
};
const sitePauses: Fault = (world, member) => {
  world.note(member.name, 'its site pauses or plays');
  if (member.player.read().paused) member.player.start();
  else member.player.stop();
};
const siteSeeks: Fault = (world, member) => {
  world.note(member.name, 'its site seeks');
  member.player.jump(world.random.between(0, 2000));
};
const siteRates: Fault = (world, member) => {
  world.note(member.name, 'its site sets a rate');
  member.player.changeRate(world.random.pick([1, 1.5, 0.5]));
};
const siteRebuilds: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [50, 3000], leftMs);
  world.note(member.name, `is rebuilt by its site for ${Math.round(ms)} ms`);
  member.player.rebuildFor(ms);
};
/** The film stands still for it, whatever anybody does, and plays afterwards. */
const ad: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [2000, 12_000], leftMs);
  world.note(member.name, `sees an ad for ${Math.round(ms)} ms`);
  member.player.stop();
  const endWatch = world.every(150, () => member.player.stop());
  world.after(ms, () => {
    endWatch();
    member.player.start();
  });
};

/** One that its site's rule knows for an ad. */
const knownAd: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [2000, 20_000], leftMs);
  world.note(member.name, `sees an ad that is known for ${Math.round(ms)} ms`);
  member.player.showAd(ms);
};
const portLoss: Fault = (world, member) => {
  world.note(member.name, 'loses the ports of its pages');
  member.losePorts();
};
const reload: Fault = (world, member, leftMs) => {
  const ms = lasting(world, [300, 4000], leftMs);
  world.note(member.name, `reloads its page, which takes ${Math.round(ms)} ms`);
  member.reload(ms);
};

export const FAULTS: [Fault, ...Fault[]] = [
  lossOf,
  silence,
  halfOpen,
  backgroundDeath,
  sleep,
  stall,
  stall,
  sitePauses,
  siteSeeks,
  siteRates,
  siteRebuilds,
  ad,
  knownAd,
  portLoss,
  reload,
];

export function restartServer(world: World, server: SimServer, downMs: number): void {
  server.kill();
  world.after(downMs, () => server.start());
}
