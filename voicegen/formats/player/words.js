/** Our words, filled in, in the reader's language. */

export class Words {
  constructor(texts, lang) {
    this.texts = texts;
    this.locale = [`${lang}-u-nu-latn`, "en"]; // the digits that the rest of the page has
  }

  say(key, values = {}) {
    return this.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  /** A length of time as it is said: "1 minute, 2 seconds". */
  time(seconds) {
    const whole = Math.floor(seconds);
    const parts = [
      [Math.floor(whole / 3600), "hour"],
      [Math.floor(whole / 60) % 60, "minute"],
      [whole % 60, "second"],
    ].filter(([count, unit]) => count || (unit === "second" && whole < 60));
    return this.list(parts.map(([count, unit]) => this.unit(count, unit)));
  }

  unit(count, unit) {
    return new Intl.NumberFormat(this.locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
  }

  list(parts) {
    return new Intl.ListFormat(this.locale, { type: "unit" }).format(parts);
  }
}

/** A time as a clock shows it: "1:02". */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
