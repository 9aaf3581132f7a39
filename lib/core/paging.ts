/** Apart from the schemas: a list in the browser needs these numbers, but not the 32 kB of a validator. */
export const PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 100;
