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

/** Fonts of the systems people have; Chinese faces stand before the generic ones so that both scripts come from one family. */
const fonts =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';

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
