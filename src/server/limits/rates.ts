import type { ServerLimits } from './server-limits.ts';
import type { Rate } from './token-bucket.ts';

/** The resources of one connection. */
export type ConnectionResource =
  /** Frames, pings and pongs. */
  | 'frames'
  /** Bytes of frames. */
  | 'bytes'
  | 'chat'
  /** A first join takes two, a repeated one five: each sends all that the room knows. */
  | 'joins'
  /** Messages that change the room for all members. */
  | 'acts'
  /** Messages on the sender's state, broadcast at once. */
  | 'states'
  /** Session descriptions: each can make its receiver create a peer connection. */
  | 'signals'
  /** Bytes that other members receive because of this connection. */
  | 'fanOut';

/** The resources of all connections and requests of one address. */
export type AddressResource =
  /** Connections made. */
  | 'handshakes'
  | 'frames'
  | 'bytes'
  | 'fanOut'
  /** Rooms made. */
  | 'rooms'
  /** Names that are new to their room. */
  | 'identities'
  /** Requests that reveal whether a room exists. */
  | 'lookups'
  | 'wrong_keys'
  /** TURN credentials. */
  | 'turn';

/**
 * Derived from the operator's limits, so that raising one for a large party raises the others with it.
 * docs/protocol.md, "What is limited", gives the reason for each value.
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

/** Bytes relayed from one member to another, which a slow link must bear. */
export const relayRate = ({ frameBurst, framesPerSec }: ServerLimits): Rate => ({
  burst: frameBurst * 875,
  perSec: framesPerSec * 330,
});

/**
 * An address may be a household or a school: it gets ten times a connection's rates, and its own for rooms and
 * guesses.
 */
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

/** For unknown addresses only guesses are counted, for all of them together. */
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
