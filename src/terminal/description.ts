export interface Description {
  /** The name for messages: as given, or `<stdin>`; the end `.yaml` tells the language. */
  readonly file: string;
  readonly text: string;
}
