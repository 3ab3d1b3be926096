/**
 * What must never reach an output as it is: characters that XML 1.0 §2.2 forbids (control characters, lone
 * surrogates, U+FFFE, U+FFFF) and invisible ones that turn or hide the text around them (Unicode Technical Report 36
 * §2.1; "Trojan Source", CVE-2021-42574). U+FFFC and U+FFFD too: XML readers take them for a broken encoding.
 */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\ufffc\ufffd]/gu

/** One line of harmless text: line breaks and runs of white space become a space, unprintable characters `?`. */
export function singleLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(UNPRINTABLE, '?').trim()
}

/** `singleLine` with at most so many characters; the last one is `…` when something was cut off. */
export function shortLine(text: string, longest: number): string {
  const characters = Array.from(singleLine(text))
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('')
}
