// What the tour prints: commands as a shell takes them, answers as they came, long texts shortened with ….
export class Transcript {
  lines = [];
  /** Ids that later commands name by a variable. */
  names = new Map();

  say(text = '') {
    this.lines.push(text);
    console.log(text);
  }
  chapter(text) {
    this.say();
    this.say(`# ${text}`);
  }
  /** Keeps a value under a name: `$ DATASET=01C9…`. */
  name(name, value) {
    this.names.set(value, `$${name}`);
    this.say(`$ ${name}=${value}`);
  }
  command(text) {
    this.say(`$ ${this.named(text)}`);
  }
  /** Puts variables in the place of the values they hold, opening the quotes around them. */
  named(text) {
    let out = text;
    for (const [value, name] of this.names) out = out.replaceAll(`"${value}"`, `"'${name}'"`).replaceAll(value, name);
    return out;
  }
}

const shorten = (text, most = 90) => (text.length > most ? `${text.slice(0, most)}…` : text);

/** A value as JSON, with only the named members and with long texts cut. */
export function shown(value, members) {
  const picked = members === undefined ? value : Object.fromEntries(members.map((name) => [name, value?.[name]]));
  return JSON.stringify(picked, (_, part) => (typeof part === 'string' ? shorten(part) : part));
}
