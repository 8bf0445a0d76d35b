import tseslint from 'typescript-eslint';

// Only the three rules that need types: a lost `await` before ack() or a store write is the likeliest bug here,
// and Biome does not see it. Everything else is Biome's.
export default tseslint.config({
  files: ['src/**/*.ts', 'test/**/*.ts', 'sandbox/**/*.ts', 'sandbox/**/*.tsx', 'bench/**/*.ts', 'scripts/**/*.ts'],
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
});
