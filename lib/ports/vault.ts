/** Where a sealed value belongs. Bound into the ciphertext, so a value moved to another row does not open. */
export type SealedPlace = { tenantId: string; kind: string; id: string };

export type SealedValue = {
  sealed: string;
  /** Which master key wrapped it; changes when the key is rotated. */
  keyId: string;
};

/** Seals secrets under the operator's master key. Throws `internal` for a value that does not open. */
export interface Vault {
  /** The key that `seal` uses now. */
  readonly currentKeyId: string;
  seal(plaintext: string, place: SealedPlace): SealedValue;
  open(value: SealedValue, place: SealedPlace): string;
  /** Wraps under the current key without handing the secret to the caller. */
  rewrap(value: SealedValue, place: SealedPlace): SealedValue;
}
