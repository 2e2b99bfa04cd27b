import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from '../components/avatar.tsx';
import { MicrophoneIcon, SpeakerIcon } from '../components/icons.tsx';
import type { ParticipantVolume } from '../../call/participant-volume.ts';

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
  /** How loud they are to be here, and how to change it. */
  loudness?: ParticipantVolume;
  onLoudness?: (change: Partial<ParticipantVolume>) => void;
  onShown?: (heightPx: number) => void;
}) {
  const { name, picture, cameraOn, muted, speaking, trouble = '', loudness, onLoudness } = props;
  const shows = picture !== null && cameraOn;
  const silenced = loudness?.muted ?? false;
  const said = [
    muted && 'muted',
    silenced && 'muted for you',
    !cameraOn && 'camera off',
    speaking && 'speaking',
    trouble,
  ].filter(Boolean);
  return (
    <li class={`face${speaking ? ' speaking' : ''}${trouble ? ' troubled' : ''}`} data-user={props.userId}>
      {shows ? (
        <Picture stream={picture} mirrored={props.mirrored ?? false} onShown={props.onShown} />
      ) : (
        <Avatar userId={props.userId} name={name} />
      )}
      <p class="face-name">
        {muted && <MicrophoneIcon off />}
        {silenced && <SpeakerIcon off />}
        <bdi>{name}</bdi>
        <span class="visually-hidden">{said.length > 0 && `: ${said.join(', ')}`}</span>
      </p>
      {trouble && (
        <p class="face-trouble" aria-hidden="true">
          {trouble}
        </p>
      )}
      {loudness && onLoudness && (
        <div class="face-hearing">
          <button
            type="button"
            class="icon-button"
            aria-pressed={silenced}
            onClick={() => onLoudness({ muted: !silenced })}
          >
            <SpeakerIcon off={silenced} />
            <span class="visually-hidden">Mute {name} for me</span>
          </button>
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            value={Math.round(loudness.volume * 100)}
            disabled={silenced}
            aria-label={`How loud ${name} is`}
            onInput={({ currentTarget }) => onLoudness({ volume: Number(currentTarget.value) / 100 })}
          />
        </div>
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
  // Sound has its own way (src/call/remote-audio.ts): a muted picture plays without anybody's touch.
  return <video ref={video} class={mirrored ? 'mirrored' : ''} autoplay muted playsInline />;
}
