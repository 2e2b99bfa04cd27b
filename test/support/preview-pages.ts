import { build, preview } from 'vite';

const PREVIEW = 'test/ui/preview';

/** The preview of every page and state, served. */
export interface PreviewPages {
  /** `query`: see test/ui/preview/main.tsx. */
  url: (query: string) => string;
  close: () => Promise<void>;
}

/** Built, not served from source: a development server reloads a page when it meets a package for the first time. */
export async function startPreview(): Promise<PreviewPages> {
  const config = { configFile: `${PREVIEW}/vite.config.ts`, logLevel: 'error' } as const;
  const outDir = `${process.cwd()}/test-results/preview`;
  await build({ ...config, build: { outDir, emptyOutDir: true } });
  const pages = await preview({ ...config, build: { outDir }, preview: { port: 0 } });
  return {
    url: (query) => new URL(query, pages.resolvedUrls?.local[0]).href,
    close: () => pages.close(),
  };
}
