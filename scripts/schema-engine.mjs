#!/usr/bin/env node
// Prisma's CLI spawns its schema engine as an executable; this is that executable.
import './schema-engine/main.ts';
