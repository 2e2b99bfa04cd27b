/** The port of a side panel that can be seen; what it is told is a view, as on the port `view`. */
export const PANEL_PORT = 'panel';
