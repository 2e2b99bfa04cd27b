import { useState } from 'preact/hooks';
import { Notice } from '../components/basics.tsx';
import { Mark } from '../components/icons.tsx';
import { mediaProblem } from '../../call/media-problem.ts';

/** Asks for camera and microphone in a tab of our own, where a browser can ask; it remembers the answer for all sites. */
export function Permission(props: {
  devices: Pick<MediaDevices, 'getUserMedia'>;
  /** The browser remembers an answer only if it is told to. */
  asksEachTime: boolean;
  allowed: () => void;
  close: () => void;
}) {
  const [state, setState] = useState<'new' | 'asking' | 'allowed'>('new');
  const [problem, setProblem] = useState<string | null>(null);

  const ask = async () => {
    setState('asking');
    setProblem(null);
    try {
      await askForBoth(props.devices);
      setState('allowed');
      props.allowed();
    } catch (error) {
      setState('new');
      setProblem(mediaProblem(error));
    }
  };

  return (
    <main class="options">
      <header class="brand">
        <Mark size={32} />
        <h1>Camera and microphone</h1>
      </header>
      <section class="card prose">
        {state === 'allowed' ? (
          <>
            <p role="status">Done. The call goes on where you left it.</p>
            <button type="button" class="primary" onClick={props.close}>
              Back to the film
            </button>
          </>
        ) : (
          <>
            <p>
              Your browser asks once whether StreamSync may use them; the sites you watch on get neither, and
              your friends see and hear you only while you are in a call.
            </p>
            {props.asksEachTime && (
              <p>
                Let it remember your answer: beside a page it cannot ask, and a call in the sidebar needs
                both.
              </p>
            )}
            {problem !== null && <Notice>{problem}</Notice>}
            <button type="button" class="primary" disabled={state === 'asking'} onClick={() => void ask()}>
              Allow camera and microphone
            </button>
          </>
        )}
      </section>
    </main>
  );
}

/** Who has no camera, or keeps it to themselves, can still allow the microphone, and the other way round. */
async function askForBoth(devices: Pick<MediaDevices, 'getUserMedia'>): Promise<void> {
  const stopped = (stream: MediaStream) => stream.getTracks().forEach((track) => track.stop());
  try {
    stopped(await devices.getUserMedia({ audio: true, video: true }));
  } catch (error) {
    const one = (constraints: MediaStreamConstraints) => devices.getUserMedia(constraints).then(stopped);
    await one({ audio: true })
      .catch(() => one({ video: true }))
      .catch(() => {
        throw error;
      });
  }
}
