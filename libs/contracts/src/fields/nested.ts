import 'reflect-metadata';

import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { applyDecorators } from './apply.js';

type Class = new () => object;

/** One object of a class, with its rules. */
export const One = (of: () => Class): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(of));

/** A list of at most `most` objects of a class, each with its rules. */
export const Many = (of: () => Class, most: number): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMaxSize(most), ValidateNested({ each: true }), Type(of));
