import type { MaybePromise } from './maybe-promise.ts';

/** Does one piece of work after the other, at once while none has to wait. The work itself must not throw. */
export class OrderedWork {
  readonly #backlog: (() => MaybePromise<void>)[] = [];
  #waiting = false;

  add(work: () => MaybePromise<void>): void {
    this.#backlog.push(work);
    this.#drain();
  }

  #drain(): void {
    while (!this.#waiting) {
      const work = this.#backlog.shift();
      if (!work) return;
      this.#waiting = true;
      const result = work();
      if (result instanceof Promise) {
        void result.then(() => this.#resume());
        return;
      }
      this.#waiting = false;
    }
  }

  #resume(): void {
    this.#waiting = false;
    this.#drain();
  }
}
