import { Fragment, type ReactNode } from 'react';
import { useNow } from '../clock-context.ts';
import { useSeat } from '../context.ts';
import { formatDate } from '../dates.ts';
import { obj, str } from '../json.ts';
import { type Paragraph, type Piece, parseMrkdwn } from '../mrkdwn.ts';
import { numbered } from '../numbered.ts';

/** A text object: mrkdwn is formatted, plain_text is shown literally. */
export function TextObject({ value }: { value: unknown }): ReactNode {
  const { type, text } = obj(value);
  if (type === 'mrkdwn') return <Mrkdwn text={str(text)} />;
  return <span className="plain">{str(text)}</span>;
}

export function Mrkdwn({ text }: { text: string }): ReactNode {
  return numbered(parseMrkdwn(text)).map(({ key, item }) => <ParagraphView key={key} paragraph={item} />);
}

function ParagraphView({ paragraph }: { paragraph: Paragraph }): ReactNode {
  if (paragraph.kind === 'pre') return <pre className="mrkdwn-pre">{paragraph.text}</pre>;
  const lines = numbered(paragraph.lines).map(({ key, item: pieces }) => (
    <Fragment key={key}>
      {key !== '0' && <br />}
      <Pieces pieces={pieces} />
    </Fragment>
  ));
  return paragraph.kind === 'quote' ? (
    <blockquote className="mrkdwn-quote">{lines}</blockquote>
  ) : (
    <p className="mrkdwn-lines">{lines}</p>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }): ReactNode {
  return numbered(pieces).map(({ key, item }) => <PieceView key={key} piece={item} />);
}

function PieceView({ piece }: { piece: Piece }): ReactNode {
  const { picture } = useSeat();
  const now = useNow();
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'bold':
      return (
        <strong>
          <Pieces pieces={piece.pieces} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Pieces pieces={piece.pieces} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Pieces pieces={piece.pieces} />
        </s>
      );
    case 'code':
      return <code>{piece.text}</code>;
    case 'user': {
      const person = picture.people.find(({ id }) => id === piece.id);
      const isMe = piece.id === picture.me.id;
      return (
        <span className={isMe ? 'mention mention-me' : 'mention'}>@{person?.name ?? (piece.label || piece.id)}</span>
      );
    }
    case 'channel': {
      const channel = picture.channels.find(({ id }) => id === piece.id);
      return <span className="mention">#{channel?.label ?? (piece.label || 'private channel')}</span>;
    }
    case 'broadcast':
      return <span className="mention mention-me">{piece.label}</span>;
    case 'date':
      return (
        <time dateTime={isoOf(piece.seconds)} title={piece.fallback}>
          {formatDate(piece.seconds, piece.format, picture.me.tz, now)}
        </time>
      );
    case 'link':
      return (
        <a href={piece.url} target="_blank" rel="noreferrer">
          {piece.label}
        </a>
      );
    default:
      return piece satisfies never;
  }
}

function isoOf(seconds: number): string {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : '';
}
