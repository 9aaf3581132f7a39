import { Inbox, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';
import { StateBlock } from './state-block';

type EmptyStateProps = {
  title: string;
  /** Why there is nothing, and what will put something here. */
  why: ReactNode;
  icon?: LucideIcon;
  /** The next step. Required: nothing is a dead end. */
  next: ReactNode;
};

/** Nothing to show, why, and what to do about it. */
export function EmptyState({ title, why, icon = Inbox, next }: EmptyStateProps) {
  return (
    <StateBlock mark={<Icon of={icon} />} title={title} actions={next}>
      {why}
    </StateBlock>
  );
}
