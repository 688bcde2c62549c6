import type { Options } from "ajv";

export declare const ajvOptions: Options;
