/** Why camera or microphone cannot be used, as a sentence that says what to do (Media Capture and Streams, §10.3). */
export function mediaProblem(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'Your browser does not let StreamSync use camera and microphone. Click the camera sign in its address bar, allow them, and try again.';
    case 'NotFoundError':
      return 'No camera and no microphone was found. Plug one in and try again.';
    case 'NotReadableError':
    case 'AbortError':
      return 'Another program is using the camera or microphone. Close it and try again.';
    case 'OverconstrainedError':
      return 'The camera or microphone you chose before is not there. Choose another.';
    default:
      return 'Camera and microphone could not be started. Try again, or choose others.';
  }
}
