/** The system's monotonic clock, which every thread reads the same; `performance.now()` begins anew in each. */
export function sharedMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
