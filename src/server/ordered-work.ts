import type { MaybePromise } from './maybe-promise.ts';

type Work = () => MaybePromise<void>;

/** Runs one piece of work after the other, at once while none has to wait. The work itself must not throw. */
export class OrderedWork {
  /** The waiting work; `null` while nothing runs. */
  #backlog: Work[] | null = null;

  add(work: Work): void {
    if (this.#backlog) {
      this.#backlog.push(work);
      return;
    }
    this.#backlog = [work];
    this.#drain();
  }

  #drain(): void {
    for (;;) {
      const work = this.#backlog?.shift();
      if (!work) break;
      const result = work();
      if (result instanceof Promise) {
        void result.then(() => this.#drain());
        return;
      }
    }
    this.#backlog = null;
  }
}
