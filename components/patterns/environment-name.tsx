import Link from 'next/link';
import { cx } from '../ui/class-names';
import { type Tier, TierMark } from './tier-mark';

type EnvironmentNameProps = {
  tier: Tier;
  name: string;
  href?: string;
  /** `lg` in a page title. */
  size?: 'md' | 'lg';
};

/** An environment, always with its tier. This is the only way a page writes an environment's name in prose or a cell. */
export function EnvironmentName({ tier, name, href, size = 'md' }: EnvironmentNameProps) {
  const words = (
    <span
      className={cx(
        'inline-flex max-w-full items-center align-bottom whitespace-nowrap',
        size === 'lg' ? 'gap-2' : 'gap-1.5',
      )}
    >
      <TierMark tier={tier} size={size} />
      <span className={cx('truncate', size === 'lg' ? 'font-semibold' : 'font-medium')}>{name}</span>
    </span>
  );
  return href ? (
    <Link href={href} className="hover:underline hover:underline-offset-3">
      {words}
    </Link>
  ) : (
    words
  );
}
