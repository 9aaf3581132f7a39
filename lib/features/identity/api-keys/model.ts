/** How long a key works when its maker says nothing, and at most; days. */
export const DEFAULT_KEY_DAYS = 90;
export const MAX_KEY_DAYS = 730;
