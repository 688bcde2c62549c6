/*
 * Stands before ptrace(2) for a guest's kernel, on a machine whose processor state is larger than that kernel knows.
 *
 * User-Mode Linux before 6.13 has a fixed room for the extended registers (XSAVE) of a process. Reading them into less room than there is
 * works; to write less of them than there is fails with EFAULT (xstateregs_set in arch/x86/kernel/fpu/regset.c), and the guest panics at its
 * first process. So it is on processors with AMX, whose tiles take 8 kB. Here the rest is added: zeros, of which the header that comes
 * with the given part says that they are not in use.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* Of a process with nothing in its tiles, as far as a guest's kernel ever fills it. */
static char whole[1 << 16];
static size_t size;

static long write_registers(pid_t pid, void *kind, struct iovec *given) {
  if (size == 0) {
    struct iovec all = {whole, sizeof whole};
    if (syscall(SYS_ptrace, PTRACE_GETREGSET, pid, kind, &all) < 0) return -1;
    size = all.iov_len;
    memset(whole, 0, sizeof whole);
  }
  if (given->iov_len >= size) return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, kind, given);
  memcpy(whole, given->iov_base, given->iov_len);
  struct iovec all = {whole, size};
  return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, kind, &all);
}

long ptrace(enum __ptrace_request request, ...) {
  va_list rest;
  va_start(rest, request);
  pid_t pid = va_arg(rest, pid_t);
  void *address = va_arg(rest, void *);
  void *data = va_arg(rest, void *);
  va_end(rest);
  if (request == PTRACE_SETREGSET && (long)address == NT_X86_XSTATE) return write_registers(pid, address, data);
  /* The system call puts a word that it reads where data points; ptrace(3) of the C library gives it back. */
  if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
    long word;
    if (syscall(SYS_ptrace, request, pid, address, &word) < 0) return -1;
    errno = 0;
    return word;
  }
  return syscall(SYS_ptrace, request, pid, address, data);
}
