'use client';

import { json } from '@codemirror/lang-json';
import { codeFolding, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { pageNonce } from '@/lib/client/nonce';

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ink-1)', fontWeight: '500' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.number, color: 'var(--accent)' },
  { tag: [tags.bool, tags.null], color: 'var(--warn)' },
  { tag: tags.punctuation, color: 'var(--ink-3)' },
]);

const THEME = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--surface-1)', color: 'var(--ink-1)' },
  '&:focus-within': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '20px' },
  '.cm-gutters': { backgroundColor: 'var(--surface-1)', color: 'var(--ink-3)', border: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--surface-2)',
    border: '1px solid var(--line-2)',
    color: 'var(--ink-2)',
  },
});

/** It focuses itself without scrolling there, and a focus that is out of sight is lost. */
const INTO_SIGHT = EditorView.domEventHandlers({
  focus: (_event, view) => view.dom.scrollIntoView({ block: 'nearest' }),
});

/** The visible part of `JsonView`. Only what is in sight is in the page, so size costs nothing. */
export default function JsonEditor({ text, label }: { text: string; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: text, extensions: extensions(label) }),
    });
    return () => view.destroy();
  }, [text, label]);
  return <div ref={host} className="h-full font-mono" />;
}

function extensions(label: string): Extension[] {
  const nonce = pageNonce();
  return [
    json(),
    lineNumbers(),
    foldGutter(),
    codeFolding(),
    drawSelection(),
    keymap.of(foldKeymap),
    syntaxHighlighting(HIGHLIGHT),
    THEME,
    INTO_SIGHT,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': `${label}, read-only`, 'aria-readonly': 'true', tabindex: '0' }),
    nonce ? EditorView.cspNonce.of(nonce) : [],
  ];
}
