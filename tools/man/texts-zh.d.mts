export declare const manTexts: Readonly<Record<string, string>>;
