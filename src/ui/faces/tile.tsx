import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../parts/avatar.tsx';
import { MicrophoneIcon } from '../parts/icons.tsx';

/** One face: the picture, or a letter where the camera is off. */
export function Tile(props: {
  userId: string;
  name: string;
  picture: MediaStream | null;
  cameraOn: boolean;
  muted: boolean;
  speaking: boolean;
  /** What is wrong with the connection, in a word; empty while it is well. */
  trouble?: string;
  /** As in a mirror, as people know themselves. */
  mirrored?: boolean;
  /** How loud they are to be, and how to change it. */
  volume?: { value: number; set: (value: number) => void };
  onShown?: (heightPx: number) => void;
}) {
  const { name, picture, cameraOn, muted, speaking, trouble = '', volume } = props;
  const shows = picture !== null && cameraOn;
  const said = [muted && 'muted', !cameraOn && 'camera off', speaking && 'speaking', trouble].filter(Boolean);
  return (
    <li class={`face${speaking ? ' speaking' : ''}${trouble ? ' troubled' : ''}`} data-user={props.userId}>
      {shows ? (
        <Picture stream={picture} mirrored={props.mirrored ?? false} onShown={props.onShown} />
      ) : (
        <Avatar userId={props.userId} name={name} />
      )}
      <p class="face-name">
        {muted && <MicrophoneIcon off />}
        <bdi>{name}</bdi>
        <span class="visually-hidden">{said.length > 0 && `: ${said.join(', ')}`}</span>
      </p>
      {trouble && (
        <p class="face-trouble" aria-hidden="true">
          {trouble}
        </p>
      )}
      {volume && (
        <input
          class="face-volume"
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(volume.value * 100)}
          aria-label={`How loud ${name} is`}
          onInput={({ currentTarget }) => volume.set(Number(currentTarget.value) / 100)}
        />
      )}
    </li>
  );
}

function Picture(props: {
  stream: MediaStream;
  mirrored: boolean;
  onShown?: ((heightPx: number) => void) | undefined;
}) {
  const { stream, mirrored, onShown } = props;
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onShown);
  tell.current = onShown;
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    const shown = video.current;
    if (!shown) return;
    const observer = new ResizeObserver(() => tell.current?.(shown.clientHeight * window.devicePixelRatio));
    observer.observe(shown);
    return () => {
      observer.disconnect();
      tell.current?.(0);
    };
  }, []);
  // Sound has its own way (voices.ts): a muted picture plays without anybody's touch.
  return <video ref={video} class={mirrored ? 'mirrored' : ''} autoplay muted playsInline />;
}
