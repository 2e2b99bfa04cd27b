import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const COMMAND = ['node_modules/wxt/bin/wxt.mjs', 'build', '--mode', 'demo'];

/** Builds the extension for Chromium, with the hosts of this machine granted. Silent, unless it fails. */
export async function buildExtension(): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, COMMAND);
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`the extension does not build:\n${stdout ?? ''}${stderr ?? String(error)}`, {
      cause: error,
    });
  }
}
