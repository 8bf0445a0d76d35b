import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, createServer, type InlineConfig } from 'vite';
import { listen, stop } from './listen.ts';

/** Serves the page's own files; resolves with false if there is no such file. */
export interface PageFiles {
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('./page/', import.meta.url));
const config: InlineConfig = {
  root,
  configFile: false,
  envFile: false,
  logLevel: 'error',
  clearScreen: false,
  plugins: [react()],
};

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

// Nothing on the page may call another machine, not even for a catalog image or a font.
const policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'";

/** Built once, in memory: nothing is written to disk or fetched later. */
export async function buildPage(): Promise<PageFiles> {
  const output = await build({
    ...config,
    build: { write: false, modulePreload: false, reportCompressedSize: false, assetsInlineLimit: 0 },
  });
  const files = new Map<string, string | Uint8Array>();
  for (const one of [output].flat()) {
    if (!('output' in one)) continue;
    for (const file of one.output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source);
  }
  return {
    async serve(request, response) {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      const name = path === '/' ? '/index.html' : path;
      const body = files.get(name);
      if (body === undefined) return false;
      const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', 'content-security-policy': policy });
      response.end(body);
      return true;
    },
    close: async () => {},
  };
}

/** For working on the page: changes show at once. */
export async function livePage(): Promise<PageFiles> {
  // The page's updates use a server of their own: vite's default is a fixed port, and two demos could not share it.
  const news = createHttpServer();
  const clientPort = await listen(news, 0);
  const vite = await createServer({
    ...config,
    appType: 'spa',
    server: { middlewareMode: true, hmr: { server: news, host: '127.0.0.1', clientPort } },
  });
  return {
    serve: (request, response) =>
      new Promise((resolve) => {
        response.once('finish', () => resolve(true));
        vite.middlewares(request, response, () => resolve(false));
      }),
    close: async () => {
      await vite.close();
      await stop(news);
    },
  };
}
