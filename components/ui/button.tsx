'use client';

import Link from 'next/link';
import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react';
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style';
import { cx } from './class-names';
import { Glyph } from './glyph';
import { Why } from './why';

type Looks = { variant?: ButtonVariant; size?: ButtonSize };

/** There is no `disabled`: a control that can't be used stays focusable and says why. */
type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  Looks & {
    /** Why it can't be used now. Shown beside the button and read with it. */
    why?: ReactNode;
    /** Id of a `Why` that stands elsewhere; use it instead of `why` when several controls share one reason. */
    whyId?: string;
    /** What is going on since it was pressed ("Sending…"). Replaces the label; further presses do nothing. */
    busy?: string | false;
  };

/** A button. `prod` is for what writes to production; it wears the plate. */
export function Button({ variant, size, why, whyId, busy, className, children, onClick, type, ...rest }: ButtonProps) {
  const ownWhyId = useId();
  const blocked = Boolean(why || whyId);
  const inert = blocked || Boolean(busy);
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (inert) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    <button
      {...rest}
      type={type ?? 'button'}
      onClick={press}
      aria-disabled={inert || undefined}
      aria-busy={busy ? true : undefined}
      aria-describedby={cx(rest['aria-describedby'], why ? ownWhyId : whyId) || undefined}
      className={cx(buttonStyle(variant, size, blocked), className)}
    >
      {busy ? (
        <>
          <Glyph kind="run" className="text-current" />
          {busy}
        </>
      ) : (
        children
      )}
    </button>
  );
  if (!why) return button;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {button}
      <Why id={ownWhyId}>{why}</Why>
    </span>
  );
}

/** An icon without words; `label` is its name. */
export function IconButton({ label, size = 'icon', variant = 'ghost', ...rest }: ButtonProps & { label: string }) {
  return <Button {...rest} size={size} variant={variant} aria-label={label} title={label} />;
}

/** A link that stands where a button would. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Looks) {
  return <Link {...rest} className={cx(buttonStyle(variant, size), className)} />;
}
