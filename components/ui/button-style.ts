import { cx } from './class-names';

export type ButtonVariant = 'default' | 'primary' | 'prod' | 'danger' | 'ghost';
export type ButtonSize = 'md' | 'sm' | 'icon' | 'icon-sm';

const VARIANT: Record<ButtonVariant, string> = {
  default: 'border-line-2 bg-surface-1 text-ink-1 hover:bg-surface-2',
  primary: 'border-accent bg-accent text-accent-ink hover:brightness-108',
  prod: 'border-tier-production-plate bg-tier-production-plate text-tier-plate-ink hover:brightness-108',
  danger: 'border-bad text-bad hover:bg-bad-soft',
  ghost: 'border-transparent text-ink-2 hover:bg-surface-2 hover:text-ink-1',
};

const SIZE: Record<ButtonSize, string> = {
  md: 'h-(--control) px-2.5 max-md:h-8',
  sm: 'h-6 px-2 text-12 max-md:h-8',
  icon: 'size-(--control) max-md:size-8',
  'icon-sm': 'size-6 max-md:size-8',
};

const BLOCKED = 'cursor-not-allowed border-dashed border-line-control text-ink-3';

/** The looks of anything that acts: a button, or a link that stands where a button would. */
export function buttonStyle(variant: ButtonVariant = 'default', size: ButtonSize = 'md', blocked = false): string {
  return cx(
    'inline-flex flex-none items-center justify-center gap-1.5 rounded-2 border font-medium whitespace-nowrap transition-tint focus-visible:rounded-2',
    SIZE[size],
    blocked ? BLOCKED : VARIANT[variant],
  );
}
