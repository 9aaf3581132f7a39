/** Nothing; without a file of its own Next would take the product's, further up. */
export function register(): void {}
