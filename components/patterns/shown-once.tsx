'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Note } from '../ui/note';

type ShownOnceProps = {
  /** What it is: "Key". */
  label: string;
  secret: string;
  /** For whom it is and how long it works. */
  children: ReactNode;
};

/** A secret in the only moment it can be seen. It can be selected by hand where there is no clipboard. */
export function ShownOnce({ label, secret, children }: ShownOnceProps) {
  return (
    <div className="grid gap-3">
      <Field label={label}>
        <Input
          readOnly
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
          className="font-mono"
          spellCheck={false}
        />
      </Field>
      <div className="flex items-center gap-2">
        <CopyButton text={secret} noun={`the ${label.toLowerCase()}`} variant="primary" />
      </div>
      <Note tone="warn">
        It is shown this once: we keep only a digest. <span>{children}</span>
      </Note>
    </div>
  );
}
