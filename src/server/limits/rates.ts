import type { ServerLimits } from './server-limits.ts';
import type { Rate } from './token-bucket.ts';

/** What one connection draws from. */
export type ConnectionResource =
  /** Frames, pings and pongs. */
  | 'frames'
  /** Bytes of frames. */
  | 'bytes'
  | 'chat'
  /** A first join is two of them, a repeated one five: each tells all that the room knows. */
  | 'joins'
  /** Messages that change the room for everybody. */
  | 'acts'
  /** Messages on how this member is, which the others are told at once. */
  | 'states'
  /** Session descriptions: each can make the other side build a peer connection. */
  | 'signals'
  /** Bytes that others receive because of it. */
  | 'fanOut';

/** What all connections and requests of one address draw from. */
export type AddressResource =
  /** Connections made. */
  | 'handshakes'
  | 'frames'
  | 'bytes'
  | 'fanOut'
  /** Rooms made. */
  | 'rooms'
  /** Names that have never been in their room. */
  | 'identities'
  /** Questions that tell whether a room exists. */
  | 'lookups'
  | 'wrong_keys'
  /** TURN passwords. */
  | 'turn';

/**
 * What follows from the operator's limits, so that whoever raises one for a large party raises what goes with it. Why each has
 * its value: docs/protocol.md, "What is limited".
 */
export function connectionRates(limits: ServerLimits): Readonly<Record<ConnectionResource, Rate>> {
  const { frameBurst, framesPerSec, frameDebt, chatBurst, chatPerSec } = limits;
  return {
    frames: { burst: frameBurst, perSec: framesPerSec, debt: frameDebt },
    bytes: { burst: frameBurst * 1750, perSec: framesPerSec * 655, debt: frameBurst * 1750 },
    chat: { burst: chatBurst, perSec: chatPerSec },
    joins: { burst: frameBurst / 7.5, perSec: framesPerSec / 10 },
    acts: { burst: frameBurst / 7.5, perSec: framesPerSec / 10 },
    states: { burst: frameBurst / 15, perSec: framesPerSec / 20 },
    signals: { burst: frameBurst / 6, perSec: framesPerSec / 10 },
    fanOut: { burst: frameBurst * 14_000, perSec: framesPerSec * 5250 },
  };
}

/** Bytes of relays from one member to one other: a slow link must bear them. */
export const relayRate = ({ frameBurst, framesPerSec }: ServerLimits): Rate => ({
  burst: frameBurst * 875,
  perSec: framesPerSec * 330,
});

/** An address may be a whole household, or a school: ten of what one connection has, and its rooms and guesses. */
export function addressRates(limits: ServerLimits): Readonly<Record<AddressResource, Rate>> {
  const { frameBurst, framesPerSec, connectionsPerIp } = limits;
  return {
    handshakes: { burst: connectionsPerIp * 2 + 20, perSec: connectionsPerIp / 2 },
    frames: { burst: frameBurst * 10, perSec: framesPerSec * 10 },
    bytes: { burst: frameBurst * 28_000, perSec: framesPerSec * 10_500 },
    fanOut: { burst: frameBurst * 112_000, perSec: framesPerSec * 42_000 },
    rooms: { burst: connectionsPerIp / 10, perSec: connectionsPerIp / 2000 },
    identities: { burst: connectionsPerIp, perSec: connectionsPerIp / 240 },
    lookups: { burst: 60, perSec: 5 },
    wrong_keys: { burst: 10, perSec: 0.1 },
    turn: { burst: connectionsPerIp / 5, perSec: connectionsPerIp / 600 },
  };
}

/** Where addresses are not known, only guesses are counted, those of all together. */
export function unknownAddressRates(limits: ServerLimits): Readonly<Record<AddressResource, Rate>> {
  const { lookups, wrong_keys } = addressRates(limits);
  const free = { burst: 1e12, perSec: 1e12 };
  return {
    handshakes: free,
    frames: free,
    bytes: free,
    fanOut: free,
    rooms: free,
    identities: free,
    turn: free,
    lookups,
    wrong_keys,
  };
}

/** Rooms of one address that may be alive at once. */
export const roomsAlivePerAddress = ({ connectionsPerIp }: ServerLimits): number =>
  Math.ceil(connectionsPerIp * 0.32);
