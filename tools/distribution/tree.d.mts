export interface Inputs {
  readonly root: string;
  readonly executable: string;
  readonly tarball: string;
  readonly nodeLicence: string;
}

export declare function fillTree(tree: string, inputs: Inputs): Promise<void>;
export declare function filesOf(directory: string): Promise<string[]>;
