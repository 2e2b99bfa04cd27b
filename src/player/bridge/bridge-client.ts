import { BRIDGE_ANSWER, BRIDGE_ASK, BRIDGE_END } from '../../messaging/bridge-events.ts';
import { bridgeAnswer, type BridgeAnswer, type BridgeRequest } from '../../messaging/bridge.ts';

export interface BridgeClient {
  /** Events are heard before they are done with, so the answer is there at once; `null` when nobody answers. */
  ask: (request: BridgeRequest) => BridgeAnswer | null;
  end: () => void;
}

const ANSWER_CHARS = 10_000;

/** Our end of the bridge into the page's world. */
export function bridgeClient(document: Document): BridgeClient {
  return {
    ask: (request) => {
      let answer: BridgeAnswer | null = null;
      const hear = (event: Event) => {
        answer ??= parse(event instanceof CustomEvent ? event.detail : null);
      };
      document.addEventListener(BRIDGE_ANSWER, hear);
      document.dispatchEvent(new CustomEvent(BRIDGE_ASK, { detail: JSON.stringify(request) }));
      document.removeEventListener(BRIDGE_ANSWER, hear);
      return answer;
    },
    end: () => void document.dispatchEvent(new Event(BRIDGE_END)),
  };
}

function parse(detail: unknown): BridgeAnswer | null {
  if (typeof detail !== 'string' || detail.length > ANSWER_CHARS) return null;
  try {
    return bridgeAnswer.safeParse(JSON.parse(detail)).data ?? null;
  } catch {
    return null;
  }
}
