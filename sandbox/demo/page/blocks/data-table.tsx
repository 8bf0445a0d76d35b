import type { ReactNode } from 'react';
import { obj, str, textOf } from '../json.ts';
import { numbered } from '../numbered.ts';
import type { BlockProps } from './block-types.ts';
import { RichText } from './rich-text.tsx';

/** `data_table` and `table`: rows of raw_text, raw_number and rich_text cells; the first row has the column names. */
export function TableBlock({ block }: BlockProps): ReactNode {
  const rows = (Array.isArray(block.rows) ? block.rows : []).map((row: unknown) => (Array.isArray(row) ? row : []));
  const [head = [], ...body] = rows;
  const caption = textOf(block.caption);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: makes a wide table scrollable by keyboard
    <section className="block-table" tabIndex={0} aria-label={caption || 'Table'}>
      <table>
        {caption !== '' && <caption>{caption}</caption>}
        <thead>
          <tr>
            {numbered<unknown>(head).map(({ key, item: cell }) => (
              <th key={key} scope="col">
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(body).map(({ key, item: row }) => (
            <tr key={key}>
              {numbered<unknown>(row).map(({ key: column, item: cell }) => (
                <td key={column} className={obj(cell).type === 'raw_number' ? 'number' : undefined}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ cell }: { cell: unknown }): ReactNode {
  const given = obj(cell);
  if (given.type === 'rich_text') return <RichText block={given} />;
  if (given.type === 'raw_number') return String(given.value ?? given.number ?? str(given.text));
  return textOf(given);
}
