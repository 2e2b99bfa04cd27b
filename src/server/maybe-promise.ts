/** A value now or later. Synchronous values stay synchronous: a simulated party runs without a single microtask. */
export type MaybePromise<T> = T | Promise<T>;

export function andThen<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Runs `work` and passes its error, now or later, to `failed`. */
export function rescue(work: () => MaybePromise<void>, failed: (error: unknown) => void): MaybePromise<void> {
  try {
    const result = work();
    return result instanceof Promise ? result.catch(failed) : undefined;
  } catch (error) {
    failed(error);
  }
}
