import { describe, expect, it } from 'vitest';
import { targetTab, type TabsEdge } from '../../src/ui/host/target-tab.ts';

const OWN = 'chrome-extension://abc/';
type Tab = Awaited<ReturnType<TabsEdge['query']>>[number];

const tabs = (all: Tab[], current?: Tab): TabsEdge => ({
  query: () => Promise.resolve(all),
  getCurrent: () => Promise.resolve(current),
  get: (id) => {
    const found = all.find((tab) => tab.id === id);
    return found ? Promise.resolve(found) : Promise.reject(new Error(`No tab with id: ${id}.`));
  },
});
const film: Tab = { id: 1, active: false, lastAccessed: 10, url: 'https://films.example/', title: 'A film' };
const mail: Tab = { id: 2, active: false, lastAccessed: 20 };
const popup: Tab = { id: 3, active: true, lastAccessed: 30, url: `${OWN}popup.html` };
const options: Tab = { id: 4, active: false, lastAccessed: 25, url: `${OWN}options.html` };

describe('the tab that takes part', () => {
  it('is the active one under a popup', async () => {
    const found = await targetTab(tabs([{ ...film, active: true }, mail]), OWN, '');
    expect(found).toEqual({ id: 1, url: film.url, title: film.title });
  });

  it('is the one used last before the popup page in a tab of its own, other extension pages left out', async () => {
    expect((await targetTab(tabs([film, mail, popup, options], popup), OWN, ''))?.id).toBe(2);
  });

  it('is not the popup page even where its address is hidden', async () => {
    const { url: _, ...hidden } = popup;
    expect((await targetTab(tabs([film, hidden], hidden), OWN, ''))?.id).toBe(1);
  });

  it('is the one asked for, whatever is active', async () => {
    expect((await targetTab(tabs([film, mail, popup], popup), OWN, '?tab=1'))?.id).toBe(1);
  });

  it('is none when the one asked for is gone', async () => {
    expect(await targetTab(tabs([film]), OWN, '?tab=99')).toBeNull();
  });

  it('is not read from nonsense', async () => {
    expect((await targetTab(tabs([film]), OWN, '?tab=-1'))?.id).toBe(1);
  });

  it('is none when there is no other tab', async () => {
    expect(await targetTab(tabs([popup], popup), OWN, '')).toBeNull();
  });
});
