import { InvalidArgumentError } from "commander";
import { largestSerial, readSerial } from "../sign/index.ts";

/** The value of an option that takes a serial. */
export function serialOption(text: string): number {
  const number = readSerial(text);
  if (number === null) throw new InvalidArgumentError(`It has to be a whole number from 1 to ${largestSerial}.`);
  return number;
}
