import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** Mantine's button and anchor as links of the router: real `<a href>` elements, opened in place. */
export const LinkButton = createLink(Button<'a'>);
export const TextLink = createLink(Anchor<'a'>);
