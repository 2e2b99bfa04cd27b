import { useEffect, useRef, useState } from 'preact/hooks';

/** Puts a member out, after a second press: it is final, and locks the party. */
export function RemoveButton({ name, onRemove }: { name: string; onRemove: () => void }) {
  const [asking, setAsking] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <button type="button" class="small quiet" onClick={() => setAsking(true)}>
        Remove<span class="visually-hidden"> from the party: {name}</span>
      </button>
    );
  }
  return (
    <div class="confirm" role="group" aria-label={`Remove ${name}?`}>
      <p class="fine">
        Remove <bdi>{name}</bdi> for good and lock the party?
      </p>
      <button type="button" class="small danger" onClick={onRemove}>
        Remove and lock
      </button>
      <button type="button" class="small quiet" ref={no} onClick={() => setAsking(false)}>
        Keep
      </button>
    </div>
  );
}
