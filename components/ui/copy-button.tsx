'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import type { ButtonSize, ButtonVariant } from './button-style';
import { Icon } from './icon';

type CopyButtonProps = {
  text: string;
  /** What is copied, for the button's name: "the link". */
  noun: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, noun, variant, size }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <Button
        variant={variant}
        size={size}
        onClick={() => navigator.clipboard?.writeText(text).then(() => setCopied(true))}
      >
        <Icon of={copied ? Check : Copy} className="size-3.5" />
        Copy {noun}
      </Button>
      <span role="status" className="text-12 text-ok">
        {copied && 'copied'}
      </span>
    </>
  );
}
