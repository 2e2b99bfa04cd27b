import { html, type Html } from './html.ts';

interface Page {
  title: string;
  /** From this page to the server's root; relative, so that a proxy may serve it all under a path. */
  root: string;
  main: Html;
  /** Whether the page refreshes what it shows. */
  live?: boolean;
}

/** The layout shared by all pages. */
export function page({ title, root, main, live = false }: Page): string {
  const script = live ? html`<script type="module" src="${root}assets/landing.js"></script>` : html``;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${root}assets/landing.css" />
        ${script}
      </head>
      <body>
        <header class="brand">
          <img src="${root}assets/icon.svg" alt="" width="28" height="28" /><span>StreamSync</span>
        </header>
        ${main}
        <footer>
          <p>This server keeps a party in memory only, and forgets it when the last one has left.</p>
        </footer>
      </body>
    </html> `.text;
}
