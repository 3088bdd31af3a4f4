// NestJS on Express with the routes of the common application, validated by its ValidationPipe. The decorators are called
// as functions, which is what a compiler makes of them.
import 'reflect-metadata';
import { Body, Controller, Get, Module, Param, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';

/** Puts decorators on the properties of a class. */
function declare(type, properties) {
  for (const [name, decorators] of Object.entries(properties)) {
    for (const decorate of decorators) decorate(type.prototype, name);
  }
}

class Assignee {}
declare(Assignee, { name: [IsString(), MinLength(1), MaxLength(100)], team: [IsString(), MaxLength(100)] });

class Step {}
declare(Step, { text: [IsString(), MinLength(1), MaxLength(200)], done: [IsBoolean()] });

class NewItem {}
declare(NewItem, {
  title: [IsString(), MinLength(1), MaxLength(200)],
  done: [IsBoolean()],
  priority: [IsIn(['low', 'normal', 'high'])],
  dueAt: [IsISO8601()],
  estimate: [IsOptional(), IsNumber(), Min(0)],
  description: [IsOptional(), IsString(), MaxLength(2000)],
  tags: [IsArray(), ArrayMaxSize(20), IsString({ each: true }), MaxLength(40, { each: true })],
  assignee: [ValidateNested(), Type(() => Assignee)],
  steps: [IsArray(), ArrayMaxSize(50), ValidateNested({ each: true }), Type(() => Step)],
});

class ItemsController {
  getItem(id) {
    return { id, title: 'An item', done: false };
  }

  createItem({ title, done }) {
    return { id: '2', title, done };
  }
}
Controller('api/target')(ItemsController);
const methodOf = (name) => Object.getOwnPropertyDescriptor(ItemsController.prototype, name);
Get('items/:id')(ItemsController.prototype, 'getItem', methodOf('getItem'));
Param('id')(ItemsController.prototype, 'getItem', 0);
Post('items')(ItemsController.prototype, 'createItem', methodOf('createItem'));
Body()(ItemsController.prototype, 'createItem', 0);
Reflect.defineMetadata('design:paramtypes', [String], ItemsController.prototype, 'getItem');
Reflect.defineMetadata('design:paramtypes', [NewItem], ItemsController.prototype, 'createItem');

class ApplicationModule {}
Module({ controllers: [ItemsController] })(ApplicationModule);

const application = await NestFactory.create(ApplicationModule, { logger: ['error', 'warn'] });
application.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await application.listen(Number(process.env.PORT), '127.0.0.1');
console.log('ready');
