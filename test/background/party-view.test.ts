import { describe, expect, it } from 'vitest';
import { makeView, type TabFacts } from '../../src/background/party-view.ts';
import { FILM, online, ROOM, watching, type Driver } from '../party/support.ts';

const TAB: TabFacts = {
  ...{ permitted: true, resists: false, silenced: false, comes: false, interruption: null },
  ...{ refused: false, unrecognised: false, overlayOn: true },
};
const partyOf = ({ session, nowMs }: Driver, tab: Partial<TabFacts> = {}) =>
  makeView(session, { ...TAB, ...tab }, false, nowMs, 0).party;

describe('a tab that has no film of its own, and whose person has agreed to nothing yet', () => {
  const content = { contentId: FILM, meta: { url: FILM } };
  const arrived = () => online().receive('watch/content', { roomId: ROOM, ...content });

  it('is asked to come along, and not whether we may see the page that it is on', () => {
    const tab = { permitted: false };
    expect(partyOf(arrived(), { ...tab, comes: true })?.problems).toEqual(['other_content']);
    expect(partyOf(arrived(), tab)?.problems).toEqual(['site_not_permitted']);
  });

  it('is asked nothing before the party watches anything', () => {
    expect(partyOf(online(), { comes: true })?.problems).toEqual([]);
  });
});

it('an ad that somebody says takes for ever has no end to be shown', () => {
  const members = (adEndsAtMs: number) => {
    const driver = watching();
    driver.receive('room/peer_joined', { roomId: ROOM, peer: { userId: 'eve', displayName: 'Eve' } });
    driver.receive('member/states', { roomId: ROOM, members: [{ userId: 'eve', state: 'ad', adEndsAtMs }] });
    return partyOf(driver)?.members.find(({ userId }) => userId === 'eve');
  };
  expect(members(5_030_000)?.adUntilMs).toBeCloseTo(30_000, -3);
  expect(members(8e15)).not.toHaveProperty('adUntilMs');
});
