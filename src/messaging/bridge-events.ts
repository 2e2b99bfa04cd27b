/** Events of the document, between our world and the main world of the page. Kept apart from `bridge.ts`, which needs zod. */
export const BRIDGE_ASK = 'streamsync:ask';
export const BRIDGE_ANSWER = 'streamsync:answer';
export const BRIDGE_END = 'streamsync:end';
