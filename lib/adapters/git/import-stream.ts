import { type Author, formatMessage, safeAuthor, type Trailers } from '@/lib/ports/commit-message';

const COMMITTER: Author = { name: 'n8n Ops', email: 'n8n-ops@n8n-ops.invalid' };
const NO_COMMIT = '0'.repeat(40);
/** Where the commit is built. It is taken away again in the same stream, so that no such ref ever exists. */
const WORKPLACE = 'refs/n8n-ops/commit';

/** Bytes to put at a path, or null to delete the file there. Paths are those that the port lets through: never quoted. */
export type Edit = { path: string; content: Uint8Array | null };

export type NewCommit = {
  parent: string | null;
  edits: readonly Edit[];
  author: Author;
  message: string;
  trailers: Trailers;
  at: Date;
};

/**
 * One commit in the language of `git fast-import`, which answers with its SHA and moves no branch. One process writes
 * blobs, trees and the commit, reading of the parent only the folders that change. Without `done` at the end, as when
 * the writer dies, nothing of it counts.
 */
export function importStream({ parent, edits, author, message, trailers, at }: NewCommit): (string | Uint8Array)[] {
  const deletions = edits.filter(({ content }) => content === null);
  const additions = edits.flatMap(({ path, content }) => (content ? [{ path, content }] : []));
  const seconds = Math.floor(at.getTime() / 1_000);
  return [
    `commit ${WORKPLACE}\nmark :1\n`,
    `author ${identity(safeAuthor(author))} ${seconds} +0000\ncommitter ${identity(COMMITTER)} ${seconds} +0000\n`,
    ...data(Buffer.from(formatMessage(message, trailers))),
    parent ? `from ${parent}\n` : '',
    // Deletions first, so that a folder can take the place of a file.
    ...deletions.map(({ path }) => `D ${path}\n`),
    ...additions.flatMap(({ path, content }) => [`M 100644 inline ${path}\n`, ...data(content)]),
    `\nget-mark :1\nreset ${WORKPLACE}\nfrom ${NO_COMMIT}\n\ndone\n`,
  ];
}

const identity = ({ name, email }: Author) => `${name} <${email}>`;
const data = (content: Uint8Array) => [`data ${content.length}\n`, content, '\n'];
