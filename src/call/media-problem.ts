import type { MediaKind } from './local-media.ts';

/** Why camera or microphone cannot be used, as a sentence that says what to do (Media Capture and Streams, §10.3). */
export function mediaProblem(error: unknown, kinds: readonly MediaKind[] = ['microphone', 'camera']): string {
  const [only] = kinds.length === 1 ? kinds : [];
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return `Your browser does not let StreamSync use ${only ? `the ${only}` : 'camera and microphone'}. Click the camera sign in its address bar, allow ${only ? 'it' : 'them'}, and try again.`;
    case 'NotFoundError':
      return `${only ? `No ${only}` : 'No camera and no microphone'} was found. Plug one in and try again.`;
    case 'NotReadableError':
    case 'AbortError':
      return `Another program is using the ${only ?? 'camera or microphone'}. Close it and try again.`;
    case 'OverconstrainedError':
      return `The ${only ?? 'camera or microphone'} you chose before is not there. Choose another.`;
    default:
      return `${only ? `Your ${only}` : 'Camera and microphone'} could not be started. Try again, or choose ${only ? 'another' : 'others'}.`;
  }
}

export const isRefusal = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NotAllowedError';
