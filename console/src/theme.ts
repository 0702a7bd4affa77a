import { createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef4fa',
  '#dae6f2',
  '#b3cce4',
  '#88b0d6',
  '#6498ca',
  '#4c88c3',
  '#3d80c0',
  '#2c6ea9',
  '#1f5f96',
  '#153e63',
];

/** Chosen by the language of the page, in `base.css`. */
const fonts = 'var(--font)';

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 8,
  colors: { ink },
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});
