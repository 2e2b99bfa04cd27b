declare const __RULES_VERSION__: string;

/** A hash of what is known of sites, made at build (modules/sites). A site check shows it, so a bug report says which rules it had. */
export const RULES_VERSION = __RULES_VERSION__;
