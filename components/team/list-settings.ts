/** Where the list begins, and what narrows it: known to the page on the server and to the list in the browser. */
export const TEAM_SORT = { column: 'email', descending: false } as const;
export const TEAM_FILTERS = ['role', 'status'] as const;
