import type { Now } from '../ports.ts';
import { addressKeys } from './address-key.ts';
import { Budget } from './budget.ts';
import { addressRates, roomsAlivePerAddress, unknownAddressRates, type AddressResource } from './rates.ts';
import type { ServerLimits } from './server-limits.ts';
import type { Rate } from './token-bucket.ts';

/** Number of addresses kept; beyond it the oldest without a connection or room is dropped. */
const MAX_ADDRESSES = 10_000;
/** Number of the oldest addresses searched for one that is as good as new. */
const SCANNED = 16;
/** A provider's network (/48) gets so many times the rates of one customer's (/64). */
const WIDER = 10;

type Counted = 'connections' | 'rooms';
type Rates = Readonly<Record<AddressResource, Rate>>;

/** The usage of one address or network. */
class Ledger {
  readonly budget: Budget<AddressResource>;
  readonly counted: Record<Counted, number> = { connections: 0, rooms: 0 };

  constructor(rates: Rates) {
    this.budget = new Budget(rates);
  }
}

/** Counts the usage of every address, with bounded memory. */
export class AddressBook {
  readonly nowMs: Now;
  /** Connections and rooms that one address may have at once. */
  readonly most: Readonly<Record<Counted, number>>;
  readonly #ledgers = new Map<string, Ledger>();
  readonly #rates: Rates;
  readonly #widerRates: Rates;
  readonly #unknown: Ledger;

  constructor(limits: ServerLimits, nowMs: Now) {
    this.nowMs = nowMs;
    this.most = { connections: limits.connectionsPerIp, rooms: roomsAlivePerAddress(limits) };
    this.#rates = addressRates(limits);
    this.#widerRates = widened(this.#rates);
    this.#unknown = new Ledger(unknownAddressRates(limits));
  }

  account(address: string): AddressAccount {
    const ledgers = addressKeys(address).map((key, width) =>
      this.#ledger(key, width === 0 ? this.#rates : this.#widerRates),
    );
    return ledgers.length > 0
      ? new AddressAccount(this, ledgers, this.most)
      : new AddressAccount(this, [this.#unknown], UNCOUNTED);
  }

  #ledger(key: string, rates: Rates): Ledger {
    const known = this.#ledgers.get(key);
    if (known) return known;
    if (this.#ledgers.size >= MAX_ADDRESSES) this.#forgetOne();
    const ledger = new Ledger(rates);
    this.#ledgers.set(key, ledger);
    return ledger;
  }

  #forgetOne(): void {
    const unused = this.#ledgers
      .entries()
      .filter(([, { counted }]) => counted.connections === 0 && counted.rooms === 0)
      .take(SCANNED)
      .toArray();
    const [key] = unused.find(([, { budget }]) => budget.isFull(this.nowMs())) ?? unused[0] ?? [];
    if (key !== undefined) this.#ledgers.delete(key);
  }
}

const UNCOUNTED: AddressBook['most'] = { connections: Infinity, rooms: Infinity };

/** The usage of one client's address and its wider network. */
export class AddressAccount {
  readonly #book: AddressBook;
  /** The narrower network first. */
  readonly #ledgers: readonly Ledger[];

  readonly #most: AddressBook['most'];

  constructor(book: AddressBook, ledgers: readonly Ledger[], most: AddressBook['most']) {
    this.#book = book;
    this.#ledgers = ledgers;
    this.#most = most;
  }

  /** 0 if granted, else the ms to wait. */
  take(resource: AddressResource, amount = 1): number {
    for (const { budget } of this.#ledgers) {
      const waitMs = budget.take(resource, this.#book.nowMs(), amount);
      if (waitMs > 0) return waitMs;
    }
    return 0;
  }

  /** Counts a connection or a room; returns the function that ends the count, or `null` above the limit. */
  count(what: Counted): (() => void) | null {
    const most = this.#most[what];
    if (this.#ledgers.some(({ counted }, width) => counted[what] >= most * WIDER ** width)) return null;
    for (const { counted } of this.#ledgers) counted[what] += 1;
    let isCounted = true;
    return () => {
      if (!isCounted) return;
      isCounted = false;
      for (const { counted } of this.#ledgers) counted[what] -= 1;
    };
  }
}

function widened(rates: Rates): Rates {
  const wider = Object.entries(rates).map(([resource, { burst, perSec }]) => [
    resource,
    { burst: burst * WIDER, perSec: perSec * WIDER },
  ]);
  // The entries are those of `rates`, which the type system does not follow through `fromEntries`.
  return Object.fromEntries(wider) as Rates;
}
