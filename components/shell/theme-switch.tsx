'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import type { Theme } from '@/lib/client/preferences';
import { IconButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { useViewer } from '../ui/viewer';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICON = { system: Monitor, light: Sun, dark: Moon } as const;

/** Goes round system, light and dark. The server reads the choice from a cookie, so no page flashes. */
export function ThemeSwitch() {
  const { theme, set } = useViewer();
  const next = NEXT[theme];
  return (
    <IconButton label={`Theme: ${theme}. Switch to ${next}`} onClick={() => set('theme', next)}>
      <Icon of={ICON[theme]} />
    </IconButton>
  );
}
