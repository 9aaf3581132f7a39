import { apiUrl, type Query } from './api';
import { ProblemError } from './problem-error';

/** Saves a file of the API. A plain link could not say which tenant the page is about, nor show why it was refused. */
export async function download(tenant: string, path: string, query?: Query): Promise<void> {
  const response = await fetch(apiUrl(path, query), { headers: { 'x-tenant': tenant } });
  if (!response.ok) throw new ProblemError(await response.json());
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(response) ?? 'download';
  link.click();
  // The browser reads the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** As our own doors write it (RFC 6266). */
function fileNameOf(response: Response): string | undefined {
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return name && decodeURIComponent(name);
}
