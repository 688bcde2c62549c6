export interface InitOptions {
  readonly name?: string;
  readonly platform?: string;
  readonly interface?: string;
  readonly director?: readonly string[];
  readonly realserver?: readonly string[];
  readonly client?: readonly string[];
  readonly vip?: string;
  readonly port?: string;
  readonly protocol?: string;
  readonly mode?: string;
  readonly scheduler?: string;
  readonly checkPath?: string;
  readonly package?: readonly string[];
  readonly unit?: readonly string[];
  readonly moreRealservers?: true;
  readonly moreClients?: true;
  readonly ask?: true;
  readonly output: string;
  readonly force?: true;
}
