/**
 * One object as one line of JSON: control, bidi and invisible characters of hostile names are
 * escaped (`\u202e`), so a reader gets them back exactly and a terminal never acts on them.
 */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value).replace(
    /[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu,
    (found) =>
      Array.from({ length: found.length }, (_, index) => {
        return `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`;
      }).join(''),
  );
  return `${text}\n`;
}
