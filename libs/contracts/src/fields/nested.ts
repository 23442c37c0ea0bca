import 'reflect-metadata';

import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { applyDecorators } from './apply.js';

type Class = new () => object;

/** Said of the field itself, or of its element, which the path names already. */
const notOne = 'must be an object';

/** One object of a class, with its rules. */
export const One = (of: () => Class): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested({ message: notOne }), Type(of));

/** A list of at most `most` objects of a class, each with its rules. */
export const Many = (of: () => Class, most: number): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMaxSize(most), ValidateNested({ each: true, message: notOne }), Type(of));
