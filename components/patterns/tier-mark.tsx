import { cx } from '../ui/class-names';

/** How careful one must be with an environment; the same for every provider. */
export type Tier = 'dev' | 'staging' | 'production';

const SQUARE_INK: Record<Tier, string> = {
  dev: 'text-tier-dev',
  staging: 'text-tier-staging',
  production: 'text-tier-production-plate',
};

const PLATE: Record<Tier, string> = {
  dev: 'text-tier-dev pr-1.5',
  staging: 'text-tier-staging inset-ring inset-ring-tier-staging px-1.5',
  production: 'bg-tier-production-plate text-tier-plate-ink px-1.5',
};

const OUTLINE = {
  x: 0.9,
  y: 0.9,
  width: 8.2,
  height: 8.2,
  rx: 1.5,
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
};

/** Hollow, half, solid. Alone only where the word stands in the heading or the label; in a plate it takes its ink. */
export function TierSquare({ tier, className }: { tier: Tier; className?: string }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={cx('size-2.5 flex-none', className ?? SQUARE_INK[tier])}>
      {tier === 'production' ? <rect width={10} height={10} rx={1.8} fill="currentColor" /> : <rect {...OUTLINE} />}
      {tier === 'staging' && <path d="M1 5h8v2.6A1.5 1.5 0 0 1 7.5 9h-5A1.5 1.5 0 0 1 1 7.6z" fill="currentColor" />}
    </svg>
  );
}

/** A tier as shape, word and colour, always together. `lg` stands in a page title. */
export function TierMark({ tier, size = 'md' }: { tier: Tier; size?: 'md' | 'lg' }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.25 rounded-1 font-semibold whitespace-nowrap tracking-normal',
        size === 'lg' ? 'h-5.5 text-14' : 'h-4.5 text-12',
        PLATE[tier],
      )}
    >
      <TierSquare tier={tier} className="text-current" />
      {tier}
    </span>
  );
}
