/** One line of a CSV file, without its end. What a spreadsheet would take for a formula gets an apostrophe in front. */
export const csvLine = (cells: readonly unknown[]): string => cells.map(cell).join(',');

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
