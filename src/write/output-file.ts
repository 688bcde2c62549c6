import type { BundleFile } from "../bundle.ts";

/** A file to be written: one of the bundle, or one of its signature, whose bytes are no text. */
export type OutputFile = Omit<BundleFile, "chunks"> & { readonly chunks: readonly string[] | Uint8Array };
