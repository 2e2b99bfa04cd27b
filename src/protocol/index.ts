export { CAPS, type Cap } from './caps.ts';
export {
  type ClientMessage,
  type ClientPayload,
  type ClientType,
  type RoomSnapshot,
} from './client-messages.ts';
export {
  decodeClientFrame,
  decodeServerFrame,
  encode,
  readRequestId,
  type Decoded,
  type FrameError,
} from './codec.ts';
export { contentMeta, contentUrl, pageContent, type ContentMeta, type PageContent } from './content.ts';
export { CLOSE, errorCode, type ErrorCode } from './errors.ts';
export * as field from './fields.ts';
export { DEFAULT_RULES, OUT_OF_CALL } from './fields.ts';
export type {
  Act,
  ChatEntry,
  ChatReaction,
  ChatRef,
  Control,
  Hold,
  IceServer,
  Intent,
  Media,
  MemberReport,
  MemberState,
  Notice,
  OwnMemberState,
  Peer,
  RefusalReason,
  RoomAccess,
  RoomRules,
  WaitPolicy,
} from './fields.ts';
export { keyInLink, readInvitePath, roomInLink, roomTitle, vouchesFor } from './invite-link.ts';
export { LIMITS } from './limits.ts';
export { applyReaction } from './reactions.ts';
export {
  certificateIn,
  certificateOf,
  keyOfSecret,
  nameWithoutCertificate,
  withCertificate,
} from './room-certificate.ts';
export { roomPreview, type RoomPreview } from './room-preview.ts';
export { tellApart } from './tell-apart.ts';
export { canBeSeen, visibleText } from './display-name.ts';
export { type ServerMessage, type ServerPayload, type ServerType } from './server-messages.ts';
