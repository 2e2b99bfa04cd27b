import { useEffect, useState } from 'preact/hooks';
import type { CallState } from '../../call/call-state.ts';
import type { Call } from '../../call/call.ts';

/** The call as it is now; drawn anew at each change. */
export function useCall(call: Call): CallState {
  const [state, setState] = useState(call.state);
  useEffect(() => {
    setState(call.state);
    return call.subscribe(() => setState(call.state));
  }, [call]);
  return state;
}
