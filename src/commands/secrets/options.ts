export interface SecretsOptions {
  readonly output: string;
  readonly json?: true;
}
