/**
 * Makes a text one printable line: controls, line ends and odd spaces become a plain space, invisible characters
 * (zero width, direction marks) go. Variation selectors stay, they tell two forms of a name apart. After this no
 * character can turn into a command byte of a printer.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n|[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/(?!\u3000)\p{Zs}/gu, ' ')
    .replace(/(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu, '');
}
