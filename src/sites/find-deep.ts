type ShadowOf = (element: Element) => ShadowRoot | null;

/** Where ` >>> ` stands in a selector, the search goes on in the shadow root of what was found, at any depth. */
const INTO_SHADOW = ' >>> ';

/** All elements that fit, in the order of the page. */
export function findDeep(root: ParentNode, selector: string, shadowOf: ShadowOf): Element[] {
  const [first = '', ...rest] = selector.split(INTO_SHADOW);
  if (rest.length === 0) return [...root.querySelectorAll(first)];
  return allRoots(root, shadowOf)
    .flatMap((each) => [...each.querySelectorAll(first)])
    .flatMap((host) => {
      const inside = shadowOf(host) ?? host;
      return allRoots(inside, shadowOf).flatMap((each) => findDeep(each, rest.join(INTO_SHADOW), shadowOf));
    });
}

/** The root itself and every shadow root below. */
function allRoots(root: ParentNode, shadowOf: ShadowOf): ParentNode[] {
  const found: ParentNode[] = [root];
  for (const element of root.querySelectorAll('*')) {
    // Only elements of the site's own making and a few of HTML's can have one; the latter are not used by players.
    const shadow = element.localName.includes('-') ? shadowOf(element) : null;
    if (shadow) found.push(...allRoots(shadow, shadowOf));
  }
  return found;
}

/** The first that a person can see. */
export function findShown(root: ParentNode, selector: string, shadowOf: ShadowOf): Element | null {
  return findDeep(root, selector, shadowOf).find(isShown) ?? null;
}

export function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
}
