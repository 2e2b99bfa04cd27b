import type { ComponentChildren } from 'preact';

/** Decoration: the words beside an icon say what it means. */
function Icon({ children, size = 16 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const SmileIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M8.5 14.5a4.5 4.5 0 0 0 7 0" />
    <path d="M9 9.5h.01M15 9.5h.01" />
  </Icon>
);
export const LinkIcon = () => (
  <Icon>
    <path d="M10 14a4.5 4.5 0 0 0 6.4 0l3.2-3.2a4.5 4.5 0 0 0-6.4-6.4L12 5.6" />
    <path d="M14 10a4.5 4.5 0 0 0-6.4 0l-3.2 3.2a4.5 4.5 0 0 0 6.4 6.4l1.2-1.2" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <rect x="5" y="11" width="14" height="9" rx="2" />
    <path d="M8 11V8a4 4 0 0 1 8 0v3" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);
export const ShuffleIcon = () => (
  <Icon>
    <path d="M4 12a8 8 0 0 1 13.7-5.7L20 8.6M20 4v4.6h-4.6" />
    <path d="M20 12a8 8 0 0 1-13.7 5.7L4 15.4M4 20v-4.6h4.6" />
  </Icon>
);
export const SendIcon = () => (
  <Icon size={18}>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
);
export const FoldIcon = () => (
  <Icon>
    <path d="M5 12h14" />
  </Icon>
);
export const PanelIcon = () => (
  <Icon>
    <rect x="3" y="5" width="18" height="14" rx="2" />
    <path d="M15 5v14" />
  </Icon>
);
export const PopOutIcon = () => (
  <Icon>
    <path d="M13 5h6v6M19 5l-8 8M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4" />
  </Icon>
);
export const GripIcon = () => (
  <Icon>
    <path d="M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1" stroke-width="3" />
  </Icon>
);
export const PlayIcon = () => (
  <Icon>
    <path d="M8 5.5v13l10.5-6.5z" fill="currentColor" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon>
    <path d="M9 6v12M15 6v12" stroke-width="3" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1" />
  </Icon>
);
export const ScreenIcon = () => (
  <Icon>
    <rect x="3" y="5" width="18" height="12" rx="2" />
    <path d="M9 20.5h6" />
  </Icon>
);

/** Says of a member that they are the host. */
export const HostCrown = () => (
  <svg class="icon crown" width="14" height="14" viewBox="0 0 24 24" role="img" aria-label="Host">
    <title>Host</title>
    <path d="M3 8l4.5 4L12 5l4.5 7L21 8l-2 11H5z" fill="currentColor" />
  </svg>
);

/** The product's mark, as in public/icon: two players, and where they are one. */
export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 128 128" aria-hidden="true">
    <rect width="128" height="128" rx="32" fill="#4d3ed2" />
    <g stroke-width="10" stroke-linejoin="round">
      <path d="M30 35v58l49-29z" fill="#ff8f6b" stroke="#ff8f6b" />
      <path d="M56 35v58l49-29z" fill="#fff" stroke="#fff" />
      <path d="M56 50.400v27.200l23-13.600z" fill="#ffbfa8" stroke="#ffbfa8" />
    </g>
  </svg>
);
export const MicrophoneIcon = ({ off = false }: { off?: boolean }) => (
  <Icon>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    {off && <path d="m4 4 16 16" />}
  </Icon>
);
export const CameraIcon = ({ off = false }: { off?: boolean }) => (
  <Icon>
    <rect x="3" y="7" width="12" height="10" rx="2" />
    <path d="m15 11 6-3.5v9L15 13" />
    {off && <path d="m4 4 16 16" />}
  </Icon>
);
export const SpeakerIcon = ({ off = false }: { off?: boolean }) => (
  <Icon>
    <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z" />
    {off ? (
      <path d="m16 9.500 5 5m0-5-5 5" />
    ) : (
      <path d="M15.500 9a4.500 4.500 0 0 1 0 6m2.500-9a8.500 8.500 0 0 1 0 12" />
    )}
  </Icon>
);
export const HangUpIcon = () => (
  <Icon>
    <path d="M3.5 14.5c5-4.5 12-4.5 17 0l-2 3-4-1.5v-2.5a9 9 0 0 0-5 0V16l-4 1.5Z" />
  </Icon>
);
