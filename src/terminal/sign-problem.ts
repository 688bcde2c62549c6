/** Why a bundle was not signed, in words. */
import { exitCode } from "../exit-code.ts";
import type { SignProblem } from "../sign/index.ts";
import { type Problem, systemMessage } from "./problem.ts";

export function fromSignProblem(problem: SignProblem): Problem {
  const unusable = exitCode.noInput;
  switch (problem.problem) {
    case "no-program":
      return {
        code: "NO_OPENSSH",
        file: problem.program,
        message: "not installed, and nothing is signed without it",
        hint: "install OpenSSH's client, 8.1 or later (apt-get install openssh-client, dnf install openssh-clients)",
        exitCode: exitCode.unavailable,
      };
    case "old-program":
      return {
        code: "OLD_OPENSSH",
        file: problem.program,
        message: "is of an OpenSSH before 8.1, which signs no files",
        hint: "sign where there is a later OpenSSH: not on EL7 or EL8",
        exitCode: exitCode.unavailable,
      };
    case "unreadable-key": {
      const { file, code } = problem;
      return code === "ENOENT"
        ? {
            code: "NO_SUCH_FILE",
            file,
            message: "no such file",
            hint: "name a private key with --sign, or the public one (.pub) of a key that ssh-agent has; ssh-keygen -t ed25519 makes one",
            exitCode: unusable,
          }
        : {
            code: "CANNOT_READ",
            file,
            message: `cannot be read: ${systemMessage(code)}`,
            hint: "name a key with --sign that you may read",
            exitCode: unusable,
          };
    }
    case "no-key":
      return {
        code: "NOT_A_KEY",
        file: problem.file,
        message: "is neither a private key nor a public one of OpenSSH",
        hint: "name a private key with --sign, or the public one (.pub) of a key that ssh-agent has; ssh-keygen -t ed25519 makes one",
        exitCode: unusable,
      };
    case "certificate":
      return {
        code: "CERTIFICATE",
        file: problem.file,
        message: "is a certificate, and hosts verify with the key itself",
        hint: "name the key that it is of: its .pub without -cert",
        exitCode: unusable,
      };
    case "no-public-part":
      return {
        code: "NO_PUBLIC_KEY",
        file: problem.file,
        message: "is a private key whose public part is neither in it nor beside it",
        hint: `write it beside: ssh-keygen -y -f ${problem.file} > ${problem.file}.pub`,
        exitCode: unusable,
      };
    case "short-rsa":
      return {
        code: "SHORT_KEY",
        file: problem.file,
        message: `is an RSA key of ${problem.bits} bits, which can be broken`,
        hint: "make one of 3072 bits: ssh-keygen -t rsa -b 3072",
        exitCode: unusable,
      };
    case "not-in-agent":
      return {
        code: "NOT_IN_AGENT",
        file: problem.file,
        message: "is a public key whose private part is neither in ssh-agent nor beside it",
        hint: "add it with ssh-add (ssh-add -l lists what is there), or name the private key with --sign",
        exitCode: unusable,
      };
    case "passphrase":
      return {
        code: "WRONG_PASSPHRASE",
        file: problem.file,
        message: "the passphrase is wrong, or nobody could be asked for it",
        hint: "add the key to ssh-agent first (ssh-add), or name a program in SSH_ASKPASS that gives it, with SSH_ASKPASS_REQUIRE=force",
        exitCode: unusable,
      };
    case "open-to-others":
      return {
        code: "KEY_OPEN_TO_OTHERS",
        file: problem.file,
        message: "can be read by other users, so OpenSSH does not take it as a private key",
        hint: `chmod 600 ${problem.file}, and ask yourself who has read it`,
        exitCode: unusable,
      };
    case "refused":
      return {
        code: "NOT_SIGNED",
        file: problem.file,
        message: `OpenSSH did not sign with it: ${problem.said}`,
        hint: "try the same by itself: echo x | ssh-keygen -Y sign -n lvsgen-bundle -f KEY",
        exitCode: unusable,
      };
  }
}
