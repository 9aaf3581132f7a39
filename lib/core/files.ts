import { z } from 'zod';

/** A file that leaves: the body is streamed, never parsed. */
export type Download = { filename: string; contentType: string; body: ReadableStream<Uint8Array> | Uint8Array };
/** A file that came in, counted while it was read. */
export type UploadedFile = { name: string; contentType: string; bytes: Uint8Array };

/** An operation's output that is a file rather than JSON. */
export const download = (contentType: string) =>
  z
    .custom<Download>((value) => typeof value === 'object' && value !== null && 'body' in value)
    .meta({ download: contentType });

/** The `files` of a multipart body. */
export const upload = ({ maxFiles }: { maxFiles: number }) =>
  z
    .array(
      z
        .custom<UploadedFile>((value) => typeof value === 'object' && value !== null && 'bytes' in value)
        .meta({ override: { type: 'string', format: 'binary' } }),
    )
    .min(1, 'Choose at least one file.')
    .max(maxFiles, `At most ${maxFiles} files at once.`)
    .meta({ upload: true });

/** The content type of a download schema; undefined for JSON. */
export const downloadType = (schema: z.ZodType): string | undefined => schema.meta()?.download as string | undefined;
