/**
 * The bounds of every string, number and list on the wire. Why each has its value: docs/protocol.md, "Bounds".
 * Characters are UTF-16 code units, as `String.length` counts them.
 */
export const LIMITS = {
  /** Largest frame either side accepts, in bytes. */
  frameBytes: 64 * 1024,
  /** Levels of arrays and objects in a frame; an honest one has six. */
  nesting: 64,
  /** Values in the arrays and objects of a client's frame. */
  frameValues: 4096,
  roomIdChars: 128,
  userIdChars: 128,
  displayNameChars: 64,
  requestIdChars: 128,
  chatTextChars: 2000,
  chatIdChars: 64,
  contentIdChars: 4096,
  /** `meta`, `sdp` and `candidate` are relayed unread, so only their size as JSON is bounded. */
  metaChars: 8 * 1024,
  sdpChars: 48 * 1024,
  candidateChars: 4 * 1024,
  /** Values in each of them: a session description as an object has three. */
  jsonValues: 1024,
  /** Live streams count from the Unix epoch, so a position can be 1.7e9 s. */
  positionSecMax: 1e10,
  /** The largest time a JavaScript `Date` can hold. */
  timestampMsMax: 8.64e15,
  rateMin: 0.0625,
  rateMax: 16,
  capsCount: 32,
  capChars: 32,
  tokenChars: 128,
  errorMessageChars: 500,
  /** What a late joiner is given, and what a room keeps. */
  historyCount: 100,
  /** Members of a room; a mesh of faces ends at 8, a party without faces does not. */
  roomMembers: 50,
  /** Each sends to each: beyond these a mesh asks more of a computer and its upload than they have. */
  callMembers: 8,
  /** A drift beyond a day is not a drift. */
  driftMsMax: 86_400_000,
  /** A person's own shift: another cut begins at most so much earlier or later. */
  offsetMsMax: 600_000,
  /** 16 characters of base64url are 96 bits. */
  roomKeyCharsMin: 16,
  roomKeyCharsMax: 128,
  /** Removals and resume tokens that a host gives back to a server that forgot them. */
  accessCount: 100,
  /** The longest emoji, families with skin tones and flags of regions among them, have up to 30. */
  emojiChars: 32,
  /** ICE servers told to a member, and their addresses each. */
  iceServersCount: 8,
  iceUrlsCount: 8,
  iceUrlChars: 512,
  /** A TURN name and password, base64 of a SHA-1 with room to spare. */
  iceCredentialChars: 512,
  /** Different emoji on one message. */
  reactionsCount: 20,
} as const;
