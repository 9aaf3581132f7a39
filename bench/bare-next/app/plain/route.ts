import { connections, LIST } from '../connection';

/** One query, without a question who asks. */
export async function GET(request: Request): Promise<Response> {
  const tenant = new URL(request.url).searchParams.get('tenant');
  const { rows } = await connections().query(LIST, [tenant]);
  return Response.json({ items: rows });
}
