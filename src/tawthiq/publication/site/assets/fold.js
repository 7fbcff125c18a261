// Words as the index of the search knows them: a port of tawthiq.text.folding, held equal to it by a test.
"use strict";

window.tawthiqSearch = (() => {
  const LETTERS = new Map(Object.entries({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
    "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه",
    "ؤ": "و", "ک": "ك", "ڪ": "ك", "گ": "ك",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": '"', "›": '"', "＂": '"',
    "’": "'", "‘": "'", "٪": "%", "٫": ".", "٬": ",",
  }));
  const DROPPED = /[\u0640\u00ad\u061c\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]/u;
  const MARK = /[\p{Mn}\p{Me}]/u;
  const DIGIT = /\p{Nd}/u;
  const WORD = /[\p{L}\p{N}]+/gu;

  /** The value of a decimal digit: every run of them in Unicode begins with a zero and is ten long. */
  function decimal(code) {
    let zero = code;
    while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return (code - zero) % 10;
  }

  function folded(character) {
    let out = "";
    for (const part of character.normalize("NFKC")) {
      if (DROPPED.test(part) || MARK.test(part)) continue;
      out += DIGIT.test(part) ? decimal(part.codePointAt(0)) : LETTERS.get(part) ?? part.toLowerCase();
    }
    return out;
  }

  /** The comparison form of a text: each code point by itself. */
  const fold = (text) => Array.from(text, folded).join("");

  /** A word without the Arabic article. */
  const bare = (word) => (word.startsWith("ال") && Array.from(word).length >= 5 ? word.slice(2) : word);

  /** The words of a text as the index knows them, in order. */
  const keys = (text) => (fold(text).match(WORD) || []).map(bare);

  return { fold, keys };
})();
