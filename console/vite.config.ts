import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The address of the API while developing; `npm run dev` starts both. */
const server = process.env['TIERGATE_DEV_SERVER'] ?? 'http://127.0.0.1:8080';
const served = [
  '/api',
  '/access',
  '/files',
  '/data-api',
  '/health',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/problems',
  '/data.json',
];

export default defineConfig({
  plugins: [react()],
  // src/console replaces the placeholder by a fresh nonce with every page it serves.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    // Beside the compiled server, where `src/console` reads it.
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      output: {
        // What every screen needs and what seldom changes stays cached apart from our own code.
        codeSplitting: {
          groups: [{ name: 'vendor', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack)\// }],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env['CONSOLE_PORT'] ?? 5173),
    proxy: Object.fromEntries(served.map((path) => [path, { target: server, changeOrigin: false }])),
  },
});
