import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';
import { StateBlock } from './state-block';

type ForbiddenProps = {
  /** What it is and for whom: "Policies are for admins". */
  title: string;
  /** Which role one has here, and who can change that. */
  children: ReactNode;
  actions?: ReactNode;
};

/** A place one may know of but not enter. */
export function Forbidden({ title, children, actions }: ForbiddenProps) {
  return (
    <StateBlock mark={<Icon of={Lock} />} title={title} actions={actions}>
      {children}
    </StateBlock>
  );
}
