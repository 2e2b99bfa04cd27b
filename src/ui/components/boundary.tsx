import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';

/** What could not be drawn may have gone: who had that name has left. */
const TRY_ANEW_MS = 5000;

/**
 * What is drawn of others' words may be beyond drawing: then this part says so, and the rest of the page is as it was.
 *
 * @param what The part, as a sentence begins with it.
 * @param fallback What is still to be had in its place.
 */
export function Boundary(props: { what: string; fallback?: ComponentChildren; children: ComponentChildren }) {
  const { what, fallback, children } = props;
  const boundary = useErrorBoundary((thrown: unknown) =>
    console.error(`[streamsync] ${what} cannot be shown`, thrown),
  );
  const error: unknown = boundary[0];
  const tryAnew = boundary[1];
  useEffect(() => {
    if (error === undefined) return;
    const timer = setTimeout(tryAnew, TRY_ANEW_MS);
    return () => clearTimeout(timer);
  }, [error]);
  if (error === undefined) return <>{children}</>;
  return (
    <>
      <p class="fine" role="status">
        {what} cannot be shown.
      </p>
      {fallback}
    </>
  );
}
