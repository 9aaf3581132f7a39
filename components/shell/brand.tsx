import { TierSquare } from '../patterns/tier-mark';

/** The name of the product: its three tiers, and the words. */
export function Brand() {
  return (
    <span className="flex h-12 items-center gap-2 px-2 text-14 font-semibold tracking-[-0.01em]">
      <span className="flex gap-0.5">
        <TierSquare tier="dev" className="text-current" />
        <TierSquare tier="staging" className="text-current" />
        <TierSquare tier="production" className="text-current" />
      </span>
      n8n Ops
    </span>
  );
}
