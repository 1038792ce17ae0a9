import tseslint from 'typescript-eslint';

// Biome formats and lints; eslint is here for the one family of rules that needs types.
export default tseslint.config({
  files: ['**/*.ts'],
  ignores: ['dist/**'],
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { project: './tsconfig.json' },
  },
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
  },
});
