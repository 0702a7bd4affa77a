import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type ButtonAnchorProps = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;
const ButtonAnchor = (props: ButtonAnchorProps) => <Button component="a" {...props} />;

/** Mantine's button and anchor as links of the router: real `<a href>` elements, opened in place. */
export const LinkButton = createLink(ButtonAnchor);
export const TextLink = createLink(Anchor<'a'>);
