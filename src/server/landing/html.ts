/** HTML that is safe to send: made by {@link html} only. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

type Part = string | Html | readonly Html[];

function render(part: Part): string {
  if (typeof part === 'string') return escape(part);
  return part instanceof Html ? part.text : part.map(({ text }) => text).join('');
}

/** A template whose values are escaped unless they are {@link Html} themselves. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(render)));
}
