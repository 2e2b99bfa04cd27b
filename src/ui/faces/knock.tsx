import type { Peer } from '../../protocol/index.ts';
import type { Call } from '../../call/call.ts';

/** Somebody whose program tells nothing of calls wants to join this one. */
export function Knock({ call, peer }: { call: Call; peer: Peer }) {
  const { userId, displayName } = peer;
  return (
    <div class="knock" role="status">
      <p>
        <bdi>{displayName}</bdi>’s other program wants to join the call.
      </p>
      <div class="button-row">
        <button type="button" class="small primary" onClick={() => call.letIn(userId, true)}>
          Let in
        </button>
        <button type="button" class="small quiet" onClick={() => call.letIn(userId, false)}>
          Not now
        </button>
      </div>
    </div>
  );
}
